/** The year disclosed in any city: gathered and published by its Schedules with one item missing, then put right (S1, S2). */
import { connect } from '@gongshu/infra/database';
import { sql } from 'kysely';
import type { City } from './stack-cities.ts';
import { type Stack, until } from './stack.ts';

type Content = {
  items: { item: string; state: string; ground: string | null; figures: { name: string; value: number }[] }[];
};
export type Disclosed = { caseNo: string; missing: string[]; corrected: Content };

/** The figures of every item, by name. */
export const figuresIn = ({ items }: Content): Record<string, number> =>
  Object.fromEntries(items.flatMap(({ figures }) => figures.map(({ name, value }) => [name, value])));

/**
 * The operator's part of a year: what the Schedule published, with its missing item named; the item supplied, and the
 * correction that takes its place. The first version is kept.
 */
export const putRight = async (city: City, year: number): Promise<Disclosed> => {
  const { seats, must, read, tried } = city;
  const { items: cases } = await until(
    () => read(seats.auditor, '/v1/yearly-disclosures', 'disclosure'),
    ({ items }) => items.length > 0,
  );
  const views = await Promise.all(
    cases.map(({ caseNo }: { caseNo: string }) =>
      read(seats.auditor, `/v1/yearly-disclosures/${caseNo}/versions/1`, 'disclosure'),
    ),
  );
  const found = views.find(({ content }) => content.part === 'operator' && content.year === year);
  if (!found) throw new Error(`${city.jurisdiction}: no disclosure of the operator for ${year}`);
  const at = `/v1/yearly-disclosures/${found.caseNo}`;
  const missing = (found.content as Content).items
    .filter(({ state }) => state === 'missing')
    .map(({ item }) => item);
  const words = { item: 'ownParticulars', statement: '运营机构情况：依法设立，负责本市公共数据授权运营。' };
  // Nobody answers for the operator.
  const refused = await tried(seats.bureau, `${at}/items`, words, 'disclosure');
  if (refused.status !== 403) throw new Error(`${city.jurisdiction}: the bureau spoke for the operator`);
  await must(seats.operator, `${at}/items`, words, 'disclosure');
  await must(
    seats.operator,
    `${at}/corrections`,
    { grounds: ['itemSupplied', 'figuresChanged'] },
    'disclosure',
  );
  const second = await read(seats.auditor, `${at}/versions/2`, 'disclosure');
  return { caseNo: found.caseNo, missing, corrected: second.content };
};

/** The same figures by SQL over the tables of the other services: what the events said must be what stands there. */
export const countedBySql = async (
  stack: Stack,
  jurisdiction: string,
  operator: string,
  year: number,
): Promise<Record<string, number>> => {
  const db = connect<object>(stack.urls['database'] ?? '', { schema: 'disclosure', max: 1 });
  const first = `${year}-01-01`;
  const last = `${year}-12-31`;
  const from = `${first}T00:00:00+08:00`;
  const end = `${year + 1}-01-01T00:00:00+08:00`;
  try {
    const { rows } = await sql<Record<string, number>>`
      select
        (select count(*)::int from catalog.use_grant
          where jurisdiction = ${jurisdiction} and operator = ${operator}
            and granted_at >= ${from}::timestamptz and granted_at < ${end}::timestamptz) as "grantsMade",
        (select count(distinct product_no)::int from registry.product_version
          join registry.product using (product_no)
          where jurisdiction = ${jurisdiction} and operator = ${operator}
            and listed_at < ${end}::timestamptz
            and (ended_at is null or ended_at >= ${end}::timestamptz)) as "productsListed",
        (select count(*)::int from pricing.tariff
          where jurisdiction = ${jurisdiction} and operator = ${operator} and state = 'published'
            and from_on <= ${last} and (until_on is null or until_on >= ${last})) as "tariffs",
        (select coalesce(sum(fen), 0)::int from pricing.bill
          where jurisdiction = ${jurisdiction} and operator = ${operator}
            and period between ${first.slice(0, 7)} and ${last.slice(0, 7)}) as "billedFen",
        (select count(*)::int from registry.trace_entry
          where jurisdiction = ${jurisdiction} and operator = ${operator} and act = 'access'
            and at >= ${from}::timestamptz and at < ${end}::timestamptz) as "accesses"`.execute(db);
    return rows[0] ?? {};
  } finally {
    await db.destroy();
  }
};
