import { calendarAt, ensureShippedCalendar, loadCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { connect } from '@gongshu/infra/database';
import { outagesBetween, startHeartbeat } from '@gongshu/infra/health-record';
import {
  ClockGoesForward,
  lawNow,
  millisUntil,
  moveLawClock,
  NoSandbox,
  readLawClock,
  realMillisUntil,
  startLawClock,
} from '@gongshu/infra/law-clock';
import { type Kysely, sql } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';

const at = (text: string) => new Date(`${text}+08:00`);

/** A database of each test's own: there is one clock in a database. */
let database: TestDatabase;
let db: Kysely<any>;
beforeEach(async () => {
  database = await testDatabase();
  db = connect(database.url, { schema: 'catalog', max: 3 });
});
afterEach(async () => {
  await db.destroy();
  await database.drop();
});

/** As if so much real time had gone by with nobody keeping the clock. */
const sleepOver = (interval: string) =>
  sql`
    update platform.law_clock
    set real_at = real_at - ${interval}::interval, runs_until = runs_until - ${interval}::interval`.execute(
    db,
  );

describe("the law's clock", () => {
  it('is the real one in production', async () => {
    await (await startLawClock(db, { mode: 'production' })).stop();
    expect(Math.abs((await lawNow(db)).getTime() - Date.now())).toBeLessThan(60_000);
    expect(await readLawClock(db)).toMatchObject({ speed: 1, sandbox: false, endsAt: null });
    await expect(moveLawClock(db, at('2030-01-01T00:00:00'))).rejects.toThrow(NoSandbox);
  });

  it('is refused to production once it was a sandbox, and where a start is set', async () => {
    await expect(startLawClock(db, { mode: 'production', start: new Date() })).rejects.toThrow(
      /SANDBOX_START/,
    );
    await (await startLawClock(db, { mode: 'development' })).stop();
    await expect(startLawClock(db, { mode: 'production' })).rejects.toThrow(/sandbox time/);
  });

  it('starts on 2024-03-01 at 08:00, stands still at speed 0 and never goes back', async () => {
    const clock = await startLawClock(db, { mode: 'development', speed: 0 });
    expect(await lawNow(db)).toEqual(at('2024-03-01T08:00:00'));
    expect(await moveLawClock(db, at('2024-03-05T09:30:00'))).toEqual(at('2024-03-05T09:30:00'));
    await expect(moveLawClock(db, at('2024-03-05T09:29:59'))).rejects.toThrow(ClockGoesForward);
    await clock.stop();
    const again = await startLawClock(db, { mode: 'development', start: at('2020-01-01T00:00:00') });
    expect(await lawNow(db)).toEqual(at('2024-03-05T09:30:00'));
    await again.stop();
  });

  it('stands still while nobody keeps it, and goes on from there', async () => {
    const speed = 86_400;
    const clock = await startLawClock(db, { mode: 'development', speed });
    await clock.stop();
    const stopped = await lawNow(db);
    await sleepOver('3 hours');
    expect(await lawNow(db)).toEqual(stopped);
    const again = await startLawClock(db, { mode: 'development' });
    const after = (await lawNow(db)).getTime() - stopped.getTime();
    expect(after).toBeGreaterThanOrEqual(0);
    expect(after).toBeLessThan(60_000 * speed);
    await sleepOver('3 hours'); // killed: it ran on for its lease of 15 s and no longer
    const killed = await lawNow(db);
    expect(killed.getTime() - stopped.getTime()).toBeLessThan(80_000 * speed);
    await clock.stop();
    await again.stop();
    expect((await lawNow(db)).getTime()).toBeGreaterThanOrEqual(killed.getTime());
  });

  it('says in real time how far a law instant is', async () => {
    const [now, later] = [at('2024-03-01T08:00:00'), at('2024-03-01T09:00:00')];
    const reading = { now, sandbox: true, endsAt: at('2027-01-01T00:00:00') };
    expect(millisUntil({ ...reading, speed: 3600 }, later)).toBe(1000);
    expect(millisUntil({ ...reading, speed: 0 }, later)).toBeNull();
    expect(millisUntil({ ...reading, speed: 0 }, now)).toBe(0);
    expect(millisUntil({ ...reading, speed: 3600 }, at('2027-01-01T00:00:01'))).toBeNull();
    await (await startLawClock(db, { mode: 'development', speed: 0 })).stop();
    expect(await realMillisUntil(db, later)).toBeNull();
  });

  it('stops at the end of the last published year, and runs on when the next is loaded', async () => {
    const slow = await startLawClock(db, { mode: 'development', start: at('2026-12-31T23:00:00') });
    await ensureShippedCalendar(db);
    const clock = await startLawClock(db, { mode: 'development', speed: 86_400 });
    await sleepOver('10 seconds');
    expect(await lawNow(db)).toEqual(at('2027-01-01T00:00:00'));
    const year = { year: 2027, notice: { number: '测试' }, holidays: [], workingWeekends: [] };
    await db.transaction().execute((trx) =>
      loadCalendar(trx, {
        jurisdiction: null,
        data: { years: [year], changes: [] },
        note: '',
        at: new Date(),
      }),
    );
    const ran = (await lawNow(db)).getTime() - at('2027-01-01T00:00:00').getTime();
    expect(ran).toBeGreaterThan(0);
    expect(ran).toBeLessThan(86_400 * 9_000); // not the time it stood still for
    await Promise.all([slow.stop(), clock.stop()]);
  });
});

describe('calendars', () => {
  const load = (jurisdiction: string | null, data: object) =>
    db.transaction().execute((trx) =>
      loadCalendar(trx, {
        jurisdiction,
        data: { years: [], changes: [], ...data },
        note: 'test',
        at: at('2024-03-01T10:00:00'),
      }),
    );
  const day = async (jurisdiction: string, date: string) =>
    (await newestCalendar(db, jurisdiction)).calendar.day(date);

  it('are loaded once as shipped', async () => {
    await ensureShippedCalendar(db);
    const { version, calendar } = await newestCalendar(db, 'zhongwei');
    await ensureShippedCalendar(db);
    expect(version).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect((await newestCalendar(db, 'zhongwei')).version).toBe(version);
    expect(await calendarAt(db, version)).toBe(calendar);
    expect(calendar.lastPublishedYear()).toBe(2026);
    await expect(calendarAt(db, 'sha256:0')).rejects.toThrow(RangeError);
  });

  it("keep a city's own changes through every national one, and apart from other cities'", async () => {
    await ensureShippedCalendar(db);
    const shipped = (await newestCalendar(db, 'zhongwei')).version;
    await load('zhongwei', { changes: [{ date: '2024-03-06', to: 'holiday' }] });
    await load('wuhai', { changes: [{ date: '2024-03-06', to: 'holiday' }] });
    const national = await load(null, { changes: [{ date: '2024-03-07', to: 'holiday' }] });
    expect(new Set(national.made.map(({ jurisdiction }) => jurisdiction))).toEqual(
      new Set([null, 'wuhai', 'zhongwei']),
    );
    for (const city of ['zhongwei', 'wuhai']) {
      expect(await day(city, '2024-03-06')).toMatchObject({ working: false });
      expect(await day(city, '2024-03-07')).toMatchObject({ working: false });
    }
    expect(await day('shuozhou', '2024-03-06')).toMatchObject({ working: true });
    expect((await calendarAt(db, shipped)).day('2024-03-06')).toMatchObject({ working: true });
  });

  it('change nothing when the same is loaded twice, and take a change back', async () => {
    await ensureShippedCalendar(db);
    const closed = await load('zhongwei', { changes: [{ date: '2024-03-06', to: 'holiday' }] });
    expect(await load('zhongwei', { changes: [{ date: '2024-03-06', to: 'holiday' }] })).toEqual({
      version: closed.version,
      made: [],
      changed: false,
    });
    await load('zhongwei', { changes: [{ date: '2024-03-06', to: 'workday' }] });
    expect(await day('zhongwei', '2024-03-06')).toMatchObject({ working: true });
    expect(await load('zhongwei', { changes: [{ date: '2024-03-06', to: 'holiday' }] })).toMatchObject({
      version: closed.version,
      changed: true,
    });
    expect(await day('zhongwei', '2024-03-06')).toMatchObject({ working: false });
  });

  it("let the State Council's year take the place of one that a city had loaded", async () => {
    await ensureShippedCalendar(db);
    const year = (holiday: string) => ({
      years: [{ year: 2027, notice: { number: '测试' }, holidays: [{ date: holiday }], workingWeekends: [] }],
    });
    await load('zhongwei', year('2027-01-04'));
    expect(await day('shuozhou', '2027-01-05')).toBeUndefined();
    expect(await day('zhongwei', '2027-01-05')).toMatchObject({ working: true });
    await load(null, year('2027-01-05'));
    expect(await day('zhongwei', '2027-01-04')).toMatchObject({ working: true });
    expect(await day('zhongwei', '2027-01-05')).toMatchObject({ working: false });
  });

  it('are loaded one after the other', async () => {
    await ensureShippedCalendar(db);
    const dates = ['2024-03-04', '2024-03-05', '2024-03-06'];
    await Promise.all(dates.map((date) => load('zhongwei', { changes: [{ date, to: 'holiday' }] })));
    for (const date of dates) expect(await day('zhongwei', date)).toMatchObject({ working: false });
  });
});

describe('the record of health', () => {
  const always = [at('2000-01-01T00:00:00'), at('2100-01-01T00:00:00')] as const;
  const age = (interval: string) =>
    sql`
      update platform.heartbeat
      set real_at = real_at - ${interval}::interval,
          law_at = law_at - ${interval}::interval,
          good_until = good_until - ${interval}::interval`.execute(db);

  it('has no outage for a service that lives, or was never seen', async () => {
    const heart = await startHeartbeat(db, 'intake', { everyMillis: 20 });
    await age('20 seconds');
    expect(await outagesBetween(db, 'intake', ...always)).toEqual([]);
    expect(await outagesBetween(db, 'never', ...always)).toEqual([]);
    await heart.stop();
  });

  it('has one that goes on, and one that is over once the service is back', async () => {
    await (await startHeartbeat(db, 'intake')).stop();
    await age('2 hours');
    const [open] = await outagesBetween(db, 'intake', ...always);
    expect((open?.to.getTime() ?? 0) - (open?.from.getTime() ?? 0)).toBeGreaterThanOrEqual(7_200_000);
    const again = await Promise.all([startHeartbeat(db, 'intake'), startHeartbeat(db, 'intake')]);
    const over = await outagesBetween(db, 'intake', ...always);
    expect(over).toHaveLength(1);
    expect(over[0]?.from).toEqual(open?.from);
    const from = over[0]?.from ?? new Date();
    expect(await outagesBetween(db, 'intake', new Date(0), new Date(from.getTime() - 1))).toEqual([]);
    await Promise.all(again.map((heart) => heart.stop()));
  });

  it("does not take a jump of the sandbox's clock for an outage", async () => {
    const clock = await startLawClock(db, { mode: 'development', speed: 0 });
    const heart = await startHeartbeat(db, 'intake');
    await moveLawClock(db, at('2024-03-20T08:00:00'));
    await heart.stop();
    await moveLawClock(db, at('2024-03-20T12:00:00'));
    expect(await outagesBetween(db, 'intake', ...always, { silentAfterMillis: 0 })).toEqual([
      { from: at('2024-03-20T08:00:00'), to: at('2024-03-20T12:00:00') },
    ]);
    await clock.stop();
  });
});
