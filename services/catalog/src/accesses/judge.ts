/** Whether an access lies within a grant and a standing supply: pure, over the rows as they stand (A8, D1). */
import { type AccessRefusal, statedTimeTolerance } from '@gongshu/shared/access';
import type { FieldsOf } from '../tables/access.ts';

/** A resource of the grant, with the supplies of it that run at the instant of asking. */
export type ResourceFacts = {
  resource: string;
  fields: string[];
  masked: string[];
  /** State of the catalog entry; a suspended one is not served (consent withdrawn, C4), a closed one not at all. */
  entry: string | null;
  supplies: { fields: string[]; suspended: boolean }[];
};

/** A grant as it stands. Instants in milliseconds since the epoch; [startsAt, endsAt). */
export type GrantFacts = {
  grantNo: string;
  jurisdiction: string;
  merchant: string;
  handlers: string[];
  purpose: string;
  startsAt: number;
  endsAt: number;
  state: string;
  endKind: string | null;
  /** A suspension of it is open. */
  suspended: boolean;
  /** An order stands over what its operator is supplied with (X4, decision 0031). */
  operatorHeld: boolean;
  /** How its merchant stands; `null` where the catalog has heard nothing. */
  standing: string | null;
  resources: ResourceFacts[];
};

/** How fields are shown to a person: as they are, or desensitised. */
export const accessViews = ['raw', 'desensitised'] as const;
export type AccessViewKind = (typeof accessViews)[number];

/** To a person's eyes only where `person` names one; `view` is how the platform then shows them. */
export type Question = {
  fields: FieldsOf[];
  purpose: string;
  at: number;
  person?: string | undefined;
  view?: AccessViewKind | undefined;
};

/** What the pack makes of a merchant's standing: whether its grants stop (M1's `whileSuspended`, `onExit`). */
export type StandingLaw = {
  suspendedStops: boolean;
  exitedStops: boolean;
  /** No raw field is served to a person (D4, Wuhai 八（三）). */
  rawHidden?: boolean;
};

export type Verdict = { permitted: true } | { permitted: false; code: AccessRefusal; beyond?: FieldsOf[] };

export type Judge = (grant: GrantFacts, question: Question, law: StandingLaw, now: number) => Verdict;

const refused = (code: AccessRefusal, beyond?: FieldsOf[]): Verdict => ({
  permitted: false,
  code,
  ...(beyond && { beyond }),
});

const standing = (grant: GrantFacts, law: StandingLaw, now: number): AccessRefusal | undefined => {
  const expired = grant.endKind === 'expired';
  if (grant.state === 'ended' && !expired) return 'grantEnded';
  if (expired || now >= grant.endsAt) return 'grantExpired';
  if (now < grant.startsAt) return 'grantNotStarted';
  if (grant.standing === 'exited' && law.exitedStops) return 'merchantExited';
  if (grant.standing === 'suspended' && law.suspendedStops) return 'merchantSuspended';
  return grant.suspended || grant.state === 'suspended' ? 'grantSuspended' : undefined;
};

const fieldFault = (
  { operatorHeld }: GrantFacts,
  resource: ResourceFacts | undefined,
  field: string,
): AccessRefusal | undefined => {
  if (resource?.masked.includes(field)) return 'fieldMasked';
  if (!resource?.fields.includes(field)) return 'fieldBeyondGrant';
  const supply = resource.supplies.find(({ fields }) => fields.includes(field));
  if (!supply || resource.entry === null || resource.entry === 'closed') return 'supplyMissing';
  return operatorHeld || supply.suspended || resource.entry === 'suspended' ? 'supplySuspended' : undefined;
};

/** The gravest first: what was never granted weighs more than what is not supplied now. */
const order = ['fieldBeyondGrant', 'fieldMasked', 'supplyMissing', 'supplySuspended'] as const;

/** Shown to a person, fields of which nothing else is said are raw. */
const rawToPerson = ({ person, view = 'raw' }: Question): boolean => person !== undefined && view === 'raw';

const fieldsVerdict = (grant: GrantFacts, asked: readonly FieldsOf[]): Verdict => {
  const known = new Map(grant.resources.map((one) => [one.resource, one]));
  const faults = asked.map(({ resource, fields }) => ({
    resource,
    fields: fields.map((field) => ({ field, fault: fieldFault(grant, known.get(resource), field) })),
  }));
  for (const code of order) {
    const beyond = faults.flatMap(({ resource, fields }) => {
      const named = fields.flatMap(({ field, fault }) => (fault === code ? [field] : []));
      return named.length > 0 ? [{ resource, fields: named }] : [];
    });
    if (beyond.length > 0) return refused(code, beyond);
  }
  return { permitted: true };
};

/**
 * Judged at `now` of the law's clock: time stated, term and standing of the grant, standing of the merchant, purpose,
 * then every field asked for, and whether a person would see it raw. One refusal is named, with all the fields that it is about.
 */
export const judge: Judge = (grant, question, law, now) => {
  const { fields, purpose, at } = question;
  if (Math.abs(at - now) > statedTimeTolerance) return refused('atTooFar');
  const stands = standing(grant, law, now);
  if (stands) return refused(stands);
  if (purpose.trim() !== grant.purpose.trim()) return refused('purposeBeyondGrant');
  const verdict = fieldsVerdict(grant, fields);
  if (verdict.permitted && law.rawHidden && rawToPerson(question)) return refused('rawNotVisible', fields);
  return verdict;
};
