import { supplyObjectOf } from '@gongshu/service-catalog/queries/supply';
import { sql } from 'kysely';
import {
  bureau,
  department,
  merchant,
  operator,
  papers,
  refusal,
  resource,
  startSupplies,
  type Supplies,
} from './access-support.ts';

let s: Supplies;
jest.setTimeout(60_000);
beforeAll(async () => {
  s = await startSupplies();
  await s.entry(resource);
  for (const one of Object.values(papers)) {
    await s.document(department, one);
    await s.document(bureau, one);
  }
}, 60_000);
afterAll(() => s?.stop());

const health = { roles: ['sourceDepartment'], organisation: 'dept-health' } as const;
const auditor = { roles: ['auditor'], organisation: 'auditor' } as const;
const wuhaiBureau = { roles: ['bureau'], organisation: 'city-bureau', jurisdiction: 'wuhai' } as const;

describe('[D1, 中卫 10] supply only after authorisation', () => {
  it('the department records it, with an event of ids, counts and hashes', async () => {
    const answer = await s.supply(department);
    expect(answer.statusCode).toBe(201);
    const { supplyNo } = answer.json<{ supplyNo: string }>();
    expect(supplyNo).toMatch(/^640500-GS-2024-\d{6}$/);
    expect(answer.json()).toMatchObject({ department: 'dept-transport', state: 'active', version: 1 });
    const [event] = await s.events(supplyNo);
    expect(event?.type).toContain('supply.recorded.v1');
    expect(JSON.stringify(event)).not.toMatch(/停车|卫数授/);
    expect(event?.data).toMatchObject({
      fields: 2,
      treatedFields: 0,
      authorisationHash: papers.authorisation,
    });
    await s.call(department, 'POST', `/v1/supplies/${supplyNo}/end`);
  });

  it.each([
    { name: 'none', authorisation: null, pointer: '/body/authorisation' },
    {
      name: 'one dated after the first day of supply',
      authorisation: { number: '1', on: '2024-02-21', document: papers.authorisation },
      from: '2024-02-20',
      pointer: '/body/authorisation/on',
    },
    {
      name: 'one dated tomorrow',
      authorisation: { number: '1', on: '2024-03-02', document: papers.authorisation },
      from: '2024-03-02',
      pointer: '/body/authorisation/on',
    },
  ])('$name is refused with the article', async ({ pointer, authorisation, ...more }) => {
    const from = 'from' in more ? { from: more.from } : {};
    const change = { authorisation, ...from };
    const answer = await s.supply(department, change);
    expect(answer.statusCode).toBe(422);
    expect(refusal(answer.body)).toEqual({ code: 'notAuthorised', article: '十', pointers: [pointer] });
  });

  it.each([
    { name: 'on the first day itself', on: '2024-03-01', from: '2024-03-01' },
    { name: 'today, for a supply that begins later', on: '2024-03-01', from: '2024-05-01' },
  ])('authorised $name is enough', async ({ on, from }) => {
    const answer = await s.supply(bureau, {
      from,
      authorisation: { number: '1', on, document: papers.authorisation },
    });
    expect(answer.statusCode).toBe(201);
    await s.call(bureau, 'POST', `/v1/supplies/${answer.json<{ supplyNo: string }>().supplyNo}/end`);
  });

  it('a paper that this body has not uploaded is no authorisation', async () => {
    const document = `sha256:${'9'.repeat(64)}`;
    const answer = await s.supply(department, { authorisation: { number: '1', on: '2024-02-20', document } });
    expect(refusal(answer.body)).toMatchObject({
      code: 'documentUnknown',
      pointers: ['/body/authorisation/document'],
    });
  });

  it.each([
    { name: 'ends before it begins', from: '2024-06-01', until: '2024-05-31' },
    { name: 'has passed', from: '2024-02-25', until: '2024-02-29' },
  ])('a term that $name is refused', async ({ from, until }) => {
    expect(refusal((await s.supply(department, { from, until })).body).code).toBe('supplyTermWrong');
  });

  it.each([
    ['another department (the entry is public)', health, 403],
    ['another city', wuhaiBureau, 403],
    ['the operator', operator, 403],
    ['nobody known', null, 401],
  ] as const)('%s does not record it', async (_name, who, status) => {
    expect((await s.supply(who)).statusCode).toBe(status);
  });

  it('an unknown entry is 404; half a body, odd dates and NUL are 400', async () => {
    expect((await s.supply(department, { resource: 'nothing' })).statusCode).toBe(404);
    for (const change of [{ from: '2024-02-30' }, { fields: [] }, { fields: ['a\u0000'] }])
      expect((await s.supply(department, change)).statusCode).toBe(400);
  });
});

describe('[D1, C4, C5] the entry itself', () => {
  it.each(['compiled', 'submitted', 'collected'])('one that is %s is not supplied', async (state) => {
    const id = await s.entry(`640500-RES-${state}`, { state });
    expect(refusal((await s.supply(department, { resource: id })).body)).toMatchObject({
      code: 'resourceNotSuppliable',
      article: '十',
    });
  });

  it('closed and suspended ones are not, a registered one is', async () => {
    const closed = await s.entry('640500-RES-closed', { state: 'closed', closed_reason: 'x' });
    const suspended = await s.entry('640500-RES-suspended', { state: 'suspended', resume_state: 'public' });
    const registered = await s.entry('640500-RES-registered', { state: 'registered' });
    for (const id of [closed, suspended])
      expect(refusal((await s.supply(department, { resource: id })).body).code).toBe('resourceNotSuppliable');
    expect((await s.supply(department, { resource: registered })).statusCode).toBe(201);
  });

  it('without class or grade: refused with the article', async () => {
    const id = await s.entry('640500-RES-ungraded', { grade: null });
    expect(refusal((await s.supply(department, { resource: id })).body)).toMatchObject({
      code: 'resourceUngraded',
      article: '八',
    });
  });

  it('data obtained by sharing: refused until its provider’s consent stands (C4)', async () => {
    const id = await s.entry('640500-RES-shared', { obtained_by_sharing: true });
    const refused = refusal((await s.supply(department, { resource: id })).body);
    expect(refused).toMatchObject({ code: 'resourceUnconsented', article: '五' });
    await (s.db as never as { insertInto: (t: string) => any })
      .insertInto('sharing_consent')
      .values({
        ...{ id: 'c1', resource_id: id, provider_organisation: 'p', document_id: 'd', document_hash: 'h' },
        ...{ consented_on: '2024-01-01', scope: 's', recorded_by: 'b', recorded_at: new Date() },
      })
      .execute();
    expect((await s.supply(department, { resource: id })).statusCode).toBe(201);
  });
});

describe('[D1, 中卫 28] personal information and trade secrets go out treated', () => {
  const protectedFields = ['剩余车位', '车牌号', '运营成本'];
  const desensitised = { kind: 'desensitised', method: '哈希' };
  const ids: string[] = [];
  const fresh = async () => {
    const id = await s.entry(`640500-RES-treated-${ids.length}`);
    ids.push(id);
    return id;
  };

  it('untreated: every field is named, with the article', async () => {
    const answer = await s.supply(department, { resource: await fresh(), fields: protectedFields });
    expect(answer.statusCode).toBe(422);
    expect(refusal(answer.body)).toEqual({
      code: 'fieldNotTreated',
      article: '二十八',
      pointers: ['/body/fields/1', '/body/fields/2'],
    });
  });

  it('one treated, one not: the other alone is named', async () => {
    const treatments = { 车牌号: desensitised };
    const answer = await s.supply(department, {
      resource: await fresh(),
      fields: protectedFields,
      treatments,
    });
    expect(refusal(answer.body)).toMatchObject({ code: 'fieldNotTreated', pointers: ['/body/fields/2'] });
  });

  it('desensitised, or with the subjects’ authorisation on record: supplied', async () => {
    const treatments = {
      车牌号: { kind: 'subjectAuthorised', document: papers.consent },
      运营成本: desensitised,
    };
    const answer = await s.supply(department, {
      resource: await fresh(),
      fields: protectedFields,
      treatments,
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ treatments });
  });

  it('an authorisation of the subjects that is not on record does not count', async () => {
    const document = `sha256:${'8'.repeat(64)}`;
    const treatments = { 车牌号: { kind: 'subjectAuthorised', document }, 运营成本: desensitised };
    const answer = await s.supply(department, {
      resource: await fresh(),
      fields: protectedFields,
      treatments,
    });
    expect(refusal(answer.body)).toMatchObject({
      code: 'documentUnknown',
      pointers: ['/body/treatments/车牌号/document'],
    });
  });

  it.each(['important', 'core'])('%s data never go, treated or not', async (grade) => {
    const id = await s.entry(`640500-RES-${grade}`, { fields: [{ name: 'x', grade }] });
    const change = { resource: id, fields: ['x'], treatments: { x: desensitised } };
    expect(refusal((await s.supply(department, change)).body)).toMatchObject({
      code: 'resourceNeverEnters',
      pointers: ['/body/fields/0'],
    });
  });

  it('a name that stands twice in the entry is protected by either, and supplied once', async () => {
    const fields = [
      { name: 'Description', grade: 'personal' },
      { name: 'Description', grade: 'general' },
    ];
    const id = await s.entry('640500-RES-twice', { fields });
    const change = { resource: id, fields: ['Description', 'Description'] };
    expect(refusal((await s.supply(department, change)).body).code).toBe('fieldNotTreated');
    const treated = await s.supply(department, { ...change, treatments: { Description: desensitised } });
    expect(treated.json()).toMatchObject({ fields: ['Description'] });
  });

  it('ungraded and unknown fields are refused by name', async () => {
    const id = await s.entry('640500-RES-odd', { fields: [{ name: 'x', grade: null }] });
    expect(refusal((await s.supply(department, { resource: id, fields: ['x'] })).body)).toMatchObject({
      code: 'fieldUngraded',
      pointers: ['/body/fields/0'],
    });
    const unknown = { resource: id, fields: ['y'], treatments: { z: desensitised } };
    expect(refusal((await s.supply(department, unknown)).body)).toMatchObject({
      code: 'supplyFieldUnknown',
      pointers: ['/body/fields/0', '/body/treatments/z'],
    });
  });
});

describe('a field has one supply at a time', () => {
  it('the same field again is refused; other fields, or a later term, are not', async () => {
    const id = await s.entry('640500-RES-overlap');
    const first = { resource: id, fields: ['停车场名称'], until: '2024-06-30' };
    expect((await s.supply(department, first)).statusCode).toBe(201);
    const again = await s.supply(department, { resource: id, fields: ['剩余车位', '停车场名称'] });
    expect(again.statusCode).toBe(409);
    expect(refusal(again.body)).toMatchObject({ code: 'supplyOverlaps', pointers: ['/body/fields/1'] });
    expect((await s.supply(department, { resource: id, fields: ['剩余车位'] })).statusCode).toBe(201);
    const later = { resource: id, fields: ['停车场名称'], from: '2024-07-01' };
    expect((await s.supply(department, later)).statusCode).toBe(201);
  });

  it('twenty at once: one stands', async () => {
    const id = await s.entry('640500-RES-race');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => s.supply(department, { resource: id })),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(19);
  });
});

describe('[D1, 中卫 27] suspended on risk, restored after rectification', () => {
  const risk = [{ code: 'leak', text: '接口泄露' }];
  const rectification = [{ code: 'patched', text: '已修补' }];
  let no: string;
  let id: string;
  beforeAll(async () => {
    id = await s.entry('640500-RES-standing');
    no = (await s.supply(department, { resource: id })).json<{ supplyNo: string }>().supplyNo;
  });
  const act = (who: Parameters<Supplies['call']>[0], what: string, body: object) =>
    s.call(who, 'POST', `/v1/supplies/${no}/${what}`, { body });

  it('the bureau’s right, not the department’s', async () => {
    const answer = await act(department, 'suspension', { risk });
    expect(answer.statusCode).toBe(403);
    expect(refusal(answer.body)).toMatchObject({ code: 'supplySuspensionByOther', article: '二十七' });
    expect((await act(operator, 'suspension', { risk })).statusCode).toBe(403);
    expect((await act(wuhaiBureau, 'suspension', { risk })).statusCode).toBe(404);
    expect((await act(bureau, 'suspension', { risk: [] })).statusCode).toBe(400);
  });

  it('not suspended: not restored; suspended: not suspended again; restored with what was put right', async () => {
    const grant = await s.grant({ resource: id });
    await s.grant({ resource: id, fields: ['别的'] });
    expect(refusal((await act(bureau, 'restoration', { rectification })).body).code).toBe(
      'supplyNotSuspended',
    );
    expect((await act(bureau, 'suspension', { risk })).json()).toMatchObject({
      state: 'suspended',
      version: 2,
    });
    expect(refusal((await act(bureau, 'suspension', { risk })).body).code).toBe('supplySuspended');
    expect((await act(bureau, 'restoration', { rectification: [] })).statusCode).toBe(400);
    const document = papers.rectification;
    const restored = await act(bureau, 'restoration', { rectification, document });
    expect(restored.json()).toMatchObject({ state: 'active', version: 3 });
    const events = await s.events(no);
    expect(events.map(({ type }) => type.split('.').at(-2))).toEqual(['recorded', 'suspended', 'restored']);
    expect(events[1]?.data).toMatchObject({ grants: [grant], riskCodes: ['leak'], article: '第二十七条' });
    expect(events[0]?.data).toMatchObject({ article: '第十条' }); // the operator, who hears of it, stands nowhere here
    const notices = await s.rows(sql<object>`
      select distinct kind, article, instrument
      from platform.notice
      where data->>'supply' = ${no}
      order by kind`);
    expect(notices).toEqual(
      [
        ['supplyRestored', '第二十七条'],
        ['supplySuspended', '第二十七条'],
      ].map(([kind, article]) => ({ kind, article, instrument: expect.stringMatching(/^中卫市/) })),
    );
    expect(JSON.stringify(events)).not.toMatch(/泄露|修补/);
    const read = (await s.call(department, 'GET', `/v1/supplies/${no}`)).json<{ suspensions: object[] }>();
    expect(read.suspensions).toMatchObject([
      { risk, rectification, document, restoredAt: expect.any(String) },
    ]);
  });

  it('ended for good: nothing more is done with it', async () => {
    expect((await act(department, 'end', {})).json()).toMatchObject({ state: 'ended' });
    expect((await s.events(no)).at(-1)?.data).toMatchObject({ article: '第十条' });
    for (const [what, body] of [
      ['suspension', { risk }],
      ['restoration', { rectification }],
      ['end', {}],
    ] as const)
      expect(refusal((await act(bureau, what, body)).body).code).toBe('supplyEnded');
  });
});

describe('papers of a supply', () => {
  it('are filed under its number, and read by whom the supply concerns', async () => {
    const id = await s.entry('640500-RES-papers');
    const { supplyNo } = (await s.supply(department, { resource: id })).json<{ supplyNo: string }>();
    const filed = await s.rows(
      sql<object>`select hash, role, organisation from document_link where case_no = ${supplyNo}`,
    );
    expect(filed).toEqual([
      { hash: papers.authorisation, role: 'authorisation', organisation: 'dept-transport' },
    ]);
    expect(await supplyObjectOf(s.db, supplyNo)).toEqual({
      jurisdiction: 'zhongwei',
      owner: 'dept-transport',
    });
    expect(await supplyObjectOf(s.db, '640500-GS-2024-999999')).toBeUndefined();
  });
});

describe('the list of supplies', () => {
  it('a department sees its own, others of the city all, another city and merchants nothing', async () => {
    const items = async (who: Parameters<Supplies['call']>[0], query = '') =>
      (await s.call(who, 'GET', `/v1/supplies${query}`)).json<{ items: { supplyNo: string }[] }>().items;
    const all = await items(department);
    expect(all.length).toBeGreaterThan(3);
    expect(all.map(({ supplyNo }) => supplyNo)).toEqual(
      all
        .map(({ supplyNo }) => supplyNo)
        .toSorted()
        .reverse(),
    );
    expect(await items(health)).toEqual([]);
    expect(await items(wuhaiBureau)).toEqual([]);
    for (const who of [bureau, operator, auditor]) expect(await items(who)).toHaveLength(all.length);
    expect((await s.call(merchant, 'GET', '/v1/supplies')).statusCode).toBe(403);
    expect(await items(bureau, '?state=ended&resource=640500-RES-standing')).toHaveLength(1);
    expect((await s.call(health, 'GET', `/v1/supplies/${all[0]?.supplyNo}`)).statusCode).toBe(404);
  });

  it('page by page, and as CSV', async () => {
    const first = await s.call(bureau, 'GET', '/v1/supplies?limit=2');
    const { items, next } = first.json<{ items: { supplyNo: string }[]; next: string }>();
    const second = (await s.call(bureau, 'GET', `/v1/supplies?limit=2&cursor=${next}`)).json<typeof first>();
    expect(items).toHaveLength(2);
    expect(JSON.stringify(second)).not.toContain(items[1]?.supplyNo);
    const csv = await s.call(bureau, 'GET', '/v1/supplies', { headers: { accept: 'text/csv' } });
    expect(csv.body).toContain('供数编号,目录编号');
  });
});

describe('a supply whose last day is over', () => {
  it('has ended, in every reading, and nothing more is done with it', async () => {
    const id = `${resource}-past`;
    await s.entry(id);
    const made = await s.supply(department, { resource: id, from: '2024-03-01', until: '2024-03-05' });
    expect(made.json()).toMatchObject({ state: 'active', endedAt: null });
    const { supplyNo } = made.json<{ supplyNo: string }>();
    await s.moveTo('2024-03-06T00:00:00+08:00');
    const over = { state: 'ended', endedAt: '2024-03-06T00:00:00+08:00' };
    expect((await s.call(department, 'GET', `/v1/supplies/${supplyNo}`)).json()).toMatchObject(over);
    const listed = async (state: string) =>
      (await s.call(bureau, 'GET', `/v1/supplies?resource=${id}&state=${state}`)).json<{ items: object[] }>()
        .items;
    expect(await listed('active')).toEqual([]);
    expect(await listed('ended')).toMatchObject([over]);
    const body = { risk: [{ code: 'leak', text: '泄露' }] };
    const suspended = await s.call(bureau, 'POST', `/v1/supplies/${supplyNo}/suspension`, { body });
    expect(refusal(suspended.body).code).toBe('supplyEnded');
  });
});
