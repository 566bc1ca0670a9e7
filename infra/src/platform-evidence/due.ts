/** The days on which evidence is looked at (X4): its warnings, the day after its last, and when the bureau is late. */
import { type BusinessDate, businessDateOf, startOfDay } from '@gongshu/shared/business-date';
import type { EvidenceAsk } from '@gongshu/shared/platform-evidence/types';
import type { Selectable, Transaction } from 'kysely';
import type { Dues } from '../schedules.ts';
import type { EvidenceDueTable, EvidenceOf, EvidenceTables } from './tables.ts';

/** Again, it changes nothing; a day that has begun is not looked at again. */
export const foreseeLooks = async (
  trx: Transaction<EvidenceTables>,
  of: EvidenceOf,
  days: readonly BusinessDate[],
  at: Date,
): Promise<void> => {
  const today = businessDateOf(at.getTime());
  const ahead = [...new Set(days)].filter((day) => day > today);
  if (ahead.length === 0) return;
  await trx
    .insertInto('evidence_due')
    .values(
      ahead.map((on_day) => ({ ...of, on_day, opens_at: new Date(startOfDay(on_day)), called_at: null })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** Every day up to `at` is looked at by one look. */
export const looked = async (
  trx: Transaction<EvidenceTables>,
  { jurisdiction, operator, kind }: EvidenceOf,
  at: Date,
): Promise<void> => {
  await trx
    .updateTable('evidence_due')
    .set({ state: 'opened', called_at: null })
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('kind', '=', kind)
    .where('state', '=', 'ahead')
    .where('opens_at', '<=', at)
    .execute();
};

export const evidenceDues: Dues<Selectable<EvidenceDueTable>> = {
  table: 'evidence_due',
  keys: ['jurisdiction', 'operator', 'kind', 'on_day'],
  scheduleId: ({ jurisdiction, operator, kind, on_day }) =>
    `evidence-${jurisdiction}-${operator}-${kind}-${on_day}`,
  starts: ({ jurisdiction, operator, kind, on_day }) => ({
    workflowType: 'evidenceLook',
    workflowId: `evidence-look-${jurisdiction}-${operator}-${kind}-${on_day}`,
    args: [{ jurisdiction, operator, kind } satisfies EvidenceAsk],
    summary: `平台合规证明有效期复核 ${operator} ${kind} ${on_day}`,
  }),
};
