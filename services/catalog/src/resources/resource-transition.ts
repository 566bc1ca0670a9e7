import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { Act, ActObject } from '@gongshu/shared/may';
import type { Party } from '@gongshu/shared/packs/values';
import { problem } from '@gongshu/shared/problems';
import type { ResourceState } from '@gongshu/shared/resource';
import { type FlowStep, shortfalls, stepAfter } from '@gongshu/shared/resource-flow';
import type { Transaction } from 'kysely';
import { type ResourceRow, updateResource } from '../queries/resource.ts';
import type { ResourceTables } from '../tables/resource.ts';
import { tellDemands } from '../demands/open.ts';
import { mustHaveNorm } from '../mandates/norms.ts';
import { factsIn, heldResource } from './resource-acts.ts';
import { entryData, type ResourceEventType, resourceEvent } from './resource-event.ts';
import {
  type Acting,
  type CatalogLaw,
  catalogLaw,
  mustLackNothing,
  type ResourceDeps,
} from './resource-law.ts';
import { actObjectOf } from './resource-model.ts';

type Trx = Transaction<ResourceTables>;

/** What is asked for: the state to reach, the batch where the pack publishes in batches, the reason for closing. */
export type Move = { to: ResourceState; batch?: string | undefined; reason?: string | undefined };
/** Asked once it is known which act the move is; throws when the actor may not. Answers in which role the actor acts. */
export type Permit = (act: Act, object: ActObject) => Acting['actor'];

/** Reasons for closing that rest on no ground of the pack. */
const plainReasons = ['discontinued', 'merged'];

/** The act by which a party takes a step; `may()` says which roles and whose entries. */
const actOf = (party: Party, state: ResourceState, level: ResourceRow['level']): Act => {
  if (party === 'countyAuthority' || (party === 'ownLevelAuthority' && level === 'county'))
    return 'reviewResource';
  if (party === 'authority' || party === 'ownLevelAuthority')
    return state === 'public' ? 'publishResource' : 'collectResource';
  return party === 'operator' ? 'pushResource' : 'submitResource';
};

const refuse = (row: ResourceRow, to: ResourceState, next: FlowStep | undefined, law: CatalogLaw) =>
  problem('resourceStepRefused', {
    params: { state: row.state, to, next: next?.state ?? 'none' },
    article: law.article('flow'),
  });

/** Which body an entry is reported to: a county's bureau by its id, the city's by its jurisdiction. */
const receiverOf = (row: ResourceRow, { to }: FlowStep): string =>
  (to === 'ownLevelAuthority' && row.level === 'county' && row.authority_organisation) || row.jurisdiction;

const stepEvent = (
  row: ResourceRow,
  step: FlowStep,
  { actor, at }: Acting,
): { type: ResourceEventType; data: object } => {
  const entry = entryData(row);
  const body = actor.organisation ?? row.jurisdiction;
  if (step.state === 'submitted')
    return { type: 'resource.submitted.v1', data: { ...entry, submittedTo: receiverOf(row, step) } };
  if (step.state === 'reviewed')
    return { type: 'resource.reviewed.v1', data: { ...entry, reviewedBy: body } };
  if (step.state === 'collected')
    return { type: 'resource.collected.v1', data: { ...entry, collectedBy: body } };
  const publishedOn = businessDateOf(at.getTime());
  const batch = row.batch === null ? {} : { batch: row.batch };
  return { type: 'resource.published.v1', data: { ...entry, publishedOn, ...batch } };
};

const takeStep = async (
  trx: Trx,
  law: CatalogLaw,
  row: ResourceRow,
  move: Move,
  permit: Permit,
  at: Date,
) => {
  const next = stepAfter(law.flow, row.state);
  // Registration comes back from the platform with a code and is recorded by its package.
  if (!next || next.state !== move.to || next.state === 'registered') throw refuse(row, move.to, next, law);
  const actor = permit(actOf(next.by, next.state, row.level), actObjectOf(row));
  if (next.by === 'operator' && actor.organisation !== null)
    await mustHaveNorm(trx, law.pack, 'catalogTechnicalStandard', actor.organisation);
  if (next.batches && move.batch === undefined)
    throw problem('resourceBatchMissing', {
      article: law.article('flow'),
      errors: [
        { pointer: '/batch', code: 'missing', message: { zh: '缺少批次号', en: 'The batch is missing' } },
      ],
    });
  mustLackNothing(law, shortfalls(next.state, await factsIn(trx, row), law.rules));
  const batch = next.batches ? (move.batch ?? null) : row.batch;
  const written = await updateResource(trx, row.id, { state: next.state, batch, updated_at: at });
  const moved = { ...written, fields: row.fields };
  const { type, data } = stepEvent(moved, next, { actor, at });
  await record(trx, 'catalog', resourceEvent(moved, type, { actor, at }, data));
  if (next.state === 'public') await tellDemands(trx, moved, actor, at);
  return moved;
};

const close = async (trx: Trx, law: CatalogLaw, row: ResourceRow, move: Move, permit: Permit, at: Date) => {
  const actor = permit('closeResource', actObjectOf(row));
  if (row.state === 'closed') throw refuse(row, 'closed', undefined, law);
  const reasons = [...law.rules.neverEnters, ...law.rules.followsOtherLaw, ...plainReasons];
  if (move.reason === undefined || !reasons.includes(move.reason))
    throw problem('closingReasonUnknown', {
      params: { reasons: reasons.join(', ') },
      article: law.article('neverEnters'),
    });
  const changes = {
    state: 'closed',
    closed_reason: move.reason,
    resume_state: null,
    updated_at: at,
  } as const;
  const closed = { ...(await updateResource(trx, row.id, changes)), fields: row.fields };
  const data = { reasonCode: move.reason };
  await record(trx, 'catalog', resourceEvent(closed, 'resource.closed.v1', { actor, at }, data));
  return closed;
};

/** Back to its department: by the body whose turn the next step is, or, once closed, by whoever may close it. */
const giveBack = async (trx: Trx, law: CatalogLaw, row: ResourceRow, permit: Permit, at: Date) => {
  const next = stepAfter(law.flow, row.state);
  const pending = row.state !== 'compiled' && next !== undefined && next.state !== 'registered';
  if (row.state !== 'closed' && !pending) throw refuse(row, 'compiled', next, law);
  const act = pending ? actOf(next.by, next.state, row.level) : 'closeResource';
  const actor = permit(act, actObjectOf(row));
  const changes = { state: 'compiled', closed_reason: null, batch: null, updated_at: at } as const;
  const back = { ...(await updateResource(trx, row.id, changes)), fields: row.fields };
  const data = { from: row.state };
  await record(trx, 'catalog', resourceEvent(back, 'resource.returned.v1', { actor, at }, data));
  return back;
};

/**
 * Takes an entry to its next step as the jurisdiction's pack orders them (Zhongwei art. 8; Wuhai s.6), closes it with a
 * reason, or gives it back to its department. Throws `resourceStepRefused`, the gravest shortfall with its article and
 * all places, `resourceBatchMissing`, `closingReasonUnknown`, and what `permit` throws.
 */
export const moveResource = (
  { db, packs }: ResourceDeps,
  id: string,
  move: Move,
  permit: Permit,
  at: Date,
): Promise<ResourceRow> =>
  db.transaction().execute(async (trx) => {
    const row = await heldResource(trx, id);
    const law = catalogLaw(packs, row.jurisdiction);
    if (move.to === 'closed') return close(trx, law, row, move, permit, at);
    if (move.to === 'compiled') return giveBack(trx, law, row, permit, at);
    return takeStep(trx, law, row, move, permit, at);
  });
