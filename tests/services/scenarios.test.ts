import { sql } from 'kysely';
import { documentHash, type Law, type LawCity, peopleOf, refusalOf, startLaw } from './law-support.ts';
import type { Who } from './resources-support.ts';

let law: Law;
jest.setTimeout(60_000);
beforeAll(async () => {
  law = await startLaw();
  for (const city of ['shuozhou', 'zhongwei'])
    for (const [id, kind] of [
      ['dept-transport', 'sourceDepartment'],
      ['dept-health', 'sourceDepartment'],
      ['merchant-1', 'merchant'],
      ['partner-1', 'partner'],
    ])
      await sql`
        insert into body (jurisdiction, id, kind) values (${city}, ${id}, ${kind}) on conflict do nothing`.execute(
        law.db,
      );
}, 60_000);
afterAll(() => law?.stop());

const partner = { roles: ['partner'], organisation: 'partner-1', jurisdiction: 'shuozhou' } as const;
const stranger = { roles: ['merchant'], organisation: 'merchant-9', jurisdiction: 'shuozhou' } as const;
const text = (change: object = {}) => ({
  title: '停车诱导',
  field: 'transport',
  demand: '全市停车场实时车位',
  plan: '按路段汇总后提供接口',
  documents: [],
  ...change,
});
const propose = (who: Who, code: string, change: object = {}) =>
  law.call(who, 'POST', '/v1/scenarios', {
    body: { code, contents: text(), industryDepartment: 'dept-transport', ...change },
  });
const post = (who: Who, id: string, path: string, body: object = {}) =>
  law.call(who, 'POST', `/v1/scenarios/${id}/${path}`, { body });
const idOf = (answer: Awaited<ReturnType<typeof propose>>): string => {
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ scenario: string }>().scenario;
};
const of = (city: LawCity) => peopleOf[city];
const reasons = [{ code: 'noPublicNeed', text: '必要性不足' }];
const agreed = { compliance: true, necessity: true };
const approved = async (code: string, change: object = {}, who: Who = partner): Promise<string> => {
  const id = idOf(await propose(who, code, change));
  await post(of('shuozhou').operator, id, 'first-review', { outcome: 'approve' });
  await post(of('shuozhou').bureau, id, 'appraisals', agreed);
  const last = await post(of('shuozhou').department, id, 'appraisals', agreed);
  if (last.json<{ state: string }>().state !== 'approved') throw new Error(last.body);
  return id;
};
const apply = (entry: string, contents: object) =>
  law.call(of('shuozhou').merchant, 'POST', '/v1/applications', {
    body: { resources: [entry], contents: { scenario: '停车诱导', scope: '全市停车场', ...contents } },
  });

describe('[A0 shuozhou] 六（三）: proposed, first reviewed, appraised for compliance and necessity', () => {
  it('operator, bureau and industry department each speak; then it is approved, and data may be asked for on it', async () => {
    const id = await approved('parkingGuide', { developer: 'merchant-1' });
    const read = await law.call(of('shuozhou').bureau, 'GET', `/v1/scenarios/${id}`);
    expect(read.json()).toMatchObject({
      state: 'approved',
      waitsFor: [],
      opinions: [
        { step: 'firstReview', capacity: 'operator', outcome: 'approve' },
        { step: 'appraisal', capacity: 'authority', ...agreed },
        { step: 'appraisal', capacity: 'industryDepartment', ...agreed },
      ],
    });
    const { rows } = await sql<{ type: string; payload: object }>`
      select type, payload from outbox where aggregateid = ${id} order by aggregate_version`.execute(law.db);
    expect(rows.map(({ type }) => type)).toEqual([
      'scenario.proposed.v1',
      'scenario.firstReviewPassed.v1',
      'scenario.appraised.v1',
      'scenario.appraised.v1',
      'scenario.approved.v1',
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/停车|车位/);
    const answer = await apply(await law.openEntry('shuozhou', 'a0-yes'), { scenarioCode: 'parkingGuide' });
    expect(answer.statusCode).toBe(202);
  });

  it('one that the operator proposes for whoever develops it may be named by every developer', async () => {
    await approved('openToAll', {}, of('shuozhou').operator);
    const answer = await apply(await law.openEntry('shuozhou', 'a0-all'), { scenarioCode: 'openToAll' });
    expect(answer.statusCode).toBe(202);
  });

  it('returned with reasons, its text is changed and every version kept', async () => {
    const id = idOf(await propose(partner, 'returnedOnce'));
    expect(
      (await post(of('shuozhou').operator, id, 'first-review', { outcome: 'return', reasons })).json(),
    ).toEqual(expect.objectContaining({ state: 'returned', version: 1 }));
    const put = (match: string) =>
      law.call(partner, 'PUT', `/v1/scenarios/${id}/contents`, {
        body: text({ plan: '按停车场汇总后提供接口', documents: undefined }),
        headers: { 'if-match': match },
      });
    expect((await put('"7"')).statusCode).toBe(412);
    expect((await put('"1"')).json()).toMatchObject({ state: 'proposed', version: 2 });
    expect((await law.call(partner, 'GET', `/v1/scenarios/${id}`)).json()).toMatchObject({
      versions: [
        { version: 1, changed: [] },
        { version: 2, changed: ['plan'] },
      ],
      waitsFor: ['operator'],
    });
    expect((await put('"2"')).json()).toMatchObject({ code: 'scenarioStepNotReached' });
  });
});

describe('[A0 shuozhou refuses] 六（三）: without an appraised scenario of one’s own no data is asked for', () => {
  const refused = (answer: Awaited<ReturnType<typeof apply>>) => refusalOf(answer);
  const law六三 = { status: 409, code: 'scenarioNotAppraised', article: '六（三）' };
  const pointers = ['/body/contents/scenarioCode'];

  it('none named, an unknown one, another developer’s, one not yet approved', async () => {
    const entry = await law.openEntry('shuozhou', 'a0-no');
    await approved('ofPartner', {});
    idOf(await propose(of('shuozhou').merchant, 'notYet'));
    const before = await law.count('application');
    for (const contents of [
      {},
      ...['unknownOne', 'ofPartner', 'notYet'].map((scenarioCode) => ({ scenarioCode })),
    ])
      expect(refused(await apply(entry, contents))).toEqual({ ...law六三, pointers });
    expect(await law.count('application')).toBe(before);
  });

  it('one body against it: refused with its reasons, which it must give', async () => {
    const id = idOf(await propose(partner, 'unneeded'));
    await post(of('shuozhou').operator, id, 'first-review', { outcome: 'approve' });
    const against = { compliance: true, necessity: false };
    expect(refusalOf(await post(of('shuozhou').bureau, id, 'appraisals', against))).toEqual({
      status: 422,
      code: 'reasonsMissing',
      article: '六（三）',
      pointers: ['/body/reasons'],
    });
    const one = await post(of('shuozhou').bureau, id, 'appraisals', { ...against, reasons });
    expect(one.json()).toMatchObject({ state: 'firstReviewed' });
    expect(refusalOf(await post(of('shuozhou').bureau, id, 'appraisals', agreed))).toMatchObject({
      status: 409,
      code: 'scenarioAppraisedAlready',
    });
    const other = await post(of('shuozhou').department, id, 'appraisals', agreed);
    expect(other.json()).toMatchObject({ state: 'refused' });
  });

  it('not before its first review, not by another department, not without an industry department', async () => {
    const id = idOf(await propose(partner, 'tooSoon'));
    expect(refusalOf(await post(of('shuozhou').bureau, id, 'appraisals', agreed)).code).toBe(
      'scenarioStepNotReached',
    );
    expect((await post(of('shuozhou').other, id, 'appraisals', agreed)).statusCode).toBe(404);
    expect((await post(partner, id, 'first-review', { outcome: 'approve' })).statusCode).toBe(403);
    expect(refusalOf(await propose(partner, 'noDepartment', { industryDepartment: undefined }))).toEqual({
      ...{ status: 422, code: 'industryDepartmentUnknown', article: '六（三）' },
      pointers: ['/body/industryDepartment'],
    });
    expect(
      refusalOf(await propose(partner, 'noDepartment', { industryDepartment: 'merchant-1' })),
    ).toMatchObject({
      code: 'industryDepartmentUnknown',
    });
  });

  it('a code stands once; free again when its scenario is withdrawn; others see none of it', async () => {
    const id = idOf(await propose(partner, 'twice'));
    expect(refusalOf(await propose(partner, 'twice'))).toMatchObject({
      status: 409,
      code: 'scenarioCodeTaken',
    });
    for (const who of [stranger, of('wuhai').bureau])
      expect((await law.call(who, 'GET', `/v1/scenarios/${id}`)).statusCode).toBe(404);
    expect((await law.call(stranger, 'GET', '/v1/scenarios')).json()).toMatchObject({ items: [] });
    expect((await post(partner, id, 'withdrawal')).json()).toMatchObject({ state: 'withdrawn' });
    expect((await propose(partner, 'twice')).statusCode).toBe(201);
    const csv = await law.call(of('shuozhou').bureau, 'GET', '/v1/scenarios?code=twice', {
      headers: { accept: 'text/csv' },
    });
    expect(csv.body).toContain('停车诱导');
    expect(csv.body.split('\r\n')).toHaveLength(4);
  });
});

describe('[A0 zhongwei] 十六: collected from the source departments and reported to the authority', () => {
  it('the operator reports what was collected or changed since; overdue is shown', async () => {
    const { operator, department, bureau } = of('zhongwei');
    const first = idOf(await propose(department, 'roadNeed', { industryDepartment: undefined }));
    await propose(operator, 'clinicNeed', { industryDepartment: undefined, collectedFrom: 'dept-health' });
    const standing = async () =>
      (await law.call(bureau, 'GET', '/v1/scenario-reports/standing')).json<Record<string, unknown>>();
    expect(await standing()).toEqual({
      ...{ months: 6, lastReportedOn: null, dueOn: '2024-09-01', overdue: false, unreported: 2 },
    });
    const began = law.clock.now;
    law.clock.now = new Date('2024-09-02T09:00:00+08:00');
    expect(await standing()).toMatchObject({ overdue: true });
    const report = await law.call(operator, 'POST', '/v1/scenario-reports');
    expect(report.json()).toMatchObject({
      ...{ from: '2024-03-01', until: '2024-09-02', dueOn: '2024-09-01', late: true, scenarios: 2 },
    });
    expect(await standing()).toMatchObject({ dueOn: '2025-03-02', overdue: false, unreported: 0 });
    await law.call(department, 'PUT', `/v1/scenarios/${first}/contents`, {
      body: text({ demand: '增加周边道路' }),
      headers: { 'if-match': '"1"' },
    });
    expect(await standing()).toMatchObject({ unreported: 1 });
    const csv = await law.call(bureau, 'GET', '/v1/scenario-reports', { headers: { accept: 'text/csv' } });
    expect(csv.body.split('\r\n')).toHaveLength(3);
    law.clock.now = began;
  });
});

describe('[A0 zhongwei refuses] 十六', () => {
  it('what others than operator and source departments bring, and reports that others make', async () => {
    const { merchant, bureau, department } = of('zhongwei');
    expect(refusalOf(await propose(merchant, 'ofMerchant', { industryDepartment: undefined }))).toMatchObject(
      {
        ...{ status: 403, code: 'scenarioByOther', article: '十六' },
      },
    );
    for (const who of [bureau, department])
      expect((await law.call(who, 'POST', '/v1/scenario-reports')).statusCode).toBe(403);
  });

  it('nothing is appraised there', async () => {
    const { department, bureau, operator } = of('zhongwei');
    const id = idOf(await propose(department, 'noAppraisal', { industryDepartment: undefined }));
    expect((await post(operator, id, 'first-review', { outcome: 'approve' })).statusCode).toBe(409);
    expect((await post(bureau, id, 'appraisals', agreed)).statusCode).toBe(403);
  });
});

describe('where the text does not treat scenarios, and what cannot be taken', () => {
  it.each(['national', 'wuhai'] as const)('%s: the lifecycle is not opened', async (city) => {
    expect(refusalOf(await propose(of(city).department, 'none'))).toMatchObject({
      ...{ status: 409, code: 'lifecycleNotInPack' },
    });
    expect((await law.call(of(city).operator, 'POST', '/v1/scenario-reports')).statusCode).toBe(409);
    const standing = await law.call(of(city).bureau, 'GET', '/v1/scenario-reports/standing');
    expect(standing.json()).toMatchObject({ months: null, dueOn: null, overdue: false });
  });

  it('bad input is refused at its place', async () => {
    for (const change of [
      { code: '停车' },
      { contents: text({ title: 'a\u0000' }) },
      { contents: text({ more: 1 }) },
      { contents: text({ documents: ['x'] }) },
      { contents: {} },
    ])
      expect((await propose(partner, 'bad', change)).statusCode).toBe(400);
    expect(
      refusalOf(await propose(partner, 'bad', { contents: text({ documents: [documentHash] }) })),
    ).toMatchObject({ code: 'documentUnknown', pointers: ['/body/contents/documents/0'] });
    expect((await law.call(partner, 'GET', '/v1/scenarios/CJ-x')).statusCode).toBe(400);
  });
});
