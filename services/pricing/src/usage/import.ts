/** A CSV file of use into the tables, batch by batch in one transaction: whole, or not at all. */
import type { Readable } from 'node:stream';
import type { Keep } from '@gongshu/infra/bring-in/rows';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { UsageGiven } from '@gongshu/shared/settlement/usage';
import { sql } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import { lockUsage } from '@gongshu/infra/revenues/lock';
import { conclude, createTally, refusedRow, type UsageReport } from './batch.ts';
import { type CsvRow, readUsageCsv, type UsageColumn } from './csv.ts';
import { type Owner, takeUsage, type UsageDb, usageTaking } from './record.ts';

const batchSize = 5_000;

const flags: Readonly<Record<string, boolean>> = { '': false, false: false, true: true, 是: true, 否: false };

/** Cells as a record; an empty scenario is none, and anything else that is no flag is left for the schema to refuse. */
const given = (cells: Partial<Record<UsageColumn, string>>): unknown => {
  const { scenario = '', correction = '', ...rest } = cells;
  return {
    ...rest,
    scenario: scenario === '' ? null : scenario,
    correction: flags[correction] ?? correction,
  };
};

/**
 * Imports a file for its operator. A row that is not well formed, or does not count, is named with its number, column and
 * reason; throws `rowsRefused` (422) where one is and none is to be kept, `usageColumns` (422), `malformedBody` (400).
 * Two imports of one operator at once go one after the other, and a record of both counts once.
 */
export const importUsage = (
  db: UsageDb,
  pack: ResolvedPack,
  owner: Owner,
  { stream, maxBytes, keep, batch }: { stream: Readable; maxBytes: number; keep: Keep; batch: string },
  acting: Acting,
): Promise<UsageReport> =>
  db.transaction().execute(async (trx) => {
    await sql`set local lock_timeout = '60s'`.execute(trx);
    await lockUsage(trx, owner);
    const taking = await usageTaking(trx, pack, owner, {
      ...{ source: 'file', recorded_at: acting.at, recorded_by: acting.actor.id },
    });
    const tally = createTally();
    const take = async (rows: readonly CsvRow[]): Promise<void> => {
      const read = rows.map(({ row, cells }) => ({
        ...{ row, cells },
        parsed: cells === null ? undefined : UsageGiven.safeParse(given(cells)),
      }));
      const well = read.flatMap(({ parsed }) => parsed?.data ?? []);
      const taken = (await takeUsage(trx, owner, well, taking)).values();
      for (const { row, cells, parsed } of read)
        if (parsed?.data) tally.take(row, parsed.data, taken.next().value!);
        else {
          const at = String(parsed?.error?.issues[0]?.path[0] ?? '');
          const id = cells?.id?.slice(0, 80) ?? null;
          tally.refuse(refusedRow(row, id, { reason: { code: 'usageMalformed', at: `/${at}` } }));
        }
    };
    for await (const rows of readUsageCsv(stream, { size: batchSize, maxBytes })) await take(rows);
    return conclude(trx, owner, tally, { keep, batch, source: 'file', list: 'rows' }, acting);
  });
