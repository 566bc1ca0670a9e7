import { z } from 'zod';
import { Code, Count, caseEvent, DateOn, Hash, Id, restsOn } from './define.ts';

const base = { supply: Id, resource: Id, department: Id, ...restsOn };
/** Grants whose accesses the change reaches, by number. */
const grants = z.array(Id).max(10_000);

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('catalog', zh, en, shape);

/** Events of supply to the platform (供数): fields by count and hash, words of risks by code and hash. */
export const supplyEvents = {
  'supply.recorded.v1': c('供数已登记', 'A supply to the platform was recorded', {
    ...base,
    authorisationHash: Hash,
    authorisedOn: DateOn,
    from: DateOn,
    until: DateOn,
    fields: Count.min(1),
    treatedFields: Count,
    fieldsHash: Hash,
  }),
  'supply.suspended.v1': c('发现风险，暂停供数', 'A risk was found: the supply is suspended', {
    ...base,
    suspension: Id,
    riskCodes: z.array(Code).min(1).max(50),
    risksHash: Hash,
    grants,
  }),
  'supply.restored.v1': c('整改完成，恢复供数', 'Rectified: the supply is restored', {
    ...base,
    suspension: Id,
    rectificationCodes: z.array(Code).min(1).max(50),
    rectificationHash: Hash,
    documentHash: Hash.nullable(),
    grants,
  }),
  'supply.suspensionLifted.v1': c(
    '一项暂停已解除，供数仍暂停',
    'A suspension was lifted; orders hold it still',
    {
      ...{ ...base, suspension: Id, left: Count.min(1), grants },
    },
  ),
  'supply.ended.v1': c('供数终止', 'The supply was ended', { ...base, grants }),
};
