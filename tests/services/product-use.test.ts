import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import { sql } from 'kysely';
import { refusalOf } from './law-support.ts';
import { paper, peopleIn, type RegisterCity, type Registers, startRegisters } from './registers-support.ts';

let r: Registers;
jest.setTimeout(60_000);
beforeAll(async () => {
  r = await startRegisters();
  await ensureShippedCalendar(r.db);
  for (const city of ['zhongwei', 'shuozhou', 'wuhai'] as const) await plant(city);
}, 60_000);
afterAll(() => r?.stop());

/** A product of the city's merchant as the public knows it, and one still under way. */
const plant = async (city: RegisterCity) => {
  for (const [no, state] of [
    [known(city), 'released'],
    [unknown(city), 'underWay'],
  ]) {
    await sql`
      insert into product (product_no, jurisdiction, owner, operator, name, class, purpose, created_at)
      values (${no}, ${city}, 'merchant-1', 'operator', '停车热力', 'report', 'industry', ${r.clock.now})`.execute(
      r.db,
    );
    await sql`
      insert into procedure
        (case_no, kind, jurisdiction, authority, pack_version, start, stage, state, calendar_version, opened_by, opened_at)
      values (${`case-${no}`}, 'productEgress', ${city}, 'city-bureau', 'v', '{}', 'released', '{}', 'c', 'a', ${r.clock.now})`.execute(
      r.db,
    );
    await sql`
      insert into product_version (case_no, product_no, version, state, listed_at)
      values (${`case-${no}`}, ${no}, 1, ${state}, ${state === 'released' ? r.clock.now : null})`.execute(
      r.db,
    );
  }
};
const known = (city: string) => `CP-${city.toUpperCase()}-1`;
const unknown = (city: string) => `CP-${city.toUpperCase()}-2`;
const give = (city: RegisterCity, product = known(city)) =>
  r.post(peopleIn(city).partner, `/v1/products/${product}/feedback`, {
    ...{ kind: 'quality', words: '周末数据缺失' },
  });

describe.each([
  ['zhongwei', '第六条'],
  ['shuozhou', '六（三）'],
] as const)(
  '[E5 zhongwei] [E5 shuozhou] %s: what users say reaches the sources of the data, and the answer reaches them',
  (city, article) => {
    it('given, relayed, answered by the department, closed: each told by event, without a word of it', async () => {
      const { operator, department, partner, merchant } = peopleIn(city);
      const given = await give(city);
      expect(given.statusCode).toBe(201);
      const { feedback } = given.json<{ feedback: string }>();
      const at = `/v1/product-feedback/${feedback}`;
      expect((await r.call(department, 'GET', at)).statusCode).toBe(404); // not asked yet
      const relayed = await r.post(operator, `${at}/relay`, { departments: ['dept-transport'] });
      expect(relayed.json()).toMatchObject({ state: 'relayed', lastDay: '2024-03-15' });
      const answer = { outcome: 'dataCorrected', words: '已补传周末数据' };
      expect((await r.post(department, `${at}/answer`, answer)).json()).toMatchObject({ state: 'answered' });
      await r.post(operator, `${at}/closing`, { code: 'nextVersion', words: '下一版纳入' });
      expect((await r.call(merchant, 'GET', at)).json()).toMatchObject({
        ...{ state: 'closed', words: '周末数据缺失', closing: '下一版纳入' },
        answers: [{ department: 'dept-transport', outcome: 'dataCorrected', words: '已补传周末数据' }],
      });
      expect((await r.call(partner, 'GET', at)).json()).toMatchObject({ closing: '下一版纳入' });
      expect((await r.call(partner, 'GET', '/v1/product-feedback')).json()).toMatchObject({
        items: [{ feedback }],
      });
      const told = await r.events(feedback);
      expect(told.map(({ type }) => type)).toEqual([
        'productFeedback.given.v1',
        'productFeedback.relayed.v1',
        'productFeedback.answered.v1',
        'productFeedback.closed.v1',
      ]);
      expect(told[0]?.data).toMatchObject({ article });
      expect(told[2]?.data).toMatchObject({ late: false, left: 0, givenBy: 'partner-1' });
      expect(JSON.stringify(told)).not.toMatch(/周末/);
    });
  },
);

describe.each(['zhongwei', 'shuozhou'] as const)('[E5 zhongwei refuses] [E5 shuozhou refuses] %s', (city) => {
  it('feedback on what never was on the list; a relay to no department; an answer nobody asked for', async () => {
    const { operator, department } = peopleIn(city);
    expect((await give(city, unknown(city))).statusCode).toBe(404);
    const { feedback } = (await give(city)).json<{ feedback: string }>();
    const at = `/v1/product-feedback/${feedback}`;
    expect(refusalOf(await r.post(operator, `${at}/relay`, { departments: ['partner-1'] }))).toMatchObject({
      ...{ status: 422, code: 'departmentUnknown', pointers: ['/body/departments/0'] },
    });
    expect((await r.post(department, `${at}/answer`, { outcome: 'explained', words: '无' })).statusCode).toBe(
      404,
    );
    await r.post(operator, `${at}/relay`, { departments: ['dept-transport'] });
    expect(
      refusalOf(await r.post(operator, `${at}/closing`, { code: 'noChange', words: '无' })),
    ).toMatchObject({
      ...{ status: 409, code: 'feedbackStepNotReached' },
    });
    await r.post(department, `${at}/answer`, { outcome: 'explained', words: '说明' });
    expect(
      refusalOf(await r.post(department, `${at}/answer`, { outcome: 'explained', words: '说明' })).code,
    ).toBe('feedbackStepNotReached');
  });
});

it('an answer after the last day counts and is marked late', async () => {
  const { operator, department } = peopleIn('zhongwei');
  const { feedback } = (await give('zhongwei')).json<{ feedback: string }>();
  await r.post(operator, `/v1/product-feedback/${feedback}/relay`, { departments: ['dept-transport'] });
  const before = r.clock.now;
  r.clock.now = new Date('2024-03-16T00:00:00+08:00');
  const late = await r.post(department, `/v1/product-feedback/${feedback}/answer`, {
    ...{ outcome: 'willCorrect', words: '将更正' },
  });
  r.clock.now = before;
  expect(late.statusCode).toBe(200);
  expect((await r.events(feedback)).at(-1)?.data).toMatchObject({ late: true });
});

const open = (who: object, body: object = {}) =>
  r.post(who as never, '/v1/spot-checks', {
    owner: 'merchant-1',
    items: ['noRawTransfer', 'storage'],
    notice: paper,
    ...body,
  });
const noOf = (answer: Awaited<ReturnType<typeof open>>): string => {
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ spotCheck: string }>().spotCheck;
};

describe('[A9 shuozhou] 十一（四）3: developers check themselves, and bureau, source department and operator look in', () => {
  it.each(['bureau', 'department', 'operator'] as const)(
    'the %s opens, the developer answers, it is concluded',
    async (by) => {
      const people = peopleIn('shuozhou');
      const no = noOf(await open(people[by], { product: known('shuozhou') }));
      const answered = await r.post(people.merchant, `/v1/spot-checks/${no}/answer`, {
        ...{ words: '日志与存储清单见附件', documents: [paper] },
      });
      expect(answered.json()).toMatchObject({ state: 'answered', product: known('shuozhou') });
      const concluded = await r.post(people[by], `/v1/spot-checks/${no}/conclusion`, {
        ...{
          outcome: 'findings',
          findings: [{ code: 'storageOpen', text: '存储未加密' }],
          rectifyBy: '2024-03-20',
        },
      });
      expect(concluded.json()).toMatchObject({ state: 'concluded', rectifyBy: '2024-03-20' });
      const told = await r.events(no);
      expect(told.map(({ type }) => type)).toEqual([
        ...['spotCheck.opened.v1', 'spotCheck.answered.v1', 'spotCheck.concluded.v1'],
      ]);
      expect(told[0]?.data).toMatchObject({ article: '十一（四）3', lastDay: '2024-03-15' });
      expect(JSON.stringify(told)).not.toMatch(/存储/);
    },
  );

  it('its own check of a period is on record with its report', async () => {
    const { merchant, bureau } = peopleIn('shuozhou');
    const made = await r.post(merchant, '/v1/self-checks', {
      ...{ from: '2024-01-01', until: '2024-02-29', items: ['storage'], outcome: 'inOrder', report: paper },
    });
    expect(made.statusCode).toBe(201);
    expect((await r.call(bureau, 'GET', '/v1/self-checks')).json()).toMatchObject({
      items: [{ owner: 'merchant-1', outcome: 'inOrder' }],
    });
  });
});

describe('[A9 shuozhou refuses]', () => {
  it('a developer opens no check on another; findings want a reason and a day; nobody concludes another’s check', async () => {
    const { merchant, bureau, operator } = peopleIn('shuozhou');
    expect((await open(merchant)).statusCode).toBe(403);
    const no = noOf(await open(bureau));
    const at = `/v1/spot-checks/${no}/conclusion`;
    expect(refusalOf(await r.post(bureau, at, { outcome: 'findings' })).status).toBe(422);
    const findings = [{ code: 'storageOpen', text: '未加密' }];
    expect(refusalOf(await r.post(bureau, at, { outcome: 'findings', findings }))).toMatchObject({
      ...{ status: 422, code: 'checkDayWrong', pointers: ['/body/rectifyBy'] },
    });
    expect((await r.post(operator, at, { outcome: 'inOrder' })).statusCode).toBe(404);
    expect((await r.post(bureau, at, { outcome: 'inOrder' })).statusCode).toBe(200);
    expect(refusalOf(await r.post(bureau, at, { outcome: 'inOrder' })).code).toBe('spotCheckStepNotReached');
    expect(refusalOf(await open(bureau, { owner: 'dept-transport' })).code).toBe('developerUnknown');
  });

  it('in Wuhai, whose text names nobody, the implementing body alone looks in', async () => {
    const { operator, bureau } = peopleIn('wuhai');
    expect(refusalOf(await open(operator))).toMatchObject({ status: 403, code: 'inspectorNotAllowed' });
    expect((await open(bureau)).statusCode).toBe(201);
  });

  it('a period that has not ended, or ends before it begins', async () => {
    const { merchant } = peopleIn('shuozhou');
    const base = { items: ['storage'], outcome: 'inOrder', report: paper };
    for (const period of [
      { from: '2024-02-01', until: '2024-03-31' },
      { from: '2024-02-02', until: '2024-02-01' },
    ])
      expect(refusalOf(await r.post(merchant, '/v1/self-checks', { ...base, ...period })).pointers).toEqual([
        '/body/until',
      ]);
  });
});
