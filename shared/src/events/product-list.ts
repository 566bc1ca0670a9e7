/** Events of the product list beside the cases (E3, E4): ids, codes and hashes, never a holder’s name or contact. */
import {
  Code,
  Count,
  caseEvent,
  DateOn,
  Hash,
  Id,
  Instant,
  PublicText,
  PublicWords,
  publicEvent,
  restsOn,
} from './define.ts';

const delivery = { product: Id, caseNo: Id, delivery: Id, at: Instant, ...restsOn };

export const productListEvents = {
  'product.nationalCodeRecorded.v1': publicEvent(
    'registry',
    '产品国家登记编码已记录',
    'The national code of a product was recorded',
    { product: Id, registrationCode: Id, nationalCode: Id, document: Hash, at: Instant, ...restsOn },
  ),
  /** Of a product that stands on the list, or stood on it; told again with each move. */
  'product.described.v1': publicEvent(
    'registry',
    '产品公开内容',
    'What everyone may read of a listed product',
    {
      ...{ product: Id, caseNo: Id, version: Count, state: Code, title: PublicWords },
      description: PublicText.nullable(),
      ...{ class: Code, purpose: Code, owner: Id, operator: Id, resources: Id.array().max(2_000) },
      ...{ registrationCode: Id.nullable(), nationalCode: Id.nullable(), artefact: Hash.nullable() },
      listedOn: DateOn.nullable(),
    },
  ),
  /** A check record by its number and hash alone, so that whoever holds it can have it verified (E1). */
  'product.checkRecorded.v1': publicEvent('registry', '核查记录已固定', 'A check record was made', {
    ...{ record: Id, hash: Hash, at: Instant },
  }),
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
