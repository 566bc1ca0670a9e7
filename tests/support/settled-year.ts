// A year of use, planted, brought in, billed and settled: for the proof of a million records and for the tests.
import { Readable } from 'node:stream';
import { connect } from '@gongshu/infra/database';
import { jsonHash } from '@gongshu/infra/hash';
import { loadPacks } from '@gongshu/infra/packs';
import type { SettlementTables } from '@gongshu/infra/settlements/tables';
import { issueBills } from '@gongshu/service-pricing/bills/issue';
import { figuresOf } from '@gongshu/service-pricing/settlements/figures';
import { importUsage } from '@gongshu/service-pricing/usage/import';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { monthsOf } from '@gongshu/shared/settlement/usage';
import { type Kysely, sql } from 'kysely';
import { testDatabase } from './parts.ts';

const owner = { jurisdiction: 'zhongwei', operator: 'operator' };
const products = Array.from({ length: 20 }, (_, n) => `640500-CP-2024-${String(n + 1).padStart(6, '0')}`);
const classes = ['general', 'smallFirm', 'welfare', 'government'];
const acting = {
  actor: { id: 'clerk', role: 'operator', organisation: 'operator' },
  at: new Date('2025-01-06T09:00+08:00'),
};

const plant = async (db: Kysely<any>): Promise<void> => {
  const run = (text: string) => sql.raw(text).execute(db);
  await run(`insert into body (jurisdiction, id, kind) values ('zhongwei', 'operator', 'operator')`);
  await run(
    `insert into body (jurisdiction, id, kind) select 'zhongwei', 'merchant-' || n, 'merchant' from generate_series(1, 200) n`,
  );
  await run(`
    insert into product_version (jurisdiction, case_no, product, version, owner, class, purpose, state)
    select 'zhongwei', '640500-CY-2024-' || lpad(n::text, 6, '0'), '640500-CP-2024-' || lpad(n::text, 6, '0'), 1,
           'merchant-1', 'dataset', 'industry', 'listed'
    from generate_series(1, 20) n`);
  await run(`
    insert into procedure (case_no, kind, jurisdiction, authority, pack_version, start, stage, state, calendar_version, opened_by, opened_at)
    select '640500-SX-2024-' || lpad(n::text, 6, '0'), 'ceilingPrice', 'zhongwei', 'bureau', '1', '{}', 'done', '{}', '1', 'x', now()
    from generate_series(1, 21) n`);
  await db.transaction().execute(async (trx) => {
    await sql
      .raw(`
      insert into ceiling (case_no, jurisdiction, product, unit, operator, fen, expected_qty, from_on, set_at)
      select '640500-SX-2024-' || lpad(n::text, 6, '0'), 'zhongwei', '640500-CP-2024-' || lpad(n::text, 6, '0'),
             'megabyte', 'operator', 100000, '1', '2020-01-01', now()
      from generate_series(1, 20) n`)
      .execute(trx);
    await sql
      .raw(`
      insert into tariff (tariff, jurisdiction, operator, product, unit, class, purpose, free, fen, discount, from_on, state,
        notice_days, grounds, set_by, set_at, published_at, pack_version)
      select 'SF-' || n || '-' || class, 'zhongwei', 'operator', '640500-CP-2024-' || lpad(n::text, 6, '0'), 'megabyte',
             class, 'industry', false, 37 + n, case class when 'general' then '0' else '0.333' end, '2020-01-01', 'published',
             0, '', 'x', now(), now(), '1'
      from generate_series(1, 20) n, unnest(array['general', 'smallFirm', 'welfare', 'government']) class`)
      .execute(trx);
  });
  await run(`
    insert into permitted_revenue (case_no, jurisdiction, operator, year, fen, consumed_fen, trial, figures, in_force_at)
    values ('640500-SX-2024-000021', 'zhongwei', 'operator', 2024, 5000000000, 0, false, 'f', now())`);
  await run(`
    insert into revenue_figures (case_no, hash, question, parts, costs, given_at)
    values ('640500-SX-2024-000021', 'f', '{"tax": {"mode": "amount", "fen": 0}}', '{"permittedRate": "0.06"}', '[]', now())`);
  await run(`
    insert into sharing_terms (terms, jurisdiction, operator, year, version, agreement, resource_fee_rate, parties, document,
      hash, state, proposed_at, proposed_by, agreed_at, agreed_by)
    values ('FP-1', 'zhongwei', 'operator', 2024, 1, 'YY-1', '0.03',
      '[{"id": "government", "kind": "government", "factor": "1"}, {"id": "operator", "kind": "operator", "factor": "2"}]',
      'd', 'h', 'agreed', now(), 'x', now(), 'x')`);
};

/** The rows of a year, the same each time: sizes with places, every class, a tenth of them free. */
function* rows(records: number): Generator<string> {
  yield 'id,product,unit,qty,merchant,class,purpose,usedOn\n';
  let text = '';
  for (let n = 0; n < records; n += 1) {
    const day = new Date(Date.UTC(2024, 0, 1 + (n % 366))).toISOString().slice(0, 10);
    const qty = `${(n * 7919) % 1_000}.${String((n * 104_729) % 1_000_000)
      .padStart(6, '0')
      .replace(/0$/, '1')}`;
    const purpose = n % 10 === 0 ? 'publicWelfare' : 'industry';
    text += `u-${n},${products[n % 20]},megabyte,${qty},merchant-${1 + ((n * 31) % 200)},${classes[(n >> 2) % 4]},${purpose},${day}\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  yield text;
}

const seconds = (since: number): number => (performance.now() - since) / 1000;

/** What a year came to; seconds of bringing in, of rating and billing, and of the figures of the settlement. */
export type SettledYear = {
  hash: string;
  fen: number;
  surplusFen: number;
  bills: number;
  imported: number;
  billed: number;
  settled: number;
};

/**
 * A year of `records` of 200 merchants on a real PostgreSQL, in a database of its own: brought in as CSV, billed by month,
 * and its figures. Throws where one record is not billed, or the figures have another revenue than the bills.
 */
export const settledYear = async (records: number): Promise<SettledYear> => {
  const database = await testDatabase();
  const db = connect<SettlementTables>(database.url, { schema: 'pricing', max: 2 });
  const pack = loadPacks().resolve('zhongwei');
  try {
    await plant(db as Kysely<any>);
    let began = performance.now();
    const stream = Readable.from(rows(records), { objectMode: false });
    const report = await importUsage(
      ...([db, pack, owner] as const),
      { stream, maxBytes: 2 ** 31, keep: 'none', batch: 'YL-1' },
      acting,
    );
    const imported = seconds(began);
    if (report.recorded !== records) throw new Error(`${report.recorded} of ${records} records were taken`);
    began = performance.now();
    const billed = [];
    for (const period of monthsOf(2024)) billed.push(await issueBills(db, pack, owner, period, acting));
    const billedIn = seconds(began);
    const figures = await figuresOf(db, pricingLaw(pack), { ...owner, year: 2024 });
    const rated = seconds(began);
    const all = billed.reduce((sum, one) => sum + one.records, 0);
    if (all !== records || billed.some(({ unrated }) => unrated > 0))
      throw new Error(`${all} records were billed`);
    const sum = billed.reduce((fen, one) => fen + one.fen, 0);
    if (sum !== figures.revenueFen) throw new Error(`bills of ${sum} fen, revenue of ${figures.revenueFen}`);
    const hash = jsonHash({ billed: billed.map((one) => one.hash), figures: figures.hash });
    return {
      ...{
        hash,
        fen: sum,
        surplusFen: figures.surplusFen,
        imported,
        billed: billedIn,
        settled: rated - billedIn,
      },
      bills: billed.reduce((bills, one) => bills + one.bills, 0),
    };
  } finally {
    await db.destroy();
    await database.drop();
  }
};
