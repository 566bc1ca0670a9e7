/** Events of receipts (收件回执): number and hash alone, so that whoever holds one can have it verified (Licensing Law art. 32). */
import { Hash, Id, Instant, publicEvent, type ServiceName } from './define.ts';

const shape = { receipt: Id, hash: Hash, at: Instant };
const issued = (service: ServiceName) =>
  publicEvent(service, '收件回执已出具', 'A receipt was issued', shape);

/** What was received, from whom and in which case stands nowhere in them: the hash is over it. */
export const receiptEvents = {
  'catalogReceipt.issued.v1': issued('catalog'),
  'registryReceipt.issued.v1': issued('registry'),
  'pricingReceipt.issued.v1': issued('pricing'),
  'disclosureReceipt.issued.v1': issued('disclosure'),
};
