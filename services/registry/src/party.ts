import { line } from '@gongshu/shared/line';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { isUscc } from '@gongshu/shared/uscc';
import { z } from 'zod';

/** Bodies of the lifecycle (G1; Zhongwei arts 5, 6, 7, 17). */
export const partyKinds = [
  'bureau',
  'countyBureau',
  'sourceDepartment',
  'operator',
  'merchant',
  'government',
  'bidder',
  'partner',
  'price',
  'finance',
  'supervision',
] as const;
export type PartyKind = (typeof partyKinds)[number];

/** One body as it is registered. Government bodies name their level, a county body its county. */
export const Party = z
  .strictObject({
    id: OrganisationId,
    kind: z.enum(partyKinds),
    name: line(200),
    uscc: z
      .string()
      .refine(isUscc, { message: '统一社会信用代码的格式或校验码不符', params: { code: 'usccCheckDigit' } })
      .nullish(),
    level: z.enum(['city', 'county']).nullish(),
    county: line(60).nullish(),
    parentId: OrganisationId.nullish(),
  })
  .refine(({ level, county }) => (level === 'county') === Boolean(county), {
    path: ['county'],
    message: '县区级主体须写明县区，其他主体不写',
    params: { code: 'countyByLevel' },
  });
export type Party = z.output<typeof Party>;

/** A list to register: ids and credit codes once each. */
export const PartyImport = z.strictObject({ parties: z.array(Party).min(1).max(500) }).check((context) => {
  for (const key of ['id', 'uscc'] as const) {
    const seen = new Set<string>();
    for (const [at, party] of context.value.parties.entries()) {
      const value = party[key];
      if (value && seen.has(value))
        context.issues.push({
          code: 'custom',
          input: party,
          path: ['parties', at, key],
          message: '与本次导入的前一项重复',
          params: { code: 'repeated' },
        });
      if (value) seen.add(value);
    }
  }
});

/** A registered body as it is answered. */
export const PartyView = z
  .object({
    id: z.string(),
    kind: z.enum(partyKinds),
    name: z.string(),
    uscc: z.string().nullable(),
    level: z.enum(['city', 'county']).nullable(),
    county: z.string().nullable(),
    parentId: z.string().nullable(),
    jurisdiction: z.string(),
    registeredAt: z.string(),
    successor: z.string().nullable().describe('The body its work went to'),
    succeededOn: z.string().nullable(),
  })
  .meta({ id: 'Party' });
export type PartyView = z.output<typeof PartyView>;
