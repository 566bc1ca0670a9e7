/** What the Schedule of an agreement and a year does: the evaluation is taken in as a person's opening is, once. */
import { settleDue } from '@gongshu/infra/evaluations/due';
import { evaluationOpening } from '@gongshu/infra/evaluations/open';
import type { EvaluationTables } from '@gongshu/infra/evaluations/tables';
import { receiptFor } from '@gongshu/infra/intake/take';
import { openProcedure } from '@gongshu/infra/procedures/open';
import type { EvaluationOpeningActivities } from '@gongshu/shared/evaluation/opening';
import { Problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import { type ApplicationDeps, time } from '../application/deps.ts';
import { packs } from '../packs.ts';

/** Where the year stays due: the evaluation before it is still under way. */
const waits: readonly string[] = ['evaluationOpen'];
/** Where there is nothing to open: it has been, or there is no mandate left to evaluate. */
const settled: readonly string[] = [
  ...['yearEvaluated', 'agreementNotInForce', 'failed', 'terminated', 'newSelection', 'lifecycleNotInPack'],
];

/** Runs at least once: the second run finds the year evaluated, or its own receipt. */
export const createOpenEvaluation =
  (deps: ApplicationDeps): EvaluationOpeningActivities['openEvaluation'] =>
  async (asked) => {
    const { agreement, jurisdiction, year } = asked;
    const db = deps.db.registry as unknown as Kysely<EvaluationTables>;
    const { now } = await deps.time();
    const settle = (to: 'held' | 'opened' | 'cancelled') =>
      db.transaction().execute((trx) => settleDue(trx, agreement, { from: ['ahead', 'held'], to, year }));
    try {
      const opening = await evaluationOpening(
        { db: db as never, calendarVersion: deps.calendars.newest },
        packs().resolve(jurisdiction),
        { ...asked, by: time, lawNow: new Date(now) },
      );
      await openProcedure(db as never, opening, receiptFor(time.id, `${agreement}/${year}`, 'evaluation'));
      return { opened: 'opened' };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (waits.includes(error.code)) await settle('held');
      else if (settled.includes(error.code))
        await settle(error.code === 'yearEvaluated' ? 'opened' : 'cancelled');
      else throw error;
      return { opened: error.code };
    }
  };
