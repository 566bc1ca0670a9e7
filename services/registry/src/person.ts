import { DocumentHash } from '@gongshu/infra/documents/cite';
import { line } from '@gongshu/shared/line';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { z } from 'zod';

/** An account's id, as the token's subject names it; it may stand in an address and an event. */
export const PersonId = z.string().regex(/^[\w.@:+-]{1,100}$/);
const OfficeId = OrganisationId;
const Phone = z.string().regex(/^[0-9+() -]{3,40}$/);

/** An office of a body. */
export const Office = z.strictObject({
  id: OfficeId,
  organisation: OrganisationId,
  name: line(100),
});

export const OfficeView = z
  .object({
    id: z.string(),
    organisation: z.string(),
    name: z.string(),
    jurisdiction: z.string(),
    recordedAt: z.string(),
  })
  .meta({ id: 'Office' });

/** A person of a body, by account. */
export const Person = z.strictObject({
  id: PersonId.describe('The account’s id: the subject of its tokens'),
  organisation: OrganisationId,
  office: OfficeId.nullish(),
  name: line(60),
  mail: z.email().max(200).nullish(),
  phone: Phone.nullish(),
});
export type Person = z.output<typeof Person>;

/** A list to register: accounts once each. */
export const PersonImport = z.strictObject({ people: z.array(Person).min(1).max(500) }).check((context) => {
  const seen = new Set<string>();
  for (const [at, { id }] of context.value.people.entries()) {
    if (seen.has(id))
      context.issues.push({
        code: 'custom',
        input: id,
        path: ['people', at, 'id'],
        message: '与本次导入的前一项重复 · repeated',
        params: { code: 'repeated' },
      });
    seen.add(id);
  }
});

/** What may be changed of a person; what is left out stands. */
export const PersonChange = z
  .strictObject({
    office: OfficeId.nullable(),
    name: line(60),
    mail: z.email().max(200).nullable(),
    phone: Phone.nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, {
    message: '没有要更改的内容 · nothing to change',
    params: { code: 'required' },
  });
export type PersonChange = z.output<typeof PersonChange>;

export const PersonView = z
  .object({
    id: z.string(),
    jurisdiction: z.string(),
    organisation: z.string(),
    office: z.string().nullable(),
    name: z.string(),
    mail: z.string().nullable(),
    phone: z.string().nullable(),
    recordedAt: z.string(),
  })
  .meta({ id: 'Person' });
export type PersonView = z.output<typeof PersonView>;

/** An absence with who stands in; both days included. */
export const Absence = z.strictObject({
  from: z.iso.date(),
  until: z.iso.date(),
  substitute: PersonId,
  reasonCode: z.enum(['leave', 'illness', 'travel', 'training', 'secondment', 'other']),
});
export type Absence = z.output<typeof Absence>;

export const AbsenceView = z
  .object({
    id: z.string(),
    person: z.string(),
    organisation: z.string(),
    substitute: z.string(),
    from: z.string(),
    until: z.string(),
    reasonCode: z.string(),
    recordedAt: z.string(),
    cancelledAt: z.string().nullable(),
  })
  .meta({ id: 'Absence' });
export type AbsenceView = z.output<typeof AbsenceView>;

/** A new name, and since when; the document that says so. */
export const Renaming = z.strictObject({
  name: line(200),
  on: z.iso.date(),
  document: DocumentHash.nullish(),
});

/** The body that a body's work goes to, and since when. */
export const SuccessionBody = z.strictObject({
  successor: OrganisationId,
  on: z.iso.date(),
  document: DocumentHash.nullish(),
});
