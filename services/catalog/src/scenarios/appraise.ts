/** First review by the operator, then the appraisal of compliance and necessity (Shuozhou 六（三）). */
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import type { Reason } from '@gongshu/infra/cases/tables';
import { recordAll } from '@gongshu/infra/record';
import { citedArticle, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '../resources/resource-law.ts';
import { treatmentOf } from './law.ts';
import { mustStandAt, scenarioChange } from './propose.ts';
import { heldScenario, type OpinionRow, type ScenarioDb, type ScenarioTrx } from './queries.ts';
import type { Capacity, ScenarioRow } from './tables.ts';
import { waitsFor } from './view.ts';

type Outcome = OpinionRow['outcome'];
type Opinion = Pick<OpinionRow, 'step' | 'capacity' | 'outcome' | 'compliance' | 'necessity'> & {
  reasons: Reason[];
};

/** Throws `reasonsMissing` (422): whoever does not agree says why. */
const mustSayWhy = (pack: ResolvedPack, outcome: Outcome, reasons: readonly Reason[]): void => {
  if (outcome === 'approve' || reasons.length > 0) return;
  throw reasonsMissing(citedArticle(pack.rules['scenario']?.['treatment']));
};

const codesOf = (reasons: readonly Reason[]): string[] => [...new Set(reasons.map(({ code }) => code))];

const writeOpinion = async (
  trx: ScenarioTrx,
  row: ScenarioRow,
  { reasons, ...opinion }: Opinion,
  { actor, at }: Acting,
): Promise<void> => {
  const written = await trx
    .insertInto('scenario_opinion')
    .values({
      ...{ scenario: row.id, version: row.version, ...opinion, reasons: JSON.stringify(reasons) },
      ...{ organisation: actor.organisation ?? '', given_by: actor.id, given_at: at },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('scenario')
    .executeTakeFirst();
  if (!written) throw problem('scenarioAppraisedAlready');
};

const moveTo = (
  trx: ScenarioTrx,
  { id }: ScenarioRow,
  state: ScenarioRow['state'],
  decidedAt: Date | null,
): Promise<ScenarioRow> =>
  trx
    .updateTable('scenario')
    .set({ state, decided_at: decidedAt })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/**
 * The operator passes a scenario on, returns it for changes, or refuses it; the last two with reasons. Throws
 * `scenarioStepNotReached` (409), `reasonsMissing` (422).
 */
export const firstReview = (
  db: ScenarioDb,
  pack: ResolvedPack,
  id: string,
  { outcome, reasons }: { outcome: Outcome; reasons: Reason[] },
  acting: Acting,
): Promise<ScenarioRow> => {
  mustSayWhy(pack, outcome, reasons);
  return db.transaction().execute(async (trx) => {
    const row = await heldScenario(trx, id);
    mustStandAt(row, 'proposed');
    const opinion = { step: 'firstReview', capacity: 'operator', outcome, reasons } as const;
    await writeOpinion(trx, row, { ...opinion, compliance: null, necessity: null }, acting);
    const state = { approve: 'firstReviewed', return: 'returned', refuse: 'refused' } as const;
    const next = await moveTo(trx, row, state[outcome], outcome === 'refuse' ? acting.at : null);
    const reasonCodes = codesOf(reasons);
    const change = {
      approve: () => scenarioChange(next, 'firstReviewPassed', acting, pack),
      return: () => scenarioChange(next, 'returned', acting, pack, { reasonCodes }),
      refuse: () => scenarioChange(next, 'refused', acting, pack, { step: 'firstReview', reasonCodes }),
    }[outcome]();
    await recordAll(trx, 'catalog', [change]);
    return next;
  });
};

export type Appraisal = { compliance: boolean; necessity: boolean; reasons: Reason[] };

/**
 * One body's opinion on compliance and necessity. When the last of those the pack names has spoken the scenario is
 * approved, or refused where one of them found it wanting. Throws `scenarioStepNotReached`, `scenarioAppraisedAlready`
 * (409), `forbidden` (403) for a body the pack does not have appraise it, `reasonsMissing` (422).
 */
export const appraise = (
  db: ScenarioDb,
  pack: ResolvedPack,
  id: string,
  capacity: Capacity,
  { compliance, necessity, reasons }: Appraisal,
  acting: Acting,
): Promise<ScenarioRow> => {
  const treatment = treatmentOf(pack);
  const outcome = compliance && necessity ? 'approve' : 'refuse';
  if (treatment.mode !== 'appraised' || !treatment.appraisedBy.some((one) => one === capacity))
    throw problem('forbidden', { params: { act: 'appraiseScenario' } });
  mustSayWhy(pack, outcome, reasons);
  return db.transaction().execute(async (trx) => {
    const row = await heldScenario(trx, id);
    mustStandAt(row, 'firstReviewed');
    const opinion = { step: 'appraisal', capacity, outcome, reasons } as const;
    await writeOpinion(trx, row, { ...opinion, compliance, necessity }, acting);
    const told = scenarioChange(row, 'appraised', acting, pack, {
      key: `v${row.version}/${capacity}`,
      ...{ appraisedBy: acting.actor.organisation, capacity, compliance, necessity },
      reasonCodes: codesOf(reasons),
    });
    const all = await trx
      .selectFrom('scenario_opinion')
      .selectAll()
      .where('scenario', '=', id)
      .where('version', '=', row.version)
      .execute();
    if (waitsFor(row, treatment, all).length > 0) {
      await recordAll(trx, 'catalog', [told]);
      return row;
    }
    const against = all.filter((one) => one.step === 'appraisal' && one.outcome === 'refuse');
    const approved = against.length === 0;
    const next = await moveTo(trx, row, approved ? 'approved' : 'refused', acting.at);
    const reasonCodes = codesOf(against.flatMap((one) => one.reasons)).slice(0, 50);
    const decided = approved
      ? scenarioChange(next, 'approved', acting, pack)
      : scenarioChange(next, 'refused', acting, pack, { step: 'appraisal', reasonCodes });
    await recordAll(trx, 'catalog', [told, decided]);
    return next;
  });
};
