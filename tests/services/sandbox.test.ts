import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import { lawNow, startLawClock } from '@gongshu/infra/law-clock';
import { bodiesOf, type Catalog, startCatalog } from './resources-support.ts';

const { bureau, department } = bodiesOf('zhongwei');

/** Things that fall due; each is done once its instant has been woken. */
const dueAt = (...instants: string[]) => {
  const all = instants.map((text) => new Date(text));
  const woken: string[] = [];
  const stuck = new Set<string>();
  return {
    woken,
    stuck,
    due: {
      nextDue: async (_db: unknown, after: Date, upTo: Date) =>
        all.find((at) => at > after && at <= upTo) ?? null,
      wake: async (at: Date) => {
        woken.push(at.toISOString());
      },
      settled: async (at: Date) =>
        all.every((one) => one > at || (woken.includes(one.toISOString()) && !stuck.has(one.toISOString()))),
    },
  };
};

describe('sandbox time (design 7)', () => {
  const things = dueAt('2024-03-04T01:00:00.000Z', '2024-03-04T16:00:00.000Z', '2024-03-06T16:00:00.000Z');
  let catalog: Catalog;
  let clock: { stop: () => Promise<void> };

  beforeAll(async () => {
    catalog = await startCatalog({ sandbox: true, due: things.due, settleWithinMillis: 60 });
    clock = await startLawClock(catalog.db, { mode: 'development', speed: 0 });
    await ensureShippedCalendar(catalog.db);
  });
  afterAll(async () => {
    await clock.stop();
    await catalog.stop();
  });

  const advance = async (to: unknown, who: Parameters<Catalog['call']>[0] = bureau) => {
    const answer = await catalog.call(who, 'POST', '/v1/sandbox/clock/advance', { body: { to } });
    return { status: answer.statusCode, ...answer.json() };
  };
  const stand = async () => (await catalog.app.inject({ url: '/v1/sandbox/clock' })).json();

  it('says where the clock stands and how far it goes', async () => {
    expect(await stand()).toEqual({
      now: '2024-03-01T08:00:00+08:00',
      speed: 0,
      endsAt: '2027-01-01T00:00:00+08:00',
      ended: false,
    });
  });

  it('goes from one due instant to the next, in order, then to the end', async () => {
    expect(await advance('2024-03-05T08:00:00+08:00')).toMatchObject({
      status: 200,
      from: '2024-03-01T08:00:00+08:00',
      to: '2024-03-05T08:00:00+08:00',
      stops: [{ at: '2024-03-04T09:00:00+08:00' }, { at: '2024-03-05T00:00:00+08:00' }],
    });
    expect(things.woken).toEqual(['2024-03-04T01:00:00.000Z', '2024-03-04T16:00:00.000Z']);
    expect(await lawNow(catalog.db)).toEqual(new Date('2024-03-05T00:00:00Z'));
  });

  it('stays where something does not settle, says where, and sees to it first the next time', async () => {
    things.stuck.add('2024-03-06T16:00:00.000Z');
    const refused = await advance('2024-03-08T08:00:00+08:00');
    expect(refused).toMatchObject({ status: 503, code: 'notSettled' });
    expect((await stand()).now).toBe('2024-03-07T00:00:00+08:00');
    things.stuck.clear();
    expect(await advance('2024-03-08T08:00:00+08:00')).toMatchObject({ status: 200, stops: [] });
  });

  it('is advanced by one at a time', async () => {
    const both = await Promise.all([
      advance('2024-03-09T08:00:00+08:00'),
      advance('2024-03-09T08:00:00+08:00'),
    ]);
    const refused = both.filter(({ status }) => status !== 200);
    expect(refused.every(({ code }) => code === 'advanceUnderWay')).toBe(true);
    expect(refused.length).toBeLessThan(2);
  });

  it.each<[string, unknown, number, string]>([
    ['to yesterday', '2024-03-08T08:00:00+08:00', 409, 'clockGoesForward'],
    ['past the last published year', '2027-01-01T00:00:01+08:00', 409, 'pastPublishedYears'],
    ['to no instant', 'tomorrow', 400, 'invalidRequest'],
    ['to a date', '2024-03-20', 400, 'invalidRequest'],
    ['to a number', 1_710_000_000, 400, 'invalidRequest'],
  ])('does not go %s', async (_name, to, status, code) => {
    const before = await stand();
    expect(await advance(to)).toMatchObject({ status, code });
    expect(await stand()).toEqual(before);
  });

  it('is moved by the bureau, not by a department or a stranger', async () => {
    expect((await advance('2024-03-20T08:00:00+08:00', department)).status).toBe(403);
    expect((await advance('2024-03-20T08:00:00+08:00', null)).status).toBe(401);
  });

  it('goes as far as the last published year and stops there', async () => {
    expect(await advance('2027-01-01T00:00:00+08:00')).toMatchObject({ status: 200 });
    expect(await stand()).toMatchObject({ now: '2027-01-01T00:00:00+08:00', ended: true });
  });
});

describe('production', () => {
  it('has no sandbox clock', async () => {
    const catalog = await startCatalog();
    const answers = [
      await catalog.app.inject({ url: '/v1/sandbox/clock' }),
      await catalog.call(bureau, 'POST', '/v1/sandbox/clock/advance', {
        body: { to: '2030-01-01T00:00:00Z' },
      }),
    ];
    expect(answers.map((one) => [one.statusCode, one.json().code])).toEqual([
      [404, 'noSandbox'],
      [404, 'noSandbox'],
    ]);
    await catalog.stop();
  });
});
