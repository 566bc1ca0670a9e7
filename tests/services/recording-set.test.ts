// Changes recorded as a set stand as if they had been recorded one by one.
import { verifyAudit } from '@gongshu/infra/audit';
import { connect } from '@gongshu/infra/database';
import { type Change, record, recordAll } from '@gongshu/infra/record';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';

const packVersion = `sha256:${'a'.repeat(64)}`;
const at = new Date('2026-03-02T01:30:00Z');

/** An accepted case (of its parties) or an approved one (public), told anew under each key. */
const change = (caseNo: string, n: number, isPublic: boolean): Change => ({
  ...{ key: `${caseNo}:${n}`, subject: caseNo, jurisdiction: 'zhongwei', at },
  actor: { id: 'bureau-17', role: 'bureau', organisation: 'org-1' },
  ...(isPublic
    ? {
        type: 'application.approved.v1',
        data: { caseNo, packVersion, decidedAt: '2026-03-09T09:30:00+08:00', reviewers: ['org-2'] },
      }
    : {
        type: 'application.accepted.v1',
        data: { caseNo, packVersion, acceptedAt: '2026-03-02T09:30:00+08:00' },
      }),
});

const given = fc.array(
  fc
    .record({ subject: fc.nat(3), n: fc.nat(4) })
    .map(({ subject, n }) => change(`GS-${subject}`, n, n % 2 === 0)),
  { minLength: 1, maxLength: 12 },
);

let database: TestDatabase;
let db: Kysely<any>;
beforeAll(async () => {
  database = await testDatabase();
  db = connect<any>(database.url, { schema: 'catalog', max: 2 });
  await sql`
    insert into body (jurisdiction, id, kind) values ('zhongwei', 'bureau', 'bureau')
    on conflict do nothing`.execute(db);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

type Save = (trx: Parameters<typeof record>[0], changes: readonly Change[]) => Promise<unknown>;
const asSet: Save = (trx, changes) => recordAll(trx, 'catalog', changes);
const bySubject = (a: Change, b: Change) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0);
const oneByOne: Save = async (trx, changes) => {
  for (const one of changes.toSorted(bySubject)) await record(trx, 'catalog', one);
};

/** What stands after it, undone: events, subjects, audit entries and notices, without ids and the real time. */
const outcome = async (save: Save, before: readonly Change[], changes: readonly Change[]) => {
  let stands: unknown;
  const done = db.transaction().execute(async (trx) => {
    await oneByOne(trx, before);
    await save(trx, changes);
    const rows = async (query: ReturnType<typeof sql>) => (await query.execute(trx)).rows;
    stands = {
      events: await rows(sql`
        select key, aggregatetype, aggregateid, aggregate_version, previous_version, type, topic, payload, occurred_at
        from outbox order by seq`),
      subjects: await rows(sql`select id, version, last_public, last_case from aggregate order by id`),
      audit: await rows(sql`
        select number, subject, type, actor_id, occurred_at,
               entry::jsonb - 'event' - 'previous' - 'recordedAt' as entry
        from audit_entry order by number`),
      notices: await rows(sql`
        select addressee, kind, event_type, article, data, issued_at from platform.notice order by seq`),
      linked: await rows(sql`
        select count(*) from outbox join audit_entry on event_id = outbox.id and entry::jsonb ->> 'event' = outbox.id::text`),
      chain: await verifyAudit(trx),
    };
    throw new Error('undo');
  });
  await expect(done).rejects.toThrow('undo');
  return stands;
};

describe('recordAll', () => {
  it('leaves what recording one by one leaves: order by subject, versions, topics, keys once, a chain that holds', async () => {
    await fc.assert(
      fc.asyncProperty(given, given, async (before, changes) => {
        expect(await outcome(asSet, before, changes)).toEqual(await outcome(oneByOne, before, changes));
      }),
      { numRuns: 10 },
    );
  });

  it('sabotage twin: a set that forgets the keys of before is caught', async () => {
    const forgetful: Save = (trx, changes) =>
      asSet(
        trx,
        changes.map((one) => ({ ...one, key: `${one.key}:again` })),
      );
    const [a, b] = [change('GS-1', 1, false), change('GS-2', 2, true)];
    const left = await outcome(forgetful, [a], [a, b]);
    expect(left).not.toEqual(await outcome(oneByOne, [a], [a, b]));
  });

  it('throws where a key of the set stands for another event, in the tables or in the set, and writes nothing', async () => {
    const [a, b] = [change('GS-1', 1, false), { ...change('GS-2', 1, false), key: 'GS-1:1' }];
    for (const known of [[a], []])
      await expect(
        db.transaction().execute(async (trx) => {
          await oneByOne(trx, known);
          await asSet(trx, known.length > 0 ? [b, change('GS-3', 1, false)] : [a, b]);
        }),
      ).rejects.toThrow('GS-1:1 stands for');
    expect(await db.selectFrom('outbox').select('key').execute()).toEqual([]);
  });

  it('takes no more statements for two hundred bills than for two', async () => {
    const bill = (n: number): Change => ({
      ...{ key: `ZD-${n}/issued`, type: 'bill.issued.v1', subject: `ZD-${n}`, jurisdiction: 'zhongwei', at },
      actor: { id: 'clerk', role: 'operator', organisation: 'operator' },
      data: {
        ...{ bill: `ZD-${n}`, operator: 'operator', merchant: `merchant-${n}`, period: '2026-02', fen: n },
        ...{ lines: 1, records: 1, hash: packVersion },
      },
    });
    const statements = async (bills: number): Promise<number> => {
      let count = 0;
      const counting = connect<any>(database.url, { schema: 'pricing', max: 1 }).withPlugin({
        transformQuery: ({ node }) => {
          count += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      const done = counting.transaction().execute(async (trx) => {
        await recordAll(
          trx,
          'pricing',
          Array.from({ length: bills }, (_, n) => bill(n)),
        );
        throw new Error('undo');
      });
      await expect(done).rejects.toThrow('undo');
      await counting.destroy();
      return count;
    };
    expect(await statements(200)).toBe(await statements(2));
  });
});
