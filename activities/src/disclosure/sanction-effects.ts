/** What entries of a sanction change beside their case (X1): the measures on record, with their days. */
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import type { SanctionFacts, SanctionState } from '@gongshu/shared/sanction/types';
import type { Transaction } from 'kysely';
import type { Effects } from '../procedure/effects.ts';

export const sanctionEffects: Effects = async (anyTrx, { start, state, entry }) => {
  const trx = anyTrx as unknown as Transaction<IncidentTables>;
  const { caseNo: case_no, jurisdiction } = start;
  const { measures } = state as SanctionState;
  if (entry.kind === 'decided')
    await trx
      .insertInto('sanction_measure')
      .values(
        measures.map(({ measure, lastDay }) => ({
          ...{ case_no, measure, jurisdiction, body: (start.facts as SanctionFacts).target },
          ...{ from_at: new Date(entry.at), until_on: lastDay, lifted_at: null },
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  // The decision is withdrawn: what of it does not end, such as a talk, stands on record no more.
  if (entry.kind === 'reviewDecided' && entry.data['result'] === 'lift')
    await trx
      .updateTable('sanction_measure')
      .set({ lifted_at: new Date(entry.at) })
      .where('case_no', '=', case_no)
      .where('lifted_at', 'is', null)
      .execute();
  if (entry.kind === 'lifted' || entry.kind === 'measureEnded')
    await trx
      .updateTable('sanction_measure')
      .set({ lifted_at: new Date(entry.at) })
      .where('case_no', '=', case_no)
      .where('measure', '=', String(entry.data['measure']))
      .where('lifted_at', 'is', null)
      .execute();
};
