/** Events of the product list beside the cases (E3, E4): ids, codes and hashes, never a holder’s name or contact. */
import { caseEvent, Hash, Id, Instant, publicEvent, restsOn } from './define.ts';

const delivery = { product: Id, caseNo: Id, delivery: Id, at: Instant, ...restsOn };

export const productListEvents = {
  'product.nationalCodeRecorded.v1': publicEvent(
    'registry',
    '产品国家登记编码已记录',
    'The national code of a product was recorded',
    { product: Id, registrationCode: Id, nationalCode: Id, document: Hash, at: Instant, ...restsOn },
  ),
  'product.delivered.v1': caseEvent(
    'registry',
    '产品已交付使用单位',
    'A released version was handed to a holder',
    delivery,
  ),
  'product.holderTold.v1': caseEvent(
    'registry',
    '使用单位已获告知',
    'The operator told a holder that no notice reaches',
    { ...delivery, document: Hash },
  ),
};
