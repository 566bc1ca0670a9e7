// S1, S2, S3, M4, M5 by the words of each text: what is laid open by whom, never more than is so, never by another.
import { sha256 } from '@gongshu/infra/hash';
import { loadPacks } from '@gongshu/infra/packs';
import { disclosurePeople } from '../support/disclosure.ts';
import { type Reports, startReports } from '../support/reports.ts';

const cities = ['zhongwei', 'national', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];
const packs = loadPacks();
let the: Reports;
const mandateEvent = '640500-YY-2024-000001';

beforeAll(async () => {
  the = await startReports(cities);
  await the.law.begin('2025-05-06T09:00:00');
  for (const city of cities) {
    await the.mandate(city, '2025-04-01', '2028-03-31', '2025-05-06');
    await the.tell(city, 'resource.published.v1', 'R-1', '2025-05-07', {
      ...{ resource: 'R-1', provider: 'dept-transport', contentHash: sha256('1'), publishedOn: '2025-05-07' },
    });
    await the.tell(city, 'grant.granted.v1', 'SY-1', '2025-06-03', {
      ...{
        grantNo: 'SY-1',
        caseNo: 'SQ-1',
        merchant: 'merchant-1',
        operator: 'operator',
        resources: ['R-1'],
      },
    });
    const product = { product: 'CP-1', version: 1, caseNo: 'CY-1' };
    await the.tell(city, 'productEgress.submitted.v1', 'CY-1', '2025-06-04', {
      ...{ ...product, owner: 'merchant-1', class: 'dataset', purpose: 'industry', grants: ['SY-1'] },
    });
    await the.tell(city, 'productEgress.listed.v1', 'CY-1', '2025-06-10', {
      ...{ ...product, registrationCode: 'CODE-1' },
    });
    await the.tell(city, 'ceilingPrice.set.v1', 'SX-1', '2025-06-11', {
      ...{ caseNo: 'SX-1', product: 'CP-1', operator: 'operator' },
      ceilings: [{ unit: 'call', fen: 500, from: '2025-07-01', expectedQty: '1', before: null }],
    });
    await the.tell(city, 'tariff.published.v1', 'SF-1', '2025-06-20', {
      ...{ tariff: 'SF-1', operator: 'operator', product: 'CP-1', unit: 'call', class: 'general' },
      ...{ scenario: null, purpose: 'industry', fen: 400, from: '2025-07-01', until: null, replaces: [] },
    });
  }
  await the.goTo('2026-02-02T09:00:00');
  await the.runDues();
}, 180_000);
afterAll(() => the?.stop());

type Item = {
  item: string;
  state: string;
  statement: string | null;
  tables: { name: string; rows: (string | number)[][] }[];
};
const path = (caseNo: string, rest: string) => `/v1/yearly-disclosures/${caseNo}${rest}`;
const give = async (city: City, part: 'implementingBody' | 'operator') => {
  const people = disclosurePeople(city);
  const who = part === 'operator' ? people.operator : people.bureau;
  const caseNo = await the.disclosureOf(city, part, 2025);
  await the.post(who, path(caseNo, '/items'), { item: 'ownParticulars', statement: '机构情况说明。' });
  const answer = await the.post(who, path(caseNo, '/publication'));
  const [copy] = await the.told(`${caseNo}-V1`, 'disclosed.published.v1');
  const { items } = JSON.parse(typeof copy?.['content'] === 'string' ? copy['content'] : '{"items":[]}') as {
    items: Item[];
  };
  const of = (name: string) => items.flatMap(({ tables }) => tables).find((one) => one.name === name)?.rows;
  return { answer, items, of };
};

describe('[S1 national] [S1 shuozhou] [S1 wuhai] the implementing body lays open who, what, in which scope, how long', () => {
  it.each(cities)('%s: with the ceilings, each item by the pack', async (city) => {
    const early = await the.disclosureOf(city, 'implementingBody', 2025);
    const refused = await the.post(disclosurePeople(city).bureau, path(early, '/publication'));
    expect(refused).toMatchObject({ status: 409, code: 'disclosureIncomplete' });
    const { answer, items, of } = await give(city, 'implementingBody');
    expect(answer).toMatchObject({ status: 200 });
    const listed = packs.resolve(city).rule('disclosure', 'implementingBody').value;
    expect(items.map(({ item }) => item)).toEqual(listed.map(({ item }) => item));
    expect(of('mandates')).toEqual([[mandateEvent, 'operator', 'inForce']]);
    expect(of('mandateTerm')).toEqual([[mandateEvent, '2025-04-01', '2028-03-31']]);
    expect(of('ceilings')).toEqual([['CP-1', 'call', 500, '2025-07-01', 'SX-1']]);
  });
});

describe('[S1 national refuses] [S1 shuozhou refuses] [S1 wuhai refuses] nobody discloses for the implementing body', () => {
  it.each(cities)(
    '%s: neither the operator nor a merchant, and no item that is not its own',
    async (city) => {
      const { operator, merchant, bureau } = disclosurePeople(city);
      const caseNo = await the.disclosureOf(city, 'implementingBody', 2025);
      const words = { item: 'ownParticulars', statement: '代填。' };
      expect(await the.post(operator, path(caseNo, '/items'), words)).toMatchObject({ status: 404 });
      expect(await the.post(merchant, path(caseNo, '/items'), words)).toMatchObject({ status: 403 });
      const strange = { item: 'productList', statement: '非本部分事项。' };
      expect(await the.post(bureau, path(caseNo, '/items'), strange)).toMatchObject({
        ...{ status: 422, code: 'disclosureItemUnknown' },
      });
    },
  );
});

describe('[S2 national] [S2 zhongwei] [S2 shuozhou] [S2 wuhai] the operator lays open its list, its fees, what was used', () => {
  it.each(cities)('%s', async (city) => {
    const { answer, items, of } = await give(city, 'operator');
    expect(answer).toMatchObject({ status: 200 });
    const listed = packs.resolve(city).rule('disclosure', 'operator').value;
    expect(items.map(({ item }) => item)).toEqual(listed.map(({ item }) => item));
    expect(of('products')?.[0]?.slice(0, 2)).toEqual(['CP-1', 'CODE-1']);
    // For no scenario of its own, and with nothing taken off.
    expect(of('tariffs')?.[0]).toEqual([
      ...['SF-1', 'CP-1', 'call', 'general', null, 'industry', 400, '0', '2025-07-01'],
    ]);
    expect(items.find(({ item }) => item === 'resourceUse')).toMatchObject({ state: 'present' });
  });
});

describe('[S2 national refuses] [S2 zhongwei refuses] [S2 shuozhou refuses] [S2 wuhai refuses] what is so is not stated away', () => {
  it.each(cities)(
    '%s: an item that facts fill is never empty; the bureau does not speak for the operator',
    async (city) => {
      const { operator, bureau } = disclosurePeople(city);
      const caseNo = await the.disclosureOf(city, 'operator', 2025);
      const away = { item: 'productList', ground: 'nothingToDisclose', statement: '无。' };
      expect(await the.post(operator, path(caseNo, '/empty-items'), away)).toMatchObject({
        ...{ status: 409, code: 'disclosureItemNotMissing' },
      });
      const words = { item: 'ownParticulars', statement: '代填。' };
      expect(await the.post(bureau, path(caseNo, '/items'), words)).toMatchObject({ status: 403 });
      expect(
        await the.post(operator, path(caseNo, '/corrections'), { grounds: ['errorFound'] }),
      ).toMatchObject({
        ...{ status: 409, code: 'disclosureUnchanged' },
      });
    },
  );
});

describe('[S3 zhongwei] source departments are told of in a bulletin (中卫 三十一)', () => {
  it('catalog and data attached, review timeliness, data quality: by department, issued by the bureau', async () => {
    const { bureau, department, auditor } = disclosurePeople('zhongwei');
    const [{ caseNo }] = (await the.call(auditor, 'GET', '/v1/bulletins')).json().items;
    expect(
      await the.post(department, `/v1/bulletins/${caseNo}/replies`, { statement: '无异议。' }),
    ).toMatchObject({ status: 200 });
    const { state } = await the.row(caseNo);
    const draft = (state as { draft: { hash: string } }).draft.hash;
    expect(await the.post(bureau, `/v1/bulletins/${caseNo}/issue`, { draft })).toMatchObject({ status: 200 });
    const issued = await the.told(caseNo, 'bulletin.issued.v1');
    expect(issued).toMatchObject([{ departments: ['dept-transport'], published: true }]);
  });
});

describe('[S3 zhongwei refuses] nobody is reported on unheard, nor by another', () => {
  it('while departments may reply it is not issued; only the bureau issues it', async () => {
    const { bureau, department, operator, auditor } = disclosurePeople('zhongwei');
    await the.goTo('2026-04-01T09:00:00');
    await the.runDues();
    const [{ caseNo }] = (await the.call(auditor, 'GET', '/v1/bulletins?state=open')).json().items;
    const { state } = await the.row(caseNo);
    const draft = (state as { draft: { hash: string } }).draft.hash;
    expect(await the.post(bureau, `/v1/bulletins/${caseNo}/issue`, { draft })).toMatchObject({
      ...{ status: 409, code: 'bulletinReplyRunning' },
    });
    for (const who of [department, operator])
      expect(await the.post(who, `/v1/bulletins/${caseNo}/issue`, { draft })).toMatchObject({ status: 403 });
  });
});

const newestWork = async (city: City): Promise<string> => {
  const { operator } = disclosurePeople(city);
  const { items } = (await the.call(operator, 'GET', '/v1/work-reports?kind=work&state=asked')).json();
  return `/v1/work-reports/${items[0].report}`;
};

describe('[M5 shuozhou] the operator reports operating data, and logs, statements and audits when asked (朔州 六（二）、十一（三）6)', () => {
  it('returned with what is asked for, it is filed again with a paper of each', async () => {
    const { operator, bureau } = disclosurePeople('shuozhou');
    const at = await newestWork('shuozhou');
    const statement = '本期运营情况。';
    expect(await the.post(operator, `${at}/filing`, { statement })).toMatchObject({
      ...{ status: 200, state: 'filed' },
    });
    const reasons = [{ code: 'papersAsked', text: '请提供日志和报表。' }];
    const back = { outcome: 'return', reasons, contents: ['usageLogs', 'financialStatements'] };
    expect(await the.post(bureau, `${at}/answer`, back)).toMatchObject({ status: 200, state: 'returned' });
    expect((await the.call(operator, 'GET', at)).json()).toMatchObject({ asked: back.contents, papers: {} });
    const usageLogs = await the.upload('shuozhou', 'operator', '使用日志');
    const financialStatements = await the.upload('shuozhou', 'operator', '财务报表');
    // One document shows one content: what else was asked for is still missing, and is named.
    for (const given of [
      { statement },
      { statement, documents: [usageLogs, financialStatements] },
      { statement, papers: { usageLogs } },
    ])
      expect(await the.post(operator, `${at}/filing`, given)).toMatchObject({
        ...{ status: 422, code: 'workReportDocumentsMissing' },
      });
    const whole = { statement, papers: { usageLogs, financialStatements } };
    expect(await the.post(operator, `${at}/filing`, whole)).toMatchObject({ status: 200, state: 'filed' });
    expect((await the.call(operator, 'GET', at)).json()).toMatchObject({ papers: whole.papers });
    expect(await the.post(bureau, `${at}/answer`, { outcome: 'receive', reasons: [] })).toMatchObject({
      ...{ status: 200, state: 'received' },
    });
  });
});

describe('[M5 shuozhou refuses] papers nobody uploaded, and asking for what the text does not', () => {
  it('is refused at its place; nothing is asked for with a receipt, nor where no text has it', async () => {
    const { operator, bureau } = disclosurePeople('shuozhou');
    const at = await newestWork('shuozhou');
    const unknown = { statement: '本期。', papers: { usageLogs: sha256('nowhere') } };
    expect((await the.post(operator, `${at}/filing`, unknown)).status).toBe(422);
    await the.post(operator, `${at}/filing`, { statement: '本期。' });
    const reasons = [{ code: 'papersAsked', text: '请提供。' }];
    expect(
      await the.post(bureau, `${at}/answer`, { outcome: 'return', reasons, contents: ['operation'] }),
    ).toMatchObject({ status: 422, code: 'workReportContentNotAsked' });
    const receive = { outcome: 'receive', reasons: [], contents: ['usageLogs'] };
    expect((await the.post(bureau, `${at}/answer`, receive)).status).toBe(400);
    const wuhai = disclosurePeople('wuhai');
    const elsewhere = await newestWork('wuhai');
    await the.post(wuhai.operator, `${elsewhere}/filing`, { statement: '本期。' });
    expect(
      await the.post(wuhai.bureau, `${elsewhere}/answer`, {
        outcome: 'return',
        reasons,
        contents: ['usageLogs'],
      }),
    ).toMatchObject({ status: 422, code: 'workReportContentNotAsked' });
  });
});

describe('M4, 中卫 二十二: the fairness report', () => {
  it('shows rates by size and relation, leaves small numbers out with what would give them away, points at a difference', async () => {
    const { bureau, auditor, operator, supervision } = disclosurePeople('zhongwei');
    let n = 0;
    /** So many onboardings of a size, of which so many were refused. */
    const onboard = async (size: string | undefined, all: number, refused: number, linked = false) => {
      for (let at = 0; at < all; at += 1) {
        n += 1;
        const who = { caseNo: `JZ-${n}`, applicant: `${linked ? 'house' : 'merchant'}-${n}` };
        await the.tell('zhongwei', 'onboarding.submitted.v1', `JZ-${n}`, '2025-09-08', {
          ...who,
          ...(size && { size }),
        });
        const end = at < refused ? 'onboarding.notEnrolled.v1' : 'onboarding.enrolled.v1';
        await the.tell('zhongwei', end, `JZ-${n}`, '2025-09-12', who);
        if (linked)
          await the.tell('zhongwei', 'ownership.confirmed.v1', `GQ-${n}`, '2025-08-01', {
            ...{ link: `GQ-${n}`, owner: 'operator', owned: who.applicant, kind: 'equity' },
          });
      }
    };
    await onboard('micro', 20, 10);
    await onboard('large', 20, 6, true);
    await onboard('medium', 12, 2);
    const at = '/v1/fairness?from=2025-01-01&until=2025-12-31';
    const report = (await the.call(bureau, 'GET', at)).json();
    const row = (by: string, group: string) =>
      report.items.find(
        (one: Record<string, unknown>) =>
          one['stage'] === 'onboarding' && one['by'] === by && one['group'] === group,
      );
    expect(report.smallest).toBeGreaterThan(2);
    expect(row('size', 'all')).toMatchObject({ decided: 52, refused: 18, medianDays: 4 });
    // Two refusals are too few to show; what they would be reckoned from is left out beside them.
    expect(row('size', 'medium')).toMatchObject({ decided: 12, refused: null, refusalRate: null });
    const shown = ['micro', 'large'].filter((group) => row('size', group).refused !== null);
    expect(shown).toHaveLength(1);
    expect(row('relation', 'linked')).toMatchObject({ decided: 20, refused: 6, refusalRate: 30 });
    expect(row('relation', 'independent')).toMatchObject({ decided: 32, refused: 12, refusalRate: 37.5 });
    const csv = await the
      .signedIn(auditor)
      .then((headers) =>
        the.app.inject({ method: 'GET', url: at, headers: { ...headers, accept: 'text/csv' } }),
      );
    expect(csv.body).toContain('不公布');
    const chart = await the.call(
      supervision as never,
      'GET',
      '/v1/fairness/charts/relation?from=2025-01-01&format=json',
    );
    expect(chart.json().columns[0]).toBe('类别');
    expect((await the.call(operator, 'GET', at)).statusCode).toBe(403);
    expect((await the.call(bureau, 'GET', '/v1/fairness')).json()).toEqual(report);
    // A day more or less would give a case away by the difference; what runs still changes by the day.
    for (const span of [
      'from=2025-12-31&until=2025-01-01',
      'from=2025-01-01&until=2025-12-30',
      'from=2025-01-01&until=2026-01-01',
      'from=2026-01-01&until=2026-12-31',
    ]) {
      const refused = await the.call(bureau, 'GET', `/v1/fairness?${span}`);
      expect([refused.statusCode, refused.json().code]).toEqual([422, 'fairnessSpan']);
      expect(refused.json().detail).toContain('2025-01-01');
      expect((await the.call(bureau, 'GET', `/v1/fairness/charts/size?${span}`)).statusCode).toBe(422);
    }
    expect((await the.call(bureau, 'GET', '/v1/fairness?from=2026-02-30')).statusCode).toBe(400);
  });
});
