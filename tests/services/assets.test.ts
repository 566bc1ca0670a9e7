// F7: resources as public data assets: the mark, its confirmation by the authority for assets, the ledger.
import { sql } from 'kysely';
import { bodiesOf, type Catalog, startCatalog, type Who } from './resources-support.ts';

let catalog: Catalog;
jest.setTimeout(60_000);
beforeAll(async () => {
  catalog = await startCatalog();
}, 60_000);
afterAll(() => catalog?.stop());

const cityOf = (jurisdiction: string) => ({
  ...bodiesOf(jurisdiction),
  finance: { roles: ['finance'], organisation: 'finance-bureau', jurisdiction } as const,
  supervision: { roles: ['supervision'], organisation: 'supervision', jurisdiction } as const,
  auditor: { roles: ['auditor'], organisation: 'audit-office', jurisdiction } as const,
  merchant: { roles: ['merchant'], organisation: 'merchant-1', jurisdiction } as const,
});
type City = ReturnType<typeof cityOf>;
const wuhai = cityOf('wuhai');
const shuozhou = cityOf('shuozhou');
const zhongwei = cityOf('zhongwei');
const national = cityOf('national');

type Answer = {
  code?: string;
  article?: { instrument: string; article: string };
  mark: Record<string, unknown> | null;
  earlier: Record<string, unknown>[];
};
const read = (response: { statusCode: number; json: <T>() => T }) => {
  const body = response.json<Answer>();
  return { status: response.statusCode, ...body, article: body.article?.article };
};
const basis = { basis: '财资〔2024〕1号', markedOn: '2024-03-01' };
const mark = async (who: Who, id: string, more: object = {}) =>
  read(await catalog.call(who, 'POST', `/v1/resources/${id}/asset`, { body: { ...basis, ...more } }));
const confirm = async (who: Who, id: string, body: object = {}) =>
  read(await catalog.call(who, 'POST', `/v1/resources/${id}/asset/confirmation`, { body }));
const withdraw = async (who: Who, id: string, more: object = {}) =>
  read(
    await catalog.call(who, 'POST', `/v1/resources/${id}/asset/withdrawal`, {
      body: { withdrawnOn: '2024-03-01', reason: 'markedInError', basis: '核对后更正', ...more },
    }),
  );
const asset = async (who: Who, id: string) =>
  read(await catalog.call(who, 'GET', `/v1/resources/${id}/asset`));
const code = async (answer: Promise<{ status: number; code?: string }>) => {
  const { status, code: said } = await answer;
  return [status, said];
};

/** An entry that stands registered, with its code. */
const registered = async (city: City, key: string, state = 'registered'): Promise<string> => {
  const id = await catalog.compile(city.department, key);
  await sql`
    update resource set state = ${state}, registration_code = ${`DJ-${id}`},
      closed_reason = case when ${state} = 'closed' then 'superseded' end,
      resume_state = case when ${state} = 'suspended' then 'registered' end
    where id = ${id}`.execute(catalog.db);
  return id;
};

describe('a registered resource is taken into the management of assets', () => {
  it('[F7 wuhai] 八（七）: marked by its department, confirmed by finance, withdrawn; every mark stays readable', async () => {
    const id = await registered(wuhai, 'wuhai-asset');
    expect(await asset(wuhai.department, id)).toMatchObject({ status: 200, mark: null, earlier: [] });
    const marked = await mark(wuhai.department, id, { bookValue: { fen: 123_456_705, on: '2024-02-29' } });
    expect(marked).toMatchObject({
      status: 201,
      mark: {
        ...{ asset: `${id}-ZC-1`, state: 'marked', basis: basis.basis, markedOn: '2024-03-01' },
        ...{ markedBy: 'dept-transport', bookValueFen: 123_456_705, bookValueYuan: '1234567.05' },
        ...{ assetNo: null, confirmedOn: null, registrationCode: `DJ-${id}`, resourceState: 'registered' },
      },
    });
    const confirmed = await confirm(wuhai.finance, id, { assetNo: 'ZC-2024-0001' });
    expect(confirmed.mark).toMatchObject({
      ...{ state: 'confirmed', assetNo: 'ZC-2024-0001', confirmedOn: '2024-03-01' },
      ...{ confirmedBy: 'finance-bureau', bookValueFen: 123_456_705 },
    });
    const gone = await withdraw(wuhai.bureau, id, { reason: 'disposed' });
    expect(gone).toMatchObject({
      status: 200,
      mark: null,
      earlier: [{ state: 'withdrawn', withdrawnReason: 'disposed', confirmedBy: 'finance-bureau' }],
    });
    // The number is free again, and the mark after is another one.
    expect((await mark(wuhai.bureau, id, { assetNo: 'ZC-2024-0001' })).mark).toMatchObject({
      ...{ asset: `${id}-ZC-2`, markedBy: 'city-bureau', assetNo: 'ZC-2024-0001' },
    });
    expect((await catalog.events(id)).slice(1)).toEqual([
      'assetMarked',
      'assetConfirmed',
      'assetUnmarked',
      'assetMarked',
    ]);
  });

  it('the mark that stands is shown as such, however many were withdrawn before it in the same instant', async () => {
    const id = await registered(wuhai, 'wuhai-many');
    for (let made = 1; made <= 10; made += 1) {
      expect(await mark(wuhai.department, id)).toMatchObject({ mark: { asset: `${id}-ZC-${made}` } });
      if (made < 10) await withdraw(wuhai.department, id);
    }
    const { mark: stands, earlier } = await asset(wuhai.department, id);
    expect([stands?.['asset'], earlier.length]).toEqual([`${id}-ZC-10`, 9]);
  });

  it('a day that is none is refused at its place', async () => {
    const id = await registered(wuhai, 'wuhai-days');
    for (const day of ['0000-01-01', '0001-01-01', '2024-02-30', 'x'])
      expect(await mark(wuhai.department, id, { bookValue: { fen: 1, on: day } })).toMatchObject({
        ...{ status: 400, errors: [{ pointer: '/body/bookValue/on' }] },
      });
  });

  it('[F7 shuozhou] 十一（五）: finance values what was marked without a value, and exports the ledger', async () => {
    const id = await registered(shuozhou, 'shuozhou-asset');
    await mark(shuozhou.department, id, { assetNo: 'SZ-1' });
    const valued = await confirm(shuozhou.finance, id, { bookValue: { fen: 5, on: '2024-03-01' } });
    expect(valued.mark).toMatchObject({
      ...{ state: 'confirmed', assetNo: 'SZ-1', bookValueFen: 5, bookValueYuan: '0.05' },
    });
    const ledger = await catalog.call(shuozhou.finance, 'GET', '/v1/assets/export');
    expect([ledger.statusCode, ledger.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    const [headings, row, ...rest] = ledger.body.split('\r\n');
    expect(headings).toMatch(/^\uFEFF资产标识编号,资产登记编号,.*账面价值（分）,账面价值（元）/);
    expect(row).toContain(`${id}-ZC-1,SZ-1,${id},`);
    expect(row).toContain(',2024-03-01,dept-transport,5,0.05,2024-03-01,2024-03-01,finance-bureau,,');
    expect(rest).toEqual(['']); // one row an asset, none of totals
  });

  it('[F7 national] 九（六）: the mark names the article it rests on, and no person', async () => {
    const id = await registered(national, 'national-asset');
    expect((await mark(national.department, id)).status).toBe(201);
    const { rows } = await sql<{ payload: Record<string, unknown> }>`
      select payload from outbox where type = 'resource.assetMarked.v1' and aggregateid = ${id}`.execute(
      catalog.db,
    );
    expect(rows).toEqual([
      {
        payload: {
          ...{ resource: id, asset: `${id}-ZC-1`, markedOn: '2024-03-01', assetNo: null, documentHash: null },
          ...{ article: '九（六）', articleInstrument: expect.stringMatching(/授权运营/) },
        },
      },
    ]);
  });

  it('in Zhongwei, whose text says nothing of assets, by the national norm', async () => {
    const id = await registered(zhongwei, 'zhongwei-asset');
    expect((await mark(zhongwei.department, id, { assetNo: 'ZW-1' })).status).toBe(201);
    expect((await confirm(zhongwei.finance, id)).mark).toMatchObject({ state: 'confirmed', assetNo: 'ZW-1' });
    const closed = await registered(zhongwei, 'zhongwei-closed', 'closed');
    expect(await mark(zhongwei.department, closed)).toMatchObject({
      ...{ status: 409, code: 'assetResourceClosed', article: '九（六）' },
    });
  });

  it('a document that was uploaded shows the basis; another body’s does not', async () => {
    const id = await registered(wuhai, 'with-document');
    const documentHash = await catalog.upload(wuhai.department);
    expect(await code(mark(wuhai.bureau, id, { documentHash }))).toEqual([422, 'documentUnknown']);
    expect((await mark(wuhai.department, id, { documentHash })).mark).toMatchObject({ documentHash });
  });
});

describe('what is refused, with the article', () => {
  it('[F7 wuhai refuses] what is not registered yet, or closed, is no asset; nothing is recorded', async () => {
    const bare = await catalog.compile(wuhai.department, 'unregistered');
    expect(await mark(wuhai.department, bare)).toMatchObject({
      ...{ status: 409, code: 'assetNotRegistered', article: '八（七）' },
    });
    const closed = await registered(wuhai, 'closed', 'closed');
    expect(await mark(wuhai.bureau, closed)).toMatchObject({
      ...{ status: 409, code: 'assetResourceClosed', article: '八（七）' },
    });
    expect(await catalog.events(bare)).toEqual(['compiled']);
    // Suspended supply leaves an asset an asset.
    const suspended = await registered(wuhai, 'suspended', 'suspended');
    expect((await mark(wuhai.department, suspended)).status).toBe(201);
  });

  it('[F7 shuozhou refuses] only finance confirms: neither the department nor the bureau that marked it', async () => {
    const id = await registered(shuozhou, 'self-confirmed');
    await mark(shuozhou.department, id, { assetNo: 'SZ-2' });
    for (const who of [shuozhou.department, shuozhou.bureau, shuozhou.supervision, shuozhou.auditor])
      expect(await code(confirm(who, id))).toEqual([403, 'forbidden']);
    expect((await asset(shuozhou.auditor, id)).mark).toMatchObject({ state: 'marked' });
  });

  it('[F7 national refuses] unregistered data, by 九（六）', async () => {
    const id = await catalog.compile(national.department, 'national-unregistered');
    expect(await mark(national.department, id)).toMatchObject({
      ...{ status: 409, code: 'assetNotRegistered', article: '九（六）' },
    });
  });

  it('a mark twice, a confirmation twice, a withdrawal twice, and acts on what is not marked', async () => {
    const id = await registered(wuhai, 'twice');
    expect(await code(confirm(wuhai.finance, id))).toEqual([409, 'assetNotMarked']);
    expect(await code(withdraw(wuhai.bureau, id))).toEqual([409, 'assetNotMarked']);
    const both = await Promise.all([mark(wuhai.department, id), mark(wuhai.bureau, id)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(await code(mark(wuhai.department, id))).toEqual([409, 'assetMarked']);
    expect(await code(confirm(wuhai.finance, id))).toEqual([422, 'assetNumberMissing']);
    expect((await confirm(wuhai.finance, id, { assetNo: 'T-1' })).status).toBe(200);
    expect(await code(confirm(wuhai.finance, id))).toEqual([409, 'assetConfirmedBefore']);
    expect((await withdraw(wuhai.department, id)).status).toBe(200);
    expect(await code(withdraw(wuhai.department, id))).toEqual([409, 'assetNotMarked']);
  });

  it('a number that is another asset’s, and one that would overwrite what was given', async () => {
    const [one, other] = [await registered(wuhai, 'number-1'), await registered(wuhai, 'number-2')];
    await mark(wuhai.department, one, { assetNo: 'N-1', bookValue: { fen: 100, on: '2024-02-01' } });
    expect(await code(mark(wuhai.department, other, { assetNo: 'N-1' }))).toEqual([409, 'assetNumberTaken']);
    expect((await mark(wuhai.department, other)).status).toBe(201);
    expect(await code(confirm(wuhai.finance, other, { assetNo: 'N-1' }))).toEqual([409, 'assetNumberTaken']);
    for (const body of [{ assetNo: 'N-2' }, { bookValue: { fen: 101, on: '2024-02-01' } }])
      expect(await code(confirm(wuhai.finance, one, body))).toEqual([409, 'assetFactsDiffer']);
    // The same number in another city is another asset.
    const elsewhere = await registered(shuozhou, 'number-1');
    expect((await mark(shuozhou.department, elsewhere, { assetNo: 'N-1' })).status).toBe(201);
  });

  it.each([
    { name: 'a date ahead', change: { markedOn: '2024-03-02' }, status: 422, said: 'dateAhead' },
    {
      name: 'a value of tomorrow',
      change: { bookValue: { fen: 1, on: '2024-03-02' } },
      status: 422,
      said: 'dateAhead',
    },
    { name: 'a day that is none', change: { markedOn: '2024-02-30' }, status: 400, said: 'invalidRequest' },
    {
      name: 'half a fen',
      change: { bookValue: { fen: 0.5, on: '2024-03-01' } },
      status: 400,
      said: 'invalidRequest',
    },
    {
      name: 'less than nothing',
      change: { bookValue: { fen: -1, on: '2024-03-01' } },
      status: 400,
      said: 'invalidRequest',
    },
    {
      name: 'more than a number holds',
      change: { bookValue: { fen: 2 ** 53, on: '2024-03-01' } },
      status: 400,
      said: 'numberRefused',
    },
    { name: 'a number with words', change: { assetNo: '资产 1' }, status: 400, said: 'invalidRequest' },
    { name: 'no basis', change: { basis: ' ' }, status: 400, said: 'invalidRequest' },
    { name: 'a NUL in the basis', change: { basis: 'a\u0000b' }, status: 400, said: 'textRefused' },
  ])('$name', async ({ name, change, status, said }) => {
    const id = await registered(wuhai, `faults of ${name}`);
    const answer = await mark(wuhai.department, id, change);
    expect([answer.status, answer.code]).toEqual([status, said]);
    expect((await asset(wuhai.bureau, id)).mark).toBeNull();
  });

  it('a withdrawal before the mark, or ahead', async () => {
    const id = await registered(wuhai, 'order');
    await mark(wuhai.department, id, { markedOn: '2024-02-20' });
    expect(await code(withdraw(wuhai.department, id, { withdrawnOn: '2024-02-19' }))).toEqual([
      422,
      'assetDatesOrder',
    ]);
    expect(await code(withdraw(wuhai.department, id, { withdrawnOn: '2024-03-02' }))).toEqual([
      422,
      'dateAhead',
    ]);
  });

  it('another city’s and another department’s are not there; a merchant is refused', async () => {
    const id = await registered(wuhai, 'whose');
    await mark(wuhai.department, id);
    for (const who of [wuhai.other, zhongwei.department, zhongwei.bureau]) {
      expect((await mark(who, id)).status).toBe(404);
      expect((await withdraw(who, id)).status).toBe(404);
      expect((await asset(who, id)).status).toBe(404);
    }
    expect((await confirm(zhongwei.finance, id, { assetNo: 'X-1' })).status).toBe(404);
    for (const who of [wuhai.merchant, wuhai.operator]) {
      expect((await mark(who, id)).status).toBe(403);
      expect((await asset(who, id)).status).toBe(403);
      expect((await catalog.call(who, 'GET', '/v1/assets')).statusCode).toBe(403);
      expect((await catalog.call(who, 'GET', '/v1/assets/export')).statusCode).toBe(403);
    }
    expect((await mark(wuhai.finance, id)).status).toBe(403);
    expect((await mark(null, id)).status).toBe(401);
  });
});

describe('the ledger', () => {
  const ledgerOn = async (who: Who, on: string) => catalog.call(who, 'GET', `/v1/assets/export?on=${on}`);

  it('is as the books stood at the end of a day, whenever it is asked for', async () => {
    const city = cityOf('national');
    const id = await registered(city, 'ledger-of-days');
    await mark(city.department, id, { markedOn: '2024-02-10', assetNo: 'L-1' });
    await confirm(city.finance, id);
    await withdraw(city.department, id, { withdrawnOn: '2024-03-01' });
    const on = async (day: string) =>
      (await ledgerOn(city.finance, day)).body.split('\r\n').find((line) => line.startsWith(id));
    expect(await on('2024-02-09')).toBeUndefined();
    expect(await on('2024-02-10')).toMatch(/,marked,/);
    expect(await on('2024-03-01')).toBeUndefined();
    expect(await code(ledgerOn(city.finance, '2024-03-02').then(read))).toEqual([422, 'dateAhead']);
    expect(await code(ledgerOn(city.finance, '2024-02-30').then(read))).toEqual([400, 'invalidRequest']);
  });

  it('is listed page by page, by state and by body; a department sees its own alone', async () => {
    const city = cityOf('shuozhou');
    const own = await registered(city, 'listed-own');
    await mark(city.department, own);
    const others = await catalog.compile(city.other, 'listed-other', {
      provider: { organisation: 'dept-health', code: 'H', name: '卫健委' },
    });
    await sql`update resource set state = 'registered', registration_code = 'DJ-other' where id = ${others}`.execute(
      catalog.db,
    );
    await mark(city.other, others);
    const ids = async (who: Who, query = '') => {
      const found: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const url: string = `/v1/assets?limit=1${query}${cursor && `&cursor=${cursor}`}`;
        const body: { items: { resource: string }[]; next: string | null } = (
          await catalog.call(who, 'GET', url)
        ).json();
        found.push(...body.items.map(({ resource }) => resource));
        cursor = body.next;
      }
      return found;
    };
    const all = await ids(city.finance);
    expect(all).toEqual(expect.arrayContaining([own, others]));
    expect(all).toEqual(all.toSorted());
    expect(await ids(city.other)).toEqual([others]);
    expect(await ids(city.auditor, '&provider=dept-health')).toEqual([others]);
    expect(await ids(city.supervision, '&state=withdrawn')).toEqual([]);
    expect(await ids(city.bureau, '&state=marked')).toEqual(expect.arrayContaining([own, others]));
    expect(await ids(city.bureau, '&state=confirmed')).not.toContain(own);
  });
});
