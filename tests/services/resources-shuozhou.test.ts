// Shuozhou s. 7(2): the bureau keeps the catalog, departments compile and change it as things change.
import { bodiesOf, type Catalog, draft, startCatalog, type Who } from './resources-support.ts';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await startCatalog();
}, 60_000);
afterAll(() => catalog?.stop());

const city = bodiesOf('shuozhou');
const refusal = (body: string) => {
  const {
    code,
    article,
    errors = [],
  } = JSON.parse(body) as {
    code: string;
    article?: { article: string };
    errors?: { pointer: string }[];
  };
  return { code, article: article?.article, pointers: errors.map(({ pointer }) => pointer) };
};
const collect = (id: string, who: Who = city.bureau) => catalog.move(who, id, 'collected');
const register = (body: object = {}) =>
  catalog.call(city.bureau, 'POST', '/v1/registration-packages', { body });
const edit = (who: Who, id: string, version: number, body: object) =>
  catalog.call(who, 'PATCH', `/v1/resources/${id}`, { body, headers: { 'if-match': `"${version}"` } });

describe('[C1 shuozhou] [C2 shuozhou] department compiles → bureau takes it into the city’s catalog → registered', () => {
  it('an entry of a name and a provider goes the whole way; frequency and abstract may be missing', async () => {
    const id = await catalog.compile(city.department, 'flow', {
      updateFrequency: null,
      abstract: '',
      dataQuality: null,
      scenario: null,
    });
    expect((await collect(id)).json()).toMatchObject({ state: 'collected' });
    const made = await register();
    expect(made.json()).toMatchObject({ items: [{ resource: id, code: null }] });
    const { id: number } = made.json<{ id: string }>();
    const coded = await catalog.call(
      city.bureau,
      'POST',
      `/v1/registration-packages/${number}/registration`,
      {
        body: { registeredOn: '2024-03-01', codes: [{ resource: id, code: 'SX-1406-0001' }] },
      },
    );
    expect(coded.statusCode).toBe(200);
    expect((await catalog.call(null, 'GET', `/v1/resources/${id}`)).json()).toMatchObject({
      state: 'registered',
      registrationCode: 'SX-1406-0001',
      openToApplication: true,
    });
    expect(await catalog.events(id)).toEqual(['compiled', 'collected', 'registered', 'described']);
  });
});

describe('[C1 shuozhou refuses] an entry without its name, or without its provider’s (s. 7(2))', () => {
  it.each([
    { name: 'its name', change: { title: ' ' }, pointer: '/body/title' },
    {
      name: 'its provider’s',
      change: { provider: { organisation: 'dept-transport', code: '380290000H', name: '' } },
      pointer: '/body/provider/name',
    },
  ])('$name: refused at the door, nothing stands in the catalog', async ({ change, pointer }) => {
    const before = await catalog.count('resource');
    const answer = await catalog.call(city.department, 'POST', '/v1/resources', {
      body: draft('nameless', change),
    });
    expect([answer.statusCode, refusal(answer.body).pointers]).toEqual([400, [pointer]]);
    expect(await catalog.count('resource')).toBe(before);
  });
});

describe('[C2 shuozhou refuses] steps that its text does not know, and others’ steps', () => {
  it.each([
    {
      name: 'reported first, as in Zhongwei',
      who: city.department,
      to: 'submitted',
      status: 409,
      code: 'resourceStepRefused',
    },
    {
      name: 'reviewed first, as in Wuhai',
      who: city.bureau,
      to: 'reviewed',
      status: 409,
      code: 'resourceStepRefused',
    },
    {
      name: 'registered by hand',
      who: city.bureau,
      to: 'registered',
      status: 409,
      code: 'resourceStepRefused',
    },
    {
      name: 'collected by its department',
      who: city.department,
      to: 'collected',
      status: 403,
      code: 'forbidden',
    },
    { name: 'another department', who: city.other, to: 'collected', status: 404, code: 'notFound' },
    { name: 'another city', who: bodiesOf('wuhai').bureau, to: 'collected', status: 404, code: 'notFound' },
  ])('$name: $code', async ({ name, who, to, status, code }) => {
    const id = await catalog.compile(city.department, `refused-${name.length}`);
    const answer = await catalog.move(who, id, to);
    expect([answer.statusCode, refusal(answer.body).code]).toEqual([status, code]);
    expect(refusal(answer.body).article).toBe(status === 409 ? '七（二）' : undefined);
    expect(await catalog.events(id)).toEqual(['compiled']);
  });
});

describe('[C3 shuozhou] the catalog changes as what it describes changes', () => {
  it('an entry that was taken in is changed by its department, with its version and event', async () => {
    const id = await catalog.compile(city.department, 'dynamic', { updateFrequency: null });
    const { version } = (await collect(id)).json<{ version: number }>();
    const changed = await edit(city.department, id, version, { abstract: '新增车位类型' });
    expect(changed.json()).toMatchObject({
      state: 'collected',
      abstract: '新增车位类型',
      version: version + 1,
    });
    expect(await catalog.events(id)).toEqual(['compiled', 'collected', 'changed']);
  });
});

describe('[C3 shuozhou refuses] a change that would leave the catalog without what it needs', () => {
  it('nobody left to review its use; by another department; from an old version', async () => {
    const id = await catalog.compile(city.department, 'dynamic-refused');
    const { version } = (await collect(id)).json<{ version: number }>();
    expect(refusal((await edit(city.department, id, version, { reviewer: null })).body)).toEqual({
      code: 'resourceIncomplete',
      article: '七（二）',
      pointers: ['/reviewer'],
    });
    expect((await edit(city.other, id, version, { abstract: '别人改的' })).statusCode).toBe(404);
    expect((await edit(city.department, id, version - 1, { abstract: '旧版本' })).statusCode).toBe(412);
    expect(await catalog.events(id)).toEqual(['compiled', 'collected']);
  });
});

describe('[C5 shuozhou] what harms nothing, is graded, and stands under no other law enters', () => {
  it.each([
    { name: 'plain', change: {} },
    {
      name: 'personal information with the document that allows it (s. 10(5))',
      change: { otherLaw: ['personalInformation'], otherLawBasis: 'DOC-2024-7' },
    },
  ])('$name', async ({ name, change }) => {
    const id = await catalog.compile(city.department, `c5-${name.length}`, change);
    expect((await collect(id)).json()).toMatchObject({ state: 'collected' });
    expect((await register({ resources: [id] })).json()).toMatchObject({ items: [{ resource: id }] });
  });
});

describe('[C5 shuozhou refuses] what never enters', () => {
  it.each([
    'harmsNationalSecurity',
    'harmsPublicInterest',
    'infringesTradeSecrets',
    'infringesPrivacy',
    'infringesPersonalInformation',
  ])('%s (s. 10(5), beside the nation’s article 5)', async (ground) => {
    const id = await catalog.compile(city.department, `never-${ground}`, { exclusions: [ground] });
    expect(refusal((await collect(id)).body)).toEqual({
      code: 'resourceNeverEnters',
      article: '十（五）',
      pointers: ['/exclusions/0'],
    });
    expect(await catalog.events(id)).toEqual(['compiled']);
  });

  it('personal information without the document that allows it', async () => {
    const id = await catalog.compile(city.department, 'other-law', { otherLaw: ['personalInformation'] });
    expect(refusal((await collect(id)).body)).toEqual({
      code: 'resourceUnderOtherLaw',
      article: '十（五）',
      pointers: ['/otherLawBasis'],
    });
  });

  it('ungraded: not put forward for registration (final norm, article 5)', async () => {
    const id = await catalog.compile(city.department, 'ungraded', { grade: null });
    await collect(id);
    expect(refusal((await register({ resources: [id] })).body)).toMatchObject({
      code: 'resourceUngraded',
      article: '五',
      pointers: ['/grade'],
    });
  });
});
