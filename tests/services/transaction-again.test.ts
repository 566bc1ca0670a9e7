// Two transactions that wait for each other: PostgreSQL ends one of them, and it is begun anew.
import { transact } from '@gongshu/infra/again';
import { connect } from '@gongshu/infra/database';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';

type Db = Kysely<any>;
type Run = (db: Db, work: (trx: Transaction<any>) => Promise<void>) => Promise<void>;

/** Twin: what the database ends is given up. */
const once: Run = (db, work) => db.transaction().execute(work);

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = connect<any>(database.url, { schema: 'catalog', max: 4 });
  await sql`create table ring (id text primary key, n int not null)`.execute(db);
}, 60_000);
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const bump = (trx: Transaction<any>, id: string) =>
  sql`update ring set n = n + 1 where id = ${id}`.execute(trx);

/** Each takes its first row, waits until the other has taken its own, and asks for that one. */
const ring = async (run: Run): Promise<{ ends: string[]; counts: number[]; begun: number }> => {
  await sql`delete from ring`.execute(db);
  await sql`insert into ring values ('a', 0), ('b', 0)`.execute(db);
  let holding = 0;
  let begun = 0;
  const both = async () => {
    holding += 1;
    while (holding < 2) await new Promise((go) => setTimeout(go, 5));
  };
  const work = (first: string, second: string) => async (trx: Transaction<any>) => {
    begun += 1;
    await bump(trx, first);
    await both();
    await bump(trx, second);
  };
  const ends = await Promise.allSettled([run(db, work('a', 'b')), run(db, work('b', 'a'))]);
  const { rows } = await sql<{ n: number }>`select n from ring order by id`.execute(db);
  return { ends: ends.map(({ status }) => status), counts: rows.map(({ n }) => n), begun };
};

it('both are done, each once', async () => {
  expect(await ring(transact)).toEqual({ ends: ['fulfilled', 'fulfilled'], counts: [2, 2], begun: 3 });
});

it('twin: one that is not begun anew is lost', async () => {
  expect(await ring(once)).toMatchObject({ counts: [1, 1], begun: 2 });
});

it('what was refused is not asked again, and a ring that stays is told after the last try', async () => {
  let tries = 0;
  const failing = (code: string) =>
    transact(
      db,
      async () => {
        tries += 1;
        throw Object.assign(new Error('ended'), { code });
      },
      3,
    );
  await expect(failing('23505')).rejects.toMatchObject({ code: '23505' });
  expect(tries).toBe(1);
  await expect(failing('40P01')).rejects.toMatchObject({ code: '40P01' });
  expect(tries).toBe(4);
});
