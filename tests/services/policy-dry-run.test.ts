// Before a rule is adopted: closed cases of 2024 under another pack, on real PostgreSQL.
import { sha256 } from '@gongshu/infra/packs';
import { packSetOf } from '@gongshu/shared/packs/resolve';
import { withChange } from '../packs/sabotage.ts';
import { checksums } from '../support/checksum.ts';
import { at, startReading } from './application-read-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const zhongwei = bodiesOf('zhongwei');
const auditor = { roles: ['auditor'], jurisdiction: 'zhongwei' } as const;
const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'zhongwei' } as const;
const first = '640500-SQ-2024-000001';
const second = '640500-SQ-2024-000002';
const third = '640500-SQ-2024-000003';

// Shuozhou as it would read with five working days for a review; late is overdue there, never deemed.
const packs = packSetOf(
  withChange('shuozhou/data-use-application.yaml', /(reviewLimit:\n {4}value: \{ workingDays: )10/, '$15'),
  { mode: 'development', adopted: {}, sha256 },
);

let city: Awaited<ReturnType<typeof startReading>>;
const run = (query: string, who: Who = zhongwei.bureau, jurisdiction = 'zhongwei') =>
  city.call(who, 'GET', `/v1/policies/${jurisdiction}/dry-run?${query}`);
const year = 'from=2024-01-01&until=2024-12-31';

const close = (caseNo: string, outcome: string, ended: string) =>
  city.db
    .updateTable('application')
    .set({ outcome, ended_at: new Date(at(ended)) })
    .where('case_no', '=', caseNo)
    .execute();

/** Five days more, asked for on the ninth day and granted on the tenth, as the ledger and the clock hold them. */
const extended = async (turn: string) => {
  const entries = [
    { kind: 'extensionRequested', at: at('03-14T10:00:00'), days: 5, receipt: null },
    { kind: 'extensionGranted', at: at('03-15T10:00:00'), days: 5, receipt: null },
  ] as const;
  await city.db
    .insertInto('turn_entry')
    .values(
      entries.map((entry, index) => ({
        turn_id: turn,
        position: index + 1,
        kind: entry.kind,
        at: new Date(entry.at),
        entry: JSON.stringify(entry) as never,
        receipt: null,
      })),
    )
    .execute();
  await city.db
    .updateTable('turn')
    .set({ last_day: '2024-03-22', deadline: new Date(at('03-23T00:00:00')), extension: 'granted' })
    .where('turn_id', '=', turn)
    .execute();
};

beforeAll(async () => {
  city = await startReading({ packs });
  await city.submit(first);
  await city.play(first, 'acceptance', 'operator', {
    end: { outcome: 'approved', at: at('03-01T10:30:00'), receipt: null },
  });
  await city.play(first, 'check', 'operator', {
    end: { outcome: 'approved', at: at('03-01T11:00:00'), receipt: null },
  });
  await city.play(first, 'review', 'dept-transport', {
    end: { outcome: 'approved', at: at('03-08T10:00:00'), receipt: null },
  });
  await city.play(first, 'review', 'dept-health', {
    end: { outcome: 'deemedApproved', at: at('03-16T00:00:00'), receipt: null },
  });
  await close(first, 'approvedWithDeemedReviews', '03-16T00:00:00');
  await city.submit(second);
  await extended(
    await city.play(second, 'review', 'dept-transport', {
      end: { outcome: 'approved', at: at('03-21T10:00:00'), receipt: null },
    }),
  );
  await city.play(second, 'review', 'dept-health', {
    end: { outcome: 'approved', at: at('03-05T10:00:00'), receipt: null },
  });
  await close(second, 'approved', '03-21T10:00:00');
  await city.submit(third); // open still: no part of it
  await city.play(third, 'acceptance', 'operator');
  city.clock.now = new Date(at('04-30T10:00:00'));
});
afterAll(() => city.stop());

describe('GET /v1/policies/{jurisdiction}/dry-run', () => {
  it('counts what five days and no deemed approval would have changed: computed by hand', async () => {
    const answer = await run(`${year}&under=shuozhou`);
    expect(answer.statusCode).toBe(200);
    const { items, ...rest } = answer.json();
    // Started on Friday 1 March, day one is Monday the 4th: five days end on the 8th, ten on the 15th.
    expect(rest).toEqual({
      jurisdiction: 'zhongwei',
      under: 'shuozhou',
      packVersion: packs.resolve('shuozhou').version,
      from: '2024-01-01',
      until: '2024-12-31',
      cases: 2,
      turns: 6,
      counts: { deadlines: 5, silences: 2, outcomes: 2, actsNotCounted: 2, cases: 1 },
      outcomes: {
        recorded: { approvedWithDeemedReviews: 1, approved: 1 },
        replayed: { open: 1, approved: 1 },
      },
      leftOff: 0,
    });
    const of = (turn: string) => items.find((item: { turn: string }) => item.turn === turn);
    expect(of(`${first}/check`)).toMatchObject({
      differs: ['deadline'],
      recorded: { lastDay: '2024-03-08' },
      replayed: { lastDay: '2024-03-15', outcome: 'approved' },
    });
    expect(of(`${first}/review/dept-transport`)).toMatchObject({
      differs: ['deadline'],
      replayed: { outcome: 'approved', late: false, lastDay: '2024-03-08' },
    });
    expect(of(`${first}/review/dept-health`)).toMatchObject({
      differs: ['deadline', 'silence', 'outcome'],
      recorded: { outcome: 'deemedApproved', overdue: false, deadline: '2024-03-16T00:00:00+08:00' },
      replayed: { outcome: 'open', overdue: true, deadline: '2024-03-09T00:00:00+08:00' },
      notCounted: [],
    });
    expect(of(`${second}/review/dept-transport`)).toMatchObject({
      differs: ['deadline', 'silence', 'outcome', 'acts'],
      recorded: { outcome: 'approved', late: false, lastDay: '2024-03-22' },
      replayed: { outcome: 'approved', late: true, overdue: true, lastDay: '2024-03-08' },
      notCounted: [
        { kind: 'requestExtension', at: '2024-03-14T10:00:00+08:00', code: 'deadlinePassed' },
        { kind: 'grantExtension', at: '2024-03-15T10:00:00+08:00', code: 'deadlinePassed' },
      ],
    });
    expect(of(`${first}/acceptance`)).toBeUndefined();
  });

  it('under the rules they were decided by nothing differs', async () => {
    const { items, counts, outcomes } = (await run(`${year}&under=zhongwei`, auditor)).json();
    expect(items).toEqual([]);
    expect(counts).toEqual({ deadlines: 0, silences: 0, outcomes: 0, actsNotCounted: 0, cases: 0 });
    expect(outcomes.replayed).toEqual(outcomes.recorded);
  });

  it('unasked, it is last year by the law’s clock, under the city’s own pack as it stands', async () => {
    const now = city.clock.now;
    expect((await run('')).json()).toMatchObject({ from: '2023-01-01', until: '2023-12-31', cases: 0 });
    city.clock.now = new Date('2025-01-01T00:00:00+08:00');
    const answer = (await run('')).json();
    city.clock.now = now;
    expect(answer).toMatchObject({ from: '2024-01-01', until: '2024-12-31', under: 'zhongwei', cases: 2 });
    expect(answer.items).toEqual([]);
  });

  it('both dates belong to the period; a case that ended on the day before does not', async () => {
    const cases = async (query: string) => (await run(`${query}&under=shuozhou`)).json().cases;
    expect(await cases('from=2024-03-16&until=2024-03-16')).toBe(1);
    expect(await cases('from=2024-03-17&until=2024-03-21')).toBe(1);
    expect(await cases('from=2024-03-22&until=2024-12-31')).toBe(0);
  });

  it('lists no more turns than asked for, and says how many it left off', async () => {
    const { items, leftOff, counts } = (await run(`${year}&under=shuozhou&limit=2`)).json();
    expect([items.length, leftOff, counts.deadlines]).toEqual([2, 3, 5]);
  });

  it('changes nothing', async () => {
    const before = await checksums(city.url);
    await run(`${year}&under=shuozhou`);
    expect(await checksums(city.url)).toEqual(before);
  });

  it.each([
    ['a merchant', merchant, 'zhongwei', 403],
    ['an operator', zhongwei.operator, 'zhongwei', 403],
    ['nobody', null, 'zhongwei', 401],
    ['another city’s bureau', bodiesOf('wuhai').bureau, 'zhongwei', 404],
  ] as const)('%s is refused', async (_name, who, jurisdiction, status) => {
    expect((await run(`${year}&under=shuozhou`, who, jurisdiction)).statusCode).toBe(status);
  });

  it.each([
    [`${year}&under=atlantis`, 400, 'invalidRequest'],
    ['until=2020-01-01&from=2020-01-02', 400, 'invalidRequest'],
    ['until=2020-12-31', 400, 'invalidRequest'],
    ['from=2024-02-30&until=2024-12-31&under=shuozhou', 400, 'invalidRequest'],
    ['from=2024-12-31&until=2024-01-01&under=shuozhou', 400, 'invalidRequest'],
    [`${year}&under=shuozhou&limit=0`, 400, 'invalidRequest'],
    [`${year}&under=%00`, 400, 'textRefused'],
    [`${year}&under=shuozhou&other=1`, 400, 'invalidRequest'],
  ])('%s: %s %s', async (query, status, code) => {
    const answer = await run(query);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });
});
