/** Cases of a test city, played through the routes; and what was recorded of them. */
import type { IntakeTable } from '@gongshu/infra/cases/tables';
import { takeIn } from '@gongshu/infra/intake/take';
import type { UpdateAct } from '@gongshu/shared/application/messages';
import type { LightMyRequestResponse } from 'fastify';
import { type Selectable, sql } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import { namePath } from './turns-history.ts';
import { type Reviewer, type Turns, reviewers, until } from './turns.ts';

export const merchant = {
  roles: ['merchant'],
  organisation: 'merchant-1',
  jurisdiction: 'zhongwei',
} as const;

/** Words of people: none of them may appear in a history or an event. */
export const words = {
  reason: '安全防护措施与所涉数据不相称',
  item: '请补充使用期限的依据',
  condition: '隐去车牌号码',
  note: '核查意见：符合要求',
  extension: '需要现场核实后再定',
};
export const contents = {
  scenario: '停车诱导与车位共享',
  scope: '全市范围内的停车场',
  manner: '接口调用，不落地',
  term: { from: '2024-07-01', until: '2029-06-30' },
  securityMeasures: '专网接入，日志留存六个月',
};
const fields = ['dataSecurity', 'networkSecurity', 'personalInformation', 'tradeSecrets'];
const reasons = [{ code: 'measuresInsufficient', text: words.reason }];

/** The receipt's state and number, or the problem's code. */
export type Answer = { status: number; receipt: string; state: string; code: string | undefined };
const read = (response: LightMyRequestResponse): Answer => {
  const body = response.json<{ receipt?: string; state?: string; code?: string }>();
  return {
    status: response.statusCode,
    receipt: body.receipt ?? '',
    state: body.state ?? '',
    code: body.code,
  };
};

export type Case = ReturnType<typeof caseOf>;

/** One case: everybody's acts on it, and what stands in the tables. */
export const caseOf = (turns: Turns, caseNo: string) => {
  const { city, db, call } = turns;
  const at = `/v1/applications/${caseNo}`;
  const post = async (who: Who, path: string, body: object = {}): Promise<Answer> =>
    read(await call(who, 'POST', `${at}/${path}`, { body }));
  const whose: Record<Reviewer, Who> = {
    transport: city.department,
    health: city.other,
    county: city.county,
    operator: city.operator,
  };
  const org = (reviewer: Reviewer) => reviewers[reviewer].organisation;
  const self = {
    caseNo,
    turn: (of: 'acceptance' | 'check' | Reviewer) =>
      of === 'acceptance' || of === 'check' ? `${caseNo}/${of}` : `${caseNo}/review/${org(of)}`,
    quiet: () => turns.quiet(caseNo),
    accept: () => post(city.operator, 'acceptance/decision', { outcome: 'approve' }),
    notAccept: () => post(city.operator, 'acceptance/decision', { outcome: 'refuse', reasons }),
    check: (more: object = {}) =>
      post(city.operator, 'check/decision', {
        outcome: 'approve',
        findings: fields.map((field) => ({ field, finding: 'passed', note: words.note })),
        ...more,
      }),
    failCheck: () =>
      post(city.operator, 'check/decision', {
        outcome: 'refuse',
        findings: fields.map((field) => ({
          field,
          finding: field === 'tradeSecrets' ? 'failed' : 'passed',
          note: words.note,
        })),
        reasons,
      }),
    approve: (reviewer: Reviewer, more: object = {}) =>
      post(whose[reviewer], `reviews/${org(reviewer)}/decision`, { outcome: 'approve', ...more }),
    refuse: (reviewer: Reviewer, more: object = { reasons }) =>
      post(whose[reviewer], `reviews/${org(reviewer)}/decision`, { outcome: 'refuse', ...more }),
    giveBack: (of: 'acceptance' | 'check' | Reviewer, kind?: string, item = 'term') =>
      post(
        of === 'acceptance' || of === 'check' ? city.operator : whose[of],
        `${of === 'acceptance' || of === 'check' ? of : `reviews/${org(of)}`}/corrections`,
        { ...(kind && { kind }), items: [{ item, text: words.item }] },
      ),
    resubmit: (correction: string, change: object = { scope: '仅限城区停车场' }) =>
      post(merchant, `corrections/${correction}/resubmission`, { contents: change }),
    extend: async (reviewer: Reviewer, days: number) =>
      post(whose[reviewer], `reviews/${org(reviewer)}/extension-requests`, {
        days,
        reason: words.extension,
        documentHash: await turns.upload(whose[reviewer]),
      }),
    answerExtension: (id: string, body: object) => post(city.bureau, `extension-requests/${id}/answer`, body),
    withdraw: () => post(merchant, 'withdrawal'),
    direct: (dueOn: string) => post(city.bureau, 'check/direction', { dueOn }),

    /** Types of the events recorded, in the order of the case; those of a reviewer carry its body. */
    events: async (): Promise<string[]> => {
      const { rows } = await sql<{ type: string; reviewer: string | null; step: string | null }>`
        select type, payload->>'reviewer' as reviewer, payload->>'turn' as step
        from outbox where aggregateid = ${caseNo} order by aggregate_version`.execute(db);
      return rows.map(({ type, reviewer, step }) => {
        const name = type.slice('application.'.length, -'.v1'.length);
        return step === 'review' ? `${name} ${reviewer}` : name;
      });
    },
    /** The same without reminders; where reviews run side by side, they are told to begin in any order. */
    story: async (): Promise<string[]> => {
      const told = (await self.events()).filter((name) => !/^(reminderDue|escalated)/.test(name));
      const begun = told.filter((name) => name.startsWith('reviewStarted')).sort();
      return told.map((name) => (name.startsWith('reviewStarted') ? (begun.shift() ?? name) : name));
    },
    /** The data of the events of a type, oldest first. */
    told: async (type: string): Promise<Record<string, unknown>[]> => {
      const { rows } = await sql<{ payload: Record<string, unknown> }>`
        select payload from outbox
        where aggregateid = ${caseNo} and type = ${`application.${type}.v1`}
        order by aggregate_version`.execute(db);
      return rows.map(({ payload }) => payload);
    },
    row: () =>
      db.selectFrom('application').selectAll().where('case_no', '=', caseNo).executeTakeFirstOrThrow(),
    turnRow: (id: string) =>
      db.selectFrom('turn').selectAll().where('turn_id', '=', id).executeTakeFirstOrThrow(),
    intake: (receipt: string): Promise<Selectable<IntakeTable>> => turns.intakeRow(receipt),
    until: (what: string, holds: () => Promise<boolean>) => until(`${caseNo}: ${what}`, holds),
    /** Takes an act on a turn in as the routes do, where they have no way for it or the moment matters. */
    takeIn: (
      of: 'acceptance' | 'check' | Reviewer,
      act: UpdateAct,
      message: object,
      before?: Promise<void>,
    ) =>
      takeIn(db, caseNo, async () => {
        await before;
        return {
          ...{ act, caseNo, jurisdiction: 'zhongwei', turnId: self.turn(of), workflowId: self.turn(of) },
          payload: { act: message },
          actor: { id: 'someone', role: 'operator', organisation: 'operator' },
        };
      }),
    /** How often an activity was asked for in a turn's history. */
    asked: async (of: Reviewer, activity: string): Promise<number> => {
      const { events } = await turns.client.workflow.getHandle(self.turn(of)).fetchHistory();
      return (events ?? []).filter(
        ({ activityTaskScheduledEventAttributes: asked }) => asked?.activityType?.name === activity,
      ).length;
    },
  };
  return self;
};

/** Takes an application in at an instant; `null` asks the path to be kept from the corpus. */
export const submit = async (
  turns: Turns,
  at: string,
  { by = ['transport'], path }: { by?: Reviewer[]; path?: string } = {},
): Promise<Case> => {
  await turns.law.begin(at);
  const answer = await turns.call(merchant, 'POST', '/v1/applications', {
    body: { resources: by.map((name) => turns.entries.get(name)), contents },
  });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const one = caseOf(turns, answer.json<{ caseNo: string }>().caseNo);
  if (path) namePath(one.caseNo, path);
  await one.quiet();
  return one;
};

/** A case whose check was passed at an instant: its reviews run from that day. */
export const inReview = async (
  turns: Turns,
  at: string,
  how: { by?: Reviewer[]; path?: string } = {},
): Promise<Case> => {
  const one = await submit(turns, at, how);
  await mustCount(one.accept());
  await one.quiet();
  await mustCount(one.check());
  await one.quiet();
  return one;
};

/** An act that the test rests on. @throws Error with the code when it was not taken. */
export const mustCount = async (answer: Promise<Answer>): Promise<Answer> => {
  const { status, ...rest } = await answer;
  if (status >= 300) throw new Error(`not taken: ${status} ${rest.code}`);
  return { status, ...rest };
};

/** What every case in review has recorded before its reviewers act; they start in any order. */
export const beforeReviews = ['submitted', 'accepted', 'checkPassed'];
