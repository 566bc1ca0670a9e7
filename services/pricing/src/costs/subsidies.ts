/** Government subsidies, netted from the cost of their year (65号); corrected by reversal alone. */
import { randomUUID } from 'node:crypto';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { record } from '@gongshu/infra/record';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '@gongshu/infra/http/acting';
import { costChange } from './change.ts';
import { holdOpenPeriod, mustHaveArisen } from './period.ts';
import type { SubsidyGiven } from './schema.ts';
import type { CostDb, SubsidyRow } from './tables.ts';

export const findSubsidy = (db: CostDb, id: string): Promise<SubsidyRow | undefined> =>
  db.selectFrom('subsidy').selectAll().where('id', '=', id).executeTakeFirst();

/** Throws `costYearWrong`, `documentUnknown` (422), `costPeriodClosed` (409). */
export const recordSubsidy = (
  db: CostDb,
  pack: ResolvedPack,
  { year, fen, ground, document }: SubsidyGiven,
  acting: Acting,
): Promise<SubsidyRow> => {
  mustHaveArisen(year, null, acting.at);
  const { organisation: operator, id: by } = acting.actor;
  const period = { jurisdiction: pack.jurisdiction, operator, year };
  return db.transaction().execute(async (trx) => {
    await holdOpenPeriod(trx, period);
    const row = await trx
      .insertInto('subsidy')
      .values({
        ...{ id: `BT-${randomUUID()}`, ...period, fen, ground, document: document ?? null },
        ...{ reverses: null, reversed_by: null, recorded_by: by, recorded_at: acting.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    if (document !== undefined) {
      const cited = { hash: document, pointer: '/body/document' };
      await mustBeStored(trx, { ...cited, organisation: operator, jurisdiction: pack.jurisdiction });
      await linkDocument(trx, {
        ...{ hash: document, jurisdiction: pack.jurisdiction, caseNo: row.id, role: 'subsidy' },
        ...{ by: operator, at: acting.at },
      });
    }
    const told = { type: 'subsidy.recorded.v1', subject: row.id, rule: 'unrelatedCost' } as const;
    await record(
      trx,
      'pricing',
      costChange(pack, period, acting, { ...told, data: { subsidy: row.id, fen } }),
    );
    return row;
  });
};

/** Throws `costReversed`, `costPeriodClosed` (409). */
export const reverseSubsidy = (
  db: CostDb,
  pack: ResolvedPack,
  { id, jurisdiction, operator, year }: SubsidyRow,
  ground: string,
  acting: Acting,
): Promise<SubsidyRow> =>
  db.transaction().execute(async (trx) => {
    const period = { jurisdiction, operator, year };
    await holdOpenPeriod(trx, period);
    const row = await trx
      .selectFrom('subsidy')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (row.reverses !== null || row.reversed_by !== null) throw problem('costReversed');
    const reversal = await trx
      .insertInto('subsidy')
      .values({
        ...{ id: `BT-${randomUUID()}`, ...period, fen: row.fen, ground, document: null },
        ...{ reverses: id, reversed_by: null, recorded_by: acting.actor.id, recorded_at: acting.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await trx.updateTable('subsidy').set({ reversed_by: reversal.id }).where('id', '=', id).execute();
    const told = { type: 'subsidy.reversed.v1', subject: id, rule: 'unrelatedCost' } as const;
    const data = { subsidy: id, reversal: reversal.id, fen: row.fen };
    await record(trx, 'pricing', costChange(pack, period, acting, { ...told, data }));
    return reversal;
  });
