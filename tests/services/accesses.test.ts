import { createHash } from 'node:crypto';
import { verifyCommand } from '@gongshu/cli/verify-command';
import { createAsker } from '@gongshu/service-catalog/accesses/asker';
import { verifyAccesses } from '@gongshu/service-catalog/accesses/verify';
import { sql } from 'kysely';
import {
  bureau,
  department,
  merchant,
  operator,
  papers,
  purpose,
  refusal,
  resource,
  startSupplies,
  type Supplies,
} from './access-support.ts';

let s: Supplies;
let active: string;
jest.setTimeout(60_000);
beforeAll(async () => {
  s = await startSupplies();
  await s.entry(resource);
  for (const one of Object.values(papers)) {
    await s.document(department, one);
    await s.document(bureau, one);
  }
  await s.supplied('640500-GS-2024-900001', ['停车场名称', '剩余车位']);
  active = await s.grant();
}, 60_000);
afterAll(() => s?.stop());

type Answer = {
  permitted: boolean;
  code?: string;
  access: string;
  article?: { article: string };
  trace: string;
};
const told = async (no: string, change: object = {}): Promise<Answer> => {
  const answer = await s.ask(no, change);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<Answer>();
};
const traces = (no: string) =>
  s
    .rows(sql<{ count: number }>`select count(*) as count from access where grant_no = ${no}`)
    .then(([row]) => row?.count ?? 0);

describe('[A8, D2; 中卫 22, 28] asked before data are served, traced before it is answered', () => {
  it('within the grant: permitted, with its trace as it can be read', async () => {
    const answer = await told(active);
    expect(answer).toMatchObject({ permitted: true, answeredAt: '2024-03-01T10:00:00+08:00' });
    const read = await s.call(operator, 'GET', `/v1/accesses/${answer.access}`);
    expect(read.json()).toEqual({
      ...answer,
      grantNo: active,
      fields: [{ resource, fields: ['停车场名称'] }],
      ...{ purpose, by: 'account-7', at: '2024-03-01T10:00:00+08:00' },
    });
  });

  type Refused = {
    name: string;
    code: string;
    article?: string;
    grant?: Parameters<Supplies['grant']>[0];
    asked?: object;
    beyond?: object;
  };
  const beyond = (fields: string[]) => [{ resource, fields }];
  it.each([
    {
      name: 'not begun',
      code: 'grantNotStarted',
      article: '二十二',
      grant: { starts: '2024-03-01T10:00:01+08:00' },
    },
    {
      name: 'expired',
      code: 'grantExpired',
      article: '二十二',
      grant: { ends: '2024-03-01T10:00:00+08:00' },
    },
    { name: 'another purpose', code: 'purposeBeyondGrant', article: '二十二', asked: { purpose: '营销' } },
    {
      name: 'a field beyond',
      ...{ code: 'fieldBeyondGrant', article: '二十二', asked: { fields: beyond(['停车场名称', '车牌号']) } },
      beyond: beyond(['车牌号']),
    },
    {
      name: 'a masked field',
      ...{ code: 'fieldMasked', article: '二十二', asked: { fields: beyond(['剩余车位']) } },
      ...{ grant: { fields: ['停车场名称'], masked: ['剩余车位'] }, beyond: beyond(['剩余车位']) },
    },
    {
      name: 'a field not supplied',
      ...{ code: 'supplyMissing', article: '十', asked: { fields: beyond(['车牌号']) } },
      ...{ grant: { fields: ['车牌号'] }, beyond: beyond(['车牌号']) },
    },
    { name: 'stated long ago', code: 'atTooFar', asked: { at: '2024-03-01T09:54:59+08:00' } },
  ] as Refused[])(
    '$name: refused, traced, with the article',
    async ({ code, article, grant, asked, beyond: named }) => {
      const no = await s.grant(grant);
      const answer = await told(no, asked);
      expect(answer).toMatchObject({
        ...{ permitted: false, code, reason: { zh: expect.any(String), en: expect.any(String) } },
        ...(article && { article: { article } }),
        ...(named && { beyond: named }),
      });
      expect(await traces(no)).toBe(1);
    },
  );

  it('ended early, suspended, merchant suspended or gone: refused at the next question, permitted again once lifted', async () => {
    const no = await s.grant({ merchant: 'merchant-9' });
    const code = async () => (await told(no)).code;
    expect(await code()).toBeUndefined();
    await s.rows(sql`insert into use_grant_suspension (id, grant_no, cause, reasons, from_at)
      values ('z1', ${no}, 'overreach', '[]', now())`);
    expect(await code()).toBe('grantSuspended');
    await s.rows(sql`update use_grant_suspension set lifted_at = now() where id = 'z1'`);
    expect(await code()).toBeUndefined();
    await s.rows(sql`insert into merchant values ('zhongwei', 'merchant-9', 'suspended', now())`);
    expect(await code()).toBe('merchantSuspended');
    await s.rows(sql`update merchant set standing = 'enrolled' where organisation = 'merchant-9'`);
    expect(await code()).toBeUndefined();
    await s.rows(sql`update merchant set standing = 'exited' where organisation = 'merchant-9'`);
    expect(await code()).toBe('merchantExited');
    await s.rows(sql`update merchant set standing = 'enrolled' where organisation = 'merchant-9'`);
    await s.rows(
      sql`update use_grant set state = 'ended', end_kind = 'endedEarly', ended_at = now() where grant_no = ${no}`,
    );
    expect(await code()).toBe('grantEnded');
  });

  it('a supply suspended on risk stops every grant over it, and only its fields; restored, it serves again', async () => {
    const id = await s.entry('640500-RES-risky');
    const { supplyNo } = (await s.supply(department, { resource: id, fields: ['停车场名称'] })).json<{
      supplyNo: string;
    }>();
    await s.supply(department, { resource: id, fields: ['剩余车位'] });
    const grants = [await s.grant({ resource: id }), await s.grant({ resource: id })];
    const ask = (no: string, field: string) => told(no, { fields: [{ resource: id, fields: [field] }] });
    await s.call(bureau, 'POST', `/v1/supplies/${supplyNo}/suspension`, {
      body: { risk: [{ code: 'leak', text: '泄露' }] },
    });
    for (const no of grants) {
      expect(await ask(no, '停车场名称')).toMatchObject({
        code: 'supplySuspended',
        article: { article: '二十七' },
      });
      expect(await ask(no, '剩余车位')).toMatchObject({ permitted: true });
    }
    const rectification = [{ code: 'patched', text: '已修补' }];
    await s.call(bureau, 'POST', `/v1/supplies/${supplyNo}/restoration`, { body: { rectification } });
    expect(await ask(grants[0] ?? '', '停车场名称')).toMatchObject({ permitted: true });
    await s.call(department, 'POST', `/v1/supplies/${supplyNo}/end`);
    expect(await ask(grants[1] ?? '', '停车场名称')).toMatchObject({ code: 'supplyMissing' });
  });
});

describe('[D4 wuhai] 八（三）: raw data stays unseen by whoever processes it', () => {
  const person = `RY-${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`;
  const wuhaiOperator = { ...operator, jurisdiction: 'wuhai' } as const;
  const grantIn = async (): Promise<string> => {
    const no = await s.grant({ jurisdiction: 'wuhai' });
    await s.rows(sql`
      insert into supply (supply_no, jurisdiction, resource_id, department, authorisation, fields, from_on, until_on,
        starts_at, ends_at, recorded_by, recorded_at)
      values ('150300-GS-2024-900001', 'wuhai', ${resource}, 'dept-transport', '{}', ${['停车场名称']}, '2024-01-01',
        '2024-12-31', '2024-01-01T00:00:00+08:00', '2025-01-01T00:00:00+08:00', 'someone', now())
      on conflict do nothing`);
    return no;
  };
  const ask = async (no: string, change: object) =>
    (await s.ask(no, change, undefined, wuhaiOperator)).json<Answer>();

  it('desensitised it is served, and the trace says to whom', async () => {
    const no = await grantIn();
    const answer = await ask(no, { person, view: 'desensitised' });
    expect(answer).toMatchObject({ permitted: true });
    const read = await s.call(wuhaiOperator, 'GET', `/v1/accesses/${answer.access}`);
    expect(read.json()).toMatchObject({ person, view: 'desensitised' });
    expect(await ask(no, {})).toMatchObject({ permitted: true });
    expect(await verifyAccesses(s.db)).toMatchObject({ broken: [] });
  });

  it('[D4 wuhai refuses] raw, or nothing said of how: refused with the article, and traced', async () => {
    const no = await grantIn();
    for (const view of [{ view: 'raw' }, {}])
      expect(await ask(no, { person, ...view })).toMatchObject({
        ...{ permitted: false, code: 'rawNotVisible', article: { article: '八（三）' } },
        beyond: [{ resource, fields: ['停车场名称'] }],
      });
    expect(await traces(no)).toBe(2);
    expect(await told(active, { person, view: 'raw' })).toMatchObject({ permitted: true });
    expect((await s.ask(active, { person: '张三' })).statusCode).toBe(400);
  });
});

describe('whose grant it is', () => {
  it('another operator, another city, an unknown grant: 404 and no trace; other roles: 403', async () => {
    const other = { roles: ['operator'], organisation: 'operator-2' } as const;
    const wuhai = { roles: ['operator'], organisation: 'operator', jurisdiction: 'wuhai' } as const;
    const before = await traces(active);
    for (const who of [other, wuhai]) expect((await s.ask(active, {}, undefined, who)).statusCode).toBe(404);
    expect((await s.ask('640500-SY-2024-999999')).statusCode).toBe(404);
    for (const who of [merchant, department, bureau])
      expect((await s.ask(active, {}, undefined, who)).statusCode).toBe(403);
    expect((await s.ask(active, {}, undefined, null)).statusCode).toBe(401);
    expect(await traces(active)).toBe(before);
  });

  it('read by its merchant, its operator, its reviewer, the bureau; by nobody else', async () => {
    const { access } = await told(active);
    const stranger = { roles: ['merchant'], organisation: 'merchant-2' } as const;
    for (const url of [`/v1/accesses/${access}`, `/v1/grants/${active}/accesses`]) {
      for (const who of [merchant, operator, department, bureau])
        expect((await s.call(who, 'GET', url)).statusCode).toBe(200);
      expect((await s.call(stranger, 'GET', url)).statusCode).toBe(404);
      expect((await s.call({ ...bureau, jurisdiction: 'wuhai' }, 'GET', url)).statusCode).toBe(404);
    }
    expect(
      (await s.call(bureau, 'GET', '/v1/accesses/00000000-0000-4000-8000-000000000000')).statusCode,
    ).toBe(404);
  });

  it('read by the source department too whose data a county reviews: where they go is theirs to know', async () => {
    const no = await s.grant();
    await sql`
      update use_grant_resource set reviewer_organisation = 'county-bureau-1' where grant_no = ${no}`.execute(
      s.owner,
    );
    const county = { roles: ['countyBureau'], organisation: 'county-bureau-1' } as const;
    const health = { roles: ['sourceDepartment'], organisation: 'dept-health' } as const;
    const read = async (who: typeof county | typeof health | typeof department) =>
      (await s.call(who, 'GET', `/v1/grants/${no}/accesses`)).statusCode;
    expect([await read(department), await read(county), await read(health)]).toEqual([200, 200, 404]);
  });

  it('nothing that can be sent breaks it', async () => {
    for (const change of [
      { at: '2024-02-30T00:00:00Z' },
      { by: '张三' },
      { fields: [] },
      { fields: [{ resource, fields: ['a\u0000'] }] },
      { purpose: '' },
      { more: 1 },
    ])
      expect((await s.ask(active, change)).statusCode).toBe(400);
    expect((await s.ask('x')).statusCode).toBe(400);
    expect((await s.ask(active, { at: '0001-01-01T00:00:00Z' })).json()).toMatchObject({ code: 'atTooFar' });
    expect((await s.ask(active, { at: '0000-01-01T00:00:00Z' })).json()).toMatchObject({
      errors: [{ pointer: '/body/at', code: 'instantOutOfRange' }],
    });
  });
});

describe('the list of accesses', () => {
  it('newest first, filtered, page by page, as CSV', async () => {
    const no = await s.grant();
    const answers = [await told(no), await told(no, { purpose: '营销' }), await told(no)];
    const list = async (query = '') =>
      (await s.call(bureau, 'GET', `/v1/grants/${no}/accesses${query}`)).json<{
        items: { access: string }[];
        next: string | null;
      }>();
    const ids = ({ items }: { items: { access: string }[] }) => items.map(({ access }) => access);
    const newest = answers.map(({ access }) => access).toReversed();
    expect(ids(await list())).toEqual(newest);
    expect(ids(await list('?permitted=false'))).toEqual([answers[1]?.access]);
    expect(ids(await list('?from=2024-03-01&until=2024-03-01'))).toEqual(newest);
    expect(ids(await list('?from=2024-03-02'))).toEqual([]);
    expect(ids(await list('?until=2024-02-29'))).toEqual([]);
    const first = await list('?limit=2');
    expect([...ids(first), ...ids(await list(`?limit=2&cursor=${first.next}`))]).toEqual(newest);
    const csv = await s.call(bureau, 'GET', `/v1/grants/${no}/accesses`, { headers: { accept: 'text/csv' } });
    expect(csv.body).toContain('purposeBeyondGrant');
  });
});

describe('the platform’s own rate', () => {
  it('asks ten times as often as others may, counted by itself; without a token the ordinary limit stands', async () => {
    const limit = ({ headers }: Awaited<ReturnType<Supplies['ask']>>) => headers['x-ratelimit-limit'];
    expect(limit(await s.ask(active))).toBe('60000');
    expect(limit(await s.ask(active, {}, undefined, null))).toBe('6000');
    const read = () => s.call(operator, 'GET', `/v1/grants/${active}/accesses`);
    const left = Number((await read()).headers['x-ratelimit-remaining']);
    for (let times = 0; times < 5; times += 1) await s.ask(active);
    expect(Number((await read()).headers['x-ratelimit-remaining'])).toBe(left - 1);
    expect(limit(await read())).toBe('6000');
  });
});

describe('the key is the trace’s own', () => {
  it('the same key again: the answer that was given, though things have changed; another body: refused', async () => {
    const no = await s.grant();
    const first = await s.ask(no, {}, 'once-and-again');
    await s.rows(sql`update use_grant set state = 'suspended' where grant_no = ${no}`);
    expect((await s.ask(no, {}, 'once-and-again')).json()).toEqual(first.json());
    const other = await s.ask(no, { by: 'account-8' }, 'once-and-again');
    expect(other.statusCode).toBe(422);
    expect(refusal(other.body).code).toBe('idempotencyKeyReused');
    expect(await traces(no)).toBe(1);
  });

  it('without a key: 400', async () => {
    const answer = await s.ask(active, {}, '');
    expect(answer.statusCode).toBe(400);
    expect(refusal(answer.body).code).toBe('idempotencyKeyMissing');
  });

  it('a thousand questions at once over two processes, each key four times: one trace a key, one answer a key', async () => {
    const no = await s.grant();
    const twin = await s.build();
    const keys = Array.from({ length: 1000 }, (_, index) => `many-${index % 250}-times`);
    const answers = await Promise.all(
      keys.map((key, index) =>
        s.call(operator, 'POST', `/v1/grants/${no}/accesses`, {
          body: s.question(),
          headers: { 'idempotency-key': key },
          on: index % 2 < 1 ? s.app : twin,
        }),
      ),
    );
    await twin.close();
    expect(answers.filter(({ statusCode }) => statusCode !== 200).map(({ body }) => body)).toEqual([]);
    const byKey = new Map<string, Set<string>>();
    for (const [index, answer] of answers.entries()) {
      const key = keys[index] ?? '';
      byKey.set(key, (byKey.get(key) ?? new Set()).add(answer.json<Answer>().access));
    }
    expect([...byKey.values()].every(({ size }) => size === 1)).toBe(true);
    expect(await traces(no)).toBe(250);
    expect(await verifyAccesses(s.db)).toMatchObject({ broken: [] });
  });
});

describe('asked in batches, each for itself', () => {
  const asked = (no: string, key: string, change: object = {}) => ({
    ...{ grantNo: no, asker: 'platform', key, purpose, by: 'account-7' },
    ...{ fields: [{ resource, fields: ['停车场名称'] }], at: Date.parse('2024-03-01T10:00:00+08:00') },
    ...{ permit: () => {}, ...change },
  });

  it('one question the database refuses does not take the others with it', async () => {
    const asker = createAsker({ db: s.db, packs: s.packs });
    const results = await Promise.allSettled([
      asker.ask(asked(active, 'batch-good-1')),
      asker.ask(asked(active, 'batch-bad', { by: 'a\u0000b' })),
      asker.ask(asked(active, 'batch-good-2')),
    ]);
    await asker.close();
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await verifyAccesses(s.db)).toMatchObject({ broken: [] });
  });

  it('more than may wait: told to come again, and nothing of it is traced; closed: nothing is taken', async () => {
    const no = await s.grant();
    const asker = createAsker({ db: s.db, packs: s.packs });
    const results = await Promise.allSettled(
      Array.from({ length: 2_100 }, (_, index) => asker.ask(asked(no, `flood-${index}`))),
    );
    const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused).toHaveLength(100);
    expect(refused[0]?.reason).toMatchObject({ code: 'unavailable', headers: { 'retry-after': '1' } });
    expect(await traces(no)).toBe(2_000);
    await asker.close();
    await expect(asker.ask(asked(no, 'after-closing'))).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('[D2] the trace is never changed', () => {
  it.each(['access', 'access_batch'])(
    'the service’s role may read and add to %s, and nothing else',
    async (table) => {
      const [held] = await s.rows(sql<Record<string, boolean>>`
      select has_table_privilege('gongshu_catalog', ${`catalog.${table}`}, 'select') as select,
        has_table_privilege('gongshu_catalog', ${`catalog.${table}`}, 'insert') as insert,
        has_any_column_privilege('gongshu_catalog', ${`catalog.${table}`}, 'update') as update,
        has_table_privilege('gongshu_catalog', ${`catalog.${table}`}, 'delete') as delete,
        has_table_privilege('gongshu_catalog', ${`catalog.${table}`}, 'truncate') as truncate`);
      expect(held).toEqual({ select: true, insert: true, update: false, delete: false, truncate: false });
    },
  );

  it('nobody’s name or words are in an event of it', async () => {
    const [row] = await s.rows(
      sql<{ count: number }>`select count(*) as count from outbox where payload::text like '%account-7%'`,
    );
    expect(row?.count).toBe(0);
  });

  const tampered = [
    {
      name: 'a permission made of a refusal',
      act: (no: string) => sql`update access set permitted = not permitted where grant_no = ${no}`,
    },
    {
      name: 'another account',
      act: (no: string) => sql`update access set used_by = 'other' where grant_no = ${no}`,
    },
    {
      name: 'another instant',
      act: (no: string) => sql`update access set at = at + interval '1 second' where grant_no = ${no}`,
    },
    { name: 'a trace removed', act: (no: string) => sql`delete from access where grant_no = ${no}` },
    {
      name: 'a batch removed with its traces',
      act: (no: string) => sql`
        with gone as (delete from access where grant_no = ${no} returning chain, link)
        delete from access_batch as b using gone where b.chain = gone.chain and b.link = gone.link`,
    },
    {
      name: 'a batch hashed anew over changed rows',
      act: (no: string) => sql`
        update access_batch as b set hash = ${`sha256:${createHash('sha256').update('x').digest('hex')}`}
        from access as a where a.grant_no = ${no} and a.chain = b.chain and a.link = b.link`,
    },
    {
      name: 'a trace put in without its batch',
      act: (no: string) => sql`
        insert into access (id, grant_no, jurisdiction, asker, key, request_hash, fields, purpose, used_by, at,
          answered_at, permitted, chain, link, place)
        select gen_random_uuid(), grant_no, jurisdiction, asker, key || '-more', request_hash, fields, purpose, used_by,
          at, answered_at, permitted, gen_random_uuid(), 1, 0
        from access where grant_no = ${no}`,
    },
  ];
  it.each(tampered)('$name is found', async ({ act }) => {
    const no = await s.grant();
    await told(no);
    await told(active); // a later batch follows on it
    expect((await verifyAccesses(s.db)).broken).toEqual([]);
    const undo = new Error('undo');
    const found = s.db.transaction().execute(async (trx) => {
      await act(no).execute(trx);
      const { broken } = await verifyAccesses(trx as never);
      throw broken.length > 0 ? undo : new Error('nothing was found');
    });
    await expect(found).rejects.toBe(undo);
  });
});

describe('the law’s clock moves past the term', () => {
  it('the very next question is refused, whatever the row still says', async () => {
    const no = await s.grant({ ends: '2024-03-02T00:00:00+08:00' });
    await s.moveTo('2024-03-01T23:59:59.999+08:00');
    expect(await told(no, { at: '2024-03-01T23:59:59+08:00' })).toMatchObject({ permitted: true });
    await s.moveTo('2024-03-02T00:00:00+08:00');
    expect(await told(no, { at: '2024-03-02T00:00:00+08:00' })).toMatchObject({ code: 'grantExpired' });
  });

  it('a supply that begins tomorrow serves tomorrow', async () => {
    const id = await s.entry('640500-RES-tomorrow');
    await s.supply(department, { resource: id, from: '2024-03-03' });
    const no = await s.grant({ resource: id });
    const fields = [{ resource: id, fields: ['停车场名称'] }];
    expect(await told(no, { fields, at: '2024-03-02T00:00:00+08:00' })).toMatchObject({
      code: 'supplyMissing',
    });
    await s.moveTo('2024-03-03T00:00:00+08:00');
    expect(await told(no, { fields, at: '2024-03-03T00:00:00+08:00' })).toMatchObject({ permitted: true });
  });
});

describe('gongshu verify accesses', () => {
  const before = process.env['GONGSHU_DATABASE_URL'];
  afterEach(() => {
    process.exitCode = undefined;
    jest.restoreAllMocks();
    delete process.env['GONGSHU_DATABASE_URL'];
    if (before !== undefined) process.env['GONGSHU_DATABASE_URL'] = before;
  });

  it('whole: ends 0; altered: names the batch and ends 1', async () => {
    process.env['GONGSHU_DATABASE_URL'] = s.url;
    let said = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
    const run = () => verifyCommand().parseAsync(['accesses'], { from: 'user' });
    await run();
    expect(process.exitCode).toBeUndefined();
    await s.rows(sql`update access set purpose = '营销' where seq = (select min(seq) from access)`);
    await run();
    expect(said).toMatch(/ 1 +rows/);
    expect(process.exitCode).toBe(1);
  });
});
