import { conflictsOf } from '@gongshu/infra/experts/conflicts';
import { drawCommittee } from '@gongshu/shared/selection/draw';
import { usccNo } from './onboarding-support.ts';
import {
  auditor,
  bureauAccount,
  expertNo,
  expertWho,
  people,
  type Pool,
  refusal,
  startPool,
} from './experts-support.ts';
import { bodiesOf } from './resources-support.ts';

let city: Pool;
jest.setTimeout(90_000);
beforeAll(async () => {
  city = await startPool();
});
afterAll(() => city?.stop());
const { bureau, department, operator } = people;
const patch = async (url: string, body: object, version?: number) => {
  const headers = version === undefined ? {} : { 'if-match': `"${version}"` };
  const answer = await city.call(bureau, 'PATCH', url, { body, headers });
  return { status: answer.statusCode, ...answer.json<Record<string, unknown>>() };
};

describe('experts are registered by list (O3)', () => {
  it('all or none; the same list twice changes nothing; events name nobody', async () => {
    const list = [
      expertNo(1),
      expertNo(2),
      expertNo(3),
      expertNo(8, { kind: 'department', organisation: 'dept-transport', institution: 'government' }),
    ];
    expect(await city.pool(list)).toMatchObject({ status: 201, registered: 4, unchanged: 0 });
    expect(await city.pool(list)).toMatchObject({ status: 201, registered: 0, unchanged: 4 });
    const told = await city.events('expert.registered.v1');
    expect(told).toHaveLength(4);
    expect(told).toContainEqual({
      ...{ expert: 'zj-1', organisation: 'institute-1', kind: 'outside', institution: 'university' },
      at: '2024-03-01T10:00:00+08:00',
    });
    expect(JSON.stringify(told)).not.toMatch(/专家|数据安全/);
  });

  it.each<[string, object, number, string, string]>([
    [
      'other content under a known id',
      { id: 'zj-1', account: 'expert-1' },
      409,
      'expertDiffers',
      '/body/experts/1 expertDiffers',
    ],
    [
      'another expert’s account',
      { account: 'expert-1' },
      409,
      'expertDiffers',
      '/body/experts/1/account expertDiffers',
    ],
    [
      'a department nobody registered',
      { kind: 'department', institution: 'government', organisation: 'none' },
      422,
      'expertNotOfDepartment',
      '/body/experts/1/organisation expertNotOfDepartment',
    ],
    [
      'someone of a department as an outside expert',
      { organisation: 'dept-transport' },
      422,
      'expertNotOutside',
      '/body/experts/1/organisation expertNotOutside',
    ],
    [
      'an outside expert of the government',
      { institution: 'government' },
      400,
      'invalidRequest',
      '/body/experts/1/institution institutionByKind',
    ],
    ['an account twice', { account: 'new-1' }, 400, 'invalidRequest', '/body/experts/1/account repeated'],
    [
      'a credit code that is none',
      { organisationUscc: '91640500MA00000000' },
      400,
      'invalidRequest',
      '/body/experts/1/organisationUscc usccCheckDigit',
    ],
  ])(
    '%s is refused by its place, and nothing of the list is kept',
    async (_name, change, status, code, at) => {
      const fresh = expertNo(90, { id: 'new-1', account: 'new-1' });
      const answer = await city.pool([fresh, expertNo(91, { id: 'new-2', account: 'new-2', ...change })]);
      expect(refusal(answer)).toMatchObject({ status, code, at: [at] });
      expect((await city.get(bureau, '/v1/experts/new-1')).status).toBe(404);
    },
  );

  it('are read by bureau, auditor and supervision, by nobody else, and in no other city', async () => {
    const statuses = async (who: Parameters<Pool['get']>[0]) => [
      (await city.get(who, '/v1/experts')).status,
      (await city.get(who, '/v1/experts/zj-1')).status,
    ];
    expect(await statuses(bureau)).toEqual([200, 200]);
    expect(await statuses(auditor())).toEqual([200, 200]);
    expect(await statuses(department)).toEqual([403, 403]);
    expect(await statuses(operator)).toEqual([403, 403]);
    expect(await statuses(null)).toEqual([401, 401]);
    expect((await city.get(bodiesOf('wuhai').bureau, '/v1/experts/zj-1')).status).toBe(404);
    expect((await city.get(bodiesOf('wuhai').bureau, '/v1/experts'))['items']).toEqual([]);
  });

  it('page by page, by kind and state, and as CSV', async () => {
    const { items, next } = await city.get(bureau, '/v1/experts?limit=2');
    expect(items.map(({ id }: { id: string }) => id)).toEqual(['zj-1', 'zj-2']);
    const rest = await city.get(bureau, `/v1/experts?limit=2&cursor=${next}`);
    expect(rest['items'].map(({ id }: { id: string }) => id)).toEqual(['zj-3', 'zj-8']);
    expect((await city.get(bureau, '/v1/experts?kind=department'))['items']).toHaveLength(1);
    const csv = await city.call(bureau, 'GET', '/v1/experts', { headers: { accept: 'text/csv' } });
    expect(csv.body).toContain('专家1');
    expect((await city.get(bureau, '/v1/experts?cursor=x')).status).toBe(400);
  });
});

describe('an entry is changed from the version it was read in', () => {
  it('changed, suspended, restored; each is told once', async () => {
    expect(await patch('/v1/experts/zj-2', { phone: '0955-1234567' })).toMatchObject({ status: 428 });
    expect(await patch('/v1/experts/zj-2', { phone: '0955-1234567' }, 9)).toMatchObject({ status: 412 });
    expect(
      await patch('/v1/experts/zj-2', { phone: '0955-1234567', specialities: ['运营'] }, 1),
    ).toMatchObject({
      ...{ status: 200, phone: '0955-1234567', specialities: ['运营'] },
    });
    expect(await patch('/v1/experts/zj-2', { organisation: 'dept-transport' }, 2)).toMatchObject({
      ...{ status: 422, code: 'expertNotOutside' },
    });
    const reason = { code: 'retired', text: '退休' };
    expect(await city.post(bureau, '/v1/experts/zj-2/suspension', reason)).toMatchObject({
      ...{ status: 200, state: 'suspended', reasonCode: 'retired' },
    });
    expect(await city.post(bureau, '/v1/experts/zj-2/suspension', reason)).toMatchObject({
      ...{ status: 409, code: 'expertSuspended' },
    });
    expect(await city.post(bureau, '/v1/experts/zj-2/restoration')).toMatchObject({
      state: 'standing',
      reasonCode: null,
    });
    expect(await city.post(bureau, '/v1/experts/zj-2/restoration')).toMatchObject({ code: 'expertStands' });
    expect(await city.events('expert.changed.v1')).toMatchObject([
      { changedFields: ['phone', 'specialities'] },
    ]);
    expect(JSON.stringify(await city.events('expert.suspended.v1'))).not.toContain('退休');
    expect(await city.events('expert.restored.v1')).toHaveLength(1);
  });
});

describe('conflicts of interest (O3; 招标投标法 三十七)', () => {
  const bodies = ['merchant-1', 'merchant-2', 'merchant-3', 'merchant-4', 'operator'];
  const conflicts = async (expert: string, on = '2024-03-01') =>
    (await conflictsOf(city.db, { jurisdiction: 'zhongwei', expert, bodies, on })).map(
      ({ body, kind, by }) => [...[body, kind], by.length],
    );

  it('declared by the expert alone, once, under the body’s id or credit code', async () => {
    const declare = (who: Parameters<Pool['post']>[0], body: object) =>
      city.post(who, '/v1/experts/zj-1/conflicts', { ground: 'kinship', ...body });
    expect(await conflicts('zj-1')).toEqual([]);
    expect(await declare(expertWho(1), { body: usccNo(2), note: '配偶任职' })).toMatchObject({
      status: 201,
      expert: 'zj-1',
    });
    expect(await declare(expertWho(1), { body: usccNo(2) })).toMatchObject({
      status: 409,
      code: 'conflictDeclared',
    });
    expect((await declare(expertWho(2), { body: 'merchant-1' })).status).toBe(404);
    expect(
      (await declare({ ...expertWho(1), subject: 'colleague' } as never, { body: 'merchant-1' })).status,
    ).toBe(404);
    expect((await declare(bureau, { body: 'merchant-1' })).status).toBe(403);
    expect(await conflicts('zj-1')).toEqual([['merchant-2', 'declared', 1]]);
    expect((await city.get(bureau, '/v1/experts/zj-1/conflicts'))['items']).toMatchObject([
      { note: '配偶任职' },
    ]);
    expect(JSON.stringify(await city.events('expert.conflictDeclared.v1'))).not.toContain('配偶');
  });

  it('by employment: the bidder is the employer, by id or by credit code', async () => {
    await city.pool([expertNo(4, { organisation: 'merchant-1', institution: 'enterprise' })]);
    await city.pool([expertNo(5, { organisationUscc: usccNo(3), institution: 'enterprise' })]);
    expect(await conflicts('zj-4')).toEqual([['merchant-1', 'employment', 0]]);
    expect(await conflicts('zj-5')).toEqual([['merchant-3', 'employment', 0]]);
  });

  it('by ownership: up to the last owner and down again, round in circles, once confirmed and while it lasts', async () => {
    // institute-3 ← holding ← group → sub → merchant-4; the group is owned by its own sub in turn.
    const group = usccNo(77);
    for (const [owner, owned] of [
      ['holding', 'institute-3'],
      [group, 'holding'],
      [group, 'sub'],
      ['sub', group],
    ] as const)
      expect(await city.own(owner, owned)).toMatchObject({ status: 200, state: 'confirmed' });
    const last = await city.own('sub', 'merchant-4', {
      confirmed: false,
      kind: 'share',
      shareBasisPoints: 500,
      from: '2024-02-01',
    });
    expect(await conflicts('zj-3')).toEqual([]);
    await city.post(bureauAccount('a-2'), `/v1/ownership-links/${last['link']}/confirmation`);
    expect(await conflicts('zj-3')).toEqual([['merchant-4', 'ownership', 4]]);
    expect(await conflicts('zj-3', '2024-01-31')).toEqual([]);
    await city.post(bureau, `/v1/ownership-links/${last['link']}/end`, { until: '2024-03-01' });
    expect(await conflicts('zj-3')).toHaveLength(1);
    expect(await conflicts('zj-3', '2024-03-02')).toEqual([]);
  });

  it('a link on a body’s credit code holds for the body registered under it', async () => {
    await city.own('holding', usccNo(5));
    const found = await conflictsOf(city.db, {
      ...{ jurisdiction: 'zhongwei', expert: 'zj-3', bodies: ['merchant-5', usccNo(5)], on: '2024-03-01' },
    });
    expect(found.map(({ body, kind }) => [body, kind])).toEqual([
      ['merchant-5', 'ownership'],
      [usccNo(5), 'ownership'],
    ]);
  });

  it('another city’s links and experts count for nothing here', async () => {
    expect(
      await conflictsOf(city.db, { jurisdiction: 'wuhai', expert: 'zj-3', bodies, on: '2024-03-01' }),
    ).toEqual([]);
  });

  it('a committee is drawn from who is left', async () => {
    const { items } = await city.get(bureau, '/v1/experts?kind=outside&state=standing');
    const pool = items as { id: string; organisation: string }[];
    const out = await Promise.all(pool.map(async ({ id }) => ((await conflicts(id)).length > 0 ? [id] : [])));
    const draw = {
      pool,
      seed: '0'.repeat(64),
      size: 3,
      odd: true,
      expertsAtLeast: [1, 1] as const,
      departments: null,
    };
    const answer = drawCommittee({ ...draw, excluded: out.flat() });
    expect(answer).toEqual({
      missing: [{ code: 'tooFewExperts', needed: 3, found: pool.length - out.flat().length }],
    });
    expect(drawCommittee({ ...draw, excluded: [] })).toHaveProperty('members');
  });
});
