import type { Bus } from '@gongshu/infra/bus';
import { toCloudEvent, toKafka } from '@gongshu/infra/cloud-event';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { createPeopleSubscriber } from '@gongshu/service-catalog/people-subscriber';
import type { Kysely } from 'kysely';
import { startRegistry } from '../support/registry.ts';
import { at, startReading } from './application-read-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const city = bodiesOf('zhongwei');
const mobility = {
  roles: ['sourceDepartment'],
  organisation: 'dept-mobility',
  jurisdiction: 'zhongwei',
} as const;
const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'zhongwei' } as const;
const [open, ended] = ['640500-SQ-2024-000001', '640500-SQ-2024-000002'];

let registry: Awaited<ReturnType<typeof startRegistry>>;
let catalog: Awaited<ReturnType<typeof startReading>>;
let resource: string;
const table = (db: unknown) => db as Kysely<any>;

/** Hands the catalog's subscriber what the registry has told, as the topic does: once more each time it is called. */
const hear = async (): Promise<void> => {
  const rows = await table(registry.db).selectFrom('outbox').selectAll().orderBy('seq').execute();
  const deliveries = rows.map((row) => {
    const { topic, headers, value } = toKafka(row.topic, toCloudEvent(row as never));
    return {
      topic,
      partition: 0,
      offset: String(row.seq),
      key: null,
      headers,
      value: Buffer.from(value ?? ''),
    };
  });
  const bus: Pick<Bus, 'subscribe'> = {
    subscribe: ({ each }) => {
      const joined = (async () => {
        for (const delivery of deliveries) await each(delivery as never);
      })();
      return { joined, stop: async () => {} } as never;
    },
  };
  const parked: unknown[] = [];
  const subscriber = createPeopleSubscriber(catalog.db as Kysely<ApplicationTables>, bus, {
    report: (finding) => parked.push(finding),
  });
  await subscriber.joined;
  await subscriber.stop();
  expect(parked.filter((one) => (one as { kind: string }).kind === 'parked')).toEqual([]);
};
const succeed = (who: Who, party: string, body: object) =>
  registry.call(who, 'POST', `/v1/parties/${party}/succession`, { body });
const rename = (who: Who, party: string, body: object) =>
  registry.call(who, 'POST', `/v1/parties/${party}/names`, { body });

beforeAll(async () => {
  registry = await startRegistry();
  catalog = await startReading();
  resource = await catalog.compile(city.department, 'entry-1', {
    reviewer: { kind: 'sourceDepartment', organisation: 'dept-transport' },
  });
  for (const caseNo of [open, ended])
    await catalog.submit(caseNo, { reviewers: ['dept-transport', 'dept-health'] });
  await catalog.play(open, 'review', 'dept-transport', { from: '03-01T10:00:00' });
  await catalog.play(ended, 'review', 'dept-transport', {
    from: '03-01T10:00:00',
    end: { outcome: 'approved', at: at('03-02T10:00:00'), receipt: null },
  });
  await catalog.db
    .updateTable('application')
    .set({ outcome: 'approved' })
    .where('case_no', '=', ended)
    .execute();
});
afterAll(async () => {
  await registry.stop();
  await catalog.stop();
});

describe('a body has a new name', () => {
  it('the earlier one is kept with its last day; the event names nobody', async () => {
    const answer = await rename(city.bureau, 'dept-health', { name: '示例市卫生健康局', on: '2024-03-01' });
    expect([answer.statusCode, answer.json().name]).toEqual([200, '示例市卫生健康局']);
    const names = await registry.call(city.bureau, 'GET', '/v1/parties/dept-health/names');
    expect(names.json().items).toEqual([
      { name: '示例市卫生健康局', until: null },
      { name: '示例市卫健委', until: '2024-02-29' },
    ]);
    expect(JSON.stringify(await registry.told('party.renamed.v1'))).not.toMatch(/示例/);
  });

  it.each<[string, Who, string, object, number]>([
    ['ahead of its day', city.bureau, 'dept-health', { on: '2024-03-02' }, 422],
    [
      'without a document that was uploaded',
      city.bureau,
      'dept-health',
      { document: `sha256:${'a'.repeat(64)}` },
      422,
    ],
    ['by the body itself', city.other, 'dept-health', {}, 403],
    ['by another city', bodiesOf('yulin').bureau, 'dept-health', {}, 404],
    ['of a body nobody registered', city.bureau, 'none', {}, 404],
  ])('not %s', async (_name, who, party, change, status) => {
    const answer = await rename(who, party, { name: '新名称', on: '2024-03-01', ...change });
    expect(answer.statusCode).toBe(status);
  });
});

describe('G1: a body goes into another', () => {
  it.each<[string, Who, string, object, number, string]>([
    ['into itself', city.bureau, 'dept-transport', { successor: 'dept-transport' }, 422, 'successorUnfit'],
    [
      'into a body of another kind',
      city.bureau,
      'dept-transport',
      { successor: 'operator' },
      422,
      'successorUnfit',
    ],
    [
      'into a body nobody registered',
      city.bureau,
      'dept-transport',
      { successor: 'none' },
      422,
      'successorUnfit',
    ],
    ['where it is a merchant', city.bureau, 'merchant-1', { successor: 'operator' }, 422, 'successorUnfit'],
    ['ahead of its day', city.bureau, 'dept-transport', { on: '2024-03-02' }, 422, 'changeAhead'],
    ['on a day that is none', city.bureau, 'dept-transport', { on: '2024-02-30' }, 400, 'invalidRequest'],
    ['by itself', city.department, 'dept-transport', {}, 403, 'forbidden'],
    ['by another city’s bureau', bodiesOf('yulin').bureau, 'dept-transport', {}, 404, 'notFound'],
  ])('not %s', async (_name, who, party, change, status, code) => {
    const answer = await succeed(who, party, { successor: 'dept-mobility', on: '2024-03-01', ...change });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(await registry.told('party.succeeded.v1')).toEqual([]);
  });

  it('its people move with it, it acts no more, and there is no way back', async () => {
    await registry.call(city.bureau, 'POST', '/v1/people', {
      body: { people: [{ id: 't-1', organisation: 'dept-transport', name: '张三' }] },
    });
    const answer = await succeed(city.bureau, 'dept-transport', {
      successor: 'dept-mobility',
      on: '2024-03-01',
    });
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { successor: 'dept-mobility' }]);
    const person = await registry.call(mobility, 'GET', '/v1/people/t-1');
    expect(person.json()).toMatchObject({ organisation: 'dept-mobility' });
    expect((await registry.call(city.department, 'GET', '/v1/people/t-1')).statusCode).toBe(404);
    const office = { id: 'o-1', organisation: 'dept-transport', name: '办公室' };
    const acting = await registry.call(city.department, 'POST', '/v1/offices', { body: office });
    expect(acting.json()).toMatchObject({ status: 403, code: 'partySucceeded' });
    const again = { successor: 'dept-health', on: '2024-03-01' };
    expect((await succeed(city.bureau, 'dept-transport', again)).json().code).toBe('partySucceeded');
    const back = await succeed(city.bureau, 'dept-mobility', {
      successor: 'dept-transport',
      on: '2024-03-01',
    });
    expect(back.json().code).toBe('successorUnfit');
  });

  it('the catalog knows its people as the successor’s, whichever was told first', async () => {
    const accounts = () => table(catalog.db).selectFrom('person').selectAll().orderBy('id').execute();
    await table(catalog.db)
      .insertInto('person')
      .values([
        { jurisdiction: 'zhongwei', id: 't-0', organisation: 'dept-transport' },
        { jurisdiction: 'wuhai', id: 't-0', organisation: 'dept-transport' },
      ])
      .execute();
    // As if the succession had been heard before the person was.
    await table(catalog.db)
      .insertInto('body')
      .values({
        ...{ jurisdiction: 'zhongwei', id: 'dept-transport', kind: 'sourceDepartment' },
        successor: 'dept-mobility',
      })
      .onConflict((conflict) =>
        conflict.columns(['jurisdiction', 'id']).doUpdateSet({ successor: 'dept-mobility' }),
      )
      .execute();
    await hear();
    const told = (await accounts()).map(({ jurisdiction, id, organisation }) => [
      jurisdiction,
      id,
      organisation,
    ]);
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        ['zhongwei', 't-0', 'dept-mobility'],
        ['zhongwei', 't-1', 'dept-mobility'],
        ['wuhai', 't-0', 'dept-transport'],
      ]),
    );
  });

  it('the catalog moves what is to be done, once, and leaves what has ended', async () => {
    await hear();
    await hear(); // again: an event is taken once
    const rows = await table(catalog.db)
      .selectFrom('application_resource')
      .select(['case_no', 'reviewer_organisation'])
      .orderBy('case_no')
      .orderBy('resource_id')
      .execute();
    expect(rows.map((row) => [row.case_no, row.reviewer_organisation])).toEqual([
      [open, 'dept-mobility'],
      [open, 'dept-health'],
      [ended, 'dept-transport'],
      [ended, 'dept-health'],
    ]);
    const turns = await catalog.db
      .selectFrom('turn')
      .select(['case_no', 'organisation'])
      .orderBy('case_no')
      .execute();
    expect(turns).toEqual([
      { case_no: open, organisation: 'dept-mobility' },
      { case_no: ended, organisation: 'dept-transport' },
    ]);
    const entry = await table(catalog.db)
      .selectFrom('resource')
      .select(['provider_organisation', 'reviewer_organisation'])
      .where('id', '=', resource)
      .executeTakeFirst();
    expect(entry).toEqual({ provider_organisation: 'dept-mobility', reviewer_organisation: 'dept-mobility' });
    const told = await catalog.db
      .selectFrom('intake')
      .selectAll()
      .where('act', '=', 'bodySucceeded')
      .execute();
    expect(told).toMatchObject([
      {
        case_no: open,
        workflow_id: open,
        payload: { from: 'dept-transport', to: 'dept-mobility' },
        state: 'taken',
      },
    ]);
    const moved = await table(catalog.db)
      .selectFrom('outbox')
      .select('payload')
      .where('type', '=', 'party.workMoved.v1')
      .execute();
    expect(moved.map(({ payload }) => payload)).toEqual([
      { from: 'dept-transport', to: 'dept-mobility', cases: 1, resources: 2, grants: 0, supplies: 0 },
    ]);
  });

  it('the successor sees and acts; the old body’s token does neither; a merchant is none the wiser', async () => {
    catalog.clock.now = new Date(at('03-05T10:00:00'));
    const tasks = async (who: Who) => (await catalog.call(who, 'GET', '/v1/tasks')).json().items.length;
    expect(await tasks(mobility)).toBe(1);
    expect(await tasks(city.department)).toBe(0);
    expect((await catalog.call(mobility, 'GET', `/v1/applications/${open}`)).statusCode).toBe(200);
    expect((await catalog.call(city.department, 'GET', `/v1/applications/${open}`)).statusCode).toBe(404);
    const decide = (who: Who, organisation: string) =>
      catalog.call(who, 'POST', `/v1/applications/${open}/reviews/${organisation}/decision`, {
        body: { outcome: 'approve' },
      });
    expect((await decide(city.department, 'dept-transport')).json().code).toBe('partySucceeded');
    expect((await decide(mobility, 'dept-transport')).statusCode).toBe(403);
    expect((await decide(mobility, 'dept-mobility')).statusCode).toBe(202);
    expect((await catalog.call(merchant, 'GET', `/v1/applications/${open}`)).statusCode).toBe(200);
  });

  it('an absence is learned, and forgotten when it is cancelled', async () => {
    await registry.call(city.bureau, 'POST', '/v1/people', {
      body: { people: [{ id: 't-2', organisation: 'dept-mobility', name: '李四' }] },
    });
    const body = { from: '2024-03-04', until: '2024-03-08', substitute: 't-2', reasonCode: 'leave' };
    const absence = await registry.call(mobility, 'POST', '/v1/people/t-1/absences', { body });
    await hear();
    const learned = () => catalog.db.selectFrom('absence').selectAll().executeTakeFirst();
    expect(await learned()).toMatchObject({ person: 't-1', substitute: 't-2', cancelled_at: null });
    const url = `/v1/people/t-1/absences/${absence.json().id}/cancellation`;
    await registry.call(mobility, 'POST', url, { body: {} });
    await hear();
    expect((await learned())?.cancelled_at).toBeInstanceOf(Date);
  });
});
