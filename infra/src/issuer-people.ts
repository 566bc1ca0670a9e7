/** Who may be chosen at the development issuer: one person for each body of the sample city, and any other by form. */
import { type Role, roles } from '@gongshu/shared/may';
import { z } from 'zod';
import { readSampleCity } from './sample-city.ts';

/** What a token says of a person, whoever asks for it. */
export const personClaims = {
  subject: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional(),
  roles: z
    .string()
    .transform((text) => text.split(' '))
    .pipe(z.array(z.enum(roles)).min(1)),
  organisation: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/)
    .optional(),
  jurisdiction: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
};

const Person = z.object({
  subject: personClaims.subject.unwrap(),
  roles: z.array(z.enum(roles)).min(1),
  organisation: personClaims.organisation,
  jurisdiction: personClaims.jurisdiction,
});
export type Person = z.output<typeof Person>;

/** The person as an account's id, which says everything itself: nothing is kept of who signed in. */
export const accountOf = (person: Person): string =>
  Buffer.from(JSON.stringify(person)).toString('base64url');

/** The person of an account's id; `undefined` for a text that is none. */
export const personOf = (account: string): Person | undefined => {
  try {
    return Person.safeParse(JSON.parse(Buffer.from(account, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
};

/** People of the city who are in no body's register, and of the bodies above it. */
const others: readonly (readonly [Role, string | null, string])[] = [
  ['government', 'city-government', '市人民政府'],
  ['price', 'dept-economy', '价格主管部门'],
  ['finance', 'dept-finance', '财政部门'],
  ['supervision', 'dept-audit', '监督部门'],
  ['bidder', 'merchant-1', '投标单位'],
  ['partner', 'merchant-2', '合作方'],
  ['expert', 'expert-pool', '评审专家'],
  ['auditor', null, '审计员'],
  ['systemAdministrator', null, '系统管理员'],
  ['securityAdministrator', null, '安全保密管理员'],
  ['auditAdministrator', null, '安全审计员'],
];

/** Whom the page lists: two of each body that acts, so that one may stand in for the other. */
export const samplePeople = (): { title: string; body: string; account: string }[] => {
  const { jurisdiction, parties } = readSampleCity().city;
  const of = (
    role: Role,
    organisation: string | null,
    body: string,
    number = '',
  ): (typeof listed)[number] => {
    const subject = `${role}-${organisation ?? 'nobody'}${number}`;
    const person = { subject, roles: [role], jurisdiction, ...(organisation && { organisation }) };
    return { title: subject, body, account: accountOf(person) };
  };
  const listed: { title: string; body: string; account: string }[] = [];
  for (const { id, kind, name } of parties) listed.push(of(kind, id, name), of(kind, id, name, '-2'));
  for (const [role, organisation, body] of others) listed.push(of(role, organisation, body));
  return listed;
};

const Form = z.object({
  account: z.string().max(2_000).optional(),
  subject: z.string().trim().optional(),
  roles: z.string().trim().optional(),
  organisation: z.string().trim().optional(),
  jurisdiction: z.string().trim().optional(),
});

/** The person chosen or described in the page's form; `undefined` where the form describes none. */
export const chosenPerson = (given: Readonly<Record<string, string>>): Person | undefined => {
  const form = Form.safeParse(given).data;
  if (form?.account) return personOf(form.account);
  return Person.safeParse({
    subject: form?.subject,
    roles: form?.roles?.split(/\s+/),
    organisation: form?.organisation || undefined,
    jurisdiction: form?.jurisdiction,
  }).data;
};
