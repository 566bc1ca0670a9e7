// S1–S4, O4: what the portal says of a paper's days and number, no more than is known.
import { sql } from 'kysely';
import { type Portal, startPortal } from '../support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ lawNow: async () => new Date('2024-03-07T10:00:00+08:00') });
}, 60_000);
afterAll(() => portal?.stop());

const notice = (number: string, until: string | null) =>
  portal.db
    .insertInto('public_publication')
    .values({
      ...{ number, jurisdiction: 'wuhai', kind: 'selectionNotice', subject: 'XZ-1', title_zh: number },
      ...{ title_en: number, document: '{"content":{}}', hash: `sha256:${'a'.repeat(64)}` },
      ...{ from_on: '2024-03-01', until_on: until, published_at: new Date('2024-03-01T09:00:00+08:00') },
      ...{ withdrawn_at: null, withdrawn_code: null, article: null, instrument: null },
    })
    .execute();

describe('the list of notices', () => {
  const lineOf = (body: string, number: string) =>
    body.split('<tr>').find((line) => line.includes(`/notices/${number}"`)) ?? '';
  beforeAll(async () => {
    await notice('GB-1', '2024-03-12');
    await notice('GB-2', '2024-03-07');
    await notice('GB-3', '2024-03-06');
    await notice('GB-4', null);
  });

  it.each([
    ['GB-1', /5\s+天/, /有效/],
    ['GB-2', /今日截止/, /有效/],
    ['GB-3', /—/, /已期满/],
    ['GB-4', /—/, /有效/],
  ])('%s: how long is left', async (number, left, state) => {
    const line = lineOf((await portal.page('/wuhai/notices')).body, number);
    expect(line).toMatch(left);
    expect(line).toMatch(state);
  });

  it('those that stand now leave out what has ended', async () => {
    const { body } = await portal.page('/wuhai/notices?show=current');
    expect(['GB-1', 'GB-2', 'GB-3', 'GB-4'].filter((one) => lineOf(body, one) !== '')).toEqual([
      ...['GB-1', 'GB-2', 'GB-4'],
    ]);
  });
});

describe('lists longer than a page', () => {
  it.each<[string, string, string]>([
    [
      'fees',
      'item-',
      `insert into public_service_fee (fee, jurisdiction, operator, item, version, title, kind, unit, cost_fen, margin, margin_fen, fen, from_on, withdrawn)
       select 'F-' || n, 'shuozhou', 'operator', 'i-' || n, 1, 'item-' || n, 'training', 'call', 1, '0.05', 1, 2, '2024-01-01', n = 30
       from generate_series(1, 30) as n`,
    ],
    [
      'mandates',
      'XY-',
      `insert into public_mandate (agreement, jurisdiction, operator, mode, fields, scenarios, from_on, until_on, state, told_at, sequence)
       select 'XY-' || n, 'shuozhou', 'operator', 'whole', '{}', '{}', '2024-01-01', '2027-01-01', 'inForce', now(), 1
       from generate_series(1, 29) as n`,
    ],
  ])(
    '%s go on with the next page; each stands once, and none that is withdrawn',
    async (path, name, insert) => {
      await sql.raw(insert).execute(portal.db);
      const first = (await portal.page(`/shuozhou/${path}`)).body;
      const next = /cursor(?:=|&#61;)([^"]+)"/.exec(first)?.[1] ?? '';
      const second = (await portal.page(`/shuozhou/${path}?cursor=${next}`)).body;
      const found = (body: string) => [...new Set(body.match(new RegExp(`${name}\\d+`, 'g')))];
      expect([found(first).length, found(second).length]).toEqual([20, 9]);
      expect(new Set([...found(first), ...found(second)]).size).toBe(29);
    },
  );
});

describe('a report', () => {
  const report = (document: string, content: object, by: string | null = null) =>
    portal.db
      .insertInto('public_report')
      .values({
        ...{ document, jurisdiction: 'wuhai', kind: 'yearlyDisclosure.operator', subject: 'PL-1' },
        ...{ issuer: 'operator', year: 2023, title_zh: document, title_en: document },
        ...{ content: JSON.stringify(content), hash: `sha256:${'c'.repeat(64)}`, from_on: '2024-03-05' },
        ...{ until_on: '2029-03-31', published_at: new Date('2024-03-05T09:00:00+08:00') },
        ...{ article: null, instrument: null, replaced_by: by },
        ...(by === null
          ? { withdrawn_at: null, withdrawn_code: null }
          : { withdrawn_at: new Date('2024-03-06T09:00:00+08:00'), withdrawn_code: 'replaced' }),
      })
      .execute();
  const page = async (document: string) => (await portal.page(`/wuhai/reports/${document}`)).body;
  const given = (body: string, label: string) =>
    new RegExp(`<dt>${label}</dt><dd>(.*?)</dd>`, 's').exec(body)?.[1]?.replaceAll(/<[^>]*>/g, '');
  beforeAll(async () => {
    await report('PL-1-V1', { items: [{ item: 'ceilings', statement: '旧文' }] }, 'PL-1-V2');
    await report('PL-1-V2', { items: [{ item: 'ceilings', statement: '新文' }] });
    await report('PL-1-V3', {
      ...{ departments: [{ department: 'dept-health', figures: { compiled: 1 } }], of: 400 },
    });
    await report('PL-1-V4', { form: 'f', jurisdiction: 'wuhai' });
  });

  it('that a newer one replaced is no longer in force, says by which, and is still to be read', async () => {
    const [first, second] = [await page('PL-1-V1'), await page('PL-1-V2')];
    expect(given(first, '有效性')).toMatch(/已被替代/);
    expect(first).toMatch(/新版替代：<a href="\/wuhai\/reports\/PL-1-V2">[\s\S]*旧文/);
    expect(given(second, '有效性')).toMatch(/有效 至/);
    expect(second).not.toContain('新版替代');
  });

  it('bears no document number, which nobody gave it; it was written when it was issued', async () => {
    const body = await page('PL-1-V2');
    expect([given(body, '文号'), given(body, '成文日期')]).toEqual(['无', '2024年3月5日']);
    expect(given(body, '编号')).toBe('PL-1-V2');
    const notices = (await portal.page('/wuhai/notices/GB-1')).body;
    expect([given(notices, '文号'), given(notices, '成文日期'), given(notices, '发布日期')]).toEqual([
      ...['无', '—', '2024年3月1日'],
    ]);
  });

  it('that was cut says so, one that is whole does not', async () => {
    expect(await page('PL-1-V3')).toMatch(/共 400 个部门，此处列前 1 个/);
    expect(await page('PL-1-V4')).toMatch(/未在此展示全文/);
    expect(await page('PL-1-V2')).not.toMatch(/未在此展示全文|此处列前/);
  });
});

describe('a bulletin', () => {
  const bulletin = (document: string, content: object) =>
    portal.db
      .insertInto('public_bulletin')
      .values({
        ...{ document, jurisdiction: 'zhongwei', kind: 'bulletin', subject: document, year: 2024 },
        ...{ issuer: 'city-bureau', title_zh: document, title_en: document, from_on: '2024-03-05' },
        ...{ content: JSON.stringify(content), hash: `sha256:${'d'.repeat(64)}`, until_on: null },
        ...{ published_at: new Date('2024-03-05T09:00:00+08:00'), withdrawn_at: null },
        ...{ withdrawn_code: null, replaced_by: null, article: null, instrument: null },
      })
      .execute();
  const charts = async (path: string) => {
    const { body } = await portal.page(path);
    return [...body.matchAll(/<figure class="chart">[\s\S]*?<\/figure>/g)].map(([one]) => one);
  };

  it('is drawn, each chart with its table, departments by name in the order of their ids', async () => {
    await bulletin('TB-9', {
      ...{ from: '2024-01-01', until: '2024-03-31' },
      departments: [
        {
          department: 'dept-health',
          figures: { published: 2, attached: 1, reviewMedian: 4.5, reviewTail: null },
        },
        { department: 'dept-transport', figures: { published: 7, attached: 7 } },
      ],
    });
    const [catalog = '', times = '', ...others] = await charts('/zhongwei/bulletins/TB-9');
    expect(others).toEqual([]);
    expect(catalog).toMatch(/<img src="data:image\/svg[\s\S]*目录公布与数据挂接（2024-01-01至2024-03-31）/);
    expect(catalog.replaceAll(/<[^>]*>/g, ' ')).toMatch(/dept-health\s+2\s+1\s+交通局\s+7\s+7/);
    expect(times).toMatch(/审核用时[\s\S]*dept-health[\s\S]*4\.5/);
    expect(times).not.toContain('交通局');
    const [english = ''] = await charts('/en/zhongwei/bulletins/TB-9');
    expect(english).toMatch(/Catalog published and data attached, 2024-01-01 to 2024-03-31/);
  });

  it('that says nothing of departments, and a report, have no chart', async () => {
    await bulletin('TB-10', { form: 'f', jurisdiction: 'zhongwei' });
    expect(await charts('/zhongwei/bulletins/TB-10')).toEqual([]);
    expect(await charts('/zhongwei/reports/640500-PL-2024-000001')).toEqual([]);
  });
});
