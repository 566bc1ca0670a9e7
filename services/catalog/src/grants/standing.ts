/**
 * How a grant stands: suspended as long as one suspension is open, ended once. Each act is part of the caller's
 * transaction, and answers with the receipt of the word to the grant's workflow, to be delivered after the commit
 * (otherwise the deliverer brings it within seconds), or `null` where nothing was changed.
 */
import { randomUUID } from 'node:crypto';
import { type GrantRow, grantFacts, reviewersOf } from '@gongshu/infra/cases/grant-facts';
import type { Reason } from '@gongshu/infra/cases/tables';
import { tellWorkflow } from '@gongshu/infra/intake/take';
import { type Change, recordAll } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import type { GrantEndKind, GrantState, SuspensionCause } from '@gongshu/shared/grant/types';
import type { Act, ActObject } from '@gongshu/shared/may';
import type { RestsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { Kysely, Transaction } from 'kysely';
import type { ActingPerson, UseDb, UseTrx } from './deps.ts';

export type { GrantRow } from '@gongshu/infra/cases/grant-facts';

// The catalog's schema is typed by who asks: each with the tables it needs.
type AnyTrx = Transaction<any>;
type AnyDb = Kysely<any>;

type Done = { changes: Change[]; receipt: string };

/** How it stands at an instant: what has ended by its term has ended, whether or not a timer has fired. */
export const stateAt = (
  { state, starts_at, ends_at }: Pick<GrantRow, 'state' | 'starts_at' | 'ends_at'>,
  at: Date,
): GrantState | 'upcoming' => {
  if (state === 'ended' || at >= ends_at) return 'ended';
  return state === 'active' && at < starts_at ? 'upcoming' : state;
};

/** The source departments whose data a grant is over, whoever reviewed its entries. */
const providersOf = async (db: AnyDb, grantNo: string): Promise<string[]> => {
  const rows = await (db as UseDb)
    .selectFrom('use_grant_resource')
    .innerJoin('resource', 'resource.id', 'use_grant_resource.resource_id')
    .select('resource.provider_organisation as id')
    .distinct()
    .where('grant_no', '=', grantNo)
    .execute();
  return rows.map(({ id }) => id);
};

/** What `may()` asks about a grant: whose it is, its operator, reviewers and source departments of its resources. */
export const actObjectOf = async (db: AnyDb, grant: GrantRow): Promise<ActObject> => ({
  jurisdiction: grant.jurisdiction,
  owner: grant.merchant,
  handlers: [
    grant.operator,
    ...(await reviewersOf(db, grant.grant_no)),
    ...(await providersOf(db, grant.grant_no)),
  ],
});

/** The grant of the address, if the actor may do this with it. Throws `notFound`, `forbidden`. */
export const grantFor = async (
  db: AnyDb,
  request: FastifyRequest,
  grantNo: string,
  act: Act,
): Promise<{ grant: GrantRow; object: ActObject }> => {
  const grant = await (db as UseDb)
    .selectFrom('use_grant')
    .selectAll()
    .where('grant_no', '=', grantNo)
    .executeTakeFirst();
  if (!grant) throw problem('notFound');
  const object = await actObjectOf(db, grant);
  request.mustBeAllowed(object, act);
  return { grant, object };
};

/** The grant held until the transaction ends, unless it has ended by then. */
const lockRunning = async (trx: UseTrx, grantNo: string, at: Date): Promise<GrantRow | undefined> => {
  const grant = await trx
    .selectFrom('use_grant')
    .selectAll()
    .where('grant_no', '=', grantNo)
    .forUpdate()
    .executeTakeFirst();
  return grant && stateAt(grant, at) !== 'ended' ? grant : undefined;
};

/** The word that reaches the workflow once, outage or not. */
const tellTerm = (trx: UseTrx, grant: GrantRow, actor: ActingPerson, at: Date): Promise<string> =>
  tellWorkflow(
    trx,
    {
      act: 'grantChanged',
      jurisdiction: grant.jurisdiction,
      caseNo: grant.case_no,
      workflowId: grant.grant_no,
      payload: { grantNo: grant.grant_no },
      actor,
    },
    at,
  );

const changeOf = (
  { grant_no, jurisdiction }: GrantRow,
  type: Change['type'],
  key: string,
  { at, actor }: { at: Date; actor: ActingPerson },
  data: object,
): Change => ({ key: `${grant_no}/${key}`, type, subject: grant_no, jurisdiction, at, actor, data });

const codesOf = (reasons: readonly Reason[]): string[] => reasons.map(({ code }) => code);

export type Suspend = {
  grantNo: string;
  cause: SuspensionCause;
  /** What it rests on, by id: the report, the case, the body. */
  subject: string | null;
  reasons: Reason[];
  /** The rule it is done under. */
  rests?: RestsOn;
  at: Date;
  actor: ActingPerson;
};

/** Suspends a running grant; the same cause and subject twice is one suspension. */
export const suspendGrant = async (trx: AnyTrx, act: Suspend): Promise<string | null> => {
  const done = await suspending(trx, act);
  if (!done) return null;
  await recordAll(trx, 'catalog', done.changes);
  return done.receipt;
};

/** The same without its event, for a transaction that tells several. */
export const suspending = async (
  anyTrx: AnyTrx,
  { grantNo, cause, subject, reasons, rests, at, actor }: Suspend,
): Promise<Done | undefined> => {
  const trx = anyTrx as UseTrx;
  const grant = await lockRunning(trx, grantNo, at);
  if (!grant) return undefined;
  const open = await trx
    .selectFrom('use_grant_suspension')
    .select('id')
    .where('grant_no', '=', grantNo)
    .where('cause', '=', cause)
    .where('subject', subject === null ? 'is' : '=', subject)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  if (open) return undefined;
  const id = `ZT-${randomUUID()}`;
  await trx
    .insertInto('use_grant_suspension')
    .values({
      id,
      grant_no: grantNo,
      cause,
      subject,
      reasons: JSON.stringify(reasons) as never,
      from_at: at,
      lifted_at: null,
      lifted_reasons: null,
    })
    .execute();
  await setState(trx, grantNo, 'suspended');
  return {
    changes: [
      changeOf(
        grant,
        'grant.suspended.v1',
        `suspended/${id}`,
        { at, actor },
        {
          ...(await grantFacts(trx as never, grant)),
          suspension: id,
          cause,
          about: subject,
          reasonCodes: codesOf(reasons),
          ...rests,
        },
      ),
    ],
    receipt: await tellTerm(trx, grant, actor, at),
  };
};

export type Lift = {
  grantNo: string;
  /** Which suspensions are lifted: those of these causes, and of this subject where one is named. */
  causes: readonly SuspensionCause[];
  subject?: string;
  reasons: Reason[];
  rests?: RestsOn;
  at: Date;
  actor: ActingPerson;
};

/** Lifts suspensions of a running grant; it is restored only when none is left. */
export const liftSuspension = async (
  anyTrx: AnyTrx,
  { grantNo, causes, subject, reasons, rests, at, actor }: Lift,
): Promise<string | null> => {
  const trx = anyTrx as UseTrx;
  const grant = await lockRunning(trx, grantNo, at);
  if (!grant) return null;
  const lifted = await trx
    .updateTable('use_grant_suspension')
    .set({ lifted_at: at, lifted_reasons: JSON.stringify(reasons) as never })
    .where('grant_no', '=', grantNo)
    .where('cause', 'in', [...causes])
    .where('lifted_at', 'is', null)
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? ''))
    .returning('id')
    .execute();
  if (lifted.length === 0) return null;
  const { left } = await trx
    .selectFrom('use_grant_suspension')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('grant_no', '=', grantNo)
    .where('lifted_at', 'is', null)
    .executeTakeFirstOrThrow();
  const ids = lifted.map(({ id }) => id).sort();
  const data = { ...(await grantFacts(trx as never, grant)), reasonCodes: codesOf(reasons), ...rests };
  const by = { at, actor };
  const key = `lifted/${ids[0]}`;
  if (left === 0) await setState(trx, grantNo, 'active');
  const receipt = await tellTerm(trx, grant, actor, at);
  await recordAll(trx, 'catalog', [
    left === 0
      ? changeOf(grant, 'grant.restored.v1', key, by, data)
      : changeOf(grant, 'grant.suspensionLifted.v1', key, by, { ...data, suspensions: ids, left }),
  ]);
  return receipt;
};

const setState = (trx: UseTrx, grantNo: string, state: 'active' | 'suspended') =>
  trx
    .updateTable('use_grant')
    .set((eb) => ({ state, version: eb('version', '+', 1) }))
    .where('grant_no', '=', grantNo)
    .where('state', '!=', 'ended')
    .execute();

export type End = {
  grantNo: string;
  at: Date;
  actor: ActingPerson;
  reasons?: Reason[];
  rests?: RestsOn;
} & (
  | { endKind: Exclude<GrantEndKind, 'expired' | 'replaced'> }
  | { endKind: 'replaced' /** The new grant. */; by: string }
);

/** Ends a running grant at `at`; one that has ended, by its term or otherwise, stays as it ended. */
export const endGrant = async (trx: AnyTrx, act: End): Promise<string | null> => {
  const done = await ending(trx, act);
  if (!done) return null;
  await recordAll(trx, 'catalog', done.changes);
  return done.receipt;
};

/** The same without its event, for a transaction that tells several. */
export const ending = async (anyTrx: AnyTrx, act: End): Promise<Done | undefined> => {
  const trx = anyTrx as UseTrx;
  const { grantNo, endKind, at, actor, reasons = [] } = act;
  const grant = await lockRunning(trx, grantNo, at);
  if (!grant) return undefined;
  await trx
    .updateTable('use_grant')
    .set((eb) => ({
      state: 'ended',
      end_kind: endKind,
      ended_at: at,
      ended_by: actor.id,
      ended_reasons: JSON.stringify(reasons) as never,
      wake_at: null,
      wake_kind: null,
      version: eb('version', '+', 1),
    }))
    .where('grant_no', '=', grantNo)
    .execute();
  const facts = {
    ...(await grantFacts(trx as never, grant)),
    endedAt: toInstantText(at.getTime()),
    ...act.rests,
  };
  const by = { at, actor };
  return {
    changes: [
      act.endKind === 'replaced'
        ? changeOf(grant, 'grant.replaced.v1', 'ended', by, { ...facts, by: act.by })
        : changeOf(grant, 'grant.endedEarly.v1', 'ended', by, {
            ...facts,
            endKind,
            reasonCodes: codesOf(reasons),
          }),
    ],
    receipt: await tellTerm(trx, grant, actor, at),
  };
};
