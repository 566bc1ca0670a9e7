import { refusalOf } from './law-support.ts';
import { paper, peopleIn, type Registers, startRegisters } from './registers-support.ts';

let r: Registers;
jest.setTimeout(60_000);
beforeAll(async () => {
  r = await startRegisters();
}, 60_000);
afterAll(() => r?.stop());

const { operator, bureau, partner, department, merchant } = peopleIn('shuozhou');
const groups = [
  'basicRequirements',
  'technicalRequirements',
  'financialRequirements',
  'securityRequirements',
  'scenarioRequirements',
  'otherRequirements',
].map((group) => ({ group, statement: '符合', evidence: [paper] }));
const contents = (change: object = {}) => ({
  cooperationMode: '联合开发',
  qualification: { statement: '具备技术实力', document: paper },
  divisionOfDuties: '运营机构负责平台，合伙人负责产品',
  groups,
  ...change,
});
const register = (organisation: string, given: object = contents(), who = operator) =>
  r.post(who, '/v1/partners', { organisation, contents: given });
const idOf = (answer: Awaited<ReturnType<typeof register>>): string => {
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ partner: string }>().partner;
};
const reasons = [{ code: 'dutiesUnclear', text: '权责不清' }];
const ended = async (id: string) => r.post(operator, `/v1/partners/${id}/end`, { reasons: [] });

describe('[M1 shuozhou] 六（二）: a partner the operator recruits meets the six groups and is filed', () => {
  it('registered, filed, noted by the bureau; events name no words', async () => {
    const id = idOf(await register('partner-1'));
    expect((await r.post(operator, `/v1/partners/${id}/filing`)).json()).toMatchObject({ state: 'filed' });
    const noted = await r.post(bureau, `/v1/partners/${id}/answer`, { outcome: 'note' });
    expect(noted.json()).toMatchObject({ state: 'noted', missing: [] });
    const told = await r.events(id);
    expect(told.map(({ type }) => type)).toEqual([
      'partner.registered.v1',
      'partner.filed.v1',
      'partner.noted.v1',
    ]);
    expect(told[1]?.data).toMatchObject({ article: '六（二）' });
    expect(JSON.stringify(told)).not.toMatch(/联合开发|符合/);
    expect((await r.call(partner, 'GET', `/v1/partners/${id}`)).statusCode).toBe(200);
    const csv = await r.call(bureau, 'GET', '/v1/partners?state=noted', { headers: { accept: 'text/csv' } });
    expect(csv.body).toContain(id);
    await ended(id);
  });

  it('returned with reasons, changed by version, filed again', async () => {
    const id = idOf(await register('partner-1'));
    await r.post(operator, `/v1/partners/${id}/filing`);
    const back = await r.post(bureau, `/v1/partners/${id}/answer`, { outcome: 'return', reasons });
    expect(back.json()).toMatchObject({ state: 'returned', reasons });
    const put = (match: string) =>
      r.call(operator, 'PUT', `/v1/partners/${id}/contents`, {
        body: contents({ divisionOfDuties: '逐项列明' }),
        headers: { 'if-match': match },
      });
    expect((await put('"9"')).statusCode).toBe(412);
    expect((await put('"1"')).json()).toMatchObject({ version: 2 });
    expect((await r.post(operator, `/v1/partners/${id}/filing`)).json()).toMatchObject({ state: 'filed' });
    expect(refusalOf(await put('"2"'))).toMatchObject({ status: 409, code: 'partnerStepNotReached' });
    expect((await ended(id)).json()).toMatchObject({ state: 'ended' });
    expect(refusalOf(await ended(id)).code).toBe('partnerStepNotReached');
  });
});

describe('[M1 shuozhou refuses] 四, 六（二）: a filing that lacks something', () => {
  it('every group without evidence and every missing part is named at once', async () => {
    const lean = { groups: groups.slice(1).map((one, at) => (at === 0 ? { ...one, evidence: [] } : one)) };
    const id = idOf(await register('partner-1', { ...contents(lean), cooperationMode: undefined }));
    const missing = ['cooperationMode', 'groups/basicRequirements', 'groups/technicalRequirements'];
    expect((await r.call(operator, 'GET', `/v1/partners/${id}`)).json()).toMatchObject({ missing });
    expect(refusalOf(await r.post(operator, `/v1/partners/${id}/filing`))).toEqual({
      ...{ status: 422, code: 'partnerIncomplete', article: '六（二）' },
      pointers: missing.map((one) => `/body/contents/${one}`),
    });
    await ended(id);
    const other = idOf(await register('partner-1', contents({ groups: [] })));
    expect(refusalOf(await r.post(operator, `/v1/partners/${other}/filing`))).toMatchObject({
      code: 'partnerIncomplete',
      article: '四',
    });
    await ended(other);
  });

  it('the operator itself, a public body, an unknown one, one that stands already', async () => {
    for (const organisation of ['operator', 'dept-transport', 'nobody'])
      expect(refusalOf(await register(organisation))).toMatchObject({ status: 422, code: 'partnerUnknown' });
    const id = idOf(await register('partner-2'));
    expect(refusalOf(await register('partner-2'))).toMatchObject({ status: 409, code: 'partnerStands' });
    await ended(id);
  });

  it('a return says why; nobody else files, answers or reads', async () => {
    const id = idOf(await register('partner-1'));
    await r.post(operator, `/v1/partners/${id}/filing`);
    expect(refusalOf(await r.post(bureau, `/v1/partners/${id}/answer`, { outcome: 'return' }))).toMatchObject(
      {
        ...{ status: 422, code: 'reasonsMissing', article: '六（二）' },
      },
    );
    for (const who of [operator, department, partner])
      expect((await r.post(who, `/v1/partners/${id}/answer`, { outcome: 'note' })).statusCode).toBe(403);
    for (const who of [bureau, partner, merchant])
      expect((await r.post(who, `/v1/partners/${id}/filing`)).statusCode).toBe(403);
    const second = { ...partner, organisation: 'partner-2' };
    expect((await r.call(second, 'GET', `/v1/partners/${id}`)).statusCode).toBe(404);
    expect((await r.call(second, 'GET', '/v1/partners')).body).not.toContain(id);
    expect((await r.call(peopleIn('wuhai').bureau, 'GET', `/v1/partners/${id}`)).statusCode).toBe(404);
    await ended(id);
  });

  it.each(['national', 'zhongwei', 'wuhai'] as const)('%s: its text has no partner filed', async (city) => {
    const answer = await register('partner-1', contents(), peopleIn(city).operator as never);
    expect(refusalOf(answer)).toMatchObject({ status: 409, code: 'partnersNotInPack' });
  });

  it('bad input is refused at its place, and nothing is kept of it', async () => {
    const before = await r.count('partner');
    const unknown = `sha256:${'0'.repeat(64)}`;
    const group = { group: 'basicRequirements', statement: 'x', evidence: [unknown] };
    expect(refusalOf(await register('partner-1', contents({ groups: [group] })))).toMatchObject({
      code: 'documentUnknown',
      pointers: ['/body/contents/groups/0/evidence/0'],
    });
    for (const given of [
      contents({ groups: [groups[0], groups[0]] }),
      contents({ more: 1 }),
      contents({ cooperationMode: 'a\u0000' }),
      contents({ qualification: { statement: '', document: paper } }),
    ])
      expect((await register('partner-1', given)).statusCode).toBe(400);
    expect((await r.post(operator, '/v1/partners/HH-x/filing')).statusCode).toBe(400);
    expect(await r.count('partner')).toBe(before);
  });
});
