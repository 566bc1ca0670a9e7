import { DocumentHash } from '@gongshu/infra/documents/cite';
import { line } from '@gongshu/shared/line';
import { z } from 'zod';
import { assignmentKinds, identityMeans, staffActs, staffStates, vettingResults } from './tables.ts';

export const StaffNo = z.string().regex(/^RY-[0-9a-f-]{36}$/);
/** A date that a record or a term may name. */
const On = z.iso.date().regex(/^(19|20)\d\d-/, '1900–2099');
const Instant = z.iso.datetime({ offset: true });
const Number = z.string().regex(/^[0-9A-Z]{5,30}$/);

export const StaffDraft = z.strictObject({
  account: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/)
    .describe('Account at the platform, as accesses name it'),
  name: line(60),
});

/** Of the number nothing but a salted hash is kept. */
export const IdentityGiven = z.strictObject({
  how: z.enum(identityMeans),
  number: Number.describe('Compared and forgotten: a salted hash alone is kept'),
  on: On.describe('实名认证日期'),
  until: On.nullish(),
  document: DocumentHash.describe('认证凭证'),
});
export type IdentityGiven = z.output<typeof IdentityGiven>;
export const IdentityCompared = z.strictObject({ number: Number });

export const VettingGiven = z.strictObject({
  result: z.enum(vettingResults),
  on: On,
  until: On.nullish(),
  document: DocumentHash,
});
export type VettingGiven = z.output<typeof VettingGiven>;
export const ConfidentialityGiven = z.strictObject({ on: On, until: On.nullish(), document: DocumentHash });
export type ConfidentialityGiven = z.output<typeof ConfidentialityGiven>;
export const FilingGiven = z.strictObject({ on: On });

/** Entry, grant or task by number. */
const Subject = z.string().regex(/^[\w./-]{1,160}$/);
export const AssignmentGiven = z
  .strictObject({ kind: z.enum(assignmentKinds), subject: Subject, from: On, until: On })
  .refine(({ from, until }) => from <= until, {
    path: ['until'],
    message: '末日早于首日 · it ends before it begins',
  });
export type AssignmentGiven = z.output<typeof AssignmentGiven>;
export const StaffActGiven = z.strictObject({
  assignment: z.uuid(),
  act: z.enum(staffActs),
  note: z.string().trim().max(500).default(''),
});
export type StaffActGiven = z.output<typeof StaffActGiven>;

const Dated = z.object({ on: z.string(), until: z.string().nullable(), document: z.string() });
export const StaffView = z
  .object({
    staff: z.string(),
    organisation: z.string(),
    account: z.string(),
    name: z.string(),
    state: z.enum(staffStates),
    identity: Dated.extend({ how: z.enum(identityMeans) }).nullable(),
    filedOn: z.string().nullable(),
    vetting: Dated.extend({ result: z.enum(vettingResults) }).nullable(),
    confidentiality: Dated.nullable(),
    lacking: z.array(z.string()).describe('What the pack requires and is missing or has run out today'),
    registeredAt: Instant,
    leftAt: Instant.nullable(),
  })
  .meta({ id: 'Staff' });
export type StaffView = z.output<typeof StaffView>;

export const Assignment = z
  .object({
    assignment: z.uuid(),
    kind: z.enum(assignmentKinds),
    subject: z.string(),
    from: z.string(),
    until: z.string(),
    assignedAt: Instant,
    endedAt: Instant.nullable(),
  })
  .meta({ id: 'StaffAssignment' });
export const StaffAct = z
  .object({
    act: z.enum(staffActs),
    assignment: z.uuid(),
    subject: z.string(),
    note: z.string(),
    at: Instant,
  })
  .meta({ id: 'StaffAct' });
export const StaffDetail = StaffView.extend({
  assignments: z.array(Assignment).describe('The latest hundred, newest first'),
}).meta({ id: 'StaffDetail' });
