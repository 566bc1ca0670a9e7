// What each city's text asks of a product before its case opens (E1, A8, D1): who submits it, in which form, from what, how treated.
import { sql } from 'kysely';
import {
  type ProductCity,
  type Products,
  productPeople,
  resource,
  startProducts,
} from '../support/products.ts';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
let the: Products;
beforeAll(async () => {
  the = await startProducts(cities);
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

type Refusal = { status: number; code: string | undefined; article: string | undefined; pointers: string[] };
const send = async (who: Parameters<Products['call']>[0], body: object, key?: string): Promise<Refusal> => {
  const answer = await the.call(who, 'POST', '/v1/egress-cases', body, key);
  const {
    code,
    article,
    errors = [],
  } = answer.json<{
    code?: string;
    article?: { article: string };
    errors?: { pointer: string }[];
  }>();
  return {
    status: answer.statusCode,
    code,
    article: article?.article,
    pointers: errors.map(({ pointer }) => pointer),
  };
};
const from = (field: string) => [{ resource, field }];
const own = (city: ProductCity) => productPeople(city).merchant;
const allowed: Record<ProductCity, string> = {
  national: 'dataset',
  zhongwei: 'dataset',
  shuozhou: 'dataset',
  wuhai: 'api',
};

describe('[E1 national] [E1 zhongwei] [E1 shuozhou] [E1 wuhai] a product of an allowed form, within its grants', () => {
  it.each(cities)('%s: is submitted, and scanned before anyone checks it', async (city) => {
    const caseNo = await the.submit(city);
    expect(await the.row(caseNo)).toMatchObject({ stage: 'egressCheck' });
    expect((await the.row(caseNo)).start.facts).toMatchObject({ class: allowed[city] });
  });

  it.each(['national', 'shuozhou', 'wuhai'] as const)(
    '%s: the operator submits products of its platform',
    async (city) => {
      const { contents } = await the.asked(city);
      const artefact = await the.file(city, 'operator', 'district,day,spaces\nD1,1,2\nD2,2,3\n');
      const { service: given } = contents as { service?: object };
      const service = given && { ...given, samples: [artefact] };
      const body = { artefact, contents: { ...contents, ...(service && { service }) } };
      expect((await send(productPeople(city).operator, body)).status).toBe(201);
    },
  );
});

describe('[E1 national refuses] [E1 zhongwei refuses] [E1 shuozhou refuses] [E1 wuhai refuses] what may not go out', () => {
  it('Wuhai 八（二）: a table of data is no model, verification or API', async () => {
    const body = await the.asked('wuhai', { contents: { class: 'dataset' } });
    expect(await send(own('wuhai'), body)).toEqual({
      ...{ status: 422, code: 'productClassNotAllowed', pointers: ['/body/contents/class'] },
      article: '八（二）',
    });
  });

  it('Zhongwei 六: the operator runs the platform and submits nothing', async () => {
    const { contents } = await the.asked('zhongwei');
    const artefact = await the.file('zhongwei', 'operator', 'a,b\n1,2\n');
    const { operator } = productPeople('zhongwei');
    expect(await send(operator, { artefact, contents })).toMatchObject({
      status: 403,
      code: 'submitterNotAllowed',
    });
  });

  it.each([
    { city: 'national', article: '二十一' },
    { city: 'zhongwei', article: '二十八' },
    { city: 'shuozhou', article: '六（三）' },
    { city: 'wuhai', article: '八（二）' },
  ] as const)('$city $article: contents that leave open what it is made from', async ({ city, article }) => {
    const fields = [
      { name: 'spaces' },
      { name: 'day', from: from('日期') },
      { name: 'day', from: from('日期') },
    ];
    const body = await the.asked(city, {
      contents: { fields, quasiIdentifiers: null, sensitive: ['nobody'] },
    });
    expect(await send(own(city), body)).toEqual({
      ...{ status: 422, code: 'productIncomplete', article },
      pointers: ['/fields/2/name', '/fields/0/from', '/quasiIdentifiers', '/sensitive/0'].map(
        (at) => `/body/contents${at}`,
      ),
    });
  });

  it.each(cities)(
    '%s: grants that have ended, are suspended, have not begun, or are another’s',
    async (city) => {
      const { merchant } = productPeople(city);
      for (const given of [
        { state: 'ended' },
        { state: 'suspended' },
        { fromOn: '2025-03-04' },
        { untilOn: '2025-03-02' },
        { holder: 'merchant-2' },
      ]) {
        const grants = [await the.grant(city, given)];
        const refused = await send(merchant, await the.asked(city, { contents: { grants } }));
        expect(refused).toMatchObject({
          status: 422,
          code: 'grantNotRunning',
          pointers: ['/body/contents/grants/0'],
        });
      }
    },
  );

  it('a source said to be public on a ground the city does not know, or on a day that has not come', async () => {
    const source = {
      resource,
      ground: 'obtainedPublicly',
      basis: '网站公开',
      address: 'https://data.example/1',
      on: '2024-02-01',
    };
    const of = async (city: ProductCity, change: object = {}) =>
      send(own(city), await the.asked(city, { contents: { publicSources: [{ ...source, ...change }] } }));
    expect(await of('wuhai')).toMatchObject({ status: 422, code: 'publicSourceNotAllowed' });
    expect(await of('wuhai', { ground: 'publicByLaw' })).toMatchObject({ status: 201 });
    expect(await of('zhongwei')).toMatchObject({ status: 201 });
    expect(await of('zhongwei', { on: '2025-03-04' })).toMatchObject({ code: 'publicSourceNotAllowed' });
  });
});

describe('[A8 national refuses] [A8 zhongwei refuses] [A8 shuozhou refuses] [A8 wuhai refuses] beyond the grant', () => {
  it.each(cities)('%s: a field, or a resource, that no grant names', async (city) => {
    const fields = [
      { name: 'spaces', from: from('车位数') },
      { name: 'x', from: from('车主姓名') },
      { name: 'y', from: [{ resource: 'R-other', field: '车位数' }] },
    ];
    const refused = await send(own(city), await the.asked(city, { contents: { fields } }));
    expect(refused).toMatchObject({
      ...{ status: 422, code: 'fieldOutsideGrant' },
      pointers: ['/body/contents/fields/1/from/0', '/body/contents/fields/2/from/0'],
    });
    expect(refused.article).toBeDefined();
  });
});

const guarded = (treatment?: object) => ({
  fields: [
    { name: 'spaces', from: from('车位数') },
    { name: 'phone', from: from('车主电话'), ...(treatment && { treatment }) },
    { name: 'price', from: from('结算价'), ...(treatment && { treatment }) },
  ],
});
const desensitised = { kind: 'desensitised', method: '掩码后四位' };

describe('[D1 national] [D1 zhongwei] [D1 shuozhou] [D1 wuhai] protected fields of a product', () => {
  it.each(cities)('%s: desensitised they may go out', async (city) => {
    expect(await send(own(city), await the.asked(city, { contents: guarded(desensitised) }))).toMatchObject({
      status: 201,
    });
  });

  it.each(['national', 'zhongwei'] as const)(
    '%s: with the subjects’ consent on record as well',
    async (city) => {
      const documents = [await the.file(city, 'merchant-1', '授权书')];
      const contents = guarded({ kind: 'subjectAuthorised', documents });
      expect(await send(own(city), await the.asked(city, { contents }))).toMatchObject({ status: 201 });
      const unknown = guarded({ kind: 'subjectAuthorised', documents: [`sha256:${'0'.repeat(64)}`] });
      expect(await send(own(city), await the.asked(city, { contents: unknown }))).toMatchObject({
        ...{ status: 422, code: 'documentUnknown' },
        pointers: [1, 2].map((at) => `/body/contents/fields/${at}/treatment/documents/0`),
      });
    },
  );
});

describe('[D1 national refuses] [D1 zhongwei refuses] [D1 shuozhou refuses] [D1 wuhai refuses] protected fields as they are', () => {
  it.each(cities)('%s: each is named', async (city) => {
    expect(await send(own(city), await the.asked(city, { contents: guarded() }))).toMatchObject({
      ...{ status: 422, code: 'fieldNotTreated' },
      pointers: ['/body/contents/fields/1', '/body/contents/fields/2'],
    });
  });

  it.each([
    { city: 'shuozhou', article: '六（二）' },
    { city: 'wuhai', article: '十' },
  ] as const)('$city $article: consent does not replace desensitising', async ({ city, article }) => {
    const documents = [await the.file(city, 'merchant-1', '授权书')];
    const body = await the.asked(city, { contents: guarded({ kind: 'subjectAuthorised', documents }) });
    expect(await send(own(city), body)).toMatchObject({ code: 'fieldNotTreated', article });
  });

  it('important and core data, and what nobody has graded, go into no product', async () => {
    const of = async (grade: 'important' | 'core' | null) => {
      const grants = [
        await the.grant('zhongwei', {
          resources: [{ resource: 'R-x', reviewer: 'dept-transport', fields: { a: grade } }],
        }),
      ];
      const fields = [{ name: 'a', from: [{ resource: 'R-x', field: 'a' }] }];
      return send(own('zhongwei'), await the.asked('zhongwei', { contents: { grants, fields } }));
    };
    expect([(await of('important')).code, (await of('core')).code, (await of(null)).code]).toEqual([
      'resourceNeverEnters',
      'resourceNeverEnters',
      'fieldUngraded',
    ]);
  });
});

describe('who is not enrolled, a norm that does not stand, a version under way', () => {
  const { merchant, bureau, operator } = productPeople('zhongwei');

  it('a merchant that is suspended brings no product', async () => {
    const stands = (standing: string) =>
      sql`update merchant set standing = ${standing} where jurisdiction = 'zhongwei' and organisation = 'merchant-1'`.execute(
        the.db,
      );
    await stands('suspended');
    const refused = await send(merchant, await the.asked('zhongwei'));
    await stands('enrolled');
    expect(refused).toMatchObject({ status: 409, code: 'merchantSuspended' });
  });

  it('[M2 zhongwei refuses] Zhongwei 二十三: the norm of the egress check is approved first', async () => {
    const norm = (state: string) =>
      sql`update norm set state = ${state} where id = 'GF-zhongwei-egress'`.execute(the.db);
    await norm('submitted');
    const refused = await send(merchant, await the.asked('zhongwei'));
    await norm('approved');
    expect(refused).toMatchObject({ status: 409, code: 'normNotApproved' });
  });

  it('one version at a time, by its owner, of the same class and purpose', async () => {
    const caseNo = await the.submit('zhongwei');
    const { product } = await the.productOf(caseNo);
    expect(await send(merchant, await the.asked('zhongwei', { product }))).toMatchObject({
      status: 409,
      code: 'versionUnderWay',
    });
    const { rival } = productPeople('zhongwei');
    expect(await send(rival, await the.asked('zhongwei', { product, who: 'rival' }))).toMatchObject({
      status: 404,
    });
    expect((await the.act(rival, caseNo, 'withdrawal')).status).toBe(404);
    expect(await the.act(operator, caseNo, 'withdrawal')).toMatchObject({ status: 403 });
    expect(await the.act(merchant, caseNo, 'withdrawal')).toMatchObject({ status: 200 });
    const other = await the.asked('zhongwei', { product, contents: { purpose: 'industry' } });
    expect(await send(merchant, other)).toMatchObject({ status: 422, code: 'productDiffers' });
    const next = await the.submit('zhongwei', { product });
    expect(await the.productOf(next)).toEqual({ product, version: 2 });
  });

  it('two of the next version at once: one goes on', async () => {
    const caseNo = await the.submit('zhongwei');
    const { product } = await the.productOf(caseNo);
    await the.act(merchant, caseNo, 'withdrawal');
    const bodies = [await the.asked('zhongwei', { product }), await the.asked('zhongwei', { product })];
    const answers = await Promise.all(bodies.map((body, at) => send(merchant, body, `at-once-${at}`)));
    expect(new Set(answers.map(({ status, code }) => code ?? status))).toEqual(
      new Set([201, 'versionUnderWay']),
    );
  });

  it('sent twice under one key it is one case and one product', async () => {
    const body = await the.asked('zhongwei');
    const [first, second] = await Promise.all(
      [1, 2].map(() => the.call(merchant, 'POST', '/v1/egress-cases', body, 'submitted-twice')),
    );
    const third = await the.call(merchant, 'POST', '/v1/egress-cases', body, 'submitted-twice');
    const numbers = [first, second, third].flatMap((one) => {
      const caseNo = one?.json<{ caseNo?: string }>().caseNo;
      return caseNo === undefined ? [] : [caseNo];
    });
    expect(new Set(numbers).size).toBe(1);
    expect(third.statusCode).toBe(201);
  });

  it('whatever is sent, nothing answers 5xx; who has no business with it is refused', async () => {
    const body = await the.asked('zhongwei');
    const wrong: unknown[] = [
      ...[null, [], 'x', 7, {}, { ...body, more: 1 }, { ...body, artefact: 'sha256:zz' }],
      ...['\u0000', '', 'x'.repeat(600), { deep: { deep: {} } }, [], -1, 1e300].flatMap((value) => [
        { ...body, contents: { ...body.contents, name: value } },
        { ...body, contents: { ...body.contents, grants: [value] } },
        { ...body, contents: { ...body.contents, fields: [{ name: value, from: [] }] } },
        { ...body, contents: { ...body.contents, aggregates: [value] } },
        { ...body, product: value },
      ]),
      { ...body, artefact: `sha256:${'1'.repeat(64)}` },
      {
        ...body,
        contents: {
          ...body.contents,
          publicSources: [
            { resource, ground: 'publicByLaw', basis: 'b', address: 'ftp://x', on: '2024-02-30' },
          ],
        },
      },
    ];
    const answers: number[] = [];
    for (const one of wrong) answers.push((await send(merchant, one as object)).status);
    expect(answers.filter((status) => status < 400 || status >= 500)).toEqual([]);
    expect((await send(bureau, body)).status).toBe(403);
    expect((await send(null, body)).status).toBe(401);
    for (const url of [
      '?cursor=x',
      '?stage=%00',
      '/0',
      '/640500-CY-2024-999999',
      '/640500-CY-2024-000001/evidence?attempt=1e9',
    ])
      expect((await the.call(merchant, 'GET', `/v1/egress-cases${url}`)).statusCode).toBeLessThan(500);
  });
});
