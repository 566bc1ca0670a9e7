import { bodiesOf, type Catalog, startCatalog, type Who } from './resources-support.ts';

let catalog: Catalog;
jest.setTimeout(60_000);
beforeAll(async () => {
  catalog = await startCatalog();
}, 60_000);
afterAll(() => catalog?.stop());

const zhongwei = bodiesOf('zhongwei');
const wuhai = bodiesOf('wuhai');
const national = bodiesOf('national');
type City = typeof zhongwei;
const refusal = (body: string) => {
  const {
    code,
    article,
    errors = [],
  } = JSON.parse(body) as {
    code: string;
    article?: { instrument: string; article: string };
    errors?: { pointer: string }[];
  };
  return { code, article: article?.article, pointers: errors.map(({ pointer }) => pointer) };
};
const publish = async (city: City, id: string) => {
  const steps = city === wuhai ? ['reviewed', 'public'] : ['collected', 'public'];
  await catalog.move(city.department, id, 'submitted');
  await catalog.move(city.bureau, id, steps[0] ?? '');
  return catalog.move(city.bureau, id, steps[1] ?? '', city === wuhai ? { batch: 'b1' } : {});
};
const consent = (change: object = {}) => ({
  provider: 'dept-land',
  documentId: 'LETTER-2024-1',
  consentedOn: '2024-02-01',
  scope: '仅限汇总统计',
  ...change,
});
const give = (who: Who, id: string, change: object = {}) =>
  catalog.call(who, 'POST', `/v1/resources/${id}/consents`, { body: consent(change) });
const withdraw = (who: Who, id: string, number: number, withdrawnOn = '2024-03-01') =>
  catalog.call(who, 'POST', `/v1/resources/${id}/consents/${id}-TY-${number}/withdrawal`, {
    body: { withdrawnOn, documentId: 'LETTER-2024-2' },
  });

describe('[C4 wuhai] [C4 national] data obtained by sharing carries its provider’s consent', () => {
  it('consent, public, withdrawn: suspended at once, new consent: restored', async () => {
    const id = await catalog.compile(wuhai.department, 'shared', { obtainedBySharing: true });
    expect((await give(wuhai.department, id)).json()).toMatchObject({
      consent: { id: `${id}-TY-1`, provider: 'dept-land', consentedOn: '2024-02-01', stands: true },
    });
    expect((await publish(wuhai, id)).statusCode).toBe(200);
    expect((await withdraw(wuhai.department, id, 1)).json()).toMatchObject({ resourceState: 'suspended' });
    expect((await catalog.call(null, 'GET', `/v1/resources/${id}`)).statusCode).toBe(404);
    expect((await give(wuhai.bureau, id)).json()).toMatchObject({ resourceState: 'public' });
    const list = await catalog.call(wuhai.department, 'GET', `/v1/resources/${id}/consents`);
    expect(list.json<{ items: object[] }>().items).toMatchObject([
      { stands: false, withdrawnOn: '2024-03-01' },
      { stands: true, scope: '仅限汇总统计' },
    ]);
    expect((await catalog.events(id)).slice(-5)).toEqual([
      'sharingConsentWithdrawn',
      'suspended',
      'sharingConsentRecorded',
      'restored',
      'described',
    ]);
  });
});

describe('[C4 wuhai refuses] without consent it is not published', () => {
  it('the article and the place are named', async () => {
    const id = await catalog.compile(wuhai.department, 'unconsented', { obtainedBySharing: true });
    expect(refusal((await publish(wuhai, id)).body)).toEqual({
      code: 'resourceUnconsented',
      article: '六',
      pointers: ['/obtainedBySharing'],
    });
    expect(await catalog.state(id)).toBe('reviewed');
  });

  it('zhongwei is silent and inherits the national article 5; withdrawn before publication counts too', async () => {
    const id = await catalog.compile(zhongwei.department, 'shared-z', { obtainedBySharing: true });
    await give(zhongwei.department, id);
    expect((await withdraw(zhongwei.department, id, 1)).json()).toMatchObject({ resourceState: 'compiled' });
    expect(refusal((await publish(zhongwei, id)).body)).toMatchObject({
      code: 'resourceUnconsented',
      article: '五',
    });
  });

  it.each([
    { name: 'a date ahead', change: { consentedOn: '2024-03-02' }, status: 422, code: 'dateAhead' },
    { name: 'no scope', change: { scope: ' ' }, status: 400, code: 'invalidRequest' },
    { name: 'no document', change: { documentId: '' }, status: 400, code: 'invalidRequest' },
  ])('a consent with $name', async ({ change, status, code }) => {
    const id = await catalog.compile(wuhai.department, 'consent-faults', { obtainedBySharing: true });
    const answer = await give(wuhai.department, id, change);
    expect([answer.statusCode, refusal(answer.body).code]).toEqual([status, code]);
    expect(await catalog.events(id)).toEqual(['compiled']);
  });

  it('twice, withdrawn twice, where nothing was shared, by others', async () => {
    const id = await catalog.compile(wuhai.department, 'consent-twice', { obtainedBySharing: true });
    const own = await catalog.compile(wuhai.department, 'own');
    await give(wuhai.department, id);
    expect(refusal((await give(wuhai.department, id)).body).code).toBe('consentStanding');
    await withdraw(wuhai.department, id, 1);
    expect(refusal((await withdraw(wuhai.department, id, 1)).body).code).toBe('consentNotStanding');
    expect((await withdraw(wuhai.department, id, 9)).statusCode).toBe(404);
    expect(refusal((await give(wuhai.department, own)).body).code).toBe('consentNotNeeded');
    expect((await give(wuhai.other, id)).statusCode).toBe(404);
  });
});

describe('[C5 zhongwei] [C5 wuhai] [C5 national] what harms nothing and is classified and graded enters', () => {
  it.each([
    { city: zhongwei, key: 'c5-z' },
    { city: wuhai, key: 'c5-w' },
  ])('$key', async ({ city, key }) => {
    const id = await catalog.compile(city.department, key);
    expect((await publish(city, id)).json()).toMatchObject({ state: 'public' });
  });

  it('under other law, once the document that allows it is named (Zhongwei art. 2)', async () => {
    const change = { otherLaw: ['personalInformation'], otherLawBasis: 'DOC-2024-7' };
    const id = await catalog.compile(zhongwei.department, 'c5-other', change);
    expect((await publish(zhongwei, id)).json()).toMatchObject({ state: 'public' });
  });

  it('national: such an entry is put forward for registration, an ungraded one is left out', async () => {
    const id = await catalog.compile(national.department, 'c5-n');
    await catalog.compile(national.department, 'c5-n-ungraded', { grade: null });
    const made = await catalog.call(national.bureau, 'POST', '/v1/registration-packages', { body: {} });
    expect(made.json()).toMatchObject({ items: [{ resource: id }] });
  });
});

describe('[C5 zhongwei refuses] [C5 wuhai refuses] what never enters', () => {
  it.each([
    ...['harmsNationalSecurity', 'harmsPublicInterest', 'infringesTradeSecrets', 'infringesPrivacy'].flatMap(
      (ground) => [
        { city: zhongwei, ground, article: '四' },
        { city: wuhai, ground, article: '六' },
      ],
    ),
    { city: zhongwei, ground: 'closedToOpening', article: '四' },
  ])('$ground (art. $article)', async ({ city, ground, article }) => {
    const id = await catalog.compile(city.department, `never-${ground}`, { exclusions: [ground] });
    expect(refusal((await catalog.move(city.department, id, 'submitted')).body)).toEqual({
      code: 'resourceNeverEnters',
      article,
      pointers: ['/exclusions/0'],
    });
    const closed = await catalog.move(city.bureau, id, 'closed', { reason: ground });
    expect(closed.json()).toMatchObject({ state: 'closed', closedReason: ground, openToApplication: false });
    expect(await catalog.events(id)).toEqual(['compiled', 'closed']);
  });

  it('under other law, without a document', async () => {
    const id = await catalog.compile(zhongwei.department, 'secret', { otherLaw: ['workSecrets'] });
    expect(refusal((await catalog.move(zhongwei.department, id, 'submitted')).body)).toEqual({
      code: 'resourceUnderOtherLaw',
      article: '二',
      pointers: ['/otherLawBasis'],
    });
  });

  it('wuhai: ungraded is stopped before publication at the latest', async () => {
    const id = await catalog.compile(wuhai.department, 'late-grade', { grade: null });
    expect(refusal((await publish(wuhai, id)).body)).toEqual({
      code: 'resourceUngraded',
      article: '六',
      pointers: ['/grade'],
    });
    expect(await catalog.state(id)).toBe('reviewed');
  });

  it('closing needs a reason the rules know; a closed entry can be taken up again', async () => {
    const id = await catalog.compile(zhongwei.department, 'closing');
    const close = (reason?: string) =>
      catalog.move(zhongwei.bureau, id, 'closed', reason === undefined ? {} : { reason });
    expect(refusal((await close()).body).code).toBe('closingReasonUnknown');
    expect(refusal((await close('because')).body).code).toBe('closingReasonUnknown');
    expect((await close('discontinued')).statusCode).toBe(200);
    expect(refusal((await close('merged')).body).code).toBe('resourceStepRefused');
    expect((await catalog.move(zhongwei.department, id, 'compiled')).json()).toMatchObject({
      closedReason: null,
    });
  });
});

const study = (change: object = {}) => ({
  heldOn: '2024-02-28',
  demand: '停车数据需求',
  results: '扩展停车目录',
  resultCodes: ['extended'],
  parties: [
    { role: 'authority', organisation: 'city-bureau' },
    { role: 'sourceDepartment', organisation: 'dept-transport' },
    { role: 'countyAuthority', organisation: 'county-bureau-1' },
    { role: 'operator', organisation: 'operator' },
  ],
  ...change,
});

describe('[C4 national refuses] [C5 national refuses] nothing unlawful is put forward for registration', () => {
  it.each([
    {
      change: { exclusions: ['harmsPublicInterest'] },
      code: 'resourceNeverEnters',
      pointers: ['/exclusions/0'],
    },
    { change: { otherLaw: ['stateSecrets'] }, code: 'resourceUnderOtherLaw', pointers: ['/otherLawBasis'] },
    { change: { classification: null }, code: 'resourceUngraded', pointers: ['/classification'] },
    { change: { obtainedBySharing: true }, code: 'resourceUnconsented', pointers: ['/obtainedBySharing'] },
  ])('$code', async ({ change, code, pointers }) => {
    const id = await catalog.compile(national.department, `unlawful-${code}`, change);
    const body = { resources: [id] };
    const refused = await catalog.call(national.bureau, 'POST', '/v1/registration-packages', { body });
    expect(refusal(refused.body)).toMatchObject({ code, pointers });
    expect(refusal(refused.body).article).toMatch(
      code === 'resourceUnderOtherLaw' ? /保守国家秘密法/ : /^五$/,
    );
    expect(await catalog.count('registration_item')).toBe(1);
  });
});

describe('[C3 zhongwei] the periodic study is held with all parties (art. 9)', () => {
  it('recorded with parties and results; the next one is due within the pack’s period', async () => {
    const id = await catalog.compile(zhongwei.department, 'studied');
    const body = study({ resources: [id] });
    const recorded = await catalog.call(zhongwei.bureau, 'POST', '/v1/resource-studies', { body });
    expect(recorded.statusCode).toBe(201);
    expect(recorded.json()).toMatchObject({
      id: '640500-YJ-000001',
      nextDueOn: '2025-02-28',
      resources: [id],
    });
    const list = await catalog.call(zhongwei.bureau, 'GET', '/v1/resource-studies?limit=1');
    expect(list.json()).toMatchObject({
      items: [{ results: '扩展停车目录', parties: { length: 4 } }],
      next: null,
    });
    expect(await catalog.events('640500-YJ-000001')).toEqual(['studyRecorded']);
  });
});

describe('[C3 zhongwei refuses] a study without a party that must take part', () => {
  it.each([
    {
      name: 'no operator',
      change: { parties: study().parties.slice(0, 3) },
      code: 'studyPartiesMissing',
      article: '九',
    },
    { name: 'held tomorrow', change: { heldOn: '2024-03-02' }, code: 'dateAhead' },
    { name: 'an unknown entry', change: { resources: ['640500-RES-none'] }, code: 'notFound' },
    {
      name: 'a party twice',
      change: { parties: [...study().parties, study().parties[0]] },
      code: 'invalidRequest',
    },
  ])('$name: $code', async ({ change, code, article }) => {
    const before = await catalog.count('study');
    const answer = await catalog.call(zhongwei.bureau, 'POST', '/v1/resource-studies', {
      body: study(change),
    });
    expect(refusal(answer.body)).toMatchObject({ code, article });
    expect(await catalog.count('study')).toBe(before);
  });
});

describe('[C3 wuhai] [C3 national] an entry older than its own frequency is a task of its department', () => {
  const stale = (who: Who, more = '') => catalog.call(who, 'GET', `/v1/resources?stale=true${more}`);
  const idsOf = async (who: Who, more = '') => {
    const answer = await stale(who, more);
    return answer
      .json<{ items: { sourceKey: string; freshUntil: string }[] }>()
      .items.map(({ sourceKey }) => sourceKey);
  };

  it('by the law’s clock: fresh on its last day, stale on the next; never without a frequency', async () => {
    const city = bodiesOf('wuhai');
    const entries = { m: 'monthly', d: 'daily', i: 'irregular', y: 'yearly' };
    for (const [key, updateFrequency] of Object.entries(entries)) {
      const id = await catalog.compile(city.department, `stale-${key}`, {
        updateFrequency,
        dataUpdatedOn: '2024-01-31',
      });
      await publish(wuhai, id);
    }
    const own = async () => (await idsOf(city.department)).filter((key) => key.startsWith('stale-'));
    catalog.clock.now = new Date('2024-02-29T23:59:59+08:00');
    expect(await own()).toEqual(['stale-d']);
    catalog.clock.now = new Date('2024-03-01T00:00:00+08:00');
    expect(await own()).toEqual(['stale-d', 'stale-m']);
    expect(await idsOf(city.other)).toEqual([]);
    expect((await idsOf(city.bureau)).length).toBeGreaterThanOrEqual(2);
    expect((await stale(null)).statusCode).toBe(403);
    const first = await stale(city.department, '&limit=1');
    const { next } = first.json<{ next: string }>();
    expect(await idsOf(city.department, `&limit=1&cursor=${next}`)).toEqual(['stale-m']);
    catalog.clock.now = new Date('2024-03-01T10:00:00+08:00');
  });
});

describe('[C3 wuhai refuses] an entry without a stated frequency', () => {
  it('goes no further (s.6)', async () => {
    const id = await catalog.compile(wuhai.department, 'no-frequency', { updateFrequency: null });
    expect(refusal((await catalog.move(wuhai.department, id, 'submitted')).body)).toEqual({
      code: 'resourceIncomplete',
      article: '六',
      pointers: ['/updateFrequency'],
    });
  });
});
