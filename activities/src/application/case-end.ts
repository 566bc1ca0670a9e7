/** What the stages and ends of all lifecycles share: the case's row, the reasons given, who withdrew it. */
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import type { Step } from '@gongshu/shared/application/types';
import type { Kysely, Transaction } from 'kysely';
import { actorOf } from './deps.ts';

/** Sets the stage an open case stands in; set again, nothing changes. */
export const setStage = async (
  db: Kysely<ApplicationTables>,
  caseNo: string,
  stage: Step,
  at: number,
): Promise<void> => {
  await db
    .updateTable('application')
    .set((eb) => ({
      stage,
      version: eb('version', '+', 1),
      ...(stage === 'check' && { accepted_at: new Date(at) }),
    }))
    .where('case_no', '=', caseNo)
    .where('outcome', 'is', null)
    .where((eb) => eb.or([eb('stage', '!=', stage), eb('version', '=', 1)]))
    .execute();
};

/** Closes an open case, once. `false` means it was closed already. */
export const closeCase = async (
  trx: Transaction<ApplicationTables>,
  { caseNo, outcome, endedAt }: { caseNo: string; outcome: string; endedAt: number },
): Promise<boolean> => {
  const closed = await trx
    .updateTable('application')
    .set((eb) => ({ outcome, ended_at: new Date(endedAt), version: eb('version', '+', 1) }))
    .where('case_no', '=', caseNo)
    .where('outcome', 'is', null)
    .returning('case_no')
    .executeTakeFirst();
  return closed !== undefined;
};

/** The codes of every reason for which a body refused, each once, in order. */
export const reasonCodesOf = async (
  trx: Transaction<ApplicationTables>,
  caseNo: string,
): Promise<string[]> => {
  const decisions = await trx
    .selectFrom('decision')
    .innerJoin('turn', 'turn.turn_id', 'decision.turn_id')
    .select('decision.reasons')
    .where('turn.case_no', '=', caseNo)
    .where('decision.outcome', '=', 'refused')
    .execute();
  return [...new Set(decisions.flatMap(({ reasons }) => reasons.map(({ code }) => code)))].sort();
};

/** Who ended the case: the applicant who withdrew it, time in every other case. */
export const enderOf = async (
  trx: Transaction<ApplicationTables>,
  { caseNo, outcome }: { caseNo: string; outcome: string },
) =>
  actorOf(
    outcome === 'withdrawn'
      ? await trx
          .selectFrom('intake')
          .select(['actor_id', 'actor_role', 'actor_organisation'])
          .where('case_no', '=', caseNo)
          .where('act', '=', 'withdrawApplication')
          .orderBy('seq', 'desc')
          .executeTakeFirst()
      : undefined,
  );
