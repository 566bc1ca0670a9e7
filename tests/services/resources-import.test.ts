import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '@gongshu/infra/backends/places';
import { sql } from 'kysely';
import { bodiesOf, type Catalog, draft, startCatalog, type Who } from './resources-support.ts';

const source = join(projectFolder, 'infra/sample-city/source');
const raw = readFileSync(join(source, 'city-catalogue.csv'));
const rawMapping = JSON.parse(readFileSync(join(source, 'mapping.json'), 'utf8')) as object;

type Report = {
  id: string | null;
  applied: boolean;
  total: number;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
  errors: { row: number; column: string; code: string }[];
};

let catalog: Catalog;
jest.setTimeout(60_000);
beforeEach(async () => {
  catalog = await startCatalog();
}, 60_000);
afterEach(() => catalog?.stop());

const { department, other, bureau, operator } = bodiesOf('zhongwei');
const small = {
  name: 'test',
  columns: {
    key: 'id',
    title: 'title',
    provider: 'provider',
    abstract: 'abstract',
    fields: 'fields',
    updateFrequency: 'frequency',
    sourceUpdatedAt: 'updated',
    grade: 'grade',
    reviewer: 'reviewer',
  },
};
const header = 'id,title,provider,abstract,fields,frequency,updated,grade,reviewer';
const organisations = { A1: 'dept-transport', A2: 'dept-health' };
const line = (id: string, change: Partial<Record<string, string>> = {}) =>
  Object.values({
    id,
    title: '路灯',
    provider: 'A1 【交通局】',
    abstract: '路灯清单',
    fields: '编号、位置',
    frequency: '每月',
    updated: '2024-02-01',
    grade: '',
    reviewer: '',
    ...change,
  }).join(',');
const file = (...lines: string[]) => Buffer.from([header, ...lines].join('\r\n'));

const mappingFor = async (who: Who, mapping: object = small): Promise<string> => {
  const body = { mapping, organisations };
  const kept = await catalog.call(who, 'POST', '/v1/import-mappings', { body });
  expect(kept.statusCode).toBe(201);
  return kept.json<{ id: string }>().id;
};
const send = (who: Who, mapping: string, mode: string, bytes: Buffer) =>
  catalog.call(who, 'POST', `/v1/resources/imports?mapping=${mapping}&mode=${mode}`, {
    body: bytes,
    headers: { 'content-type': 'text/csv' },
  });
const take = async (who: Who, mapping: string, mode: string, bytes: Buffer): Promise<Report> => {
  const answer = await send(who, mapping, mode, bytes);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<Report>();
};

describe('the real catalogue of a city: 1,429 rows, every one accounted for', () => {
  it('keeps the good rows, names the bad ones, grades nothing; again it changes nothing', async () => {
    const mapping = await mappingFor(bureau, rawMapping);
    const started = performance.now();
    const first = await take(bureau, mapping, 'keepGood', raw);
    const millis = Math.round(performance.now() - started);
    console.info(`import of 1,429 rows: ${millis} ms`);
    expect(first).toMatchObject({
      applied: true,
      total: 1429,
      created: 1414,
      changed: 0,
      unchanged: 0,
      refused: 15,
    });
    expect(new Set(first.errors.map(({ row }) => row)).size).toBe(15);
    expect(first.errors[0]).toMatchObject({ row: 161, column: '主要欄位', code: 'fieldsUnreadable' });
    const { rows } = await sql<object>`
      select count(*) as entries, count(*) filter (where state <> 'compiled') as beyond,
             count(grade) as graded, count(classification) as classified, count(reviewer_kind) as reviewed
      from resource`.execute(catalog.db);
    expect(rows).toEqual([{ entries: 1414, beyond: 0, graded: 0, classified: 0, reviewed: 0 }]);

    const before =
      await sql<object>`select md5(string_agg(r::text, '' order by id)) as h from resource r`.execute(
        catalog.db,
      );
    expect(await take(bureau, mapping, 'keepGood', raw)).toMatchObject({
      ...{ total: 1429, created: 0, changed: 0, unchanged: 1414, refused: 15 },
    });
    const after =
      await sql<object>`select md5(string_agg(r::text, '' order by id)) as h from resource r`.execute(
        catalog.db,
      );
    expect(after.rows).toEqual(before.rows);
    expect(await catalog.events('640500-DR-000001')).toEqual(['imported']);
    expect((await catalog.call(null, 'GET', '/v1/resources')).json()).toEqual({ items: [], next: null });
  });

  it('all or nothing: 15 bad rows leave nothing behind', async () => {
    const mapping = await mappingFor(bureau, rawMapping);
    const report = await take(bureau, mapping, 'allOrNothing', raw);
    expect(report).toMatchObject({
      id: null,
      applied: false,
      total: 1429,
      created: 0,
      changed: 0,
      refused: 15,
    });
    expect(await catalog.count('resource')).toBe(0);
    expect(await catalog.count('import_run')).toBe(0);
  });

  it('twice at the same time: taken in once', async () => {
    const mapping = await mappingFor(bureau, rawMapping);
    const reports = await Promise.all([1, 2].map(() => take(bureau, mapping, 'keepGood', raw)));
    expect(reports.map(({ created }) => created).toSorted((a, b) => a - b)).toEqual([0, 1414]);
    expect(new Set(reports.map(({ id }) => id)).size).toBe(2);
    expect(await catalog.count('resource')).toBe(1414);
  });
});

describe('names and titles', () => {
  it('with a control character are refused by their place', async () => {
    const provider = { organisation: 'dept-transport', code: 'A1', name: '交通\u001b局' };
    for (const [change, pointer] of [
      [{ title: '路\u0008灯' }, '/body/title'],
      [{ title: '路\n灯' }, '/body/title'],
      [{ provider }, '/body/provider/name'],
    ] as const) {
      const answer = await catalog.call(department, 'POST', '/v1/resources', { body: draft('1', change) });
      expect([answer.statusCode, answer.json().errors]).toMatchObject([
        400,
        [{ pointer, code: 'unreadableCharacter' }],
      ]);
    }
  });
});

describe('what an import leaves to people', () => {
  const editOf = (id: string, body: object, version: number) =>
    catalog.call(department, 'PATCH', `/v1/resources/${id}`, {
      body,
      headers: { 'if-match': `"${version}"` },
    });
  const read = async (id: string) =>
    (await catalog.call(department, 'GET', `/v1/resources/${id}`)).json<object>();

  it('class, grade, level, reviewer and the grades of fields stay; text follows the file', async () => {
    const mapping = await mappingFor(department);
    await take(department, mapping, 'allOrNothing', file(line('1')));
    const id = '640500-RES-1';
    const fields = [
      { name: '编号', grade: 'general' },
      { name: '位置', grade: 'personal' },
    ];
    const reviewer = { kind: 'operator', organisation: 'operator' };
    await editOf(id, { grade: '二级', classification: '交通', level: 'city', reviewer, fields }, 1);
    const change = {
      title: '新路灯',
      fields: '编号、位置、亮度',
      grade: '一级',
      reviewer: 'sourceDepartment',
    };
    expect(await take(department, mapping, 'allOrNothing', file(line('1', change)))).toMatchObject({
      changed: 1,
    });
    expect(await read(id)).toMatchObject({
      ...{ title: '新路灯', grade: '二级', classification: '交通', reviewer, version: 3, state: 'compiled' },
      fields: [
        { name: '编号', grade: 'general' },
        { name: '位置', grade: 'personal' },
        { name: '亮度', grade: null },
      ],
    });
  });

  it('an entry further on takes the day of its data and nothing else; the rest is refused and told', async () => {
    const mapping = await mappingFor(department);
    await take(
      department,
      mapping,
      'allOrNothing',
      file(line('1', { grade: '一级', reviewer: 'sourceDepartment' })),
    );
    const id = '640500-RES-1';
    await editOf(id, { classification: '交通', level: 'city' }, 1);
    await catalog.move(department, id, 'submitted');
    await catalog.move(bureau, id, 'collected');
    await catalog.move(bureau, id, 'public');
    const same = { grade: '一级', reviewer: 'sourceDepartment' };
    const dated = await take(
      department,
      mapping,
      'keepGood',
      file(line('1', { ...same, updated: '2024-02-25' })),
    );
    expect(dated).toMatchObject({ changed: 1, refused: 0 });
    const renamed = await take(
      department,
      mapping,
      'keepGood',
      file(line('1', { title: '别的' }), line('2')),
    );
    expect(renamed).toMatchObject({
      created: 1,
      changed: 0,
      refused: 1,
      errors: [{ row: 1, column: 'title', value: id, code: 'entryUnderWay' }],
    });
    const taken = await take(
      bureau,
      mapping,
      'keepGood',
      file(line('1', { ...same, provider: 'A2 【卫健委】' })),
    );
    expect(taken).toMatchObject({
      changed: 0,
      refused: 1,
      errors: [
        {
          row: 1,
          column: 'provider',
          value: 'A2',
          code: 'providerDiffers',
          reason: { zh: expect.stringContaining('提供单位'), en: expect.stringContaining('provider') },
        },
      ],
    });
    expect(await read(id)).toMatchObject({
      title: '路灯',
      state: 'public',
      grade: '一级',
      dataUpdatedOn: '2024-02-25',
    });
  });

  it('a department brings its own entries only; an operator none', async () => {
    const mapping = await mappingFor(other);
    const report = await take(
      other,
      mapping,
      'keepGood',
      file(line('1'), line('2', { provider: 'A2 【卫生局】' })),
    );
    expect(report).toMatchObject({ created: 1, refused: 1, errors: [{ row: 1, code: 'providerNotYours' }] });
    expect((await send(operator, mapping, 'keepGood', file(line('3')))).statusCode).toBe(403);
    expect(await catalog.count('resource')).toBe(1);
  });

  it('a reviewer that cannot be read is refused, not guessed', async () => {
    const mapping = await mappingFor(bureau);
    const lines = [
      line('1', { reviewer: '某处' }),
      line('2', { reviewer: 'countyAuthority:county-bureau-1' }),
    ];
    expect(await take(bureau, mapping, 'keepGood', file(...lines))).toMatchObject({
      ...{ created: 1, refused: 1, errors: [{ row: 1, column: 'reviewer', code: 'valueUnknown' }] },
    });
  });
});

describe('files and requests that are refused', () => {
  it.each([
    { name: 'columns missing', bytes: Buffer.from('a,b\n1,2\n'), status: 422, code: 'importUnreadable' },
    { name: 'a quotation mark left open', bytes: file('"1,2'), status: 422, code: 'importUnreadable' },
    { name: 'nothing', bytes: Buffer.from(' '), status: 422, code: 'importUnreadable' },
    {
      name: 'more than 20 MB',
      bytes: Buffer.alloc(20 * 1024 * 1024 + 1, 0x61),
      status: 413,
      code: 'bodyTooLarge',
    },
    { name: 'a NUL', bytes: file(line('1', { title: 'a\u0000' })), status: 400, code: 'textRefused' },
  ])('$name: $code', async ({ bytes, status, code }) => {
    const mapping = await mappingFor(bureau);
    const answer = await send(bureau, mapping, 'keepGood', bytes);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(await catalog.count('resource')).toBe(0);
  });

  it('a mapping of another city or none at all', async () => {
    const mapping = await mappingFor(bodiesOf('wuhai').bureau);
    const answer = await send(bureau, mapping, 'keepGood', file(line('1')));
    expect(answer.json()).toMatchObject({ code: 'importMappingUnknown' });
  });

  it('GB18030 is read by its own header', async () => {
    const text = '编号,名称,部门,摘要,字段,频率\r\n1,路灯,A1 【交通局】,清单,编号、位置,每月\r\n';
    const gb = Buffer.from(
      'b1e0bac52cc3fbb3c62cb2bfc3c52cd5aad2aa2cd7d6b6ce2cc6b5c2ca0d0a312cc2b7b5c62c413120a1bebdbbcda8bed6a1bf2cc7e5b5a52cb1e0bac5a1a2cebbd6c32cc3bfd4c20d0a',
      'hex',
    );
    expect(new TextDecoder('gb18030').decode(gb)).toBe(text);
    const columns = {
      key: '编号',
      title: '名称',
      provider: '部门',
      abstract: '摘要',
      fields: '字段',
      updateFrequency: '频率',
    };
    const mapping = await mappingFor(bureau, { name: 'gb', columns });
    expect(await take(bureau, mapping, 'allOrNothing', gb)).toMatchObject({ created: 1 });
  });
});
