// X4, D1: evidence that expires suspends every access of its operator, by its own event over the catalog's own subscriber.
import type { OutboxRow } from '@gongshu/infra/cloud-event';
import { lawNow } from '@gongshu/infra/law-clock';
import { createOrdersSubscriber } from '@gongshu/service-catalog/orders-subscriber';
import { topicOf } from '@gongshu/shared/events';
import { sql } from 'kysely';
import { type Disclosure, startDisclosure } from '../support/disclosure.ts';
import { atEvidence } from '../support/evidence.ts';
import { feed } from '../support/feed.ts';
import { bureau, department, papers, resource, startSupplies, type Supplies } from './access-support.ts';

const city = 'zhongwei';
const kind = 'cryptographyAssessment';
let the: Disclosure;
let at: ReturnType<typeof atEvidence>;
let s: Supplies;
let grant: string;
/** Under another operator of the city. */
let other: string;
beforeAll(async () => {
  the = await startDisclosure([city]);
  at = atEvidence(the, city);
  await the.law.begin('2024-03-01T09:00:00');
  await at.mandate('640500-YY-2024-000001');
  s = await startSupplies();
  await s.entry(resource);
  for (const one of Object.values(papers)) {
    await s.document(department, one);
    await s.document(bureau, one);
  }
  grant = await s.grant();
  other = await s.grant({ operator: 'operator-b' });
  const supply = await s.supply(bureau);
  if (supply.statusCode !== 201) throw new Error(supply.body);
}, 120_000);
afterAll(async () => {
  await s?.stop();
  await the?.stop();
});

/** Hands everything that disclosure told so far to the catalog, as the broker does: again and again. */
const deliver = async (): Promise<void> => {
  const { rows } = await sql<OutboxRow>`
    select id, aggregateid, aggregate_version, previous_version, type, topic, jurisdiction, payload, occurred_at, recorded_at
    from outbox order by recorded_at, aggregateid, aggregate_version`.execute(the.db);
  expect(rows.some(({ topic }) => topic === topicOf('disclosure', 'case'))).toBe(true);
  const parked: unknown[] = [];
  const subscriber = createOrdersSubscriber(s.db, feed(rows), { report: (fault) => parked.push(fault) });
  await subscriber.joined;
  await subscriber.stop();
  expect(parked).toEqual([]);
};
const operatorB = { roles: ['operator'], organisation: 'operator-b' } as const;
const access = async (): Promise<string> => {
  const now = await lawNow(s.db);
  const { permitted, code, article } = (await s.ask(grant, { at: now.toISOString() })).json<{
    permitted: boolean;
    code: string | null;
    article: { article: string } | null;
  }>();
  return permitted ? 'served' : `${code} ${article?.article}`;
};
const on = async (instant: string): Promise<void> => {
  await the.law.begin(instant);
  await s.moveTo(`${instant}+08:00`);
  await at.round();
  await deliver();
};

/** Of the fields supplied, to the other operator: never touched by the evidence of the first. */
const accessOfOther = async (): Promise<unknown> =>
  (await s.ask(other, { at: (await lawNow(s.db)).toISOString() }, undefined, operatorB)).json<{
    permitted: boolean;
  }>().permitted;

it('[X4 zhongwei] served until its last day, refused the day after, served again once it is renewed', async () => {
  await at.accepted(kind, { issuedOn: '2023-07-01', validUntil: '2024-06-30' });
  await on('2024-06-30T23:59:00');
  expect(await access()).toBe('served');
  await on('2024-07-01T00:00:01');
  expect(await access()).toBe('supplySuspended 二十七');
  expect(await accessOfOther()).toBe(true);
  // A grant made meanwhile for the same operator rests with it.
  const later = await s.grant();
  expect((await s.ask(later, { at: (await lawNow(s.db)).toISOString() })).json()).toMatchObject({
    ...{ permitted: false, code: 'supplySuspended' },
  });
  await deliver();
  await on('2024-07-02T09:00:00');
  expect(await access()).toBe('supplySuspended 二十七');

  const renewed = await at.submit(kind, { issuedOn: '2024-07-01', validUntil: '2025-06-30' });
  await deliver();
  expect(await access()).toBe('supplySuspended 二十七');
  expect((await at.decide(renewed['evidence'], 'accept')).status).toBe(200);
  await deliver();
  expect(await access()).toBe('served');

  // The grant, by the order over its operator.
  const [ordered] = await at.told(kind, 'suspensionOrdered');
  const answered = await s.rows(sql<{ data: Record<string, unknown> }>`
    select payload as data from outbox where type = 'supplyOrder.obeyed.v1' order by aggregateid, aggregate_version`);
  expect(answered.map(({ data }) => data)).toMatchObject([
    { order: ordered?.['order'], move: 'ordered', held: 1, rested: 1, missed: [] },
    { order: ordered?.['order'], move: 'lifted', held: 2, rested: 2, missed: [] },
  ]);
});

it('[X4 zhongwei refuses] of a kind that its pack only warns of, nothing is suspended', async () => {
  await at.accepted('simulatedData', { issuedOn: '2024-06-01', validUntil: '2024-08-01' });
  await on('2024-08-02T09:00:00');
  expect(await at.story('simulatedData')).toContain('expired');
  expect(await access()).toBe('served');
});
