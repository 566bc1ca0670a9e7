// Decision 0027: who is named on the public topic, and when: a bidder with the notice of the result, not before.
import { connect } from '@gongshu/infra/database';
import { type Change, record } from '@gongshu/infra/record';
import { type Kysely, sql } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';

let database: TestDatabase;
// biome-ignore lint/suspicious/noExplicitAny: the registry's schema, raw
let db: Kysely<any>;
const at = new Date('2024-03-01T10:00:00+08:00');
const caseNo = '640500-XZ-2024-000001';
const base = { caseNo, packVersion: 'v1', at: '2024-03-01T10:00:00+08:00' };
const hash = `sha256:${'a'.repeat(64)}`;

beforeAll(async () => {
  database = await testDatabase();
  db = connect(database.url, { schema: 'registry', max: 2 });
  await db
    .insertInto('party')
    .values(
      [
        ['bidder-1', 'bidder'],
        ['bidder-2', 'bidder'],
        ['merchant-1', 'merchant'],
        ['partner-1', 'partner'],
        ['dept', 'sourceDepartment'],
      ].map(([id, kind]) => ({ jurisdiction: 'zhongwei', id, kind, name: `名 ${id}`, registered_at: at })),
    )
    .execute();
}, 120_000);
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

let n = 0;
/** Records a change, and answers with the names told beside it. */
const namedBy = async (type: Change['type'], data: object, subject = caseNo): Promise<string[]> => {
  const seen = await sql<{ seq: number }>`select coalesce(max(seq), 0) as seq from outbox`.execute(db);
  n += 1;
  await db.transaction().execute((trx) =>
    record(trx, 'registry', {
      ...{ key: `test-${n}`, type, subject, jurisdiction: 'zhongwei', at, data },
      actor: { id: 'x', role: 'bureau', organisation: 'city-bureau' },
    }),
  );
  const { rows } = await sql<{ payload: { name: string } }>`
    select payload
    from outbox
    where seq > ${seen.rows[0]?.seq ?? 0}
      and type = 'party.named.v1'
      and topic = 'gongshu.registry.public.v1'`.execute(db);
  return rows.map(({ payload }) => payload.name);
};
const rename = async (id: string, name: string) => {
  await db.updateTable('party').set({ name }).where('id', '=', id).execute();
  const data = { party: id, nameHash: hash, on: '2024-03-01', documentHash: null };
  return namedBy('party.renamed.v1', data, `zhongwei:${id}`);
};
const bid = (bidder: string) => ({ bidder, envelopeHash: hash, receivedAt: base.at });

it.each<[string, Change['type'], object, string[]]>([
  [
    'bids are opened',
    'selection.bidsOpened.v1',
    { ...base, seed: 's', closedAt: base.at, bids: [bid('bidder-1'), bid('bidder-2')] },
    [],
  ],
  ['the assessment has its result', 'selection.assessed.v1', { ...base, round: 1, winner: 'bidder-1' }, []],
  [
    'the result is put to notice',
    'selection.noticePublished.v1',
    { ...base, winner: 'bidder-1', notice: 1, workingDays: 5 },
    ['名 bidder-1'],
  ],
  [
    'a notice that nobody won',
    'selection.noticePublished.v1',
    { ...base, winner: null, notice: 2, workingDays: 5 },
    [],
  ],
  [
    'a merchant is enrolled',
    'merchant.enrolled.v1',
    { merchant: 'merchant-1', at: base.at, caseNo: null },
    ['名 merchant-1'],
  ],
  [
    'a partner is registered',
    'partner.registered.v1',
    { partner: 'HH-1', operator: 'o', organisation: 'partner-1', version: 1, contentHash: hash },
    [],
  ],
  [
    'the bureau takes note of a partner',
    'partner.noted.v1',
    { partner: 'HH-1', operator: 'o', organisation: 'partner-1', version: 1 },
    ['名 partner-1'],
  ],
])('%s', async (_what, type, data, names) => {
  expect(await namedBy(type, data)).toEqual(names);
});

it.each([
  ['a department', 'dept', ['新名 dept']],
  ['a body that was named', 'bidder-1', ['新名 bidder-1']],
  ['a bidder that never was', 'bidder-2', []],
])('renamed: %s', async (_who, id, names) => {
  expect(await rename(id, `新名 ${id}`)).toEqual(names);
});
