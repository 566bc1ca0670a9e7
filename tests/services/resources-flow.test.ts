import { bodiesOf, type Catalog, draft, startCatalog } from './resources-support.ts';

let catalog: Catalog;
jest.setTimeout(60_000);
beforeAll(async () => {
  catalog = await startCatalog();
}, 60_000);
afterAll(() => catalog?.stop());

const zhongwei = bodiesOf('zhongwei');
const wuhai = bodiesOf('wuhai');
const national = bodiesOf('national');
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

describe('[C2 zhongwei] department compiles → reports to its authority → city collects → public', () => {
  it('each step by its body, each with its event; then everyone sees it', async () => {
    const id = await catalog.compile(zhongwei.department, 'flow-1');
    expect(id).toBe('640500-RES-flow-1');
    expect((await catalog.call(null, 'GET', `/v1/resources/${id}`)).statusCode).toBe(404);
    expect((await catalog.move(zhongwei.department, id, 'submitted')).statusCode).toBe(200);
    expect((await catalog.move(zhongwei.bureau, id, 'collected')).statusCode).toBe(200);
    const published = await catalog.move(zhongwei.bureau, id, 'public');
    expect(published.json()).toMatchObject({ state: 'public', openToApplication: true, version: 4 });
    expect(published.headers['etag']).toBe('"4"');
    expect(await catalog.events(id)).toEqual([
      ...['compiled', 'submitted', 'collected', 'published', 'described'],
    ]);
    const seen = await catalog.call(null, 'GET', `/v1/resources/${id}`);
    expect(seen.json()).toMatchObject({
      title: '公共停車場即時車位',
      grade: '一般数据1级',
      freshUntil: '2024-03-20',
    });
  });

  it('a bureau gives an entry back, its department reports it again', async () => {
    const id = await catalog.compile(zhongwei.department, 'flow-back');
    await catalog.move(zhongwei.department, id, 'submitted');
    expect((await catalog.move(zhongwei.bureau, id, 'compiled')).json()).toMatchObject({ state: 'compiled' });
    await catalog.move(zhongwei.department, id, 'submitted');
    expect(await catalog.events(id)).toEqual(['compiled', 'submitted', 'returned', 'submitted']);
  });
});

describe('[C2 zhongwei refuses] steps out of order, by others, ungraded', () => {
  it.each([
    {
      name: 'a step left out',
      who: zhongwei.bureau,
      to: 'collected',
      code: 'resourceStepRefused',
      status: 409,
    },
    { name: 'public at once', who: zhongwei.bureau, to: 'public', code: 'resourceStepRefused', status: 409 },
    {
      name: 'registered by hand',
      who: zhongwei.bureau,
      to: 'registered',
      code: 'resourceStepRefused',
      status: 409,
    },
    {
      name: 'suspended by hand',
      who: zhongwei.bureau,
      to: 'suspended',
      code: 'resourceStepRefused',
      status: 409,
    },
    {
      name: 'the bureau reports for the department',
      who: zhongwei.bureau,
      to: 'submitted',
      code: 'forbidden',
      status: 403,
    },
    { name: 'another department', who: zhongwei.other, to: 'submitted', code: 'notFound', status: 404 },
    { name: 'another city', who: wuhai.bureau, to: 'closed', code: 'notFound', status: 404 },
    { name: 'without a token', who: null, to: 'submitted', code: 'unauthenticated', status: 401 },
  ])('$name: $code', async ({ name, who, to, code, status }) => {
    const id = await catalog.compile(zhongwei.department, `refused-${name.length}-${to}`);
    const answer = await catalog.move(who, id, to);
    expect([answer.statusCode, refusal(answer.body).code]).toEqual([status, code]);
    expect(await catalog.state(id)).toBe('compiled');
    expect(await catalog.events(id)).toEqual(['compiled']);
  });

  it('not classified and graded: not even reported (art. 8)', async () => {
    const id = await catalog.compile(zhongwei.department, 'ungraded', { grade: null, classification: null });
    expect(refusal((await catalog.move(zhongwei.department, id, 'submitted')).body)).toEqual({
      code: 'resourceUngraded',
      article: '八',
      pointers: ['/classification', '/grade'],
    });
  });
});

describe('[C2 wuhai] sorted → reviewed by the bureau → published in batches → registered', () => {
  it('goes the whole way; the registration code comes back and is recorded', async () => {
    const id = await catalog.compile(wuhai.department, 'w1');
    await catalog.move(wuhai.department, id, 'submitted');
    await catalog.move(wuhai.bureau, id, 'reviewed');
    const published = await catalog.move(wuhai.bureau, id, 'public', { batch: '2024-1' });
    expect(published.json()).toMatchObject({ state: 'public', batch: '2024-1' });
    const made = await catalog.call(wuhai.bureau, 'POST', '/v1/registration-packages', { body: {} });
    expect(made.json()).toMatchObject({
      id: '150300-DJ-000001',
      number: 1,
      items: [{ resource: id, code: null }],
    });
    expect(catalog.sent.at(-1)).toMatchObject({
      id: '150300-DJ-000001',
      content: expect.stringContaining(id),
    });
    const codes = { registeredOn: '2024-03-01', codes: [{ resource: id, code: 'NM-1503-0001' }] };
    const address = '/v1/registration-packages/150300-DJ-000001/registration';
    const coded = await catalog.call(wuhai.bureau, 'POST', address, { body: codes });
    expect(coded.json()).toMatchObject({ items: [{ resource: id, code: 'NM-1503-0001' }] });
    await catalog.call(wuhai.bureau, 'POST', address, { body: codes });
    expect((await catalog.call(null, 'GET', `/v1/resources/${id}`)).json()).toMatchObject({
      state: 'registered',
      registrationCode: 'NM-1503-0001',
      openToApplication: true,
    });
    expect(await catalog.events(id)).toEqual([
      'compiled',
      'submitted',
      'reviewed',
      'published',
      'described',
      'registered',
      'described',
    ]);
  });
});

describe('[C2 wuhai refuses] publishing without a batch; a code for an entry not in the package', () => {
  it('no batch', async () => {
    const id = await catalog.compile(wuhai.department, 'w2');
    await catalog.move(wuhai.department, id, 'submitted');
    await catalog.move(wuhai.bureau, id, 'reviewed');
    expect(refusal((await catalog.move(wuhai.bureau, id, 'public')).body)).toEqual({
      code: 'resourceBatchMissing',
      article: '六',
      pointers: ['/batch'],
    });
  });

  it('an entry of no package, a code that belongs to another, a date ahead', async () => {
    const address = '/v1/registration-packages/150300-DJ-000001/registration';
    const say = async (change: object, resource = '150300-RES-w1', code = 'NM-9') => {
      const body = { registeredOn: '2024-03-01', codes: [{ resource, code }], ...change };
      return refusal((await catalog.call(wuhai.bureau, 'POST', address, { body })).body).code;
    };
    expect(await say({}, '150300-RES-w2')).toBe('registrationEntryUnknown');
    expect(await say({})).toBe('registrationCodeTaken');
    expect(await say({ registeredOn: '2024-03-02' })).toBe('dateAhead');
  });
});

describe('[C2 national] resources are registered (art. 16)', () => {
  it('as a numbered package; while the port is away it stands and goes with the next call', async () => {
    const id = await catalog.compile(national.department, 'n1');
    catalog.port.away = true;
    const away = await catalog.call(national.bureau, 'POST', '/v1/registration-packages', { body: {} });
    expect(away.statusCode).toBe(503);
    catalog.port.away = false;
    const made = await catalog.call(national.bureau, 'POST', '/v1/registration-packages', { body: {} });
    expect(made.json()).toMatchObject({ number: 1, items: [{ resource: id }] });
    const none = await catalog.call(national.bureau, 'POST', '/v1/registration-packages', { body: {} });
    expect(refusal(none.body)).toMatchObject({ code: 'registrationNotForeseen', article: '十六' });
  });
});

describe('[C1 national] [C1 zhongwei] [C1 wuhai] an entry holds what its text lists', () => {
  it.each([
    { city: zhongwei, key: 'c1-z', lacks: { dataQuality: null, scenario: null } },
    { city: wuhai, key: 'c1-w', lacks: { dataQuality: null, abstract: '' } },
  ])('$key: what the text does not ask for may be missing', async ({ city, key, lacks }) => {
    const id = await catalog.compile(city.department, key, lacks);
    expect((await catalog.move(city.department, id, 'submitted')).statusCode).toBe(200);
  });

  it('national: frequency and quality of the data are part of an entry (art. 9)', async () => {
    const id = await catalog.compile(national.department, 'c1-n');
    const read = await catalog.call(national.department, 'GET', `/v1/resources/${id}`);
    expect(read.json()).toMatchObject({ updateFrequency: 'monthly', dataQuality: '完整' });
  });
});

describe('[C1 zhongwei refuses] [C1 wuhai refuses] an incomplete entry goes no further', () => {
  it.each([
    { name: 'abstract', change: { abstract: '' }, pointers: ['/abstract'] },
    { name: 'fields', change: { fields: [] }, pointers: ['/fields'] },
    { name: 'frequency', change: { updateFrequency: null }, pointers: ['/updateFrequency'] },
    { name: 'level, reviewer', change: { level: null, reviewer: null }, pointers: ['/level', '/reviewer'] },
    { name: 'county without bureau', change: { level: 'county' }, pointers: ['/authority'] },
  ])('zhongwei art. 8: $name', async ({ name, change, pointers }) => {
    const id = await catalog.compile(zhongwei.department, `inc-${name.slice(0, 5).trim()}`, change);
    const refused = refusal((await catalog.move(zhongwei.department, id, 'submitted')).body);
    expect(refused).toEqual({ code: 'resourceIncomplete', article: '八', pointers });
    expect(await catalog.state(id)).toBe('compiled');
  });

  it('wuhai s.8(1): the scenario', async () => {
    const id = await catalog.compile(wuhai.department, 'inc-w', { scenario: null });
    expect(refusal((await catalog.move(wuhai.department, id, 'submitted')).body)).toMatchObject({
      code: 'resourceIncomplete',
      article: '八（一）',
      pointers: ['/scenario'],
    });
  });
});

describe('editing', () => {
  it('If-Match guards; an edit that changes nothing counts no version; a public entry stays whole', async () => {
    const id = await catalog.compile(zhongwei.department, 'edit');
    const edit = (body: object, match?: string, who: object = zhongwei.department) =>
      catalog.call(who as never, 'PATCH', `/v1/resources/${id}`, {
        body,
        headers: match === undefined ? {} : { 'if-match': match },
      });
    expect((await edit({ title: '停车' })).statusCode).toBe(428);
    expect((await edit({ title: '停车' }, '"7"')).statusCode).toBe(412);
    expect((await edit({ title: '停车' }, '"1"')).headers['etag']).toBe('"2"');
    expect((await edit({ title: '停车' }, '"2"')).headers['etag']).toBe('"2"');
    expect((await edit({ title: '停车' }, '"2"', zhongwei.other)).statusCode).toBe(404);
    for (const [who, to] of [
      [zhongwei.department, 'submitted'],
      [zhongwei.bureau, 'collected'],
      [zhongwei.bureau, 'public'],
    ] as const)
      await catalog.move(who, id, to);
    const stripped = await edit({ grade: null }, '"5"');
    expect(refusal(stripped.body)).toMatchObject({ code: 'resourceUngraded', pointers: ['/grade'] });
    expect(await catalog.events(id)).toEqual([
      ...['compiled', 'changed', 'submitted', 'collected', 'published', 'described'],
    ]);
  });

  it('the same entry again is the same entry; another under its key is refused; nobody compiles for others', async () => {
    const id = await catalog.compile(zhongwei.department, 'same');
    expect(await catalog.compile(zhongwei.department, 'same')).toBe(id);
    const post = (who: typeof zhongwei.department | typeof zhongwei.other, change: object) =>
      catalog.call(who, 'POST', '/v1/resources', { body: draft('same', change) });
    expect(refusal((await post(zhongwei.department, { title: '别的' })).body).code).toBe('resourceKeyTaken');
    expect((await post(zhongwei.other, {})).statusCode).toBe(404);
    expect(await catalog.events(id)).toEqual(['compiled']);
  });

  it('two submissions at once: one counts', async () => {
    const id = await catalog.compile(zhongwei.department, 'race');
    const answers = await Promise.all(
      [1, 2, 3].map(() => catalog.move(zhongwei.department, id, 'submitted')),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(await catalog.events(id)).toEqual(['compiled', 'submitted']);
  });
});
