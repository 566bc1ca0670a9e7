import { sql } from 'kysely';
import type { LightMyRequestResponse } from 'fastify';
import { contents, merchant } from '../support/cases.ts';
import { sampleFile } from '../support/documents.ts';
import { inOperation } from '../support/in-operation.ts';
import { bodiesOf, type Catalog, startCatalog, type Who } from './resources-support.ts';

const zhongwei = bodiesOf('zhongwei');
const colleague = { ...merchant, roles: ['merchant'] } as const;
const rival = { roles: ['merchant'], organisation: 'merchant-2', jurisdiction: 'zhongwei' } as const;
const elsewhere = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'wuhai' } as const;
const path = '/v1/application-drafts';

let catalog: Catalog;
let entry: string;
let away = false;
jest.setTimeout(60_000);
beforeAll(async () => {
  catalog = await startCatalog({
    deliver: async () => ({ state: away ? 'taken' : 'delivered', code: null }),
  });
  await sql`insert into body (jurisdiction, id, kind)
    values ('zhongwei', 'operator', 'operator'), ('zhongwei', 'city-bureau', 'bureau')`.execute(catalog.db);
  // A merchant that may apply, for where the pack asks for enrolment.
  await sql`insert into merchant (jurisdiction, organisation, standing, since)
    values ('zhongwei', 'merchant-1', 'enrolled', '2024-01-01T00:00:00+08:00')`.execute(catalog.db);
  await inOperation(catalog.db, 'zhongwei');
  entry = await catalog.compile(zhongwei.department, 'drafted');
  await sql`update resource set state = 'public'`.execute(catalog.db);
});
afterAll(() => catalog?.stop());

const told = ({ statusCode, body }: LightMyRequestResponse) => ({
  status: statusCode,
  ...(JSON.parse(body) as {
    code?: string;
    errors?: { pointer: string }[];
    draft: string;
    caseNo: string;
    receipt: string;
  }),
});
const open = async (body: object = {}) => told(await catalog.call(merchant, 'POST', path, { body })).draft;
const get = async (who: Who, id: string) => told(await catalog.call(who, 'GET', `${path}/${id}`));
const put = async (who: Who, id: string, version: number | null, body: object) =>
  told(
    await catalog.call(who, 'PUT', `${path}/${id}`, {
      body,
      headers: version === null ? {} : { 'if-match': `"${version}"` },
    }),
  );
const discard = async (who: Who, id: string) => told(await catalog.call(who, 'DELETE', `${path}/${id}`));
const submit = async (who: Who, id: string) =>
  told(await catalog.call(who, 'POST', `${path}/${id}/submission`));
const events = async (id: string) => {
  const { rows } = await sql<{ type: string; payload: object }>`
    select type, payload from outbox where aggregateid = ${id} order by seq`.execute(catalog.db);
  return rows;
};
const cases = () => catalog.count('application');

describe('Zhongwei art. 20: a draft may be incomplete, and is its merchant’s own', () => {
  it('written, read, changed from the version last seen, listed newest first', async () => {
    const made = await catalog.call(merchant, 'POST', path, { body: {} });
    expect([made.statusCode, made.headers['etag'], made.json()]).toMatchObject([
      201,
      '"1"',
      { state: 'open', version: 1, caseNo: null },
    ]);
    const id = made.json<{ draft: string }>().draft;
    expect(made.headers['location']).toBe(`${path}/${id}`);
    const parts = { contents: { scenario: '停车诱导' }, kind: 'renewal', grant: '640500-SY-2024-000001' };
    expect(await put(merchant, id, 1, parts)).toMatchObject({ status: 200, version: 2, ...parts });
    expect(await put(merchant, id, 1, {})).toMatchObject({ status: 412, code: 'versionStale' });
    expect(await put(merchant, id, null, {})).toMatchObject({ status: 428, code: 'ifMatchMissing' });
    expect(await get(colleague, id)).toMatchObject({ status: 200, version: 2, ...parts });
    const newer = await open({ resources: [entry] });
    const first = (await catalog.call(merchant, 'GET', `${path}?limit=1`)).json();
    const second = (await catalog.call(merchant, 'GET', `${path}?limit=1&cursor=${first.next}`)).json();
    expect([first.items[0].draft, second.items[0].draft]).toEqual([newer, id]);
    expect((await events(id)).map(({ type }) => type)).toEqual(['draft.saved.v1', 'draft.saved.v1']);
  });

  it('of two edits at once of one version, one is taken', async () => {
    const id = await open();
    const both = await Promise.all(
      ['甲', '乙'].map((scope) => put(merchant, id, 1, { contents: { scope } })),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });

  it('is another merchant’s, another city’s and every other body’s to neither see nor touch', async () => {
    const id = await open({ contents: { scope: '全市' } });
    for (const who of [rival, elsewhere]) {
      const answers = [get(who, id), put(who, id, 1, {}), discard(who, id), submit(who, id)];
      expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect((await catalog.call(who, 'GET', path)).json()).toEqual({ items: [], next: null });
    }
    for (const who of [zhongwei.bureau, zhongwei.operator, zhongwei.department])
      expect((await get(who, id)).status).toBe(403);
    expect((await catalog.call(null, 'GET', `${path}/${id}`)).statusCode).toBe(401);
    expect(await get(merchant, id)).toMatchObject({ state: 'open', version: 1 });
  });

  it.each<[string, object, string]>([
    ['an unknown part', { note: 'x' }, '/body/note'],
    ['a part without words', { contents: { scope: ' ' } }, '/body/contents/scope'],
    [
      'a term that ends before it begins',
      { contents: { term: { from: '2024-05-02', until: '2024-05-01' } } },
      '/body/contents/term',
    ],
    [
      'a day that is none',
      { contents: { term: { from: '2024-02-30', until: '2024-05-01' } } },
      '/body/contents/term/from',
    ],
    [
      '51 documents',
      {
        contents: {
          documents: Array.from({ length: 51 }, (_, n) => ({
            hash: `sha256:${String(n).padStart(64, '0')}`,
            title: 'a',
          })),
        },
      },
      '/body/contents/documents',
    ],
    ['a kind that is none', { kind: 'extension' }, '/body/kind'],
    ['a grant that is no number', { grant: '../1' }, '/body/grant'],
  ])('bounds and types hold: %s', async (_name, body, pointer) => {
    const before = await catalog.count('application_draft');
    expect(told(await catalog.call(merchant, 'POST', path, { body }))).toMatchObject({
      status: 400,
      errors: [{ pointer }],
    });
    const id = await open();
    expect(await put(merchant, id, 1, body)).toMatchObject({ status: 400, errors: [{ pointer }] });
    expect(await catalog.count('application_draft')).toBe(before + 1);
  });

  it('discarded it stays so, and is neither changed nor submitted', async () => {
    const id = await open({ resources: [entry], contents });
    expect(await discard(merchant, id)).toMatchObject({ status: 200, state: 'discarded', version: 2 });
    expect(await discard(merchant, id)).toMatchObject({ status: 200, state: 'discarded', version: 2 });
    expect(await put(merchant, id, 2, {})).toMatchObject({ status: 409, code: 'draftClosed' });
    expect(await submit(merchant, id)).toMatchObject({ status: 409, code: 'draftClosed' });
    expect(await events(id)).toMatchObject([
      { type: 'draft.saved.v1' },
      { type: 'draft.closed.v1', payload: { draft: id, endCode: 'discarded', caseNo: null } },
    ]);
  });
});

describe('submitted, a draft is an application like any other', () => {
  it('names its case; clicked twice, at once too, it is the same case', async () => {
    const before = await cases();
    const id = await open({ resources: [entry], contents });
    const clicks = await Promise.all([1, 2, 3].map(() => submit(merchant, id)));
    const [{ caseNo, receipt } = { caseNo: '', receipt: '' }] = clicks;
    for (const click of [...clicks, await submit(merchant, id)])
      expect(click).toMatchObject({ status: 201, caseNo, receipt, act: 'submitApplication' });
    expect(await cases()).toBe(before + 1);
    expect(await get(merchant, id)).toMatchObject({ state: 'submitted', caseNo });
    expect(await put(merchant, id, 2, {})).toMatchObject({ status: 409, code: 'draftClosed' });
    expect(await discard(merchant, id)).toMatchObject({ status: 409, code: 'draftClosed' });
    expect((await events(id)).at(-1)).toMatchObject({
      type: 'draft.closed.v1',
      payload: { draft: id, endCode: 'submitted', caseNo },
    });
    const view = (await catalog.call(merchant, 'GET', `/v1/applications/${caseNo}`)).json();
    expect(view).toMatchObject({ contents: { contents }, resources: [{ resource: entry }], documents: [] });
  });

  it('while Temporal is away it is taken: 202, and the draft is closed all the same', async () => {
    const id = await open({ resources: [entry], contents });
    away = true;
    const answer = await submit(merchant, id);
    away = false;
    expect(answer).toMatchObject({ status: 202, state: 'taken' });
    expect(await get(merchant, id)).toMatchObject({ state: 'submitted', caseNo: answer.caseNo });
  });

  it.each<[string, () => object, number, string, string]>([
    ['no entry', () => ({ contents }), 400, 'invalidRequest', '/body/resources'],
    ['nothing said', () => ({ resources: [entry] }), 400, 'invalidRequest', '/body/contents'],
    [
      'a part missing',
      () => ({ resources: [entry], contents: { ...contents, manner: undefined } }),
      422,
      'applicationIncomplete',
      '/body/contents/manner',
    ],
    [
      'an entry that is not open',
      () => ({ resources: ['640500-GG-404'], contents }),
      409,
      'resourceNotOpen',
      '/body/resources/0',
    ],
    [
      'a document nobody uploaded',
      () => ({
        resources: [entry],
        contents: { ...contents, documents: [{ hash: `sha256:${'0'.repeat(64)}`, title: '制度' }] },
      }),
      422,
      'documentUnknown',
      '/body/contents/documents/0/hash',
    ],
  ])(
    '%s is told then as POST /v1/applications tells it, and the draft stays open',
    async (_name, body, status, code, pointer) => {
      const before = await cases();
      const id = await open(body());
      const direct = told(await catalog.call(merchant, 'POST', '/v1/applications', { body: body() }));
      const refused = await submit(merchant, id);
      expect(refused).toMatchObject({ status, code });
      expect(refused.errors?.map((error) => error.pointer)).toContain(pointer);
      expect([direct.status, direct.code, direct.errors]).toEqual([status, code, refused.errors]);
      expect(await get(merchant, id)).toMatchObject({ state: 'open', version: 1, caseNo: null });
      expect(await cases()).toBe(before);
    },
  );
});

describe('documents of an application: uploaded by the applicant, filed with the case', () => {
  const withDocuments = (...documents: object[]) => ({
    resources: [entry],
    contents: { ...contents, documents },
  });
  const apply = async (body: object) =>
    told(await catalog.call(merchant, 'POST', '/v1/applications', { body }));

  it('are listed on the case and read by the operator', async () => {
    const hash = await catalog.upload(merchant, sampleFile('pdf', 'applied'));
    expect((await catalog.call(zhongwei.operator, 'GET', `/v1/documents/${hash}`)).statusCode).toBe(404);
    const { caseNo } = await apply(withDocuments({ hash, title: '安全制度' }));
    const { documents } = (await catalog.call(zhongwei.operator, 'GET', `/v1/applications/${caseNo}`)).json();
    expect(documents).toMatchObject([
      { hash, title: '安全制度', role: 'application', filedBy: 'merchant-1', state: 'present' },
    ]);
    const content = await catalog.call(zhongwei.operator, 'GET', `/v1/documents/${hash}/content`);
    expect(content.rawPayload).toEqual(sampleFile('pdf', 'applied').bytes);
  });

  it.each<[string, Who]>([
    ['another merchant', rival],
    ['the operator', zhongwei.operator],
    ['the same body in another city', elsewhere],
  ])('one that %s uploaded cannot be cited, and gives no right to read', async (name, who) => {
    const hash = await catalog.upload(who, sampleFile('pdf', name));
    const before = await catalog.count('document_link');
    const body = withDocuments({ hash, title: '他人材料' });
    expect(await apply(body)).toMatchObject({
      status: 422,
      code: 'documentUnknown',
      errors: [{ pointer: '/body/contents/documents/0/hash', code: 'documentUnknown' }],
    });
    expect(await catalog.count('document_link')).toBe(before);
    expect((await catalog.call(merchant, 'GET', `/v1/documents/${hash}`)).statusCode).toBe(404);
  });

  it('a document twice, one without a title, one by another name than its hash', async () => {
    const hash = await catalog.upload(merchant);
    const twice = await apply(withDocuments({ hash, title: 'a' }, { hash, title: 'b' }));
    expect(twice).toMatchObject({ status: 400, errors: [{ pointer: '/body/contents/documents' }] });
    expect((await apply(withDocuments({ hash, title: ' ' }))).status).toBe(400);
    expect((await apply(withDocuments({ hash: '../etc/passwd', title: 'a' }))).status).toBe(400);
  });
});
