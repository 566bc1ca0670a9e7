// X5: a risk assessment or audit goes from its plan to the last finding put right; what is late goes up, and is still done.
import { foreseeAudits, foreseeNoAudits } from '@gongshu/infra/audits/due';
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { keepMandate } from '@gongshu/service-disclosure/evidence/mandates-subscriber';
import { createOpenAudit } from '@gongshu/activities/disclosure/open-audit';
import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import type { Kysely } from 'kysely';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];
const packs = loadPacks();
let the: Disclosure;
let db: Kysely<AuditTables>;
beforeAll(async () => {
  the = await startDisclosure(cities);
  db = the.db as unknown as Kysely<AuditTables>;
  await the.law.begin('2025-03-03T09:00:00');
});
afterAll(() => the.stop());

type Who = Parameters<Disclosure['post']>[0];
const at = (city: City) => {
  const who = disclosurePeople(city);
  const { kinds, with: partners } = valuesOf(packs.resolve(city), 'audit');
  const kind = kinds[0]?.kind ?? '';
  let papers = 0;
  const upload = (organisation: string) => {
    papers += 1;
    return the.upload(city, organisation, `审计材料 ${papers}`);
  };
  const act = (by: Who, caseNo: string, path: string, body: object = {}) =>
    the.post(by, `/v1/audits/${caseNo}/${path}`, body);
  const done = async (what: Promise<{ status: number; code: string | undefined }>): Promise<void> => {
    const { status, code } = await what;
    if (status !== 200) throw new Error(`${status} ${code}`);
  };
  const bodies: Record<string, string> = {
    sourceDepartment: 'dept-transport',
    countyAuthority: 'county-bureau',
  };
  const participants = partners.flatMap((role) => bodies[role] ?? []);
  const open = (period: object, path?: string) =>
    the.open(who.bureau, '/v1/audits', { audit: kind, ...period }, path);
  const today = async () => new Date((await the.law.now()) + 8 * 3_600_000).toISOString().slice(0, 10);
  /** Opened, planned and carried out on the day the law's clock shows. */
  const carriedOut = async (period: object, path?: string): Promise<string> => {
    const caseNo = await open(period, path);
    const on = await today();
    await done(act(who.bureau, caseNo, 'plan', { on, document: await upload('city-bureau'), participants }));
    await done(act(who.bureau, caseNo, 'carrying-out', { on, document: await upload('city-bureau') }));
    return caseNo;
  };
  const finding = (grade: string, responsible = 'operator', words = '日志留存不足六个月') => ({
    ...{ grade, responsible, words },
  });
  const found = async (period: object, findings: object[], path?: string): Promise<string> => {
    const caseNo = await carriedOut(period, path);
    await done(act(who.bureau, caseNo, 'findings', { findings }));
    return caseNo;
  };
  const rectify = async (by: Who, caseNo: string, no: number) =>
    act(by, caseNo, 'rectifications', { finding: no, document: await upload(by?.organisation ?? '') });
  return {
    today,
    ...{ who, kind, upload, act, done, open, carriedOut, found, finding, rectify, participants },
  };
};
/** A period of its own for each case of a city. */
let months = 0;
const period = () => {
  months += 1;
  const from = new Date(Date.UTC(2010, months, 1)).toISOString().slice(0, 10);
  return { from, until: from };
};

describe('[X5 national] [X5 zhongwei] [X5 shuozhou] [X5 wuhai] planned, carried out, found, put right with evidence, closed with the last', () => {
  it.each(cities)('%s', async (city) => {
    const one = at(city);
    const { who, act, done, rectify } = one;
    const caseNo = await one.found(
      period(),
      [one.finding('high'), one.finding('low', 'dept-transport', '目录未更新')],
      'audit-closed',
    );
    const document = await one.upload('operator');
    await done(act(who.operator, caseNo, 'reply', { document }));
    await done(act(who.bureau, caseNo, 'settling'));
    expect(await rectify(who.operator, caseNo, 1)).toMatchObject({ status: 200 });
    const [task] = (await the.call(who.bureau, 'GET', '/v1/tasks')).json<{ items: any[] }>().items;
    expect(task).toMatchObject({ kind: 'audit', caseNo });
    await done(act(who.bureau, caseNo, 'rectifications/acceptance', { finding: 1 }));
    expect((await the.row(caseNo)).outcome).toBeNull();
    await done(rectify(who.department, caseNo, 2));
    await done(act(who.bureau, caseNo, 'rectifications/acceptance', { finding: 2 }));
    await the.quiet(caseNo);
    expect(await the.story(caseNo)).toEqual([
      ...['opened', 'planned', 'carriedOut', 'found', 'replied', 'findingsStand'],
      ...['rectified', 'rectificationAccepted', 'rectified', 'rectificationAccepted', 'closed'],
    ]);
    const [opened] = await the.told(caseNo, 'audit.opened.v1');
    const { article } = valuesOf(packs.resolve(city), 'audit').kinds[0]!;
    expect(opened).toMatchObject({ audit: one.kind, operator: 'operator', scheduled: false });
    expect(String(opened?.['article'])).toContain(article);
    expect(await the.told(caseNo, 'audit.closed.v1')).toMatchObject([{ findings: 2, overdue: 0 }]);
    // What was found stands in a table, for those it concerns; never in an event.
    const told = JSON.stringify(await the.told(caseNo, 'audit.found.v1'));
    expect(told).toContain('"high"');
    expect(told).not.toContain('日志');
    const read = async (by: Who) =>
      (await the.call(by, 'GET', '/v1/audit-findings'))
        .json<{ items: any[] }>()
        .items.filter((f) => f.caseNo === caseNo);
    expect(await read(who.auditor)).toMatchObject([
      { finding: 1, grade: 'high', state: 'accepted', words: '日志留存不足六个月' },
      { finding: 2, responsible: 'dept-transport', words: '目录未更新' },
    ]);
    expect((await read(who.department)).map(({ words }) => words)).toEqual([null, '目录未更新']);
    expect(await read(who.merchant)).toEqual([]);
  });
});

describe('[X5 zhongwei] [X5 shuozhou] the internal-control audit that the nation asks for (21) stands beside the city’s own', () => {
  it.each(['zhongwei', 'shuozhou'] as const)(
    '%s: opened by its article, planned with nobody beside',
    async (city) => {
      const { who, act, upload, today } = at(city);
      const body = { audit: 'internalControlAudit', ...period() };
      const caseNo = await the.open(who.bureau, '/v1/audits', body);
      const [opened] = await the.told(caseNo, 'audit.opened.v1');
      expect(opened).toMatchObject({
        ...{
          article: '第二十一条',
          articleInstrument: '公共数据资源授权运营实施规范（试行）（公开征求意见稿）',
        },
      });
      const plan = { on: await today(), document: await upload('city-bureau'), participants: [] };
      expect(await act(who.bureau, caseNo, 'plan', plan)).toMatchObject({ status: 200 });
    },
  );
});

describe('[X5 national refuses] [X5 zhongwei refuses] [X5 shuozhou refuses] [X5 wuhai refuses] what the text does not ask for, out of turn, by another', () => {
  it.each(cities)('%s', async (city) => {
    const one = at(city);
    const { who, act } = one;
    const others = ['riskAssessment', 'internalControlAudit', 'complianceAudit'].filter(
      (kind) => !valuesOf(packs.resolve(city), 'audit').kinds.some((of) => of.kind === kind),
    );
    for (const audit of others)
      expect(await the.post(who.bureau, '/v1/audits', { audit, ...period() })).toMatchObject({
        ...{ status: 422, code: 'auditKindUnknown' },
      });
    const span = period();
    const ahead = { audit: one.kind, from: '2025-01-01', until: '2030-01-01' };
    expect(await the.post(who.bureau, '/v1/audits', ahead)).toMatchObject({ code: 'auditPeriodUnsound' });
    expect(await the.post(who.auditor, '/v1/audits', { audit: one.kind, ...span })).toMatchObject({
      status: 403,
    });
    const caseNo = await one.open(span);
    expect(await the.post(who.bureau, '/v1/audits', { audit: one.kind, ...span })).toMatchObject({
      ...{ status: 409, code: 'auditPeriodTaken' },
    });
    const document = await one.upload('city-bureau');
    const on = '2025-03-03';
    expect(
      await act(who.bureau, caseNo, 'plan', { on: '2025-03-02', document, participants: one.participants }),
    ).toMatchObject({
      ...{ status: 422, code: 'auditDayPassed' },
    });
    expect(await act(who.bureau, caseNo, 'plan', { on, document, participants: ['operator'] })).toMatchObject(
      {
        ...{ status: 422, code: 'auditsItself' },
      },
    );
    for (const code of one.participants.length > 0 ? ['auditPartnersMissing'] : [])
      expect(await act(who.bureau, caseNo, 'plan', { on, document })).toMatchObject({
        ...{ status: 422, code },
      });
    // The body assessed does not run its own; nobody finds before it was carried out.
    const own = await one.upload('operator');
    expect(await act(who.operator, caseNo, 'plan', { on, document: own })).toMatchObject({
      code: 'notTheDecider',
    });
    expect(await act(who.bureau, caseNo, 'findings', { findings: [] })).toMatchObject({
      code: 'stepNotReached',
    });
    expect(await act(who.auditor, caseNo, 'findings', { findings: [] })).toMatchObject({ status: 403 });
    expect(
      await act(disclosurePeople(city === 'wuhai' ? 'zhongwei' : 'wuhai').bureau, caseNo, 'withdrawal'),
    ).toMatchObject({
      status: 404,
    });
    await one.done(act(who.bureau, caseNo, 'withdrawal'));
    const running = await one.found(period(), [one.finding('high'), one.finding('low', 'dept-transport')]);
    expect(await one.rectify(who.operator, running, 1)).toMatchObject({ code: 'stepNotReached' });
    await one.done(act(who.operator, running, 'reply', { document: await one.upload('operator') }));
    expect(await act(who.bureau, running, 'settling', { dropped: [2] })).toMatchObject({
      code: 'reasonsMissing',
    });
    await one.done(act(who.bureau, running, 'settling'));
    expect(await one.rectify(who.department, running, 1)).toMatchObject({
      status: 403,
      code: 'findingOfAnother',
    });
    expect(await one.rectify(who.otherDepartment, running, 2)).toMatchObject({ status: 404 });
    expect(await one.rectify(who.operator, running, 9)).toMatchObject({
      status: 422,
      code: 'auditFindingUnknown',
    });
    expect(await act(who.bureau, running, 'rectifications/acceptance', { finding: 1 })).toMatchObject({
      ...{ status: 409, code: 'findingNotReported' },
    });
  });
});

describe('limits of a risk assessment (X5, 中卫 二十七)', () => {
  const mine = () => at('zhongwei');
  beforeAll(() => the.law.goTo('2025-03-04T09:00:00'));

  it('not answered, the findings stand; not put right in time it goes up, late; returned, its limit begins anew', async () => {
    const { who, act, done, found, finding, rectify } = mine();
    const caseNo = await found(period(), [finding('high'), finding('low')], 'audit-escalated');
    await the.goTo('2025-03-11T23:59:00', caseNo);
    expect((await the.row(caseNo)).stage).toBe('reply');
    await the.goTo('2025-03-12T00:01:00', caseNo);
    expect((await the.row(caseNo)).stage).toBe('rectifying');
    const late = { document: await mine().upload('operator') };
    expect(await act(who.operator, caseNo, 'reply', late)).toMatchObject({ code: 'stepNotReached' });
    await the.goTo('2025-03-27T10:00:00', caseNo);
    expect(await the.told(caseNo, 'audit.escalated.v1')).toMatchObject([
      { finding: 1, grade: 'high', lastDay: '2025-03-26', to: 'government', late: true },
    ]);
    await done(rectify(who.operator, caseNo, 1));
    const reasons = [{ code: 'evidenceInsufficient', text: '未附配置截图' }];
    await done(act(who.bureau, caseNo, 'rectifications/return', { finding: 1, reasons }));
    await done(rectify(who.operator, caseNo, 1));
    await done(act(who.bureau, caseNo, 'rectifications/acceptance', { finding: 1 }));
    await done(rectify(who.operator, caseNo, 2));
    await done(act(who.bureau, caseNo, 'rectifications/acceptance', { finding: 2 }));
    await the.quiet(caseNo);
    expect(await the.told(caseNo, 'audit.closed.v1')).toMatchObject([{ findings: 2, overdue: 1 }]);
    expect(await the.told(caseNo, 'audit.rectified.v1')).toMatchObject([
      { finding: 1, late: true },
      { finding: 1, late: true },
      { finding: 2, late: false },
    ]);
    expect(JSON.stringify(await the.told(caseNo, 'audit.rectificationReturned.v1'))).not.toContain('截图');
  });

  it('nothing found: closed at once; a reply that convinces drops all: closed too', async () => {
    const { who, act, done, carriedOut, found, finding, upload } = mine();
    const nothing = await carriedOut(period(), 'audit-nothing-found');
    await done(act(who.bureau, nothing, 'findings', { findings: [] }));
    await the.quiet(nothing);
    expect((await the.row(nothing)).outcome).toBe('closed');
    const dropped = await found(period(), [finding('medium')], 'audit-all-dropped');
    await done(act(who.operator, dropped, 'reply', { document: await upload('operator') }));
    const reasons = [{ code: 'notSo', text: '日志已补齐' }];
    await done(act(who.bureau, dropped, 'settling', { dropped: [1], reasons }));
    await the.quiet(dropped);
    expect(await the.story(dropped)).toEqual([
      ...['opened', 'planned', 'carriedOut', 'found', 'replied', 'findingsStand', 'closed'],
    ]);
  });

  it('falls due a period after the other while a mandate runs: opened once, by its Schedule; overdue is told; not withdrawn', async () => {
    const { who, act, kind } = mine();
    const tell = (name: string, lawtime: string) =>
      db.transaction().execute((trx) =>
        keepMandate(trx, packs, {
          ...{ type: `cn.gongshu.operatingAgreement.${name}.v1`, jurisdiction: 'zhongwei', lawtime },
          data: { caseNo: '640500-YY-2024-000001', operator: 'operator', from: '2024-04-01' },
        }),
      );
    await tell('inForce', '2024-04-01T09:00:00+08:00');
    await tell('inForce', '2024-04-01T09:00:00+08:00');
    const allDue = () => db.selectFrom('audit_due').selectAll().orderBy('from_on').execute();
    const due = async () => (await allDue()).filter(({ audit }) => audit === kind);
    // The nation's audit falls due beside the city's own.
    expect((await allDue()).map(({ audit }) => audit).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      ...['internalControlAudit', 'riskAssessment'],
    ]);
    expect(await due()).toMatchObject([
      { audit: kind, from_on: '2024-04-01', until_on: '2025-03-31', state: 'ahead' },
    ]);
    await the.law.goTo('2025-04-01T09:00:00');
    const open = createOpenAudit(the.activityDeps);
    const ask = {
      jurisdiction: 'zhongwei',
      operator: 'operator',
      audit: kind,
      from: '2024-04-01',
      until: '2025-03-31',
    };
    const { opened } = await open(ask);
    expect(opened).toMatch(/^640500-SN-2025-/);
    expect((await open(ask)).opened).toBe(opened);
    expect(await due()).toMatchObject([{ state: 'opened' }, { from_on: '2025-04-01', state: 'ahead' }]);
    // As the intake would deliver it.
    const { receipt } = await the.db
      .selectFrom('intake')
      .select('receipt')
      .where('case_no', '=', opened)
      .executeTakeFirstOrThrow();
    expect(await the.call(who.bureau, 'POST', `/v1/intake/${receipt}/delivery`)).toMatchObject({
      statusCode: 200,
    });
    await the.quiet(opened);
    expect(await act(who.bureau, opened, 'withdrawal')).toMatchObject({
      status: 409,
      code: 'auditScheduled',
    });
    await the.goTo('2025-06-03T09:00:00', opened);
    expect(await the.told(opened, 'audit.overdue.v1')).toMatchObject([{ step: 'opened' }]);
    const tasks = (await the.call(who.bureau, 'GET', '/v1/tasks')).json<{ items: any[] }>().items;
    expect(tasks.find((task) => task.caseNo === opened)).toMatchObject({ overdue: true });
    await tell('ended', '2025-06-01T09:00:00+08:00');
    expect((await due()).map(({ state }) => state)).toEqual(['opened', 'cancelled']);
    await db
      .transaction()
      .execute((trx) =>
        foreseeAudits(
          trx,
          packs.resolve('zhongwei'),
          { jurisdiction: 'zhongwei', operator: 'operator' },
          new Date('2025-06-02'),
        ),
      );
    await db
      .transaction()
      .execute((trx) => foreseeNoAudits(trx, { jurisdiction: 'zhongwei', operator: 'operator' }));
    expect((await due()).map(({ state }) => state)).toEqual(['opened', 'cancelled']);
  });

  it('what the bureau owes is overdue too: settling after a reply, acceptance after a report; nothing is by silence', async () => {
    const { who, act, done, found, finding, rectify, upload } = mine();
    const caseNo = await found(period(), [finding('low')], 'audit-waited-for');
    // A reply is a right of the body assessed: in its list until it has replied, and nobody's duty.
    const own = async () =>
      (await the.call(who.operator, 'GET', `/v1/tasks?caseNo=${caseNo}`)).json<{ items: any[] }>().items;
    expect(await own()).toMatchObject([
      { acts: ['replyToFindings'], lastDay: '2025-06-10', optional: true, overdue: false },
    ]);
    await done(act(who.operator, caseNo, 'reply', { document: await upload('operator') }));
    expect(await own()).toEqual([]);
    await the.goTo('2025-06-18T09:00:00', caseNo);
    await done(act(who.bureau, caseNo, 'settling'));
    await done(rectify(who.operator, caseNo, 1));
    await the.goTo('2025-06-26T09:00:00', caseNo);
    expect(await the.told(caseNo, 'audit.overdue.v1')).toMatchObject([
      { step: 'settling', lastDay: '2025-06-17' },
      { step: 'acceptance/1', lastDay: '2025-06-25' },
    ]);
    expect((await the.row(caseNo)).stage).toBe('rectifying');
    const tasks = (await the.call(who.bureau, 'GET', '/v1/tasks')).json<{ items: any[] }>().items;
    expect(tasks.find((task) => task.caseNo === caseNo)).toMatchObject({ overdue: true });
    await done(act(who.bureau, caseNo, 'rectifications/acceptance', { finding: 1 }));
    await the.quiet(caseNo);
    // The operator was in time: the delay was not its own.
    expect(await the.told(caseNo, 'audit.closed.v1')).toMatchObject([{ findings: 1, overdue: 0 }]);
  });
});
