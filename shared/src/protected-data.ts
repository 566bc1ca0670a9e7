/** Which fields are of the kinds of data that a pack protects (D1; 中卫 二十八, 朔州 六（二）, 乌海 八（二）、十). Pure. */
import type { SupplyRules } from './packs/topics/supply.ts';
import type { FieldGrade } from './resource.ts';

type Kind = SupplyRules['protectedData']['kinds'][number];

const kindOf = { personal: 'personalInformation', tradeSecret: 'tradeSecrets' } as const satisfies Partial<
  Record<FieldGrade, Kind>
>;

/** Grades of fields that the pack's kinds of protected data speak of. */
export const guardedGrades = ({ kinds }: Pick<SupplyRules['protectedData'], 'kinds'>): FieldGrade[] =>
  (Object.keys(kindOf) as (keyof typeof kindOf)[]).filter((grade) => kinds.includes(kindOf[grade]));
