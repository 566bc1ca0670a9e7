// V1, V2: passed, rectified, failed, overdue; answered or not; opened once for a year.
import { deliver } from '@gongshu/infra/intake/deliver';
import { hand } from '@gongshu/service-registry/onboardings/hand';
import { taskQueue } from '@gongshu/infra/temporal-client';
import {
  cityOf,
  type Evaluations,
  startEvaluations,
  dimensionsOf,
  marksOf,
  type EvaluationCity,
} from '../support/evaluations.ts';
import { namePath } from '../support/turns-history.ts';

let the: Evaluations;
beforeAll(async () => {
  the = await startEvaluations(['zhongwei', 'shuozhou', 'wuhai', 'national']);
}, 120_000);
afterAll(() => the?.stop());

const row = async (caseNo: string) => {
  const { stage, outcome, readings } = await the.row(caseNo);
  return { stage, outcome, readings };
};

describe('[V1 national] [V1 zhongwei] [V1 shuozhou] [V1 wuhai] evaluated every year by those the text has heard', () => {
  it.each(['national', 'zhongwei', 'shuozhou', 'wuhai'] as const)(
    '%s: asked, marked, passed unanswered',
    async (city) => {
      await the.law.begin(shifted(city, '2024-04-01T09:00:00'));
      const { bureau, auditor, operator } = cityOf(city);
      const agreement = await the.agreement(city, shifted(city, '2023-03-15'), '2027-03-15');
      const caseNo = await the.marked(
        city,
        { agreement, year: yearIn(city), until: shifted(city, '2024-04-08') },
        city === 'wuhai' ? 'evaluation-passed' : undefined,
      );
      const asked = await the.call(auditor, 'GET', `/v1/evaluations/${caseNo}/questionnaires`);
      const { groups, bodies } = asked.json<{
        groups: { group: string; asked: number; answered: number }[];
        bodies: { words: string | null; answered: boolean }[];
      }>();
      expect(groups.map(({ group }) => group)).toEqual(
        city === 'wuhai'
          ? ['sourceDepartment', 'operator', 'merchant']
          : ['sourceDepartment', 'countyAuthority', 'operator', 'merchant'],
      );
      expect(groups.at(-1)).toEqual({ group: 'merchant', asked: 1, answered: 1 });
      expect(bodies.map(({ words }) => words)).not.toContain('服务及时');
      const seen = await the.call(operator, 'GET', `/v1/evaluations/${caseNo}/questionnaires`);
      expect(seen.json()).toMatchObject({ bodies: null });
      await the.done(the.act(bureau, caseNo, 'result', { outcome: 'pass' }));
      expect((await row(caseNo)).stage).toBe('reply');
      // Five working days after Monday 1 April, past Qingming: the 4th to the 6th are off, the 7th is worked.
      await the.goTo(shifted(city, '2024-04-10T09:00:00'), caseNo);
      expect(await row(caseNo)).toMatchObject({ stage: 'done', outcome: 'passed' });
      expect(await the.story(caseNo)).toEqual([
        ...['opened', ...(city === 'wuhai' ? ['participantsNamed'] : []), 'questionnairesSent'],
        ...['questionnaireAnswered', 'questionnairesClosed', 'scored', 'resultProposed', 'resultStands'],
        'resultPublished',
      ]);
      expect(await the.told(caseNo, 'evaluation.resultPublished.v1')).toMatchObject([
        { outcome: 'pass', shown: '80.00', exact: '80/1', year: yearIn(city) },
      ]);
      const published = await the.call(null as never, 'GET', '/v1/publications');
      expect(JSON.stringify(published.json())).toContain(caseNo);
    },
  );

  it('figures are traced to cases, each indicator with its weight and its sources', async () => {
    await the.law.begin('2024-04-01T09:00:00');
    const { bureau } = cityOf('wuhai');
    const agreement = await the.agreement('wuhai', '2023-03-16', '2026-03-15');
    const caseNo = await the.marked('wuhai', { agreement, year: 2023, until: '2024-04-08' });
    const answer = await the.call(bureau, 'GET', `/v1/evaluations/${caseNo}/figures`);
    const { indicators } = answer.json<{
      indicators: { indicator: string; weight: string; noSource: boolean; sources: object[] }[];
    }>();
    expect(indicators.map(({ indicator, weight, noSource }) => [indicator, weight, noSource])).toEqual([
      ['securityManagement', '1/4', false],
      ['performance', '1/4', false],
      ['scenarioBenefit', '1/4', false],
      ['publicService', '1/4', false],
    ]);
    expect(indicators.at(-1)?.sources).toEqual([
      { source: 'freeProducts', noSource: false, value: '0', shown: null, of: 0, cases: [] },
      { source: 'complaints', noSource: false, value: '0', shown: null, of: 0, cases: [] },
      { source: 'disclosuresOnTime', noSource: false, value: '0', shown: null, of: 0, cases: [] },
    ]);
    expect(await the.told(caseNo, 'evaluation.scored.v1')).toMatchObject([{ withoutSource: [] }]);
  });
});

describe('[V1 national refuses] [V1 zhongwei refuses] [V1 shuozhou refuses] [V1 wuhai refuses] what is not whole', () => {
  it.each([
    ['national', '九、十四'],
    ['zhongwei', '三十三'],
    ['shuozhou', '十（七）'],
    ['wuhai', '十二'],
  ] as const)(
    '%s: missing marks, marks out of scale, no answers asked for, a year twice',
    async (city, article) => {
      await the.law.begin(shifted(city, '2024-04-01T09:00:00'));
      const { bureau, merchant, operator } = cityOf(city);
      const agreement = await the.agreement(city, shifted(city, '2023-03-17'), '2027-03-15');
      const caseNo = await the.open(bureau, '/v1/evaluations', { agreement, year: yearIn(city) });
      const path = `/v1/evaluations/${caseNo}`;
      const scores = { marks: marksOf(city), dimensions: dimensionsOf(city) };
      expect(await the.refused(bureau, `${path}/scores`, scores)).toMatchObject(
        city === 'wuhai' ? { code: 'participantsMissing', article } : { code: 'inputsMissing' },
      );
      if (city === 'wuhai')
        await the.done(
          the.act(bureau, caseNo, 'participants', {
            participants: [{ organisation: 'dept-transport', role: 'industryDepartment' }],
            document: await the.document(city, 'city-bureau', '函'),
          }),
        );
      expect(await the.refused(bureau, `${path}/scores`, scores)).toMatchObject({
        status: 422,
        code: 'inputsMissing',
      });
      await the.done(the.act(bureau, caseNo, 'questionnaires', { until: shifted(city, '2024-04-08') }));
      expect(await the.refused(bureau, `${path}/scores`, scores)).toMatchObject({
        code: 'questionnairesOpen',
      });
      const [question = ''] = Object.keys(marksOf(city));
      const answers = `${path}/questionnaires/answers`;
      const stranger = { ...merchant, organisation: 'merchant-9' };
      expect(await the.refused(stranger, answers, { scores: { [question]: '1' } })).toMatchObject({
        status: 403,
        code: 'questionnaireNotYours',
      });
      expect(
        await the.refused(merchant, answers, { scores: { [question]: '100.5', nothing: '1' } }),
      ).toMatchObject({
        ...{ status: 422, code: 'scoreOutOfScale' },
        pointers: [`/body/scores/${question}`, '/body/scores/nothing'],
      });
      await the.done(the.act(bureau, caseNo, 'questionnaires/closing'));
      expect(await the.refused(merchant, answers, { scores: { [question]: '1' } })).toMatchObject({
        code: 'questionnairesClosed',
      });
      expect(await the.refused(bureau, `${path}/result`, { outcome: 'pass' })).toMatchObject({
        status: 422,
        code: 'inputsMissing',
      });
      const { [question]: _, ...missing } = marksOf(city);
      expect(await the.refused(bureau, `${path}/scores`, { ...scores, marks: missing })).toMatchObject({
        ...{ status: 422, code: 'inputsMissing', pointers: [`/body/marks/${question}`] },
        ...(city !== 'national' && city !== 'zhongwei' && { article }),
      });
      expect(
        await the.refused(bureau, `${path}/scores`, {
          ...scores,
          marks: { ...scores.marks, [question]: '100.01' },
        }),
      ).toMatchObject({
        ...{ status: 422, code: 'scoreOutOfScale', pointers: [`/body/marks/${question}`] },
      });
      expect(await the.refused(operator, `${path}/scores`, scores)).toMatchObject({ status: 403 });
      expect(await the.refused(bureau, '/v1/evaluations', { agreement, year: yearIn(city) })).toMatchObject({
        ...{ status: 409, code: 'evaluationOpen' },
      });
      expect(await the.story(caseNo)).not.toContain('scored');
    },
  );
});

/** The national text has been in force since March 2025: there the same days lie a year later. */
const shifted = (city: EvaluationCity, text: string): string =>
  city === 'national' ? text.replace(/^\d{4}/, (year) => String(Number(year) + 1)) : text;
const yearIn = (city: EvaluationCity): number => (city === 'national' ? 2024 : 2023);

/** Ordered on a day by a result that was answered and kept. */
const ordered = async (
  city: EvaluationCity,
  from: string,
  dueOn?: string,
  path?: string,
): Promise<[string, string]> => {
  const agreement = await the.agreement(city, from, '2027-03-15');
  const caseNo = await the.marked(
    city,
    { agreement, year: Number(from.slice(0, 4)), until: shifted(city, '2024-06-28') },
    path,
  );
  await the.decided(city, caseNo, { outcome: 'rectify', ...(dueOn !== undefined && { dueOn }) });
  return [caseNo, agreement];
};

describe('[V2 shuozhou] [V2 wuhai] pass, rectify, fail', () => {
  it.each([
    // Thirty calendar days after Monday 3 June end on Wednesday 3 July.
    ['wuhai', undefined, '2024-07-03'],
    ['shuozhou', '2024-07-05', '2024-07-05'],
    ['zhongwei', '2024-07-05', '2024-07-05'],
    ['national', '2025-07-04', '2025-07-04'],
  ] as const)('%s: rectified in time and passed', async (city, dueOn, lastDay) => {
    await the.law.begin(shifted(city, '2024-06-03T09:00:00'));
    const [caseNo] = await ordered(
      city,
      shifted(city, '2023-04-01'),
      dueOn,
      city === 'wuhai' ? 'evaluation-rectified' : undefined,
    );
    expect((await row(caseNo)).readings).toMatchObject({ rectification: { lastDay, provisional: false } });
    const { operator } = cityOf(city);
    const document = await the.document(city, 'operator', '报告');
    expect(
      await the.refused(operator, `/v1/evaluations/${caseNo}/rectification-report`, { document }),
    ).toMatchObject({ status: 409, code: 'planMissing' });
    await the.rectified(city, caseNo, 'plan');
    await the.goTo(`${lastDay}T23:00:00`, caseNo);
    await the.rectified(city, caseNo, 'report');
    await the.decided(city, caseNo, { outcome: 'pass' });
    expect(await row(caseNo)).toMatchObject({ stage: 'done', outcome: 'passed' });
  });

  it.each(['wuhai', 'shuozhou'] as const)(
    '%s: a second rectify is fail; the agreement is told to end, and a new selection follows',
    async (city) => {
      await the.law.begin('2024-06-03T09:00:00');
      const { bureau } = cityOf(city);
      const [caseNo, agreement] = await ordered(
        city,
        '2023-04-02',
        city === 'shuozhou' ? '2024-07-05' : undefined,
        `evaluation-failed-${city}`,
      );
      await the.rectified(city, caseNo, 'plan');
      await the.rectified(city, caseNo, 'report');
      await the.decided(city, caseNo, { outcome: 'rectify' });
      expect(await row(caseNo)).toMatchObject({ stage: 'failed', outcome: null });
      expect(await the.told(caseNo, 'evaluation.resultPublished.v1')).toMatchObject([
        { round: 1, secondRectify: false },
        { round: 2, secondRectify: true },
      ]);
      const document = await the.document(city, 'city-bureau', '终止通知');
      await the.done(the.act(bureau, caseNo, 'termination', { document }));
      const sent = await the.db
        .selectFrom('intake')
        .select(['act', 'payload', 'actor_organisation'])
        .where('case_no', '=', agreement)
        .execute();
      expect(sent).toMatchObject([
        {
          ...{ act: 'terminateAgreement', actor_organisation: 'city-bureau' },
          payload: {
            act: {
              ...{ kind: 'terminateAgreement', evaluation: caseNo, document },
              ground: city === 'wuhai' ? 'failedEvaluation' : 'rectificationFailed',
            },
          },
        },
      ]);
      expect(await the.refused(bureau, '/v1/evaluations', { agreement, year: 2024 })).toMatchObject({
        status: 409,
        code: 'terminated',
      });
      expect(
        await the.refused(bureau, `/v1/evaluations/${caseNo}/new-selection`, { selection: agreement }),
      ).toMatchObject({ status: 422, code: 'selectionUnfit', pointers: ['/body/selection'] });
      const selection = await selectionIn(city);
      await the.done(the.act(bureau, caseNo, 'new-selection', { selection }));
      await the.quiet(caseNo);
      expect(await row(caseNo)).toMatchObject({ outcome: 'newSelection' });
    },
  );
});

/** A selection that was opened now; its own lifecycle is not what is tested. */
const selectionIn = async (city: EvaluationCity): Promise<string> => {
  const caseNo = `000000-LX-2024-${String(Math.abs(city.length * 1_000 + 1)).padStart(6, '0')}`;
  await the.db
    .insertInto('procedure')
    .values({
      ...{ case_no: caseNo, kind: 'selection', jurisdiction: city, authority: 'city-bureau' },
      ...{ pack_version: 'v', start: '{}' as never, stage: 'opened', outcome: null, state: '{}' as never },
      ...{ calendar_version: 'none', wake_at: null, wake_key: null, opened_by: 'a', ended_at: null },
      opened_at: new Date('2024-06-30T09:00:00+08:00'),
    })
    .execute();
  return caseNo;
};

describe('[V2 shuozhou refuses] [V2 wuhai refuses] what comes late or out of place', () => {
  it.each(['wuhai', 'shuozhou'] as const)(
    '%s: no report in time: overdue, a late one refused, terminated',
    async (city) => {
      await the.law.begin('2024-06-03T09:00:00');
      const { bureau, operator } = cityOf(city);
      const [caseNo, agreement] = await ordered(
        city,
        '2023-04-03',
        city === 'shuozhou' ? '2024-07-03' : undefined,
        `evaluation-overdue-${city}`,
      );
      await the.rectified(city, caseNo, 'plan');
      await the.goTo('2024-07-04T09:00:00', caseNo);
      expect(await row(caseNo)).toMatchObject({ stage: 'overdue', outcome: null });
      const document = await the.document(city, 'operator', '迟到的报告');
      expect(
        await the.refused(operator, `/v1/evaluations/${caseNo}/rectification-report`, { document }),
      ).toMatchObject({ status: 409, code: 'deadlinePassed' });
      await the.goTo('2024-09-02T09:00:00', caseNo);
      expect(await row(caseNo)).toMatchObject({ stage: 'overdue', outcome: null });
      await the.done(
        the.act(bureau, caseNo, 'termination', { document: await the.document(city, 'city-bureau', '终止') }),
      );
      expect(await the.told(caseNo, 'evaluation.terminated.v1')).toMatchObject([
        { cause: 'rectificationOverdue', agreement },
      ]);
    },
  );

  it('wuhai: the limit is fixed; shuozhou: the order names a day after the time to reply', async () => {
    await the.law.begin('2024-06-03T09:00:00');
    for (const [city, body, code] of [
      ['wuhai', { outcome: 'rectify', dueOn: '2024-08-01' }, 'dueDayFixed'],
      ['shuozhou', { outcome: 'rectify' }, 'dueDayMissing'],
      ['shuozhou', { outcome: 'rectify', dueOn: '2024-06-05' }, 'dueDayPassed'],
    ] as const) {
      const agreement = await the.agreement(city, '2023-04-04', '2026-04-04');
      const caseNo = await the.marked(city, { agreement, year: 2023, until: '2024-06-28' });
      const { bureau } = cityOf(city);
      expect(await the.refused(bureau, `/v1/evaluations/${caseNo}/result`, body)).toMatchObject({
        ...{ status: 422, code, article: city === 'wuhai' ? '十二' : '十（七）', pointers: ['/body/dueOn'] },
      });
      expect((await the.row(caseNo)).stage).toBe('open');
    }
  });

  it('a failed one opens no selection before the agreement ends, and no reply twice', async () => {
    await the.law.begin('2024-06-03T09:00:00');
    const agreement = await the.agreement('wuhai', '2023-04-05', '2026-04-04');
    const caseNo = await the.marked('wuhai', { agreement, year: 2023, until: '2024-06-28' });
    const { bureau, operator } = cityOf('wuhai');
    await the.done(the.act(bureau, caseNo, 'result', { outcome: 'rectify' }));
    const document = await the.document('wuhai', 'operator', '陈述');
    expect(
      await the.refused(bureau, `/v1/evaluations/${caseNo}/confirmation`, { outcome: 'rectify' }),
    ).toMatchObject({ code: 'replyOpen' });
    await the.done(the.act(operator, caseNo, 'reply', { document }));
    expect(await the.refused(operator, `/v1/evaluations/${caseNo}/reply`, { document })).toMatchObject({
      code: 'replyIn',
    });
    // A graver result than the one it answered: proposed anew, and unanswered it stands.
    await the.done(the.act(bureau, caseNo, 'confirmation', { outcome: 'fail' }));
    expect(await row(caseNo)).toMatchObject({ stage: 'reply' });
    await the.goTo('2024-06-12T09:00:00', caseNo);
    expect(await row(caseNo)).toMatchObject({ stage: 'failed' });
    expect(
      await the.refused(bureau, `/v1/evaluations/${caseNo}/new-selection`, { selection: agreement }),
    ).toMatchObject({
      ...{ status: 409, code: 'notTerminated' },
    });
  });
});

describe('opened once for an agreement and a year', () => {
  const start = async (agreement: string, year: number, id: string): Promise<unknown> =>
    the.client.workflow.execute('evaluationOpening', {
      args: [{ agreement, jurisdiction: 'wuhai', year }],
      ...{ taskQueue, workflowId: `opening-${id}` },
    });
  const casesOf = (agreement: string) =>
    (the.db as never as import('kysely').Kysely<any>)
      .selectFrom('evaluation')
      .select(['case_no', 'year'])
      .where('agreement', '=', agreement)
      .execute();
  const dueOf = (agreement: string) =>
    (the.db as never as import('kysely').Kysely<any>)
      .selectFrom('evaluation_due')
      .select(['year', 'state'])
      .where('agreement', '=', agreement)
      .orderBy('year')
      .execute();
  const handedOn = async (caseNo: string): Promise<void> => {
    const { receipt } = await the.db
      .selectFrom('intake')
      .select('receipt')
      .where('case_no', '=', caseNo)
      .executeTakeFirstOrThrow();
    await deliver({ db: the.db as never, client: the.client, hand }, receipt);
    await the.quiet(caseNo);
  };

  it('by its Schedule, late and twice: one case; the next year waits until this one has passed', async () => {
    const agreement = await the.agreement('wuhai', '2023-05-01', '2026-05-01');
    await the.law.begin('2025-06-03T09:00:00');
    namePath('opening-a', 'evaluation-opening');
    namePath('opening-c', 'evaluation-opening-held');
    expect(await start(agreement, 2023, 'a')).toEqual({ opened: 'opened' });
    expect(await start(agreement, 2023, 'b')).toMatchObject({ opened: expect.any(String) });
    const [{ case_no: caseNo }] = (await casesOf(agreement)) as unknown as [{ case_no: string }];
    expect(await casesOf(agreement)).toHaveLength(1);
    await handedOn(caseNo);
    expect(await start(agreement, 2024, 'c')).toEqual({ opened: 'evaluationOpen' });
    expect(await dueOf(agreement)).toEqual([
      { year: 2023, state: 'opened' },
      { year: 2024, state: 'held' },
      { year: 2025, state: 'ahead' },
    ]);
    const { bureau } = cityOf('wuhai');
    await the.done(
      the.act(bureau, caseNo, 'participants', {
        participants: [{ organisation: 'third-party', role: 'thirdParty' }],
        document: await the.document('wuhai', 'city-bureau', '委托书'),
      }),
    );
    await the.done(the.act(bureau, caseNo, 'questionnaires', { until: '2025-06-10' }));
    await the.goTo('2025-06-11T09:00:00', caseNo);
    await the.done(
      the.act(bureau, caseNo, 'scores', { marks: marksOf('wuhai'), dimensions: dimensionsOf('wuhai') }),
    );
    await the.decided('wuhai', caseNo, { outcome: 'pass' });
    expect(await dueOf(agreement)).toContainEqual({ year: 2024, state: 'ahead' });
    expect(await start(agreement, 2024, 'd')).toEqual({ opened: 'opened' });
    expect(await start(agreement, 2023, 'e')).toMatchObject({
      opened: expect.stringMatching(/evaluationOpen|yearEvaluated|opened/),
    });
    expect(await casesOf(agreement)).toHaveLength(2);
  });
});
