import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import { bodiesOf, type Catalog, startCatalog } from './resources-support.ts';

const { bureau, department } = bodiesOf('zhongwei');
const system = { roles: ['systemAdministrator'], jurisdiction: 'zhongwei' } as const;

describe('calendars and deadlines over REST', () => {
  let catalog: Catalog;
  const told: [string[], string, string][] = [];

  beforeAll(async () => {
    catalog = await startCatalog({
      calendarChanged: async (jurisdictions, version, at) => {
        told.push([jurisdictions.toSorted(), version, at.toISOString()]);
      },
    });
    await ensureShippedCalendar(catalog.db);
  });
  afterAll(() => catalog.stop());
  beforeEach(() => told.splice(0));

  const preview = async (body: unknown) => {
    const answer = await catalog.app.inject({
      method: 'POST',
      url: '/v1/deadlines/preview',
      payload: body as object,
    });
    return { status: answer.statusCode, ...answer.json() };
  };
  const load = (who: Parameters<Catalog['call']>[0], body: unknown) =>
    catalog.call(who, 'POST', '/v1/calendars', { body });
  const year = async (of: number, jurisdiction?: string) =>
    catalog.app.inject({ url: `/v1/calendars/${of}${jurisdiction ? `?jurisdiction=${jurisdiction}` : ''}` });

  describe('the preview', () => {
    it('needs no token and no key, and tells every day with the article', async () => {
      const answer = await preview({
        jurisdiction: 'zhongwei',
        from: '2025-09-28T10:00:00+08:00',
        workingDays: 3,
      });
      expect(answer).toMatchObject({
        status: 200,
        lastDay: '2025-10-09',
        deadline: '2025-10-10T00:00:00+08:00',
        provisional: false,
        workingDays: 3,
        calendarVersion: expect.stringMatching(/^sha256:/),
        article: { reading: expect.stringContaining('民法典') },
      });
      expect(answer.days).toHaveLength(11);
      expect(answer.days.at(2)).toEqual({
        date: '2025-10-01',
        counted: false,
        reason: 'holiday',
        name: expect.any(String),
      });
      expect(answer).not.toHaveProperty('notBefore');
    });

    it.each([
      ['acceptance', 5, { reading: expect.any(String) }],
      ['check', 5, { article: '二十' }],
      ['review', 10, { article: '二十一' }],
    ])('takes the %s limit of Zhongwei from its pack', async (step, workingDays, article) => {
      const question = { jurisdiction: 'zhongwei', from: '2024-03-01T02:00:00Z' };
      const byStep = await preview({ ...question, step: `dataUseApplication.${step}` });
      const byDays = await preview({ ...question, workingDays });
      expect(byStep).toMatchObject({ status: 200, lastDay: byDays.lastDay, workingDays });
      expect(byStep.days).toEqual(byDays.days);
      expect(byStep.article).toMatchObject(article);
    });

    it('is provisional where a year is not published, never a guess', async () => {
      const answer = await preview({
        jurisdiction: 'wuhai',
        from: '2026-12-25T10:00:00+08:00',
        workingDays: 10,
      });
      expect(answer).toMatchObject({
        status: 200,
        lastDay: null,
        deadline: null,
        provisional: true,
        notBefore: '2027-01-01',
      });
      expect(answer.days.at(-1).date).toBe('2026-12-31');
      expect(
        await preview({ jurisdiction: 'wuhai', from: '1999-12-25T10:00:00+08:00', workingDays: 10 }),
      ).toMatchObject({ provisional: true, notBefore: '1999-12-26', days: [] });
    });

    const right = { jurisdiction: 'zhongwei', from: '2024-03-01T10:00:00+08:00', workingDays: 10 };
    it.each<[string, unknown, string, string]>([
      ['no days', { ...right, workingDays: 0 }, '/body/workingDays', 'too_small'],
      ['too many', { ...right, workingDays: 3661 }, '/body/workingDays', 'too_big'],
      ['half a day', { ...right, workingDays: 1.5 }, '/body/workingDays', 'invalid_type'],
      ['a text for days', { ...right, workingDays: '10' }, '/body/workingDays', 'invalid_type'],
      ['days and a step', { ...right, step: 'dataUseApplication.review' }, '/body', 'oneOf'],
      ['neither', { ...right, workingDays: undefined }, '/body', 'oneOf'],
      [
        'an unknown step',
        { ...right, workingDays: undefined, step: 'review' },
        '/body/step',
        'invalid_value',
      ],
      ['an unknown city', { ...right, jurisdiction: 'nowhere' }, '/body/jurisdiction', 'unknown'],
      ['a path for a city', { ...right, jurisdiction: '../x' }, '/body/jurisdiction', 'invalid_format'],
      ['no offset', { ...right, from: '2024-03-01T10:00:00' }, '/body/from', 'invalid_format'],
      ['a day that is none', { ...right, from: '2024-02-30T10:00:00Z' }, '/body/from', 'invalid_format'],
      [
        'a year beyond reckoning',
        { ...right, from: '9999-12-31T10:00:00Z' },
        '/body/from',
        'instantOutOfRange',
      ],
      ['year nought', { ...right, from: '0000-01-01T00:00:00+14:00' }, '/body/from', 'instantOutOfRange'],
      ['a key nobody knows', { ...right, days: 3 }, '/body/days', 'unrecognized_keys'],
      ['a list', [right], '/body', 'invalid_type'],
    ])('refuses %s by its place', async (_name, body, pointer, code) => {
      const answer = await preview(body);
      expect([answer.status, answer.errors?.[0]]).toMatchObject([400, { pointer, code }]);
    });
  });

  describe('a year', () => {
    it('is told day by day with its notice', async () => {
      const answer = (await year(2025)).json();
      expect(answer).toMatchObject({
        year: 2025,
        jurisdiction: 'national',
        workingDays: 248,
        notice: { number: expect.stringContaining('国办发明电') },
      });
      expect(answer.days).toHaveLength(365);
      expect(answer.days[0]).toMatchObject({ date: '2025-01-01', working: false, reason: 'holiday' });
    });

    it.each([
      ['2027', 404, 'yearNotPublished'],
      ['25', 400, 'invalidRequest'],
      ['20250', 400, 'invalidRequest'],
      ['2025?jurisdiction=nowhere', 404, 'notFound'],
      ['2025?city=zhongwei', 400, 'invalidRequest'],
    ])('%s is answered %i %s', async (path, status, code) => {
      const answer = await catalog.app.inject({ url: `/v1/calendars/${path}` });
      expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    });
  });

  const notice2027 = {
    year: 2027,
    notice: '国办发明电〔2026〕9号',
    holidays: [{ date: '2027-01-01', name: '元旦' }, '2026-12-31'],
    workingWeekends: ['2027-01-09'],
  };
  const notice = (of: number) => ({ year: of, notice: '测试', holidays: [], workingWeekends: [] });
  const loads = async () =>
    (await catalog.db
      .selectFrom('outbox' as never)
      .selectAll()
      .where('type' as never, '=', 'calendar.loaded.v1' as never)
      .execute()) as {
      aggregateid: string;
      payload: object;
    }[];

  describe('loading', () => {
    it.each<[string, unknown, string, string]>([
      ['nothing', {}, '/body', 'oneOf'],
      [
        'both',
        { changes: [{ date: '2025-03-03', to: 'holiday' }], publishYear: notice2027 },
        '/body',
        'oneOf',
      ],
      ['no change', { changes: [] }, '/body/changes', 'too_small'],
      [
        'a day twice',
        { changes: ['holiday', 'workday'].map((to) => ({ date: '2025-03-03', to })) },
        '/body/changes/1',
        'repeated',
      ],
      [
        'a day that is none',
        { changes: [{ date: '2025-02-29', to: 'holiday' }] },
        '/body/changes/0/date',
        'date',
      ],
      [
        'half a holiday',
        { changes: [{ date: '2025-03-03', to: 'afternoon' }] },
        '/body/changes/0/to',
        'invalid_value',
      ],
      [
        'another year’s day',
        { publishYear: { ...notice2027, holidays: ['2028-01-03'] } },
        '/body/publishYear/holidays/0',
        'notOfTheYear',
      ],
      [
        'a November',
        { publishYear: { ...notice2027, holidays: ['2026-11-30'] } },
        '/body/publishYear/holidays/0',
        'notOfTheYear',
      ],
      [
        'a Monday for a weekend',
        { publishYear: { ...notice2027, workingWeekends: ['2027-01-04'] } },
        '/body/publishYear/workingWeekends/0',
        'noWeekend',
      ],
      [
        'a holiday that is worked',
        { publishYear: { ...notice2027, holidays: ['2027-01-09'] } },
        '/body/publishYear/workingWeekends/0',
        'repeated',
      ],
      [
        'a holiday twice',
        { publishYear: { ...notice2027, holidays: ['2027-01-01', '2027-01-01'] } },
        '/body/publishYear/holidays/1',
        'repeated',
      ],
      [
        'a year without notice',
        { publishYear: { ...notice2027, notice: ' ' } },
        '/body/publishYear/notice',
        'too_small',
      ],
    ])('%s is refused by its place', async (_name, body, pointer, code) => {
      const answer = await load(bureau, body);
      expect([answer.statusCode, answer.json().errors?.[0]]).toMatchObject([400, { pointer, code }]);
      expect(told).toEqual([]);
    });

    const closure = { changes: [{ date: '2025-03-03', to: 'holiday', reason: '停电' }] };
    it.each<[string, Parameters<Catalog['call']>[0], object, number]>([
      ['nobody', null, closure, 401],
      ['a department', department, closure, 403],
      ['a bureau, for everyone', bureau, { ...closure, jurisdiction: 'national' }, 403],
      ['a bureau, for another city', bureau, { ...closure, jurisdiction: 'wuhai' }, 404],
      ['a system administrator, for another city', system, { ...closure, jurisdiction: 'wuhai' }, 404],
      ['a bureau that arranges a year', bureau, { publishYear: notice2027 }, 403],
      ['a bureau that arranges a published year', bureau, { publishYear: notice(2025) }, 403],
      [
        'a bureau that arranges a year for everyone',
        bureau,
        { publishYear: notice2027, jurisdiction: 'national' },
        403,
      ],
    ])('is refused to %s', async (_name, who, body, status) => {
      expect((await load(who, body)).statusCode).toBe(status);
      expect(await loads()).toEqual([]);
    });

    it.each<[string, Parameters<Catalog['call']>[0], object, string, number]>([
      ['a year after the next', system, { publishYear: notice(2028) }, '/body/publishYear/year', 2027],
      [
        'a year after the next for everyone',
        system,
        { publishYear: notice(2999), jurisdiction: 'national' },
        '/body/publishYear/year',
        2027,
      ],
      ['a year far before the first', system, { publishYear: notice(1950) }, '/body/publishYear/year', 2006],
      [
        'a day in a year not published',
        bureau,
        { changes: [...closure.changes, { date: '2027-03-03', to: 'holiday' }] },
        '/body/changes/1/date',
        2027,
      ],
    ])('of %s is refused, and the missing year named', async (_name, who, body, pointer, missing) => {
      const answer = await load(who, body);
      expect([answer.statusCode, answer.json()]).toMatchObject([
        409,
        {
          code: 'calendarYearGap',
          detail: expect.stringContaining(String(missing)),
          errors: [{ pointer, code: 'calendarYearGap', message: expect.stringContaining(String(missing)) }],
        },
      ]);
      expect([await loads(), told]).toEqual([[], []]);
    });

    it('of a local closure reaches the clocks of that city alone', async () => {
      const answer = await load(bureau, closure);
      const { version } = answer.json();
      expect([answer.statusCode, answer.json()]).toEqual([
        201,
        { version, changed: true, jurisdictions: [{ jurisdiction: 'zhongwei', version }] },
      ]);
      expect(told).toEqual([[['zhongwei'], version, '2024-03-01T02:00:00.000Z']]);
      expect((await year(2025, 'zhongwei')).json().days[61]).toMatchObject({
        working: false,
        reason: 'changed',
        name: '停电',
      });
      expect((await year(2025, 'wuhai')).json().days[61]).toMatchObject({ working: true });
      const [event] = await loads();
      expect(event).toMatchObject({ aggregateid: 'calendar:zhongwei' });
      expect(JSON.stringify(event)).not.toContain('停电');
    });

    it('of a national year reaches every city, each under its own version', async () => {
      const answer = await load(system, { jurisdiction: 'national', publishYear: notice2027 });
      expect(answer.statusCode).toBe(201);
      const zhongwei = (await year(2027, 'zhongwei')).json();
      const wuhai = (await year(2027, 'wuhai')).json();
      expect(zhongwei.version).not.toBe(wuhai.version);
      const byVersion = new Map(told.map(([cities, of]) => [of, cities]));
      expect(told).toHaveLength(2);
      expect(byVersion.get(zhongwei.version)).toEqual(['zhongwei']);
      expect(byVersion.get(wuhai.version)).toContain('wuhai');
      expect(zhongwei.days[0]).toMatchObject({ date: '2027-01-01', reason: 'holiday', name: '元旦' });
      expect(zhongwei.notice.number).toBe(notice2027.notice);
      expect((await year(2025, 'zhongwei')).json().days[61]).toMatchObject({ working: false });
      expect(await loads()).toHaveLength(3);
    });

    it('of the same again changes nothing and records nothing, and still tells the clocks', async () => {
      const answer = await load(system, { jurisdiction: 'national', publishYear: notice2027 });
      expect([answer.statusCode, answer.json().changed]).toEqual([200, false]);
      expect(told).toHaveLength(2);
      expect(await loads()).toHaveLength(3);
    });

    it('of a year for one city is the system administrator’s', async () => {
      const answer = await load(system, { publishYear: notice(2028) });
      expect([answer.statusCode, answer.json().jurisdictions]).toMatchObject([
        201,
        [{ jurisdiction: 'zhongwei' }],
      ]);
      expect((await year(2028, 'zhongwei')).statusCode).toBe(200);
      expect((await year(2028, 'wuhai')).statusCode).toBe(404);
    });
  });
});
