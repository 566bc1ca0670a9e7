import type { EventType } from '@gongshu/shared/events';
import { type NoticeLine, noticeTable } from '@gongshu/shared/notices/table';
import { sql } from 'kysely';
import { type Case, contents, inReview, mustCount, submit, words } from '../support/cases.ts';
import { startTurns, type Turns } from '../support/turns.ts';
import { twice } from './twins/activities.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns({ replayed: true });
}, 120_000);
afterAll(() => turns.stop());

const dept = 'dept-transport'; // the provider of every entry of the test city
const county = 'county-bureau-1';
const bureau = 'city-bureau';
const operator = 'operator';
const merchant = 'merchant-1';

/** `event [of which body]: addressee`, one a notice, as the tables below are written. */
const heardOf = async ({ caseNo }: Case): Promise<string[]> => {
  const { rows } = await sql<{ type: string; of: string | null; addressee: string }>`
    select event_type as type, data->>'reviewer' as of, addressee
    from platform.notice
    where case_no = ${caseNo}
      and kind <> 'reminder'
    order by seq`.execute(turns.db);
  return rows
    .map(({ type, of, addressee }) => `${type.split('.')[1]}${of ? ` ${of}` : ''}: ${addressee}`)
    .sort();
};
const table = (rows: Record<string, string[]>): string[] =>
  Object.entries(rows)
    .flatMap(([event, addressees]) => addressees.map((one) => `${event}: ${one}`))
    .sort();

/** 中卫 20: 将核查结果报送至数源部门、公共数据主管部门. What comes before it opens a clock or answers the applicant. */
const untilReview = {
  submitted: [operator],
  accepted: [merchant, operator],
  'checkPassed operator': [dept, bureau],
};

const threeReviewers = async (): Promise<Case> => {
  const one = await inReview(turns, '2024-04-15T09:00:00', { by: ['transport', 'county', 'operator'] });
  await mustCount(one.approve('transport', { conditions: [{ code: 'masked', text: words.condition }] }));
  await mustCount(one.refuse('operator'));
  await turns.law.goTo('2024-05-10T00:05:00');
  await one.quiet();
  return one;
};
/** 中卫 21, paragraphs 3 to 6, by hand. */
const ofThreeReviewers = table({
  ...untilReview,
  [`reviewStarted ${dept}`]: [dept],
  [`reviewStarted ${county}`]: [county],
  [`reviewStarted ${operator}`]: [operator],
  // 数源部门审核的：将结果反馈公共数据主管部门、运营机构，由运营机构及时反馈提出申请的数据商
  [`reviewApproved ${dept}`]: [bureau, operator, merchant],
  // 运营机构审核的：将结果反馈数源部门、市公共数据主管部门，并及时反馈提出申请的数据商
  [`reviewRefused ${operator}`]: [dept, bureau, merchant],
  // 县（区）主管部门审核的：将结果反馈数源部门、市公共数据主管部门、运营机构，由运营机构及时反馈提出申请的数据商
  [`reviewDeemedApproved ${county}`]: [dept, bureau, operator, merchant],
  [`escalated ${county}`]: [county, bureau],
  [`silenceCertified ${county}`]: [county, merchant, bureau],
  refused: [merchant, operator, dept, county],
});

describe('中卫 20, 21: results reach exactly the bodies the articles name', () => {
  it('three kinds of reviewers: one approves, one refuses, one is silent; every activity runs twice', async () => {
    await turns.workWith({ activities: twice });
    const one = await threeReviewers();
    expect(await heardOf(one)).toEqual(ofThreeReviewers);
    const { rows } = await sql<object>`
      select * from platform.notice where case_no = ${one.caseNo}`.execute(turns.db);
    const planted = [...Object.values(words), contents.scenario, contents.scope, contents.securityMeasures];
    for (const word of planted) expect(JSON.stringify(rows)).not.toContain(word);
    await turns.workWith();
  });

  it('a twin of the table that keeps the check’s result from the department is caught', async () => {
    const type: EventType = 'application.checkPassed.v1';
    const lines = noticeTable as Record<string, readonly NoticeLine[]>;
    const twin = jest.replaceProperty(lines, type, [
      { ...(noticeTable[type]?.[0] as NoticeLine), to: ['bureau'] },
    ]);
    try {
      const one = await inReview(turns, '2024-04-15T09:00:00');
      const expected = table({ ...untilReview, [`reviewStarted ${dept}`]: [dept] });
      const heard = await heardOf(one);
      expect(() => expect(heard).toEqual(expected)).toThrow(/checkPassed operator: dept-transport/);
    } finally {
      twin.restore();
    }
  });

  it('a check that fails is told to department, bureau and applicant; the case ends for operator and applicant', async () => {
    const one = await submit(turns, '2024-04-15T09:00:00');
    await mustCount(one.accept());
    await one.quiet();
    await mustCount(one.failCheck());
    await one.quiet();
    expect(await heardOf(one)).toEqual(
      table({
        submitted: [operator],
        accepted: [merchant, operator],
        'checkFailed operator': [dept, bureau, merchant],
        refused: [merchant, operator],
      }),
    );
  });

  it('a correction, an extension and a withdrawal', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00');
    await mustCount(one.giveBack('transport'));
    await one.quiet();
    await mustCount(one.resubmit(await correctionOf(one)));
    await one.quiet();
    await mustCount(one.extend('transport', 5));
    await one.quiet();
    const [asked] = await one.told('extensionRequested');
    await mustCount(one.answerExtension(String(asked?.['extension']), { answer: 'grant', days: 5 }));
    await one.quiet();
    await mustCount(one.withdraw());
    await one.quiet();
    expect(await heardOf(one)).toEqual(
      table({
        ...untilReview,
        [`reviewStarted ${dept}`]: [dept],
        [`correctionRequested ${dept}`]: [merchant],
        resubmitted: [dept],
        [`extensionRequested ${dept}`]: [bureau],
        [`extensionGranted ${dept}`]: [dept, merchant],
        withdrawn: [merchant, operator, dept],
      }),
    );
  });
});

const correctionOf = async (one: Case): Promise<string> => {
  const { id } = await turns.db
    .selectFrom('correction')
    .select('id')
    .where('case_no', '=', one.caseNo)
    .executeTakeFirstOrThrow();
  return id;
};

describe('who was told of the clock', () => {
  it('nothing was delivered: the certificate of silence says so, with the notice that should have been', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00');
    await turns.law.goTo('2024-05-10T00:05:00');
    await one.quiet();
    const { content } = await turns.db
      .selectFrom('certificate')
      .select('content')
      .where('turn_id', '=', one.turn('transport'))
      .executeTakeFirstOrThrow();
    expect(content['opening']).toEqual({ notice: expect.any(String), told: false, deliveredAt: null });
    expect(content['reminders']).toHaveLength(4);
    for (const reminder of content['reminders'] as object[])
      expect(reminder).toMatchObject({ notice: expect.any(String), deliveredAt: null });
  });
});
