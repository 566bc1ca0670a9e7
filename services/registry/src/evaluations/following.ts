/** What must be so before an evaluation is followed up: a selection begun after it, or an agreement that has ended. */
import type { EvaluationTables } from '@gongshu/infra/evaluations/tables';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';

/** Throws `selectionUnfit` (422) unless it is a selection of this city, opened after the agreement was terminated. */
export const mustBeSelectedAnew = async (
  { db }: Pick<ProcedureDeps, 'db'>,
  { case_no: caseNo, jurisdiction }: ProcedureRow,
  selection: string,
): Promise<void> => {
  const terminated = await db
    .selectFrom('procedure_entry')
    .select('at')
    .where('case_no', '=', caseNo)
    .where('kind', '=', 'terminated')
    .executeTakeFirst();
  if (!terminated) return; // the machine says why it is too early
  const found = await db
    .selectFrom('procedure')
    .select('case_no')
    .where('case_no', '=', selection)
    .where('kind', '=', 'selection')
    .where('jurisdiction', '=', jurisdiction)
    .where('opened_at', '>=', terminated.at)
    .executeTakeFirst();
  if (!found)
    throw problem('selectionUnfit', {
      errors: [
        {
          pointer: '/body/selection',
          code: 'selectionUnfit',
          message: { zh: '不是终止后启动的遴选', en: 'No selection opened after the termination' },
        },
      ],
    });
};

/** Throws `agreementStands` (409) while the agreement is in force. */
export const mustHaveEnded = async ({ db }: Pick<ProcedureDeps, 'db'>, agreement: string): Promise<void> => {
  const row = await (db as unknown as Kysely<EvaluationTables>)
    .selectFrom('evaluated_agreement')
    .select('ended_at')
    .where('agreement', '=', agreement)
    .executeTakeFirst();
  if (!row?.ended_at) throw problem('agreementStands');
};
