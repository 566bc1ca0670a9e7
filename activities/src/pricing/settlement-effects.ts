/** What entries of the settlement of a period and the sharing of its surplus (F5) change beside their case. */
import type { SettlementTables } from '@gongshu/infra/settlements/tables';
import type { SettlementFacts, SettlementFigures, SettlementState } from '@gongshu/shared/settlement/machine';
import type { Transaction } from 'kysely';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<SettlementTables>;

const sums = (figures: SettlementFigures) => ({
  figures: JSON.stringify(figures) as never,
  ...{ revenue_fen: figures.revenueFen, permitted_fen: figures.permittedFen, excess_fen: figures.excessFen },
  ...{ consumed_fen: figures.consumedFen, carried_fen: figures.carriedFen, surplus_fen: figures.surplusFen },
  ...{ resource_fee_fen: figures.resourceFeeFen, terms: figures.terms, hash: figures.hash },
});

/** The figures of the attempt that stands, and the shares they make. */
const freeze = async (trx: Trx, { start, state, entry }: EffectOf): Promise<void> => {
  const { caseNo, jurisdiction } = start;
  const { operator, year } = start.facts as SettlementFacts;
  const { figures, attempt } = state as SettlementState;
  const row = { ...sums(figures), attempt, state: 'frozen' as const, frozen_at: new Date(entry.at) };
  await trx
    .insertInto('settlement_result')
    .values({
      ...{ case_no: caseNo, jurisdiction, operator, year, ...row },
      ...{ confirmed_at: null, closed_at: null },
    })
    .onConflict((conflict) => conflict.column('case_no').doUpdateSet(row))
    .execute();
  await trx.deleteFrom('settlement_share').where('case_no', '=', caseNo).execute();
  if (figures.shares.length === 0) return;
  await trx
    .insertInto('settlement_share')
    .values(
      figures.shares.map((share, position) => ({
        ...{ case_no: caseNo, position, ...share },
        ...{ paid_on: null, document: null, paid_at: null },
      })),
    )
    .execute();
};

/** The terms it was made by stand from now on. */
const confirm = async (trx: Trx, { start: { caseNo }, state, entry }: EffectOf): Promise<void> => {
  const { figures } = state as SettlementState;
  await trx
    .updateTable('settlement_result')
    .set({ state: 'confirmed', confirmed_at: new Date(entry.at) })
    .where('case_no', '=', caseNo)
    .execute();
  await trx
    .updateTable('sharing_terms')
    .set({ used_by: caseNo })
    .where('terms', '=', figures.terms)
    .where('used_by', 'is', null)
    .execute();
};

const pay = async (trx: Trx, { start: { caseNo }, entry: { data, at } }: EffectOf): Promise<void> => {
  if (data['what'] !== 'share') return;
  await trx
    .updateTable('settlement_share')
    .set({ paid_on: String(data['paidOn']), document: String(data['document']), paid_at: new Date(at) })
    .where('case_no', '=', caseNo)
    .where('party', '=', String(data['party']))
    .execute();
};

const close = async (trx: Trx, { start: { caseNo }, entry }: EffectOf): Promise<void> => {
  await trx
    .updateTable('settlement_result')
    .set({ state: 'closed', closed_at: new Date(entry.at) })
    .where('case_no', '=', caseNo)
    .execute();
};

const does: Readonly<Record<string, (trx: Trx, of: EffectOf) => Promise<void>>> = {
  opened: freeze,
  refrozen: freeze,
  confirmed: confirm,
  paid: pay,
  closed: close,
};

export const settlementEffects: Effects = async (trx, of) => {
  await does[of.entry.kind]?.(trx as unknown as Trx, of);
};
