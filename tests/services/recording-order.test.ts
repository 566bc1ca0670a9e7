// The order of events under concurrent commits, and the two relays that get it wrong.
import { connect } from '@gongshu/infra/database';
import { enqueue } from '@gongshu/infra/outbox';
import { type Publish, relayBatch } from '@gongshu/infra/relay-batch';
import fc from 'fast-check';
import { type ControlledTransaction, type Kysely, sql } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';

/** One look of a relay at the outbox: it sends what it finds. */
type Look = (db: Kysely<any>, publish: Publish) => Promise<unknown>;
type Row = { seq: number; id: string; aggregateid: string; aggregate_version: number };

const sendRows = (rows: Row[], publish: Publish) =>
  publish(
    rows.map((row) => ({
      topic: 't',
      key: row.aggregateid,
      headers: { ce_id: row.id, ce_sequence: String(row.aggregate_version) },
      value: '',
    })),
  );

const ours = (): Look => (db, publish) => relayBatch(db, publish);

/** Twin (a): remembers the last `seq` it saw. A transaction that commits late is passed over for ever. */
const byCursor = (): Look => {
  let last = -1;
  return async (db, publish) => {
    const from =
      last < 0
        ? sql`(select coalesce(min(seq), 0) - 1 from outbox where published_at is null)`
        : sql`${last}`;
    const { rows } = await sql<Row>`select * from outbox where seq > ${from} order by seq`.execute(db);
    await sendRows(rows, publish);
    last = rows.at(-1)?.seq ?? last;
  };
};

/**
 * Twin (b): orders by transaction id, below the oldest one still running. Loses nothing, but inverts. The oldest is
 * asked of this database's own clients: a snapshot's horizon is held back by every other test's database too.
 */
const byTransactionId = (): Look => async (db, publish) => {
  const { rows } = await sql<Row>`
    select * from outbox
    where published_at is null
      and xmin::text::bigint < coalesce(
        (select min(backend_xid::text::bigint) from pg_stat_activity
         where datname = current_database() and backend_type = 'client backend'), 9223372036854775807)
    order by xmin::text::bigint, seq`.execute(db);
  await sendRows(rows, publish);
  for (const { id } of rows)
    await sql`update outbox set published_at = clock_timestamp() where id = ${id}`.execute(db);
};

type Step =
  | { do: 'touch' | 'commit' | 'rollback'; by: number }
  | { do: 'write'; by: number; subject: number }
  | { do: 'look' };

const by = fc.integer({ min: 0, max: 2 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ do: fc.constant('touch' as const), by }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('write' as const),
        by,
        subject: fc.integer({ min: 0, max: 1 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom('commit' as const, 'commit' as const, 'rollback' as const),
        by,
      }),
    },
    { weight: 2, arbitrary: fc.constant({ do: 'look' as const }) },
  ),
  { minLength: 4, maxLength: 24 },
);

let database: TestDatabase;
let db: Kysely<any>;
let played = 0;
beforeAll(async () => {
  database = await testDatabase();
  db = connect<any>(database.url, { schema: 'catalog', max: 6 });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

/** Plays one interleaving of three transactions and the relay's looks; returns what was committed and what arrived. */
async function play(script: Step[], look: Look) {
  played += 1;
  const run = played;
  const committed: string[] = [];
  const arrived: string[] = [];
  const open = new Map<
    number,
    { trx: ControlledTransaction<any>; events: string[]; subjects: Set<number> }
  >();
  const publish: Publish = async (messages) => {
    for (const { key, headers } of messages)
      if (key.startsWith(`R${run}-`)) arrived.push(`${key} ${Number(headers['ce_sequence'])}`);
  };
  const session = async (who: number) => {
    const known = open.get(who);
    if (known) return known;
    const fresh = { trx: await db.startTransaction().execute(), events: [], subjects: new Set<number>() };
    open.set(who, fresh);
    return fresh;
  };
  const end = async (who: number, how: 'commit' | 'rollback') => {
    const ending = open.get(who);
    if (!ending) return;
    open.delete(who);
    await ending.trx[how]().execute();
    if (how === 'commit') committed.push(...ending.events);
  };
  for (const [n, step] of script.entries()) {
    if (step.do === 'look') await look(db, publish);
    else if (step.do === 'touch')
      await sql`select pg_current_xact_id()`.execute((await session(step.by)).trx);
    else if (step.do === 'write') {
      const holder = [...open].find(([who, { subjects }]) => who !== step.by && subjects.has(step.subject));
      if (holder) continue; // it would wait for that transaction
      const { trx, events, subjects } = await session(step.by);
      const subject = `R${run}-${step.subject}`;
      const { version } = (await enqueue(trx, 'catalog', {
        key: `${subject}:${n}`,
        type: 'application.accepted.v1',
        ...{ subject, jurisdiction: 'zhongwei', at: new Date(0), data: {} },
      }))!;
      events.push(`${subject} ${version}`);
      subjects.add(step.subject);
    } else await end(step.by, step.do);
  }
  for (const who of [...open.keys()]) await end(who, 'commit');
  await look(db, publish);
  await look(db, publish);
  const first = [...new Set(arrived)];
  const lost = committed.filter((event) => !first.includes(event));
  const invented = first.filter((event) => !committed.includes(event));
  const inverted = first.filter((event, n) => {
    const [subject, version] = event.split(' ');
    return first.slice(0, n).some((earlier) => {
      const [s, v] = earlier.split(' ');
      return s === subject && Number(v) > Number(version);
    });
  });
  return { lost, invented, inverted };
}

/** The one property: nothing lost, nothing invented, no subject's events inverted. */
const judge = (relay: () => Look) =>
  fc.check(
    fc.asyncProperty(steps, async (script) => {
      const { lost, invented, inverted } = await play(script, relay());
      return lost.length + invented.length + inverted.length === 0;
    }),
    { seed: 20260301, numRuns: 150, endOnFailure: true },
  );

const clean = { lost: [], invented: [], inverted: [] };
const lateCommit: Step[] = [
  { do: 'write', by: 0, subject: 0 },
  { do: 'write', by: 1, subject: 1 },
  { do: 'commit', by: 1 },
  { do: 'look' },
  { do: 'commit', by: 0 },
];
const earlyTransaction: Step[] = [
  { do: 'touch', by: 0 },
  { do: 'write', by: 1, subject: 0 },
  { do: 'commit', by: 1 },
  { do: 'write', by: 0, subject: 0 },
  { do: 'commit', by: 0 },
];

describe('under concurrent commits no event is lost and none of one subject overtakes another', () => {
  it('holds for the relay in any interleaving', async () => {
    expect(await judge(ours)).toMatchObject({ failed: false });
    expect(await play(lateCommit, ours())).toEqual(clean);
    expect(await play(earlyTransaction, ours())).toEqual(clean);
  });

  it('sabotage twin: a cursor over seq loses a late commit', async () => {
    expect(await judge(byCursor)).toMatchObject({ failed: true });
    expect((await play(lateCommit, byCursor())).lost).toHaveLength(1);
  });

  it('sabotage twin: order by transaction id delivers v2 before v1', async () => {
    expect(await judge(byTransactionId)).toMatchObject({ failed: true });
    expect((await play(earlyTransaction, byTransactionId())).inverted).toHaveLength(1);
  });
});
