// S1, S2, notice of 2026-02-10: gathered from February, asked for, published by the end of March with what is missing
// named as missing, told above when it is late, corrected by versions that keep the ones before.
import { loadPacks } from '@gongshu/infra/packs';
import { sha256 } from '@gongshu/infra/hash';
import { disclosurePeople } from '../support/disclosure.ts';
import { type Reports, startReports } from '../support/reports.ts';

const cities = ['zhongwei', 'national', 'shuozhou', 'wuhai'] as const;
/** The national text came into force on 2025-03-01: a year told before is none of its own. */
const since2024 = ['zhongwei', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];
const packs = loadPacks();
let the: Reports;
beforeAll(async () => {
  the = await startReports(cities);
  await the.law.begin('2024-06-03T09:00:00');
  for (const city of cities) await the.mandate(city, '2024-03-01', '2029-02-28', '2024-05-06');
}, 120_000);
afterAll(() => the?.stop());

const path = (caseNo: string, rest = '') => `/v1/yearly-disclosures/${caseNo}${rest}`;
const people = (city: City) => disclosurePeople(city);
const itemsOf = async (city: City, caseNo: string): Promise<Record<string, string>> => {
  const answer = await the.call(people(city).auditor, 'GET', path(caseNo, '/items'));
  const { items } = answer.json<{ items: { item: string; state: string; ground: string | null }[] }>();
  return Object.fromEntries(
    items.map(({ item, state, ground }) => [item, ground ? `${state} ${ground}` : state]),
  );
};
const disclosed = (document: string) => the.told(document, 'disclosed.published.v1');

it('in February every part is opened by its Schedule, and the body that owes an item is asked for it', async () => {
  await the.goTo('2025-01-31T12:00:00');
  expect((await the.runDues()).filter(({ due }) => due.kind === 'operator')).toEqual([]);
  await the.goTo('2025-02-01T09:00:00');
  const done = await the.runDues();
  expect(done.filter(({ due }) => due.jurisdiction === 'national').map((one) => one.done)).toEqual([
    ...['policyNotYetInForce', 'policyNotYetInForce'],
  ]);
  for (const city of since2024) {
    const mine = done
      .filter(({ due }) => due.jurisdiction === city)
      .map(({ due }) => `${due.kind} ${due.step}`);
    expect(mine.toSorted()).toEqual(
      city === 'shuozhou'
        ? ['implementingBody open', 'operator open', 'overallReport open']
        : ['implementingBody open', 'operator open'],
    );
    const caseNo = await the.disclosureOf(city, 'operator', 2024);
    expect(await the.story(caseNo)).toEqual(['opened', 'itemsAsked']);
    const [asked] = await the.told(caseNo, 'yearlyDisclosure.itemsAsked.v1');
    expect(asked).toMatchObject({ missing: ['ownParticulars'], dueOn: '2025-03-31', body: 'operator' });
    const tasks = await the.call(people(city).operator, 'GET', '/v1/tasks');
    expect(tasks.body).toContain(caseNo);
    const early = await the.post(people(city).operator, path(caseNo, '/publication'));
    expect(early).toMatchObject({ status: 409, code: 'disclosureIncomplete' });
  }
});

it.each(since2024)(
  '%s: on the last day what stands is published, what is missing as missing; late items go up; a correction keeps the version before',
  async (city) => {
    const { operator, bureau, auditor } = people(city);
    const caseNo = await the.disclosureOf(
      city,
      'operator',
      2024,
      city === 'zhongwei' ? 'yearly-late' : undefined,
    );
    if ((await the.law.now()) < Date.parse('2025-03-31T09:00:00+08:00'))
      await the.goTo('2025-03-31T09:00:00');
    await the.runDues();
    await the.quiet(caseNo);
    const [first] = await the.told(caseNo, 'yearlyDisclosure.published.v1');
    expect(first).toMatchObject({ version: 1, missing: ['ownParticulars'], bySchedule: true, late: false });
    const [copy] = await disclosed(`${caseNo}-V1`);
    expect(copy).toMatchObject({
      kind: 'yearlyDisclosure.operator',
      issuer: 'operator',
      year: 2024,
      from: '2025-03-31',
    });
    const said = JSON.parse(String(copy?.['content'])) as { items: { item: string; state: string }[] };
    expect(said.items.find(({ item }) => item === 'ownParticulars')).toMatchObject({
      ...{ state: 'missing', ground: 'notStated', statement: null },
    });
    // Every item of the pack stands in it: none is left out in silence.
    const listed = packs
      .resolve(city)
      .rule('disclosure', 'operator')
      .value.map(({ item }) => item);
    expect(said.items.map(({ item }) => item)).toEqual(listed);
    expect(sha256(String(copy?.['content']))).toBe(copy?.['hash']);

    if ((await the.law.now()) < Date.parse('2025-04-01T09:00:00+08:00'))
      await the.goTo('2025-04-01T09:00:00', caseNo);
    await the.quiet(caseNo);
    const [up] = await the.told(caseNo, 'yearlyDisclosure.escalated.v1');
    expect(up).toMatchObject({ to: 'authority', missing: ['ownParticulars'], lastDay: '2025-03-31' });
    const { items: tasks } = (await the.call(operator, 'GET', '/v1/tasks?limit=200')).json();
    expect(tasks.filter((one: { caseNo: string }) => one.caseNo === caseNo)).toMatchObject([
      { acts: expect.arrayContaining(['supplyItem']), overdue: true, lastDay: '2025-03-31' },
    ]);

    expect(
      await the.post(operator, path(caseNo, '/corrections'), { grounds: ['itemSupplied'] }),
    ).toMatchObject({
      ...{ status: 409, code: 'disclosureUnchanged' },
    });
    const statement = '运营机构：示例数据运营有限公司，联系处室：综合部。';
    // Nobody answers for another body.
    expect(
      await the.post(bureau, path(caseNo, '/items'), { item: 'ownParticulars', statement }),
    ).toMatchObject({
      status: 403,
    });
    expect(
      await the.post(operator, path(caseNo, '/items'), { item: 'ownParticulars', statement }),
    ).toMatchObject({
      status: 200,
    });
    expect(
      await the.post(operator, path(caseNo, '/corrections'), { grounds: ['itemSupplied'] }),
    ).toMatchObject({
      status: 200,
    });
    const [second] = await the.told(caseNo, 'yearlyDisclosure.corrected.v1');
    expect(second).toMatchObject({ version: 2, missing: [], late: true, replaces: first?.['content'] });
    expect(await disclosed(`${caseNo}-V2`)).toHaveLength(1);
    // The version before is told to be replaced, by which, under the hash it was told with.
    const withdrawn = (version: number) => the.told(`${caseNo}-V${version}`, 'disclosed.withdrawn.v1');
    expect(await withdrawn(1)).toMatchObject([
      {
        ...{ reasonCode: 'replaced', by: `${caseNo}-V2`, hash: copy?.['hash'] },
        kind: 'yearlyDisclosure.operator',
      },
    ]);
    expect(await withdrawn(2)).toEqual([]);
    const versions = (await the.call(auditor, 'GET', path(caseNo, '/versions'))).json();
    expect(versions.items.map((one: { version: number }) => one.version)).toEqual([2, 1]);
    const kept = (await the.call(auditor, 'GET', path(caseNo, '/versions/1'))).json();
    expect(kept.content.items[0].statement).toBeNull();
    // The words are public; the history and the case's events hold their hash alone.
    const outbox = JSON.stringify(await the.told(caseNo, 'yearlyDisclosure.itemSupplied.v1'));
    expect(outbox).not.toContain('示例数据');
  },
);

it('where the bureau is late the government is told', async () => {
  const caseNo = await the.disclosureOf('zhongwei', 'implementingBody', 2024, 'yearly-bureau-late');
  const [up] = await the.told(caseNo, 'yearlyDisclosure.escalated.v1');
  expect(up).toMatchObject({ to: 'government', body: 'city-bureau', missing: ['ownParticulars'] });
});

describe('a year that is whole', () => {
  it('is published by the body itself; items are filled from facts, missing or empty with their ground', async () => {
    const city = 'wuhai';
    const { operator, auditor, merchant, government, bureau } = people(city);
    await the.tell(city, 'resource.published.v1', 'R-1', '2025-04-07', {
      ...{ resource: 'R-1', provider: 'dept-transport', contentHash: sha256('1'), publishedOn: '2025-04-07' },
    });
    await the.tell(city, 'grant.granted.v1', 'SQ-G1', '2025-05-06', {
      ...{
        grantNo: 'SQ-G1',
        caseNo: 'SQ-1',
        merchant: 'merchant-1',
        operator: 'operator',
        resources: ['R-1'],
      },
    });
    await the.goTo('2026-02-01T09:00:00');
    await the.runDues();
    const caseNo = await the.disclosureOf(city, 'operator', 2025, 'yearly-whole');
    expect(await itemsOf(city, caseNo)).toEqual({
      ...{ ownParticulars: 'missing notStated', authorisedResources: 'present' },
      ...{ productList: 'empty noProducts', actualFees: 'empty nothingCharged', resourceUse: 'present' },
    });
    // A product that is charged for, without a tariff: what was empty is missing now.
    const product = { product: 'CP-1', version: 1, caseNo: 'CY-1' };
    await the.tell(city, 'productEgress.submitted.v1', 'CY-1', '2025-06-03', {
      ...{ ...product, owner: 'merchant-1', class: 'dataset', purpose: 'industry', grants: ['SQ-G1'] },
    });
    await the.tell(city, 'productEgress.listed.v1', 'CY-1', '2025-06-10', {
      ...product,
      registrationCode: 'CP-CODE',
    });
    expect(await itemsOf(city, caseNo)).toMatchObject({
      productList: 'present',
      actualFees: 'missing notSet',
    });
    const give = (item: string, more: object) =>
      the.post(operator, path(caseNo, '/empty-items'), {
        item,
        statement: '说明。',
        ground: 'nothingToDisclose',
        ...more,
      });
    expect(
      await the.post(operator, path(caseNo, '/items'), { item: 'ownParticulars', statement: '机构情况。' }),
    ).toMatchObject({ status: 200 });
    expect(await give('productList', {})).toMatchObject({ status: 409, code: 'disclosureItemNotMissing' });
    expect(await give('feeCeilings', {})).toMatchObject({ status: 422, code: 'disclosureItemUnknown' });
    expect(await the.post(operator, path(caseNo, '/publication'))).toMatchObject({
      status: 409,
      code: 'disclosureIncomplete',
    });
    expect(await give('actualFees', {})).toMatchObject({ status: 200 });
    expect(await the.post(merchant, path(caseNo, '/publication'))).toMatchObject({ status: 403 });
    expect(await the.post(operator, path(caseNo, '/publication'))).toMatchObject({ status: 200 });
    expect(await the.told(caseNo, 'yearlyDisclosure.published.v1')).toMatchObject([
      { bySchedule: false, missing: [] },
    ]);

    // Each figure opens to its cases for auditors and the bureau, to nobody else.
    const figure = (who: typeof auditor | typeof government | typeof bureau | typeof merchant) =>
      the.call(who, 'GET', path(caseNo, '/figures/grantsMade'));
    expect((await figure(auditor)).json().items).toEqual([
      { figure: 'grantsMade', body: null, case: 'SQ-G1' },
    ]);
    expect((await figure(bureau)).json().items).toHaveLength(1);
    const uncounted = await the.call(auditor, 'GET', path(caseNo, '/figures/noSuchFigure'));
    expect(uncounted.statusCode).toBe(404);
    expect((await figure(merchant)).statusCode).toBe(403);
    expect((await figure(government)).statusCode).toBe(403);
    expect(
      (await the.app.inject({ method: 'GET', url: path(caseNo, '/figures/grantsMade') })).statusCode,
    ).toBe(401);

    // On the last day the Schedule finds it published, and publishes nothing twice.
    await the.goTo('2026-04-01T09:00:00', caseNo);
    await the.runDues();
    expect(await the.told(caseNo, 'yearlyDisclosure.published.v1')).toHaveLength(1);
    expect(await the.told(caseNo, 'yearlyDisclosure.escalated.v1')).toEqual([]);
  });

  it('as a document under its number', async () => {
    const caseNo = await the.disclosureOf('wuhai', 'operator', 2025);
    const paper = await the.call(
      people('wuhai').auditor,
      'GET',
      path(caseNo, '/versions/1/paper?format=json'),
    );
    expect(paper.json()).toMatchObject({ number: `${caseNo}-V1`, kind: 'disclosure' });
  });
});

it('Shuozhou’s overall report is the bureau’s to say, by its own day (朔州 十一（一）6)', async () => {
  const caseNo = await the.disclosureOf('shuozhou', 'overallReport', 2024, 'yearly-overall');
  expect(await the.told(caseNo, 'yearlyDisclosure.published.v1')).toMatchObject([
    { missing: ['operation'], part: 'overallReport' },
  ]);
  const { bureau, operator } = people('shuozhou');
  const given = { item: 'operation', statement: '全年授权运营总体平稳。' };
  // The bureau's case is none of the operator's.
  expect(await the.post(operator, path(caseNo, '/items'), given)).toMatchObject({ status: 404 });
  expect(await the.post(bureau, path(caseNo, '/items'), given)).toMatchObject({ status: 200 });
  expect(await the.post(bureau, path(caseNo, '/corrections'), { grounds: ['itemSupplied'] })).toMatchObject({
    status: 200,
  });
  expect(await the.told(caseNo, 'yearlyDisclosure.corrected.v1')).toMatchObject([
    { version: 2, missing: [] },
  ]);
});

it('years that were missed are caught up, each once; opening by hand what the Schedule opened is refused', async () => {
  await the.goTo('2028-02-02T09:00:00');
  const done = await the.runDues();
  const years = done
    .filter(({ due }) => due.jurisdiction === 'national' && due.kind === 'operator')
    .map(({ due }) => `${due.from.slice(0, 4)} ${due.step}`);
  expect(years.toSorted()).toEqual(['2026 open', '2026 publish', '2027 open']);
  for (const year of [2025, 2026])
    expect(
      await the.told(await the.disclosureOf('national', 'operator', year), 'yearlyDisclosure.published.v1'),
    ).toHaveLength(1);
  const { bureau, operator } = people('national');
  const asked = { part: 'operator', year: 2026, operator: 'operator' };
  expect(await the.post(bureau, '/v1/yearly-disclosures', asked)).toMatchObject({
    status: 409,
    code: 'disclosureExists',
  });
  expect(await the.post(operator, '/v1/yearly-disclosures', asked)).toMatchObject({ status: 403 });
  expect(await the.post(bureau, '/v1/yearly-disclosures', { ...asked, year: 2028 })).toMatchObject({
    status: 409,
    code: 'yearNotEnded',
  });
  expect(
    await the.act({
      jurisdiction: 'national',
      kind: 'operator',
      operator: 'operator',
      from: '2026-01-01',
      until: '2026-12-31',
      step: 'publish',
    }),
  ).toEqual({ done: 'before' });
});
