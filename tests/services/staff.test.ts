import { sql } from 'kysely';
import { refusalOf } from './law-support.ts';
import { paper, peopleIn, type RegisterCity, type Registers, startRegisters } from './registers-support.ts';
import type { Who } from './resources-support.ts';

let r: Registers;
jest.setTimeout(60_000);
beforeAll(async () => {
  r = await startRegisters();
}, 60_000);
afterAll(() => r?.stop());

const { operator, bureau, merchant, department, auditor } = peopleIn('wuhai');
// The example of GB 11643-1999.
const number = '11010519491231002X';
let accounts = 0;
const register = async (who: Who = operator): Promise<string> => {
  accounts += 1;
  const answer = await r.post(who, '/v1/staff', { account: `worker-${accounts}`, name: '张三' });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ staff: string }>().staff;
};
const identity = { how: 'idCard', number, on: '2024-02-01', document: paper };
const vetting = { result: 'passed', on: '2024-02-10', until: '2024-06-30', document: paper };
const confidentiality = { on: '2024-02-12', until: '2025-02-11', document: paper };
const put = (id: string, path: string, body: object, who: Who = operator) =>
  r.post(who, `/v1/staff/${id}/${path}`, body);
const all: [path: string, body: object][] = [
  ['identity', identity],
  ['filing', { on: '2024-02-05' }],
  ['vetting', vetting],
  ['confidentiality', confidentiality],
];
/** A person with all on record, save what is left out. */
const readied = async (left?: string, who: Who = operator): Promise<string> => {
  const id = await register(who);
  for (const [path, body] of all)
    if (path !== left) {
      const answer = await put(id, path, body, who);
      if (answer.statusCode !== 200) throw new Error(answer.body);
    }
  return id;
};
const assign = (id: string, change: object = {}, who: Who = operator) =>
  put(
    id,
    'assignments',
    { kind: 'grant', subject: '150300-SY-2024-000001', from: '2024-03-01', until: '2024-05-31', ...change },
    who,
  );

describe('[D4 wuhai] 八（三）: real-name, filed, vetted, bound to confidentiality, with its acts on record', () => {
  it('whoever has it all is assigned, and what is done is recorded', async () => {
    const id = await readied();
    const assignment = (await assign(id)).json<{ assignment: string }>().assignment;
    const done = await put(id, 'acts', { assignment, act: 'processing', note: '清洗' });
    expect(done.json()).toMatchObject({ act: 'processing', subject: '150300-SY-2024-000001' });
    const read = await r.call(bureau, 'GET', `/v1/staff/${id}`);
    expect(read.json()).toMatchObject({
      ...{ name: '张三', state: 'active', lacking: [], filedOn: '2024-02-05' },
      identity: { how: 'idCard', on: '2024-02-01', until: null },
      ...{ vetting: { result: 'passed', until: '2024-06-30' }, assignments: [{ assignment }] },
    });
    expect((await r.call(auditor, 'GET', `/v1/staff/${id}/acts`)).json()).toMatchObject({
      items: [{ act: 'processing', note: '清洗' }],
    });
  });

  it('the number of the card stands nowhere, in no answer, table or event; it can be compared', async () => {
    const id = await readied();
    // Nor a hash of it in the record of requests, for that one has no salt.
    const requests = await r.count('idempotency');
    await put(id, 'identity', identity);
    expect(await r.count('idempotency')).toBe(requests);
    const { rows } = await sql<{ text: string }>`
      select (select string_agg(s::text, '') from staff s) || (select string_agg(o::text, '') from outbox o)
        || (select string_agg(i::text, '') from idempotency i) as text`.execute(r.db);
    expect(rows[0]?.text).not.toContain(number);
    const events = JSON.stringify(await r.events(id));
    expect(events).not.toMatch(/张三|worker-/);
    const { body } = await r.call(operator, 'GET', `/v1/staff/${id}`);
    expect(body).not.toMatch(/salt|"hash"/);
    const compare = async (one: string) =>
      (await put(id, 'identity/comparison', { number: one }, bureau)).json<{ same: boolean }>().same;
    expect([await compare(number), await compare('110105194912310021')]).toEqual([true, false]);
  });

  it('an assignment ends early, or with the person’s departure; then nothing more is recorded', async () => {
    const id = await readied();
    const first = (await assign(id)).json<{ assignment: string }>().assignment;
    expect((await put(id, `assignments/${first}/end`, {})).json()).toMatchObject({
      endedAt: expect.any(String),
    });
    expect(refusalOf(await put(id, `assignments/${first}/end`, {})).code).toBe('assignmentEnded');
    expect(refusalOf(await put(id, 'acts', { assignment: first, act: 'access' }))).toMatchObject({
      ...{ status: 409, code: 'staffNotAssigned', article: '八（三）' },
    });
    expect((await r.post(operator, `/v1/staff/${id}/departure`)).json()).toMatchObject({ state: 'left' });
    for (const answer of [await assign(id), await put(id, 'vetting', vetting)])
      expect(refusalOf(answer)).toMatchObject({ status: 409, code: 'staffLeft' });
  });
});

describe('[D4 wuhai refuses] 八（三）: an assignment without any of it', () => {
  it.each([
    ['identity', 'identityNotVerified'],
    ['filing', 'staffNotFiled'],
    ['vetting', 'staffNotVetted'],
    ['confidentiality', 'confidentialityMissing'],
  ])('without %s: %s', async (left, code) => {
    const id = await readied(left);
    expect(refusalOf(await assign(id))).toEqual({
      ...{ status: 409, code, article: '八（三）', pointers: ['/path/staffId'] },
    });
  });

  it('vetted and failed; the newest result counts', async () => {
    const id = await readied();
    await put(id, 'vetting', { ...vetting, result: 'failed' }, bureau);
    expect(refusalOf(await assign(id))).toMatchObject({ code: 'staffNotVetted' });
    await put(id, 'vetting', vetting);
    expect((await assign(id)).statusCode).toBe(201);
  });

  it('run out on the law’s clock: on the last day still, the day after no more', async () => {
    const id = await readied();
    const began = r.clock.now;
    r.clock.now = new Date('2024-06-30T23:59:00+08:00');
    const term = { from: '2024-06-30', until: '2024-07-31' };
    expect((await assign(id, term)).statusCode).toBe(201);
    r.clock.now = new Date('2024-07-01T00:00:00+08:00');
    expect(refusalOf(await assign(id, term))).toMatchObject({ code: 'staffNotVetted' });
    expect((await r.call(bureau, 'GET', `/v1/staff/${id}`)).json()).toMatchObject({ lacking: ['vetted'] });
    r.clock.now = began;
    // One that begins after the vetting has run out.
    expect(refusalOf(await assign(id, { from: '2024-07-01', until: '2024-07-31' }))).toMatchObject({
      code: 'staffNotVetted',
    });
  });

  it('nothing at all: everything lacking is named', async () => {
    const answer = await assign(await register());
    expect(answer.json()).toMatchObject({
      code: 'identityNotVerified',
      errors: [
        { code: 'identityNotVerified' },
        { code: 'staffNotFiled' },
        { code: 'staffNotVetted' },
        { code: 'confidentialityMissing' },
      ],
    });
  });
});

describe('elsewhere, others, and what cannot be taken', () => {
  it.each(['national', 'zhongwei', 'shuozhou'] as RegisterCity[])(
    '%s: its text sets no conditions for each person',
    async (city) => {
      const who = peopleIn(city).operator;
      expect((await assign(await register(who), {}, who)).statusCode).toBe(201);
    },
  );

  it('each body its own people; the bureau reads and vets, and manages none', async () => {
    const id = await readied();
    expect((await r.call(merchant, 'GET', `/v1/staff/${id}`)).statusCode).toBe(404);
    expect((await r.call(merchant, 'GET', '/v1/staff')).json()).toMatchObject({ items: [] });
    expect((await r.call(department, 'GET', '/v1/staff')).statusCode).toBe(403);
    expect((await assign(id, {}, bureau)).statusCode).toBe(403);
    expect((await put(id, 'vetting', vetting, bureau)).statusCode).toBe(200);
    expect((await r.call(peopleIn('zhongwei').bureau, 'GET', `/v1/staff/${id}`)).statusCode).toBe(404);
    const csv = await r.call(bureau, 'GET', '/v1/staff', { headers: { accept: 'text/csv' } });
    expect(csv.body).toContain('张三');
  });

  it('an account stands once', async () => {
    const body = { account: 'only-once', name: '李四' };
    expect((await r.post(operator, '/v1/staff', body)).statusCode).toBe(201);
    expect(refusalOf(await r.post(operator, '/v1/staff', body))).toMatchObject({ code: 'staffStands' });
    expect((await r.post(merchant, '/v1/staff', body)).statusCode).toBe(201);
  });

  it('bad input is refused at its place', async () => {
    const id = await register();
    for (const [path, body] of [
      ['identity', { ...identity, on: '2024-02-30' }],
      ['vetting', { ...vetting, result: 'maybe' }],
      ['confidentiality', { ...confidentiality, document: 'x' }],
      ['assignments', { kind: 'grant', subject: 'x', from: '2024-05-02', until: '2024-05-01' }],
      ['acts', { assignment: 'x', act: 'access' }],
    ] as const)
      expect((await put(id, path, body)).statusCode).toBe(400);
    for (const [path, body, pointer] of [
      ['identity', { ...identity, on: '2024-03-02' }, '/body/on'],
      ['vetting', { ...vetting, until: '2024-02-29' }, '/body/until'],
      ['assignments', { kind: 'task', subject: 'x', from: '2024-01-01', until: '2024-02-29' }, '/body/until'],
    ] as const)
      expect(refusalOf(await put(id, path, body))).toMatchObject({
        ...{ status: 422, code: 'staffDateWrong', pointers: [pointer] },
      });
    expect(
      refusalOf(await put(id, 'vetting', { ...vetting, document: `sha256:${'0'.repeat(64)}` })),
    ).toMatchObject({
      code: 'documentUnknown',
      pointers: ['/body/document'],
    });
    expect(refusalOf(await put(id, 'identity', { ...identity, number: '110105194912310021' }))).toMatchObject(
      {
        ...{ status: 422, code: 'identityNumberWrong', pointers: ['/body/number'] },
      },
    );
    expect((await put('RY-x', 'acts', {})).statusCode).toBe(400);
  });
});
