/** A big city's public tables: 100,000 entries, and what 10,000 cases leave behind. Always the same. */
import { gramsOf, markOf, searchTextOf } from '@gongshu/service-disclosure/public/grams';
import type { DisclosureTables } from '@gongshu/service-disclosure/tables';
import { type Kysely, sql } from 'kysely';

export const city = 'zhongwei';
const words = {
  areas: ['示例市', '沙坡头区', '中宁县', '海原县', '滨河镇', '文昌镇', '东园镇', '柔远镇'],
  offices: [
    '交通运输局',
    '自然资源局',
    '卫生健康委员会',
    '市场监督管理局',
    '教育局',
    '人力资源和社会保障局',
    '民政局',
    '农业农村局',
    '水务局',
    '住房和城乡建设局',
    '文化旅游局',
    '应急管理局',
  ],
  things: [
    '公共停车场',
    '不动产登记',
    '行政许可',
    '企业年报',
    '医疗机构',
    '公交线路',
    '水质监测',
    '气象观测',
    '招生计划',
    '养老机构',
    '餐饮单位',
    '施工许可',
    '道路运输',
    '粮食收购',
    '特种设备',
    '失信被执行人',
    '林业资源',
    '地下管线',
    '社区网格',
    '新能源充电桩',
  ],
  kinds: ['基本信息', '变更信息', '年度统计', '实时数据', '处罚信息', '备案信息', '分布图层', '明细台账'],
  fields: [
    '名称',
    '统一社会信用代码',
    '地址',
    '经度',
    '纬度',
    '数量',
    '状态',
    '发证日期',
    '有效期',
    '联系科室',
  ],
};
const grades = ['一般数据1级', '一般数据2级', '一般数据3级'];
const frequencies = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'irregular'];

/** The n-th of a list, scattered: neighbours in number are not alike. */
const pick = <T>(list: readonly T[], n: number, salt: number): T =>
  list[(Math.imul(n + salt, 2_654_435_761) >>> 8) % list.length]!;

const entry = (n: number) => {
  const [area, office] = [pick(words.areas, n, 1), pick(words.offices, n, 2)];
  const [thing, kind] = [pick(words.things, n, 3), pick(words.kinds, n, 4)];
  const title = `${area}${thing}${kind}（${n}号）`;
  // One word in a thousand entries, one in ten of them.
  const rare = n % 1_000 === 7 ? '，含蘑菇种植补贴' : n % 9_973 === 5 ? '，含驼绒交易' : '';
  const abstract = `${office}汇聚的${area}${thing}${kind}，按${pick(['日', '周', '月', '季'], n, 5)}更新，用于公共服务、城市治理与行业分析${rare}`;
  const fields = words.fields
    .slice(0, 4 + (n % 6))
    .map((name) => ({ name: `${thing}${name}`, grade: 'general' }));
  const provider = `dept-${words.offices.indexOf(office)}-${words.areas.indexOf(area)}`;
  const [grade, frequency] = [pick(grades, n, 6), pick(frequencies, n, 7)];
  const level = area === '示例市' ? 'city' : 'county';
  const search = searchTextOf([title, abstract, ...fields.map(({ name }) => name)]);
  const marks = [
    markOf('jurisdiction', city),
    ...[markOf('provider', provider), markOf('level', level), markOf('frequency', frequency)],
    ...[markOf('grade', grade), markOf('classification', office)],
  ];
  return {
    ...{
      id: `640500-ZY-${String(n).padStart(7, '0')}`,
      jurisdiction: city,
      provider,
      title,
      abstract,
      fields,
    },
    ...{
      provider_name: `${area}${office}`,
      update_frequency: frequency,
      classification: office,
      grade,
      level,
    },
    ...{ state: 'public', search_text: search, grams: [...marks, ...gramsOf(search)], open: true },
    ...{ described_at: '2024-03-01T02:00:00Z', described_sequence: 2, published_on: '2024-03-01' },
    ...{ published_sequence: 1, open_sequence: 2 },
  };
};

const columns = [
  ...['id', 'jurisdiction', 'provider', 'title', 'abstract', 'fields', 'provider_name', 'update_frequency'],
  ...['classification', 'grade', 'level', 'state', 'search_text', 'grams', 'open', 'described_at'],
  ...['described_sequence', 'published_on', 'published_sequence', 'open_sequence'],
];

/** So many entries, as events would have left them. */
export const fillEntries = async (db: Kysely<DisclosureTables>, count: number): Promise<void> => {
  const list = sql.join(columns.map((column) => sql.ref(column)));
  // Built once at the end: what a million pairs cost one by one is not what is measured.
  const { rows: indexes } = await sql<{ indexdef: string }>`
    select indexdef
    from pg_indexes
    where indexname = 'public_resource_grams' and schemaname = 'disclosure'`.execute(db);
  await sql`drop index public_resource_grams`.execute(db);
  await sql`alter table public_resource disable trigger public_resource_shown`.execute(db);
  for (let from = 0; from < count; from += 2_000) {
    const rows = Array.from({ length: Math.min(2_000, count - from) }, (_, at) => entry(from + at));
    await sql`
      insert into public_resource (${list})
      select ${list}
      from jsonb_populate_recordset(null::public_resource, ${JSON.stringify(rows)}::jsonb)`.execute(db);
  }
  await sql`alter table public_resource enable trigger public_resource_shown`.execute(db);
  await sql`
    insert into public_resource_count (jurisdiction, provider, count)
    select jurisdiction, provider, count(*)
    from public_resource
    where shown
    group by jurisdiction, provider`.execute(db);
  await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    await sql`set local maintenance_work_mem = '512MB'`.execute(trx);
    for (const { indexdef } of indexes) await sql.raw(indexdef).execute(trx);
  });
};

/** What cases leave on the public pages: notices, products with tariffs and ceilings, selections, figures, proofs. */
export const fillCases = async (db: Kysely<DisclosureTables>, cases: number): Promise<void> => {
  await sql`
    insert into public_body (jurisdiction, id, kind, name, sequence)
    select ${city}, 'merchant-' || n, 'merchant', '示例数商' || n || '有限公司', 1
    from generate_series(1, ${cases / 20}::integer) n`.execute(db);
  await sql`
    insert into public_publication (number, jurisdiction, kind, subject, title_zh, title_en, document, hash, from_on,
      until_on, published_at)
    select 'GB-640500-2024-' || lpad(n::text, 6, '0'), ${city},
           (array['selectionNotice', 'productListed', 'evaluationResult', 'implementationPlan'])[n % 4 + 1],
           '640500-XZ-2024-' || lpad(n::text, 6, '0'), '公示 ' || n, 'Notice ' || n,
           jsonb_build_object('content', jsonb_build_object('number', n, 'text', repeat('公示内容。', 40)))::text,
           'sha256:' || repeat('a', 64), date '2024-01-01' + n % 300, date '2024-01-08' + n % 300,
           timestamptz '2024-01-01 02:00:00Z' + n * interval '1 hour'
    from generate_series(1, ${cases}::integer) n`.execute(db);
  await sql`
    insert into public_product (product, jurisdiction, case_no, version, state, title, description, class, purpose, owner,
      operator, resources, registration_code, listed_on, told_at, sequence)
    select '640500-CP-2024-' || lpad(n::text, 6, '0'), ${city}, '640500-CY-2024-' || lpad(n::text, 6, '0'), 1,
           case when n % 10 = 0 then 'retired' else 'released' end, '停车分析产品' || n, repeat('产品说明。', 20),
           (array['dataset', 'api', 'model'])[n % 3 + 1], (array['publicWelfare', 'industry'])[n % 2 + 1],
           'merchant-' || n % 500, 'operator', array['640500-ZY-' || lpad((n * 7 % 100000)::text, 7, '0')],
           'GS-P640500-2024-' || lpad(n::text, 6, '0'), '2024-03-01', '2024-03-01T02:00:00Z', 1
    from generate_series(1, ${cases / 5}::integer) n`.execute(db);
  await sql`
    insert into public_tariff (tariff, jurisdiction, product, operator, unit, class, purpose, fen, discount, from_on,
      published_at)
    select 'T-' || n, ${city}, '640500-CP-2024-' || lpad((n % ${cases / 5}::integer + 1)::text, 6, '0'), 'operator',
           'call', (array['merchants', 'public'])[n % 2 + 1], 'industry', 100 + n % 900, '0', '2024-03-01',
           '2024-03-01T02:00:00Z'
    from generate_series(1, ${cases / 5}::integer * 2) n`.execute(db);
  await sql`
    insert into public_ceiling (case_no, unit, jurisdiction, product, operator, fen, from_on, set_at)
    select 'SX-' || n, 'call', ${city}, '640500-CP-2024-' || lpad(n::text, 6, '0'), 'operator', 1000, '2024-03-01',
           '2024-03-01T02:00:00Z'
    from generate_series(1, ${cases / 5}::integer) n`.execute(db);
  await sql`
    insert into public_selection (case_no, sequence, jurisdiction, kind, at, data)
    select '640500-XZ-2024-' || lpad(n::text, 6, '0'), s, ${city},
           (array['announced', 'assessed', 'noticePublished', 'selected'])[s], '2024-03-01T02:00:00Z',
           '{"mode": "openTender", "closesOn": "2024-03-31", "winner": "bidder-1", "workingDays": 5}'
    from generate_series(1, ${cases / 50}::integer) n, generate_series(1, 4) s`.execute(db);
  await sql`
    insert into public_proof (number, kind, jurisdiction, hash, at)
    select 'MS-' || n, 'silence', ${city}, 'sha256:' || repeat('b', 64), '2024-03-01T02:00:00Z'
    from generate_series(1, ${cases}::integer) n`.execute(db);
  await sql`
    insert into figure (jurisdiction, month, measure, count)
    select ${city}, to_char(date '2022-01-01' + n * interval '1 month', 'YYYY-MM'), measure, n * 7
    from generate_series(0, 35) n, unnest(array['submitted', 'approved', 'deemedApproved', 'refused']) measure`.execute(
    db,
  );
  await fillAuthority(db);
  await fillShelves(db);
};

/** What the city's bodies have: mandates, results of evaluations, services with a fee. */
const fillAuthority = async (db: Kysely<DisclosureTables>): Promise<void> => {
  await sql`
    insert into public_mandate (agreement, jurisdiction, operator, mode, fields, scenarios, from_on, until_on, state,
      document, told_at, sequence)
    select '640500-XY-2024-' || lpad(n::text, 6, '0'), ${city}, 'operator-' || n, 'byField', array['transport'], '{}',
           '2024-01-01', '2026-12-31', 'inForce', 'sha256:' || repeat('c', 64), '2024-01-01T02:00:00Z', 1
    from generate_series(1, 20) n`.execute(db);
  await sql`
    insert into public_evaluation (case_no, jurisdiction, agreement, operator, year, outcome, round, exact, shown,
      without_source, second_rectify, at, sequence)
    select '640500-PG-2024-' || lpad(n::text, 6, '0'), ${city}, '640500-XY-2024-' || lpad((n % 20 + 1)::text, 6, '0'),
           'operator-' || n % 20, 2014 + n % 10, (array['pass', 'rectify', 'fail'])[n % 3 + 1], 1, '86.5', '86.5',
           '[]', false, '2024-03-01T02:00:00Z', 1
    from generate_series(1, 200) n`.execute(db);
  await sql`
    insert into public_service_fee (fee, jurisdiction, operator, item, version, title, kind, unit, cost_fen, margin,
      margin_fen, fen, from_on, withdrawn, published_at)
    select 'FW-' || n, ${city}, 'operator-' || n % 20, 'item-' || n, 1, '数据加工服务' || n,
           (array['processing', 'computing', 'complianceSupport'])[n % 3 + 1], 'hour', 1000, '0.05', 50, 1050,
           '2024-03-01', false, '2024-03-01T02:00:00Z'
    from generate_series(1, 300) n`.execute(db);
};

/** Reports and bulletins as long as a big city's: twelve items with tables of a hundred rows; sixty departments. */
const fillShelves = async (db: Kysely<DisclosureTables>): Promise<void> => {
  const table = {
    ...{ name: 'products', of: 2_000 },
    columns: ['product', 'registrationCode', 'version', 'class', 'purpose', 'owner', 'suspended'],
    rows: Array.from({ length: 100 }, (_, n) => [
      ...[`640500-CP-2024-${n}`, `GS-P640500-2024-${n}`, 1, 'dataset', 'industry', `merchant-${n}`, false],
    ]),
  };
  const report = {
    ...{ form: 'gongshu-yearly-disclosure-1', jurisdiction: city, part: 'operator', year: 2023 },
    ...{ body: 'operator-1', operator: 'operator-1' },
    items: ['productList', 'actualFees', 'authorisedResources', 'resourceUse', 'operation'].map((item) => ({
      ...{ item, state: 'present', ground: null, article: '十', instrument: '办法', statement: null },
      ...{ figures: [{ name: 'productsListed', unit: 'count', value: 2_000 }], tables: [table] },
    })),
  };
  const bulletin = {
    ...{
      form: 'gongshu-bulletin-1',
      jurisdiction: city,
      from: '2024-01-01',
      until: '2024-03-31',
      smallest: 5,
    },
    departments: Array.from({ length: 60 }, (_, n) => ({
      department: `dept-${n}`,
      figures: { compiled: n, published: n, reviewsEnded: n * 3, reviewMedian: 4, reviewsSilent: 1 },
    })),
  };
  for (const [shelf, kind, content] of [
    ['public_report', 'yearlyDisclosure', report],
    ['public_bulletin', 'bulletin', bulletin],
  ] as const)
    await sql`
      insert into ${sql.ref(shelf)} (document, jurisdiction, kind, subject, issuer, year, title_zh, title_en, content,
        hash, from_on, until_on, published_at)
      select '640500-' || ${kind}::text || '-' || lpad(n::text, 6, '0'), ${city}, ${kind}, 'S-' || n, 'bureau',
             2004 + n % 20, '报告 ' || n, 'Report ' || n, ${JSON.stringify(content)}::text,
             'sha256:' || repeat('d', 64), '2024-03-31', '2029-03-31',
             timestamptz '2024-01-01 02:00:00Z' + n * interval '1 hour'
      from generate_series(1, 200) n`.execute(db);
};
