import { expertKinds, expertStates, institutions } from '@gongshu/shared/experts/codes';
import { line } from '@gongshu/shared/line';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { isUscc } from '@gongshu/shared/uscc';
import { z } from 'zod';
import { PersonId } from '../person.ts';

export const ExpertId = z.string().regex(/^[\w.-]{1,80}$/);
const Uscc = z
  .string()
  .length(18)
  .refine(isUscc, { message: '统一社会信用代码的格式或校验码不符', params: { code: 'usccCheckDigit' } });
const Institution = z.enum(institutions);
const details = {
  name: line(60),
  mail: z.email().max(200).nullish(),
  phone: z
    .string()
    .regex(/^[0-9+() -]{3,40}$/)
    .nullish(),
  specialities: z.array(line(40)).max(20),
};

/** One expert of the pool. A department's representative names the department as its organisation. */
export const Expert = z
  .strictObject({
    id: ExpertId,
    kind: z.enum(expertKinds),
    organisation: OrganisationId.describe('Where the expert works'),
    organisationUscc: Uscc.nullish().describe('Its credit code: by it bidders of the same house are found'),
    institution: Institution,
    account: PersonId.describe('The subject of the expert’s tokens'),
    ...details,
  })
  .refine(({ kind, institution }) => (kind === 'department') === (institution === 'government'), {
    path: ['institution'],
    message: '部门代表来自政府部门，第三方专家不来自政府部门',
    params: { code: 'institutionByKind' },
  });
export type Expert = z.output<typeof Expert>;

/** A list to register: ids and accounts once each. */
export const ExpertImport = z.strictObject({ experts: z.array(Expert).min(1).max(500) }).check((context) => {
  for (const key of ['id', 'account'] as const) {
    const seen = new Set<string>();
    for (const [at, expert] of context.value.experts.entries()) {
      if (seen.has(expert[key]))
        context.issues.push({
          code: 'custom',
          input: expert,
          path: ['experts', at, key],
          message: '与本次导入的前一项重复',
          params: { code: 'repeated' },
        });
      seen.add(expert[key]);
    }
  }
});

/** What of an entry may be changed; what is left out stays. Another employer is another entry's matter for conflicts too. */
export const ExpertChange = z
  .strictObject({
    name: details.name.optional(),
    mail: details.mail,
    phone: details.phone,
    specialities: details.specialities.optional(),
    organisation: OrganisationId.optional(),
    organisationUscc: Uscc.nullish(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: '没有要更改的内容',
    params: { code: 'nothingChanged' },
  });
export type ExpertChange = z.output<typeof ExpertChange>;

export const ExpertView = z
  .object({
    id: z.string(),
    kind: z.enum(expertKinds),
    organisation: z.string(),
    organisationUscc: z.string().nullable(),
    institution: Institution,
    account: z.string(),
    name: z.string(),
    mail: z.string().nullable(),
    phone: z.string().nullable(),
    specialities: z.array(z.string()),
    state: z.enum(expertStates),
    reasonCode: z.string().nullable().describe('Why suspended'),
    reason: z.string().nullable(),
    registeredAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'Expert' });
export type ExpertView = z.output<typeof ExpertView>;
