// X1: who checks a merchant sees what is on record against it, in whatever order it was told; it is shown, and refuses nobody.
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import { recordsInForce } from '@gongshu/service-registry/credit-records/in-force';
import { keepCreditRecord } from '@gongshu/service-registry/credit-records/keep';
import { type EventType, eventTypes } from '@gongshu/shared/events';
import type { Transaction } from 'kysely';
import { merchantNo, materialOf, type RegistryCity, startRegistryCity } from './onboarding-support.ts';
import { bodiesOf } from './resources-support.ts';

type Told = Pick<CloudEvent, 'type' | 'jurisdiction' | 'lawtime' | 'data'>;
type Keep = (trx: Transaction<any>, told: Told) => Promise<void>;

const jurisdiction = 'zhongwei';
const { operator, bureau, department } = bodiesOf(jurisdiction);
const hash = `sha256:${'1'.repeat(64)}`;
const at = '2024-02-01T10:00:00+08:00';
const rests = { article: '二十七', articleInstrument: '某办法' };
let city: RegistryCity;
beforeAll(async () => {
  city = await startRegistryCity();
  await city.approveNorm();
});
afterAll(() => city.stop());

/** An event as disclosure tells it, held to its schema. */
const event = (type: EventType, caseNo: string, data: object, lawtime = at): Told => {
  const whole = { caseNo, packVersion: 'v', at: lawtime, ...rests, ...data };
  eventTypes[type].schema.parse(whole);
  return { type: `cn.gongshu.${type}`, jurisdiction, lawtime, data: whole };
};
const order = (caseNo: string) => ({
  ...{ order: `${caseNo}/1`, ground: 'weakSecurity', measure: 'suspension' },
  scope: { all: false, resources: [], products: [], bodies: ['merchant-2'] },
});
const decision = { reasonCodes: ['weakSecurity'], document: hash };
const decided = (caseNo: string, change: object = {}) =>
  event('sanction.decided.v1', caseNo, {
    ...{ ...decision, target: 'merchant-2', measures: ['formalTalk', 'suspension', 'creditRecord'] },
    ...{ handOverTo: null, replies: 0, hearings: 0, late: false },
    lastDays: [
      { measure: 'formalTalk', lastDay: null },
      { measure: 'suspension', lastDay: '2024-08-01' },
      { measure: 'creditRecord', lastDay: '2027-02-01' },
    ],
    ...change,
  });
const applied = (caseNo: string) =>
  event('sanction.applied.v1', caseNo, { ...order(caseNo), lastDay: '2024-08-01' });
const lifted = (caseNo: string) =>
  event('sanction.lifted.v1', caseNo, { ...order(caseNo), why: 'review' }, '2024-02-20T10:00:00+08:00');
const ended = (caseNo: string) =>
  event('sanction.measureEnded.v1', caseNo, { measure: 'creditRecord', why: 'decision' });
const reviewed = (caseNo: string, result: string) =>
  event('sanction.reviewDecided.v1', caseNo, { ...decision, result });

const tell = async (list: readonly Told[], keep: Keep = keepCreditRecord): Promise<void> => {
  for (const told of list) await city.db.transaction().execute((trx) => keep(trx, told));
};
const inForce = async (caseNo: string, on = '2024-03-01', body = 'merchant-2') =>
  ((await recordsInForce(city.db, { jurisdiction, bodies: [body], on })).get(body) ?? [])
    .filter((one) => one.caseNo === caseNo)
    .map(({ measure }) => measure);

const orders = <T>(list: readonly T[]): T[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((one, n) => orders(list.toSpliced(n, 1)).map((rest) => [one, ...rest]));

let number = 0;
const nextCase = () => {
  number += 1;
  return `640500-CJ-2024-${String(number).padStart(6, '0')}`;
};
type Story = { name: string; of: (caseNo: string) => Told[]; stands: string[] };
const stories: Story[] = [
  {
    name: 'a suspension lifted, the entry on record ended, the talk stands',
    of: (no) => [decided(no), applied(no), lifted(no), ended(no)],
    stands: ['formalTalk'],
  },
  {
    name: 'a review that lifts withdraws the talk too',
    of: (no) => [decided(no), applied(no), lifted(no), reviewed(no, 'lift')],
    stands: [],
  },
  {
    name: 'a review that upholds changes nothing',
    of: (no) => [decided(no), applied(no), reviewed(no, 'uphold')],
    stands: ['creditRecord', 'formalTalk', 'suspension'],
  },
];
/** Every order of arrival, each event twice. */
const playAll = async ({ of, stands }: Story, keep?: Keep): Promise<void> => {
  for (const turn of orders(of('x').map((_, n) => n))) {
    const caseNo = nextCase();
    const list = turn.map((n) => of(caseNo)[n] as Told);
    await tell([...list, ...list], keep);
    expect(await inForce(caseNo)).toEqual(stands);
  }
};

it.each(stories)('told in any order and twice: $name', async (story) => {
  await expect(playAll(story)).resolves.toBeUndefined();
});

describe('sabotage: without its guard each of these fails', () => {
  const endings = ['sanction.lifted.v1', 'sanction.measureEnded.v1', 'sanction.reviewDecided.v1'];
  const isEnd = ({ type }: Told) => endings.includes(typeName(type) ?? '');
  const rowsOf = async (trx: Transaction<any>, caseNo: unknown): Promise<number> =>
    (await trx.selectFrom('measure_on_record').selectAll().where('case_no', '=', caseNo).execute()).length;
  const hasty: Keep = async (trx, told) => {
    if (isEnd(told) && (await rowsOf(trx, (told.data as { caseNo: string }).caseNo)) === 0) return;
    await keepCreditRecord(trx, told);
  };
  const reviving: Keep = async (trx, told) => {
    await keepCreditRecord(trx, told);
    if (typeName(told.type) === 'sanction.decided.v1')
      await trx
        .updateTable('measure_on_record')
        .set({ ended_at: null })
        .where('case_no', '=', (told.data as { caseNo: string }).caseNo)
        .execute();
  };
  const deaf: Keep = (trx, told) =>
    typeName(told.type) === 'sanction.reviewDecided.v1' ? Promise.resolve() : keepCreditRecord(trx, told);
  it.each([
    ['a decision told again that revives what ended', stories[0], reviving],
    ['a review that withdraws nothing', stories[1], deaf],
  ] as const)('%s', async (_name, story, keep) => {
    await expect(playAll(story as Story, keep)).rejects.toThrow('toEqual');
  });
  it('an end that is forgotten because its decision was not told yet', async () => {
    const caseNo = nextCase();
    await tell([ended(caseNo), decided(caseNo)], hasty);
    expect(await inForce(caseNo)).toContain('creditRecord');
    const kept = nextCase();
    await tell([ended(kept), decided(kept)]);
    expect(await inForce(kept)).not.toContain('creditRecord');
  });
});

it('counts on its last day and not the day after; of a decision that told none, what suspends tells it', async () => {
  const caseNo = nextCase();
  const { lastDays: _none, ...older } = decided(caseNo).data as { lastDays: unknown };
  const told = [{ ...decided(caseNo), data: older }, applied(caseNo)];
  for (const list of [told, told.toReversed()]) await tell(list as Told[]);
  expect(await inForce(caseNo, '2024-08-01')).toContain('suspension');
  expect(await inForce(caseNo, '2024-08-02')).toEqual(['creditRecord', 'formalTalk']);
  const whole = nextCase();
  await tell([decided(whole)]);
  expect(await inForce(whole, '2027-02-01')).toContain('creditRecord');
  expect(await inForce(whole, '2027-02-02')).toEqual(['formalTalk']);
  expect(await inForce(whole, '2024-03-01', 'merchant-1')).toEqual([]);
});

it('[X1 zhongwei] the check of an onboarding shows what is on record; only who may see the case sees it', async () => {
  const sanction = nextCase();
  await city.db.deleteFrom('measure_on_record' as never).execute();
  await tell([
    decided(sanction),
    event('sanction.decided.v1', nextCase(), {
      ...{ ...decision, target: 'merchant-1', measures: ['formalTalk'], handOverTo: null },
      ...{ replies: 0, hearings: 0, late: false },
    }),
  ]);
  // Shown, no bar: the application is taken in all the same.
  const taken = await city.post(merchantNo(2), '/v1/onboardings', { contents: materialOf(2) });
  expect(taken).toMatchObject({ status: 202 });
  const path = `/v1/onboardings/${taken['caseNo']}`;
  const base = { caseNo: sanction, decidedOn: '2024-02-01', article: '二十七', instrument: '某办法' };
  for (const reader of [operator, bureau, merchantNo(2)])
    expect(await city.get(reader, path)).toMatchObject({
      status: 200,
      creditRecords: [
        { ...base, measure: 'creditRecord', lastDay: '2027-02-01' },
        { ...base, measure: 'formalTalk', lastDay: null },
        { ...base, measure: 'suspension', lastDay: '2024-08-01' },
      ],
    });
  for (const reader of [merchantNo(1), department, bodiesOf('wuhai').bureau])
    expect(await city.get(reader, path)).toMatchObject({ status: 404 });
  await tell([reviewed(sanction, 'lift')]);
  expect(await city.get(operator, path)).toMatchObject({ status: 200, creditRecords: [] });
});
