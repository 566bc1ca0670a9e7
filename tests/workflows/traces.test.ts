import { keepSchedules } from '@gongshu/infra/schedules';
import { ledgerDues } from '@gongshu/infra/traces/schedules';
import { taskQueue } from '@gongshu/infra/temporal-client';
import { sql } from 'kysely';
import { refusalOf } from '../services/law-support.ts';
import { namePath } from '../support/turns-history.ts';
import { productPeople, type Products, resource, startProducts } from '../support/products.ts';

let the: Products;
beforeAll(async () => {
  the = await startProducts(['shuozhou', 'zhongwei']);
  await the.law.begin('2024-03-01T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

const trace = (city: string, by: 'operator' | 'merchant' | 'rival', body: object) =>
  the.call(productPeople(city)[by], 'POST', '/v1/traces', {
    ...{ subjectKind: 'grant', act: 'access', at: '2024-03-01T08:30:00+08:00', ...body },
  });

describe.each(['shuozhou', 'zhongwei'] as const)(
  '[D2 %s] what is done with granted data is on record',
  (city) => {
    it('by API and by file; the same number of the platform stands once; beyond the grant is marked', async () => {
      const grant = await the.grant(city);
      const once = await trace(city, 'operator', { subject: grant, rows: 120, reference: `${city}-1` });
      expect(once.statusCode).toBe(201);
      const again = await trace(city, 'operator', { subject: grant, rows: 120, reference: `${city}-1` });
      expect(again.json()).toEqual(once.json());
      const late = await trace(city, 'operator', { subject: grant, at: '2023-12-31T23:59:59+08:00' });
      expect(late.json()).toMatchObject({ beyondGrant: true });
      const entry = { subjectKind: 'grant', subject: grant, at: '2024-03-01T08:40:00+08:00' };
      const file = await the.call(productPeople(city).merchant, 'POST', '/v1/traces/imports', {
        keep: 'good',
        entries: [
          { ...entry, act: 'processing', rows: 120, resources: [resource] },
          { ...entry, act: 'transfer', counterparty: '某银行', form: 'processed', rows: 3 },
          { ...entry, act: 'transfer', rows: 3 },
          { ...entry, subject: '640500-SQ-2024-999999', act: 'access' },
          { ...entry, act: 'nope', rows: -1 },
          { ...entry, act: 'access', rows: 1, reference: `${city}-file` },
          { ...entry, act: 'access', rows: 1, reference: `${city}-file` },
        ],
      });
      expect(file.json()).toMatchObject({
        kept: [{ row: 0 }, { row: 1 }, { row: 5 }, { row: 6 }],
        refused: [
          { row: 2, code: 'traceIncomplete', errors: [{ pointer: '/body/entries/2/counterparty' }, {}] },
          { row: 3, code: 'traceSubjectUnknown', errors: [{ pointer: '/body/entries/3/subject' }] },
          {
            ...{ row: 4, code: 'invalidRequest' },
            errors: [{ pointer: '/body/entries/4/act' }, { pointer: '/body/entries/4/rows' }],
          },
        ],
      });
      const list = await the.call(productPeople(city).bureau, 'GET', `/v1/traces?subject=${grant}`);
      expect(list.json<{ items: unknown[] }>().items).toHaveLength(5);
      // Whoever hands the file in, its accesses are told of the operator under whom they were; each once.
      const { rows: told } = await sql<{ data: unknown }>`select payload as data from outbox
        where type = 'trace.imported.v1' and jurisdiction = ${city}`.execute(the.db);
      expect(told).toMatchObject([
        {
          data: {
            operator: productPeople(city).merchant.organisation,
            accesses: [{ operator: 'operator', count: 1 }],
          },
        },
      ]);
      expect((await the.call(productPeople(city).rival, 'GET', '/v1/traces')).json()).toMatchObject({
        items: [],
      });
    });
  },
);

describe('[D2 shuozhou refuses] and [A9 shuozhou refuses]', () => {
  it.each(['raw', 'nearRaw'] as const)('nothing is handed on in %s form (十一（四）2)', async (form) => {
    const grant = await the.grant('shuozhou');
    const given = { subject: grant, act: 'transfer', counterparty: '某公司', form };
    expect(refusalOf(await trace('shuozhou', 'merchant', given))).toMatchObject({
      ...{ status: 409, code: 'rawTransferRefused', article: '十一（四）2', pointers: ['/body/form'] },
    });
    expect((await trace('shuozhou', 'merchant', { ...given, form: 'processed' })).statusCode).toBe(201);
  });

  it('any number of rows up to a bound; a day before there was any platform', async () => {
    const grant = await the.grant('shuozhou');
    const status = async (body: object) =>
      (await trace('shuozhou', 'operator', { subject: grant, ...body })).statusCode;
    expect(await status({ rows: 1_000_000_000_000_000 })).toBe(201);
    expect(await status({ rows: 1_000_000_000_000_001 })).toBe(400);
    expect(await status({ at: '0000-01-01T00:00:00Z' })).toBe(400);
  });

  it('an act ahead of now, another’s grant, a destruction without its evidence', async () => {
    const grant = await the.grant('shuozhou');
    const code = async (by: 'merchant' | 'rival', body: object) =>
      refusalOf(await trace('shuozhou', by, { subject: grant, ...body })).code;
    expect(await code('merchant', { at: '2099-01-01T00:00:00+08:00' })).toBe('traceInFuture');
    expect(await code('rival', {})).toBe('traceSubjectUnknown');
    expect(await code('merchant', { act: 'destruction' })).toBe('traceIncomplete');
  });
});

it('a version of a product leads back to fields, grants and who decided, as PROV-JSON', async () => {
  const caseNo = await the.submit('zhongwei');
  const { product, version } = await the.productOf(caseNo);
  const url = `/v1/products/${product}/versions/${version}/provenance`;
  const answer = await the.call(productPeople('zhongwei').department, 'GET', url);
  const prov = answer.json<Record<string, Record<string, Record<string, string>>>>();
  expect(Object.keys(prov)).toEqual(
    expect.arrayContaining(['prefix', 'entity', 'activity', 'agent', 'wasDerivedFrom', 'used']),
  );
  const derived = Object.values(prov['wasDerivedFrom'] ?? {}).map((one) => one['prov:usedEntity']);
  expect(derived).toContain(`gs:catalogField/${encodeURIComponent(`${resource}/区县`)}`);
  for (const kind of ['wasDerivedFrom', 'used', 'wasGeneratedBy', 'hadMember'])
    for (const relation of Object.values(prov[kind] ?? {}))
      for (const [role, named] of Object.entries(relation))
        expect(Object.keys(prov[/activity/.test(role) ? 'activity' : 'entity'] ?? {})).toContain(named);
  expect((await the.call(productPeople('zhongwei').rival, 'GET', url)).statusCode).toBe(404);
});

it('every quarter the ledger is reported by its Schedule, once, and the next is foreseen (朔州 十（一）)', async () => {
  const grant = await the.grant('shuozhou');
  await trace('shuozhou', 'operator', { subject: grant, rows: 10 });
  const { rows } = await sql<Record<string, unknown>>`
    select * from ledger_due where jurisdiction = 'shuozhou' and from_on = '2024-01-01'`.execute(the.db);
  expect(rows).toMatchObject([{ until_on: '2024-03-31', opens_at: new Date('2024-04-01T09:00:00+08:00') }]);
  // The Schedule starts what its row says; here it is started by hand, late and twice.
  const started = ledgerDues.starts(rows[0] as never);
  const run = (workflowId: string) =>
    the.client.workflow.execute(started.workflowType, { ...started, workflowId, taskQueue });
  namePath(started.workflowId, 'ledger-report');
  await run(started.workflowId);
  await run(`${started.workflowId}-again`);
  const { bureau, operator, merchant } = productPeople('shuozhou');
  const { items } = (await the.call(bureau, 'GET', '/v1/ledger-reports')).json<{
    items: { acts: { act: string; rows: number }[] }[];
  }>();
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ from: '2024-01-01', until: '2024-03-31', operator: 'operator' });
  expect(items[0]?.acts.find(({ act }) => act === 'access')?.rows).toBeGreaterThanOrEqual(130);
  expect((await the.call(operator, 'GET', '/v1/ledger-reports')).statusCode).toBe(200);
  expect((await the.call(merchant, 'GET', '/v1/ledger-reports')).statusCode).toBe(403);
  const { rows: after } = await sql`
    select from_on, state from ledger_due where jurisdiction = 'shuozhou' and from_on >= '2024-01-01' order by 1`.execute(
    the.db,
  );
  expect(after).toEqual([
    { from_on: '2024-01-01', state: 'opened' },
    { from_on: '2024-04-01', state: 'ahead' },
  ]);
  const told = await sql`select from outbox where type = 'trace.ledgerReported.v1'`.execute(the.db);
  expect(told.rows).toHaveLength(1);
});

it('a Schedule stands for what lies ahead, and in Zhongwei, which names no period, for nothing', async () => {
  const made: string[] = [];
  const client = {
    schedule: {
      create: async ({ scheduleId }: { scheduleId: string }) => void made.push(scheduleId),
      getHandle: () => ({ trigger: async () => {}, delete: async () => {} }),
    },
  } as never;
  await keepSchedules({ db: the.db, client, sandbox: true }, ledgerDues);
  expect(made.every((id) => id.startsWith('ledger-shuozhou-operator-'))).toBe(true);
  expect(made).toContain('ledger-shuozhou-operator-2024-04-01');
});
