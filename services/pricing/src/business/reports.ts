/** Filing the yearly business report (65号 五): made off the books as they stand, a version each time. */
import { randomUUID } from 'node:crypto';
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import { type ColumnType, type Kysely, type Selectable, sql } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import type { PricingTables } from '../tables.ts';
import { type BusinessContent, businessContent } from './content.ts';

export type BusinessTables = PricingTables & {
  business_report: {
    id: string;
    jurisdiction: string;
    operator: string;
    year: number;
    version: number;
    content: ColumnType<BusinessContent, string, never>;
    hash: string;
    due_on: string;
    late: boolean;
    filed_by: string;
    filed_at: Date;
  };
};
export type BusinessReportRow = Selectable<BusinessTables['business_report']>;

/** Throws `businessYearRunning` (409) before the year is over, `businessUnchanged` (409) where the books say the same. */
export const fileBusinessReport = (
  anyDb: Kysely<any>,
  pack: ResolvedPack,
  year: number,
  { actor, at }: Acting,
): Promise<BusinessReportRow> => {
  const db = anyDb as Kysely<BusinessTables>;
  const today = businessDateOf(at.getTime());
  if (year >= Number(today.slice(0, 4)))
    throw problem('businessYearRunning', { params: { from: `${year + 1}-01-01` } });
  const { jurisdiction } = pack;
  const operator = actor.organisation;
  const dueOn = `${year + 1}-${ruleOf(pack, 'pricing', 'businessReportDue').value}`;
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`business ${jurisdiction} ${operator} ${year}`}, 0))`.execute(
      trx,
    );
    const before = await trx
      .selectFrom('business_report')
      .select(['version', 'hash'])
      .where('jurisdiction', '=', jurisdiction)
      .where('operator', '=', operator)
      .where('year', '=', year)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    const content = await businessContent(trx, pack, { jurisdiction, operator, year });
    const hash = jsonHash(content);
    if (before?.hash === hash) throw problem('businessUnchanged');
    const row = await trx
      .insertInto('business_report')
      .values({
        ...{ id: `JY-${randomUUID()}`, jurisdiction, operator, year, version: (before?.version ?? 0) + 1 },
        ...{ content: JSON.stringify(content), hash, due_on: dueOn, late: today > dueOn },
        ...{ filed_by: actor.id, filed_at: at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'pricing', {
      ...{ key: `businessReport/${row.id}`, type: 'businessReport.filed.v1', subject: row.id, jurisdiction },
      ...{ at, actor },
      data: {
        ...{ report: row.id, operator, year, version: row.version, hash, dueOn, late: row.late },
        ...{ revenueFen: content.revenue.fen, netCostFen: content.cost.netFen },
        ...{ permittedFen: content.permitted?.fen ?? null },
        ...restsOn(pack, 'pricing', 'businessReport'),
      },
    });
    return row;
  });
};
