/** Acts on prices in random orders over several connections at once, and what they left, day by day (F1, F3). */
import { setCeilings } from '@gongshu/activities/pricing/ceiling-price-effects';
import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import { connect } from '@gongshu/infra/database';
import { sha256 } from '@gongshu/infra/hash';
import { loadPacks } from '@gongshu/infra/packs';
import { keepProduct } from '@gongshu/service-pricing/products/products-subscriber';
import { noticeFrom, type Tables } from '@gongshu/service-pricing/tariffs/judge';
import {
  receiptTariff,
  setTariff,
  stopTariff,
  type TariffRow,
} from '@gongshu/service-pricing/tariffs/publish';
import { addDays, businessDateOf, startOfDay } from '@gongshu/shared/business-date';
import { Problem } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';

export type Db = Kysely<Tables>;
type Ceiling = { unit: 'call'; fen: number; from: string; expectedQty: string; before: null };
/** How a ceiling is written: the product's own way, or a twin of it. */
export type Setter = (trx: Transaction<Tables>, of: Parameters<typeof setCeilings>[1]) => Promise<void>;

const packs = loadPacks();
const actor = { id: 'someone', role: 'operator', organisation: 'operator' };
const bureau = { id: 'someone', role: 'bureau', organisation: 'city-bureau' };
const document = sha256('an answer');
const firstDay = '2024-03-01';

export type Tally = { done: number; refused: number; faults: string[]; wrong: string[] };

/** A random number generator that says the same each run (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) % 1_000_003) % below;
  };
};

export const startOrders = async (connections = 4) => {
  process.env['GONGSHU_MODE'] ??= 'development'; // a ceiling reads the packs of the installation
  const database: TestDatabase = await testDatabase();
  const dbs = Array.from({ length: connections }, () =>
    connect<Tables>(database.url, { schema: 'pricing', max: 1 }),
  );
  const [first] = dbs as [Db];
  await ensureShippedCalendar(first);
  for (const jurisdiction of ['zhongwei', 'shuozhou'])
    await sql`
      insert into document (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
      values (${jurisdiction}, 'city-bureau', ${document}, 1, 'application/pdf', '答复', 'a.pdf', 'someone', now())`.execute(
      first,
    );
  let cases = 0;
  let sequence = 0;

  const setCeiling = async (
    db: Db,
    { city, product, at, set }: { city: string; product: string; at: Date; set: Setter },
    ceiling: Ceiling,
  ): Promise<void> => {
    cases += 1;
    const caseNo = `640500-SX-2024-${String(cases).padStart(6, '0')}`;
    await db.transaction().execute(async (trx) => {
      await sql`
        insert into procedure (case_no, kind, jurisdiction, authority, pack_version, start, stage, state,
                               calendar_version, opened_by, opened_at)
        values (${caseNo}, 'ceilingPrice', ${city}, 'city-bureau', 'p', '{}', 'drafted', '{}', 'v', 'someone', ${at})`.execute(
        trx,
      );
      await set(trx, {
        start: {
          ...{ caseNo, jurisdiction: city, packVersion: 'p' },
          facts: {
            product,
            operator: 'operator',
            areaCode: packs.resolve(city).areaCode,
            ceilings: [ceiling],
          },
        },
        ...{ state: {}, position: 1, actor: bureau },
        entry: { kind: 'set', at: at.getTime(), receipt: null, data: {} },
      } as never);
    });
  };

  const standing = (db: Db, city: string, product: string, name: string, at: Date): Promise<void> => {
    sequence += 1;
    const told = {
      ...{ type: `cn.gongshu.productEgress.${name}.v1`, jurisdiction: city },
      sequence: String(sequence).padStart(20, '0'),
      data: { caseNo: `640500-CY-${product}`, product, version: 1, at: at.toISOString() },
    };
    return db.transaction().execute((trx) => keepProduct(trx as never, told as never));
  };

  /** One product of a city through batches of concurrent acts; the tally grows. */
  const round = async (seed: number, tally: Tally, set: Setter): Promise<void> => {
    const random = randomFrom(seed);
    const city = seed % 3 === 0 ? 'shuozhou' : 'zhongwei';
    const purpose = seed % 11 === 0 ? 'publicWelfare' : 'industry';
    const pack = packs.resolve(city);
    const product = `640500-CP-2024-${String(seed).padStart(6, '0')}`;
    await first
      .insertInto('product_version')
      .values({
        ...{ jurisdiction: city, product, version: 1, owner: 'm', class: 'api', purpose, state: 'listed' },
        case_no: `640500-CY-${product}`,
      })
      .execute();
    const amounts = [400, 600, 800, 1_000, 1_200];
    const fen = () => amounts[random(amounts.length)] ?? 0;
    const one = async (db: Db, at: Date): Promise<void> => {
      const today = businessDateOf(at.getTime());
      const what = random(10);
      const acting = { actor, at };
      if (what < 4) {
        const from = addDays(today, random(40));
        const ceiling = { unit: 'call', fen: fen(), from, expectedQty: '10', before: null } as const;
        return setCeiling(db, { city, product, at, set }, ceiling);
      }
      if (what < 7) {
        const { earliest } = await noticeFrom(db, pack, today);
        const amount = random(8) === 0 ? 0 : fen();
        const discount = ['0', '0.25', '0.5'][random(3)] ?? '0';
        const scenario = random(3) === 0 ? 'transport' : null;
        const draft = {
          jurisdiction: city,
          operator: 'operator',
          product,
          unit: 'call',
          class: random(3) === 0 ? 'smallFirm' : 'general',
        } as const;
        const given = {
          ...draft,
          fen: amount,
          discount,
          from: addDays(earliest, random(30)),
          scenario,
          grounds: 'x',
        };
        await setTariff(db, pack, given, acting);
        return;
      }
      if (what === 7) return standing(db, city, product, random(2) ? 'suspended' : 'restored', at);
      const rows: TariffRow[] = await db
        .selectFrom('tariff')
        .selectAll()
        .where('jurisdiction', '=', city)
        .where('product', '=', product)
        .where('state', 'in', ['filed', 'published'])
        .orderBy('tariff')
        .execute();
      const row = rows[random(Math.max(1, rows.length))];
      if (!row) return;
      if (row.state === 'filed') await receiptTariff(db, pack, row, { document }, { actor: bureau, at });
      else await stopTariff(db, pack, row, addDays(today, random(50)), acting);
    };
    const begun = new Date(startOfDay(firstDay) + 9 * 3_600_000);
    const opening = { unit: 'call', fen: 1_200, from: firstDay, expectedQty: '10', before: null } as const;
    await setCeiling(first, { city, product, at: begun, set }, opening);
    for (let batch = 0; batch < 3; batch += 1) {
      const at = new Date(startOfDay(addDays(firstDay, batch * 4)) + 10 * 3_600_000);
      const said = await Promise.allSettled(dbs.map((db) => one(db, at)));
      for (const answer of said)
        if (answer.status === 'fulfilled') tally.done += 1;
        else if (answer.reason instanceof Problem) tally.refused += 1;
        else tally.faults.push(String((answer.reason as Error).message));
    }
    tally.wrong.push(...(await wrongDays(first, city, product)));
  };

  const run = async (rounds: number, from: number, set: Setter = setCeilings as never): Promise<Tally> => {
    const tally: Tally = { done: 0, refused: 0, faults: [], wrong: [] };
    for (let seed = from; seed < from + rounds; seed += 1) await round(seed, tally, set);
    return tally;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(dbs.map((db) => db.destroy()));
    await database.drop();
  };
  return { dbs, first, run, stop };
};

/** Of a day's rows: scenarios in which a small firm pays more than nine tenths of what others pay (朔州 十（三）). */
export const unfavoured = (charged: any[]): string[] => {
  const pays = (customer: string, scenario: string | null): number | undefined => {
    const own = charged.filter((one) => one.class === customer);
    const one = own.find((row) => row.scenario === scenario) ?? own.find((row) => row.scenario === null);
    return one && one.fen * (100 - Math.round(Number(one.discount) * 100));
  };
  return [null, ...charged.map(({ scenario }) => scenario)].flatMap((scenario) => {
    const [small, general] = [pays('smallFirm', scenario), pays('general', scenario)];
    if (small === undefined || general === undefined || small * 10 <= general * 9) return [];
    return [`a small firm pays ${small} beside ${general} (${scenario})`];
  });
};

/**
 * Day by day, from the rows alone: every charge has one ceiling over it, and stands alone; what is free
 * is free; whom the text favours is favoured.
 */
export const wrongDays = async (db: Db, city: string, product: string): Promise<string[]> => {
  const own = (table: 'tariff' | 'ceiling') =>
    sql<any>`select * from ${sql.table(table)} where jurisdiction = ${city} and product = ${product}`.execute(
      db,
    );
  const [tariffs, ceilings] = [(await own('tariff')).rows, (await own('ceiling')).rows];
  const on = (day: string) => (row: { from_on: string; until_on: string | null }) =>
    row.from_on <= day && (row.until_on === null || row.until_on >= day);
  const wrong: string[] = [];
  for (let n = 0; n < 130; n += 1) {
    const day = addDays(firstDay, n);
    const over = ceilings.filter((one) => !one.void && on(day)(one));
    const charged = tariffs.filter((one) => one.state === 'published' && on(day)(one));
    if (over.length > 1) wrong.push(`${product} ${day}: ${over.length} ceilings`);
    const names = charged.map(({ scenario, class: customer }) => `${customer} ${scenario}`);
    if (new Set(names).size < charged.length) wrong.push(`${product} ${day}: two tariffs`);
    if (city === 'shuozhou') wrong.push(...unfavoured(charged).map((one) => `${product} ${day}: ${one}`));
    for (const { fen, free, tariff } of charged) {
      if (free && fen > 0) wrong.push(`${tariff} ${day}: a charge on a free purpose`);
      if (fen > 0 && (over[0]?.fen ?? -1) < fen) wrong.push(`${tariff} ${day}: ${fen} over ${over[0]?.fen}`);
    }
  }
  return wrong;
};
