// Decision 0027: what was public before events told its words is told once, when a service starts.
import { connect } from '@gongshu/infra/database';
import { tellWhatStands } from '@gongshu/infra/public/standing';
import type { ServiceName } from '@gongshu/shared/events';
import { type Kysely, sql } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';

let database: TestDatabase;
// biome-ignore lint/suspicious/noExplicitAny: three schemas, raw
const db = {} as Record<'catalog' | 'registry' | 'pricing', Kysely<any>>;
const at = new Date('2024-03-01T10:00:00+08:00');
const hash = `sha256:${'a'.repeat(64)}`;

beforeAll(async () => {
  database = await testDatabase();
  for (const schema of ['catalog', 'registry', 'pricing'] as const)
    db[schema] = connect(database.url, { schema, max: 2 });
});
afterAll(async () => {
  for (const one of Object.values(db)) await one.destroy();
  await database?.drop();
});

const told = async (service: keyof typeof db): Promise<[string, string, unknown][]> => {
  const { rows } = await sql<{ type: string; subject: string; payload: unknown }>`
    select type, aggregateid as subject, payload
    from outbox
    order by type, aggregateid`.execute(db[service]);
  return rows.map(({ type, subject, payload }) => [type, subject, payload]);
};
const twice = async (service: ServiceName & keyof typeof db) => {
  const first = await tellWhatStands(db[service], service, at, 1);
  return [first, await tellWhatStands(db[service], service, at, 1)];
};

it('catalog: entries that are public, and no others', async () => {
  const entry = (id: string, state: string, fields: object = {}) => ({
    ...{ id, jurisdiction: 'zhongwei', source_key: id, title: `题 ${id}`, provider_organisation: 'd' },
    ...{ provider_code: 'c', provider_name: '交通局', abstract: '一行\n两行', state, search_text: '' },
    ...{ created_at: at, updated_at: at, ...fields },
  });
  await db.catalog
    .insertInto('resource')
    .values([
      entry('R-1', 'public'),
      entry('R-2', 'registered', { registration_code: 'NM-1' }),
      entry('R-3', 'compiled'),
      entry('R-4', 'closed', { closed_reason: 'discontinued' }),
    ])
    .execute();
  await db.catalog
    .insertInto('resource_field')
    .values({ resource_id: 'R-1', position: 0, name: '车位\u0007数', grade: 'general' })
    .execute();
  expect(await twice('catalog')).toEqual([2, 0]);
  expect(await told('catalog')).toMatchObject([
    [
      'resource.described.v1',
      'R-1',
      {
        ...{ title: '题 R-1', abstract: '一行 两行', providerName: '交通局' },
        fields: [{ name: '车位 数', grade: 'general' }],
      },
    ],
    ['resource.described.v1', 'R-2', { registrationCode: 'NM-1', fields: [] }],
  ]);
});

it('registry: bodies with a public role, publications; no bidder, no merchant that is not enrolled', async () => {
  const party = (id: string, kind: string) => ({
    ...{ jurisdiction: 'zhongwei', id, kind, name: `名 ${id}`, registered_at: at },
  });
  await db.registry
    .insertInto('party')
    .values([
      party('bidder-1', 'bidder'),
      party('dept', 'sourceDepartment'),
      party('merchant-1', 'merchant'),
      party('merchant-2', 'merchant'),
    ])
    .execute();
  await db.registry
    .insertInto('merchant')
    .values({ jurisdiction: 'zhongwei', organisation: 'merchant-1', standing: 'enrolled', since: at })
    .execute();
  await db.registry
    .insertInto('publication')
    .values(
      ['1', '2'].map((n) => ({
        ...{ number: `GB-${n}`, jurisdiction: 'zhongwei', kind: 'plan', subject: 'FA-1', title_zh: '方案' },
        ...{ title_en: 'Plan', document: n === '1' ? '{"a":"一\\n二"}' : `"${'长'.repeat(160_000)}"`, hash },
        ...{ from_on: '2024-03-01', published_at: at },
      })),
    )
    .execute();
  expect(await twice('registry')).toEqual([4, 0]);
  expect(await told('registry')).toMatchObject([
    ['party.named.v1', 'zhongwei:dept', { name: '名 dept' }],
    ['party.named.v1', 'zhongwei:merchant-1', { name: '名 merchant-1' }],
    ['publication.worded.v1', 'GB-1', { title: { zh: '方案' }, document: '{"a":"一\\n二"}' }],
    ['publication.worded.v1', 'GB-2', { document: null, hash }],
  ]);
});

it('registry: products once on the list, their check records by number and hash', async () => {
  const contents = { name: '停车热力图', description: '说明', fields: [{ from: [{ resource: 'R-1' }] }] };
  for (const [n, state] of [
    ['1', 'released'],
    ['2', 'underWay'],
  ]) {
    const [caseNo, product] = [`CY-${n}`, `CP-${n}`];
    await sql`
      insert into procedure (case_no, kind, jurisdiction, authority, pack_version, start, stage, state, calendar_version,
                             opened_by, opened_at)
      values (${caseNo}, 'productEgress', 'zhongwei', 'city-bureau', 'v', '{}', 'listed', '{}', 'c', 'x', ${at})`.execute(
      db.registry,
    );
    await sql`
      insert into product (product_no, jurisdiction, owner, operator, name, class, purpose, created_at)
      values (${product}, 'zhongwei', 'merchant-1', 'operator', '旧名', 'dataset', 'industry', ${at})`.execute(
      db.registry,
    );
    await sql`
      insert into product_version (case_no, product_no, version, state, listed_at)
      values (${caseNo}, ${product}, 1, ${state}, ${at})`.execute(db.registry);
    await sql`
      insert into product_artefact (case_no, attempt, artefact, contents, contents_hash, author, given_at)
      values (${caseNo}, 1, ${hash}, ${JSON.stringify(contents)}::jsonb, ${hash}, 'merchant-1', ${at})`.execute(
      db.registry,
    );
  }
  await sql`
    insert into check_record_key (key_id, algorithm, public_key, first_used_at)
    values ('k', 'Ed25519', 'p', ${at})`.execute(db.registry);
  await sql`
    insert into check_record (case_no, attempt, round, record, record_hash, key_id, signature, signed_at)
    values ('CY-1', 1, 0, '{}', ${hash}, 'k', 's', ${at}), ('CY-1', 1, 1, '{}', ${hash}, 'k', 's', ${at})`.execute(
    db.registry,
  );
  expect(await twice('registry')).toEqual([3, 0]);
  expect((await told('registry')).filter(([type]) => type.startsWith('product.'))).toMatchObject([
    ['product.checkRecorded.v1', 'CY-1-1-0', { record: 'CY-1-1-0', hash }],
    ['product.checkRecorded.v1', 'CY-1-1-1', { record: 'CY-1-1-1', hash }],
    ['product.described.v1', 'CP-1', { title: '停车热力图', resources: ['R-1'], listedOn: '2024-03-01' }],
  ]);
});

it('pricing: titles of services with a fee', async () => {
  await db.pricing
    .insertInto('service_fee')
    .values({
      ...{ id: 'FW-1', jurisdiction: 'zhongwei', operator: 'operator', item: 'training', version: 1 },
      ...{ title: '数据开发培训', kind: 'training', unit: 'day', cost_fen: 1, cost_basis: '{}', margin: '0' },
      ...{ fen: 1, from_on: '2024-03-01', published_by: 'o', published_at: at },
    })
    .execute();
  expect(await twice('pricing')).toEqual([1, 0]);
  expect(await told('pricing')).toMatchObject([['serviceFee.titled.v1', 'FW-1', { title: '数据开发培训' }]]);
});
