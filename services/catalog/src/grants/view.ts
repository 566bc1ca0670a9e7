/** What is read about grants, judged at the instant of reading. */
import { BoundConditions, ScopeResources } from './scope-view.ts';
import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { termDues } from '@gongshu/shared/grant/term';
import { type Actor, reaches } from '@gongshu/shared/may';
import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { type UseDb } from './deps.ts';
import { type GrantRow, stateAt } from './standing.ts';

const Instant = z.iso.datetime({ offset: true });
export const GrantStates = z.enum(['upcoming', 'active', 'suspended', 'ended']);
const Reason = z.object({ code: z.string(), text: z.string() });

export const GrantItem = z
  .object({
    grantNo: z.string(),
    jurisdiction: z.string(),
    caseNo: z.string(),
    agreementNo: z.string(),
    merchant: z.string(),
    operator: z.string(),
    kind: z.string(),
    purpose: z.string(),
    state: GrantStates.describe('At the instant of reading'),
    endKind: z.string().nullable(),
    endedAt: Instant.nullable(),
    fromOn: z.string(),
    untilOn: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    grantedAt: Instant,
    replaces: z.string().nullable(),
    broughtIn: z.boolean().describe('Made on paper before the platform'),
  })
  .meta({ id: 'GrantRow' });
export type GrantItem = z.infer<typeof GrantItem>;

export const GrantView = GrantItem.extend({
  authority: z.string(),
  replacedBy: z.array(z.string()).describe('Grants that changed or prolonged this one'),
  nextWarningAt: Instant.nullable(),
  resources: ScopeResources,
  conditions: BoundConditions,
  suspensions: z.array(
    z.object({
      id: z.string(),
      cause: z.string(),
      subject: z.string().nullable(),
      reasons: z.array(Reason),
      from: Instant,
      liftedAt: Instant.nullable(),
      liftedReasons: z.array(Reason),
    }),
  ),
  reports: z.array(
    z.object({
      id: z.string(),
      organisation: z.string(),
      resources: z.array(z.string()),
      facts: z.string().nullable().describe('For the bodies that handle the grant'),
      documentHash: z.string().nullable(),
      reportedAt: Instant,
      outcome: z.string().nullable(),
      reasons: z.array(Reason),
      decidedAt: Instant.nullable(),
    }),
  ),
  endReasons: z.array(Reason),
}).meta({ id: 'Grant' });
export type GrantView = z.infer<typeof GrantView>;

/** A grant in one line, as it stands at `at`. */
export const grantItem = (row: GrantRow, at: Date): GrantItem => {
  const state = stateAt(row, at);
  const byTerm = state === 'ended' && row.state !== 'ended';
  return {
    grantNo: row.grant_no,
    jurisdiction: row.jurisdiction,
    caseNo: row.case_no,
    agreementNo: row.agreement_no,
    merchant: row.merchant,
    operator: row.operator,
    kind: row.kind,
    purpose: row.purpose,
    state,
    endKind: byTerm ? 'expired' : row.end_kind,
    endedAt: byTerm ? instant(row.ends_at) : instantOrNull(row.ended_at),
    fromOn: row.from_on,
    untilOn: row.until_on,
    startsAt: instant(row.starts_at),
    endsAt: instant(row.ends_at),
    grantedAt: instant(row.granted_at),
    replaces: row.replaces,
    broughtIn: row.brought_in !== null,
  };
};

/** The whole grant as it stands at `at`; the facts of a report only where `words`. */
export const grantView = async (
  db: UseDb,
  row: GrantRow,
  { at, words }: { at: Date; words: boolean },
): Promise<GrantView> => {
  const grantNo = row.grant_no;
  const [resources, suspensions, reports, followers] = await Promise.all([
    db
      .selectFrom('use_grant_resource')
      .selectAll()
      .where('grant_no', '=', grantNo)
      .orderBy('resource_id')
      .execute(),
    db
      .selectFrom('use_grant_suspension')
      .selectAll()
      .where('grant_no', '=', grantNo)
      .orderBy('from_at')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('overreach_report')
      .selectAll()
      .where('grant_no', '=', grantNo)
      .orderBy('reported_at')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('use_grant')
      .select('grant_no')
      .where('replaces', '=', grantNo)
      .orderBy('grant_no')
      .execute(),
  ]);
  const item = grantItem(row, at);
  const warning =
    item.state === 'ended'
      ? undefined
      : termDues(row.until_on, row.warning_days, row.granted_at.getTime()).find(
          (due) => due.kind === 'warning' && due.at > at.getTime(),
        );
  return {
    ...item,
    authority: row.authority,
    replacedBy: followers.map(({ grant_no }) => grant_no),
    nextWarningAt: warning ? instant(new Date(warning.at)) : null,
    resources: resources.map(({ resource_id, reviewer_organisation, fields, masked }) => ({
      resource: resource_id,
      reviewer: reviewer_organisation,
      fields,
      masked,
    })),
    conditions: row.conditions,
    suspensions: suspensions.map((one) => ({
      id: one.id,
      cause: one.cause,
      subject: one.subject,
      reasons: one.reasons,
      from: instant(one.from_at),
      liftedAt: instantOrNull(one.lifted_at),
      liftedReasons: one.lifted_reasons ?? [],
    })),
    reports: reports.map((one) => ({
      id: one.id,
      organisation: one.organisation,
      resources: one.facts.resources,
      facts: words ? one.facts.text : null,
      documentHash: one.document,
      reportedAt: instant(one.reported_at),
      outcome: one.outcome,
      reasons: one.reasons ?? [],
      decidedAt: instantOrNull(one.decided_at),
    })),
    endReasons: row.ended_reasons ?? [],
  };
};

export type GrantFilter = {
  state?: z.infer<typeof GrantStates> | undefined;
  merchant?: string | undefined;
  resource?: string | undefined;
};

/** What each state means at an instant; the same as `stateAt`, for the database. */
const inState = (state: z.infer<typeof GrantStates>, at: Date) => {
  const conditions = {
    ended: sql<SqlBool>`(state = 'ended' or ends_at <= ${at})`,
    suspended: sql<SqlBool>`(state = 'suspended' and ends_at > ${at})`,
    upcoming: sql<SqlBool>`(state = 'active' and starts_at > ${at} and ends_at > ${at})`,
    active: sql<SqlBool>`(state = 'active' and starts_at <= ${at} and ends_at > ${at})`,
  };
  return conditions[state];
};

/** Grants within the actor's reach, newest number first, before `before`; at most `limit`. */
export const listGrants = async (
  db: UseDb,
  actor: Actor,
  { state, merchant, resource }: GrantFilter,
  { before, limit, at }: { before: string | undefined; limit: number; at: Date },
): Promise<GrantRow[]> => {
  const reach = new Set(reaches(actor, 'readGrant'));
  const own = actor.organisation ?? '';
  let query = db
    .selectFrom('use_grant')
    .selectAll('use_grant')
    .where('jurisdiction', '=', actor.jurisdiction);
  if (!reach.has('jurisdiction'))
    query = query.where((eb) => {
      const ofResource = eb
        .selectFrom('use_grant_resource')
        .leftJoin('resource', 'resource.id', 'use_grant_resource.resource_id')
        .select('use_grant_resource.resource_id')
        .whereRef('use_grant_resource.grant_no', '=', 'use_grant.grant_no')
        .where((one) =>
          one.or([
            one('use_grant_resource.reviewer_organisation', '=', own),
            one('resource.provider_organisation', '=', own),
          ]),
        );
      return eb.or([
        eb.lit(false),
        ...(reach.has('owner') && own !== '' ? [eb('merchant', '=', own)] : []),
        ...(reach.has('handler') && own !== '' ? [eb('operator', '=', own), eb.exists(ofResource)] : []),
      ]);
    });
  if (state !== undefined) query = query.where(inState(state, at));
  if (merchant !== undefined) query = query.where('merchant', '=', merchant);
  if (resource !== undefined)
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('use_grant_resource')
          .select('use_grant_resource.resource_id')
          .whereRef('use_grant_resource.grant_no', '=', 'use_grant.grant_no')
          .where('use_grant_resource.resource_id', '=', resource),
      ),
    );
  if (before !== undefined) query = query.where('grant_no', '<', before);
  return query.orderBy('grant_no', 'desc').limit(limit).execute();
};
