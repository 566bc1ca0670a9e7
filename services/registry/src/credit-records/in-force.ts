/** Records in force against bodies, for who selects an operator or checks a merchant: facts, which refuse nobody (X1). */
import type { RecordInForce } from '@gongshu/infra/incidents/record-in-force';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { SanctionKind } from '@gongshu/shared/packs/topics/sanction';
import type { Kysely } from 'kysely';
import type { CreditRecordTables } from './tables.ts';

/** By body, oldest first; `on`: the day of the question (`YYYY-MM-DD`, Asia/Shanghai). A body without has no entry. */
export const recordsInForce = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  db: Kysely<any>,
  { jurisdiction, bodies, on }: { jurisdiction: string; bodies: readonly string[]; on: string },
): Promise<Map<string, RecordInForce[]>> => {
  const found = new Map<string, RecordInForce[]>();
  if (bodies.length === 0) return found;
  const rows = await (db as Kysely<CreditRecordTables>)
    .selectFrom('measure_on_record')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('body', 'in', bodies as string[])
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', on)]))
    .orderBy('from_at')
    .orderBy('case_no')
    .orderBy('measure')
    .execute();
  for (const { body, from_at: from, ...row } of rows) {
    if (body === null || from === null) continue;
    const one = {
      ...{ caseNo: row.case_no, measure: row.measure as SanctionKind },
      decidedOn: businessDateOf(from.getTime()),
      ...{ article: row.article, instrument: row.article_instrument, lastDay: row.until_on },
    };
    found.set(body, [...(found.get(body) ?? []), one]);
  }
  return found;
};
