// D1, X1, X2, X4: orders of incidents, sanctions and evidence reach supplies, and with them every access under a grant.
import { followOrder } from '@gongshu/service-catalog/orders-subscriber';
import { noScope } from '@gongshu/shared/holds';
import { sql } from 'kysely';
import { bureau, department, papers, resource, startSupplies, type Supplies } from './access-support.ts';

let s: Supplies;
let grant: string;
jest.setTimeout(60_000);
beforeAll(async () => {
  s = await startSupplies();
  await s.entry(resource);
  await s.entry('640500-RES-idle');
  for (const one of Object.values(papers)) {
    await s.document(department, one);
    await s.document(bureau, one);
  }
  grant = await s.grant();
}, 60_000);
afterAll(() => s?.stop());

const jurisdiction = 'zhongwei';
const types = {
  incident: ['incident.suspensionOrdered.v1', 'incident.restorationOrdered.v1'],
  sanction: ['sanction.applied.v1', 'sanction.lifted.v1'],
  evidence: ['evidence.suspensionOrdered.v1', 'evidence.restorationOrdered.v1'],
} as const;
const reach = { ...noScope, resources: [resource] };
/** An order, or its lifting, as disclosure's event brings it. */
const tell = (
  order: string,
  { lifted = false, scope = reach, by = 'incident' as keyof typeof types, city = jurisdiction } = {},
) =>
  s.db.transaction().execute((trx) =>
    followOrder(trx, {
      ...{ type: `cn.gongshu.${types[by][lifted ? 1 : 0]}`, jurisdiction: city },
      lawtime: '2024-03-01T10:00:00+08:00',
      data: { order, ground: 'securityIncident', scope, article: '第二十七条', articleInstrument: '某办法' },
    }),
  );
const lift = (order: string, given: Parameters<typeof tell>[1] = {}) =>
  tell(order, { ...given, lifted: true });
const access = async () => {
  const { permitted, code, article } = (await s.ask(grant)).json<{
    permitted: boolean;
    code: string | null;
    article: { article: string } | null;
  }>();
  return permitted ? 'served' : `${code} ${article?.article}`;
};
const refused = 'supplySuspended 二十七';
const supplyOf = async (change: object = {}): Promise<string> => {
  const answer = await s.supply(bureau, change);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ supplyNo: string }>().supplyNo;
};
const stateOf = async (number: string) =>
  (await s.call(bureau, 'GET', `/v1/supplies/${number}`)).json<{ state: string }>().state;
const byHand = (number: string, act: 'suspension' | 'restoration') =>
  s.call(bureau, 'POST', `/v1/supplies/${number}/${act}`, {
    body:
      act === 'suspension'
        ? { risk: [{ code: 'leak', text: '疑似泄露' }] }
        : { rectification: [{ code: 'patched', text: '已修补' }] },
  });
const answers = async (order: string) =>
  (await s.events(order)).map(({ data }) => {
    const { move, held, rested, missed } = data;
    return { move, held, rested, missed };
  });

describe('[D1] an order over an entry', () => {
  let number: string;
  beforeAll(async () => {
    number = await supplyOf();
  });

  it('refuses every access with the article while it stands, and no longer', async () => {
    expect(await access()).toBe('served');
    await tell('AQ-1/1');
    expect(await access()).toBe(refused);
    await lift('AQ-1/1');
    expect(await access()).toBe('served');
    expect((await s.events(number)).map(({ type }) => type.replace(/^.*(supply\.)/, '$1'))).toEqual([
      'supply.recorded.v1',
      'supply.suspended.v1',
      'supply.restored.v1',
    ]);
    const [, suspended] = await s.events(number);
    expect(suspended?.data).toMatchObject({
      ...{ suspension: 'AQ-1/1', riskCodes: ['securityIncident'], grants: [grant] },
      ...{ article: '第二十七条', articleInstrument: '某办法' },
    });
  });

  it('of several, it runs again only when the last is lifted', async () => {
    await tell('AQ-2/1');
    await tell('CJ-2/1', { by: 'sanction', scope: { ...noScope, all: true } });
    await tell('ZM-2', { by: 'evidence', scope: { ...noScope, bodies: ['dept-transport'] } });
    for (const [order, by] of [
      ['AQ-2/1', 'incident'],
      ['ZM-2', 'evidence'],
    ] as const) {
      await lift(order, { by });
      expect(await access()).toBe(refused);
    }
    await lift('CJ-2/1', { by: 'sanction' });
    expect(await access()).toBe('served');
  });

  it('what a hand suspended no order lifts; what an order holds no hand restores', async () => {
    expect((await byHand(number, 'suspension')).statusCode).toBe(200);
    await tell('AQ-3/1');
    await lift('AQ-3/1');
    expect(await access()).toBe(refused);
    expect((await byHand(number, 'restoration')).statusCode).toBe(200);
    expect(await access()).toBe('served');

    await tell('AQ-4/1');
    const against = await byHand(number, 'restoration');
    expect([against.statusCode, against.json<{ code: string }>().code]).toEqual([409, 'heldByOrder']);
    // A hand may suspend what an order holds already; lifting the one leaves the other.
    expect((await byHand(number, 'suspension')).statusCode).toBe(200);
    expect((await byHand(number, 'suspension')).json()).toMatchObject({ code: 'supplySuspended' });
    expect((await byHand(number, 'restoration')).json()).toMatchObject({ state: 'suspended' });
    expect((await s.events(number)).at(-1)).toMatchObject({ data: { left: 1 } });
    expect(await access()).toBe(refused);
    await lift('AQ-4/1');
    expect(await access()).toBe('served');
  });

  it('told twice it is told once; told after its lifting it holds nothing', async () => {
    const before = (await s.events(number)).length;
    await tell('AQ-5/1');
    await tell('AQ-5/1');
    await lift('AQ-5/1');
    await lift('AQ-5/1');
    expect((await s.events(number)).length - before).toBe(2);
    expect(await answers('AQ-5/1')).toEqual([
      { move: 'ordered', held: 1, rested: 1, missed: [] },
      { move: 'lifted', held: 1, rested: 1, missed: [] },
    ]);
    await lift('AQ-6/1');
    await tell('AQ-6/1');
    expect(await access()).toBe('served');
  });

  it('of another city reaches nothing here', async () => {
    await tell('AQ-7/1', { city: 'shuozhou', scope: { ...noScope, all: true } });
    expect(await access()).toBe('served');
    expect(await answers('AQ-7/1')).toMatchObject([{ held: 0 }]);
  });

  it('two at once, over and over, leave no trace of one another', async () => {
    const orders = ['AQ-8/1', 'AQ-8/2', 'AQ-8/3', 'AQ-8/4'];
    await Promise.all(orders.map((order) => tell(order)));
    expect(await access()).toBe(refused);
    await Promise.all(orders.slice(1).map((order) => lift(order)));
    expect(await access()).toBe(refused);
    await lift('AQ-8/1');
    expect(await access()).toBe('served');
  });

  it('holds what would be recorded under it, and lets go of what ended meanwhile', async () => {
    await tell('AQ-9/1');
    const anew = await s.supply(bureau, { fields: ['停车场名称'], from: '2025-01-01', until: '2025-12-31' });
    expect([anew.statusCode, anew.json<{ code: string }>().code]).toEqual([409, 'heldByOrder']);
    await s.call(bureau, 'POST', `/v1/supplies/${number}/end`);
    await lift('AQ-9/1');
    expect(await stateOf(number)).toBe('ended');
    expect(await answers('AQ-9/1')).toMatchObject([{ rested: 1 }, { move: 'lifted', held: 1, rested: 0 }]);
    await supplyOf();
    expect(await access()).toBe('served');
  });
});

it('a department that supplies nothing is told back as not reached; one that supplies rests, a merchant is the registry’s', async () => {
  for (const [id, kind] of [
    ['dept-idle', 'sourceDepartment'],
    ['dept-transport', 'sourceDepartment'],
    ['merchant-1', 'merchant'],
  ])
    await sql`insert into body (jurisdiction, id, kind) values ('zhongwei', ${id}, ${kind}) on conflict do nothing`.execute(
      s.owner,
    );
  await tell('AQ-11/1', { scope: { ...noScope, bodies: ['dept-idle', 'dept-transport', 'merchant-1'] } });
  const [told] = await answers('AQ-11/1');
  expect(told?.missed).toEqual([{ kind: 'body', id: 'dept-idle', code: 'nothingToSuspend' }]);
  await lift('AQ-11/1');
});

it('what it could not reach is told back on its record', async () => {
  await tell('AQ-10/1', {
    scope: { ...noScope, resources: ['640500-RES-none', '640500-RES-idle', resource] },
  });
  expect(await answers('AQ-10/1')).toEqual([
    {
      ...{ move: 'ordered', held: 1, rested: 1 },
      missed: [
        { kind: 'resource', id: '640500-RES-none', code: 'unknown' },
        { kind: 'resource', id: '640500-RES-idle', code: 'notSupplied' },
      ],
    },
  ]);
  const { rows } = await sql<{ orders: number }>`select count(*)::int as orders from supply_order
    where lifted_at is null and jurisdiction = 'zhongwei'`.execute(s.owner);
  expect(rows).toEqual([{ orders: 1 }]);
});
