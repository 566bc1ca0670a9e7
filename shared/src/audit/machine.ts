/**
 * A risk assessment or audit (风险评估与内控审计, X5; 国家 二十一, 中卫 二十七, 朔州 十（五）, 乌海 十): planned, carried out,
 * found, answered, put right finding by finding, closed with the last.
 */
import { entryOf, type Machine, type Period, refuse, step, type Waiting } from '../procedure/machine.ts';
import { type AuditRules, runnerOf, settlerOf } from './rules.ts';
import {
  accept,
  acceptanceKey,
  type Answer,
  carryOut,
  findingKey,
  giveBack,
  isOver,
  overdueAcceptance,
  overdueFinding,
  plan,
  record,
  rectify,
  reply,
  restsOf,
  stand,
} from './steps.ts';
import type { AuditAct, AuditFacts, AuditStage, AuditStart, AuditState, Finding } from './types.ts';

export type { AuditAct, AuditFacts, AuditState } from './types.ts';

const places: Record<AuditAct['kind'], readonly AuditStage[]> = {
  planAudit: ['opened', 'planned'],
  carryOutAudit: ['planned'],
  recordFindings: ['carriedOut'],
  replyToFindings: ['reply'],
  settleFindings: ['settling'],
  rectifyFinding: ['rectifying'],
  acceptRectification: ['rectifying'],
  returnRectification: ['rectifying'],
  withdrawAudit: ['opened', 'planned'],
};

/** Acts of who carries it out, by the pack. */
const ofTheRunner: readonly AuditAct['kind'][] = [
  ...(['planAudit', 'carryOutAudit', 'recordFindings', 'settleFindings', 'withdrawAudit'] as const),
];

const untilFound = (start: AuditStart, state: AuditState, overdue: boolean, act: string): Waiting[] => [
  {
    ...{ act, role: runnerOf(start.rules, start.facts.audit) },
    ...(overdue ? { overdue: true as const } : { period: 'findings' }),
  },
];

const toRectify = (one: Finding): Waiting => ({
  ...{ act: 'rectifyFinding', role: one.role, body: one.responsible },
  ...(isOver(one) ? { overdue: true as const } : { period: findingKey(one) }),
});

const waitsForAcceptance = (one: Finding): one is Finding & { reportedAt: number } =>
  one.state === 'reported' && one.reportedAt !== undefined;

/** One wait for all that was reported, by the day of the first. */
const toAccept = ({ rules }: AuditStart, findings: readonly Finding[]): Waiting[] => {
  if (!findings.some((one) => one.state === 'reported')) return [];
  const [first] = findings.filter(waitsForAcceptance).toSorted((a, b) => a.reportedAt - b.reportedAt);
  const due =
    rules.acceptanceLimit && first
      ? first.acceptanceOver
        ? { overdue: true as const }
        : { period: acceptanceKey(first) }
      : {};
  return [
    { act: 'acceptRectification', role: 'bureau', ...due },
    { act: 'returnRectification', role: 'bureau', optional: true },
  ];
};

const stillToFind: readonly AuditStage[] = ['opened', 'planned', 'carriedOut'];

export const auditMachine: Machine<AuditRules, AuditFacts, AuditState, AuditAct> = {
  procedure: 'audit',
  acts: Object.keys(places) as AuditAct['kind'][],

  begin: (start) => {
    const { startedAt: at, receipt, facts } = start;
    return step(
      { stage: 'opened', outcome: null, overdue: false, plannedOn: null, foundAt: null, findings: [] },
      entryOf('opened', { at, receipt }, { ...facts }, restsOf(start)),
    );
  },

  act: (start, state, act, periods): Answer => {
    if (!places[act.kind].includes(state.stage)) return refuse('stepNotReached', { stage: state.stage });
    const runner = (act.kind === 'settleFindings' ? settlerOf : runnerOf)(start.rules, start.facts.audit);
    if (ofTheRunner.includes(act.kind) && act.by.role !== runner)
      return refuse('notTheDecider', { by: runner });
    if (act.kind === 'replyToFindings' && act.by.organisation !== start.facts.operator)
      return refuse('notTheDecider', { by: 'operator' });
    switch (act.kind) {
      case 'planAudit':
        return plan(start, state, act);
      case 'carryOutAudit':
        return carryOut(start, state, act);
      case 'recordFindings':
        return record(start, state, act);
      case 'replyToFindings':
        return reply(start, state, act, periods);
      case 'settleFindings':
        return stand(start, state, act, act);
      case 'rectifyFinding':
        return rectify(start, state, act, periods);
      case 'acceptRectification':
        return accept(start, state, act);
      case 'returnRectification':
        return giveBack(start, state, act);
      case 'withdrawAudit':
        return start.facts.scheduled
          ? refuse('auditScheduled')
          : step(
              { ...state, stage: 'done', outcome: 'withdrawn' },
              entryOf('withdrawn', act, {}, restsOf(start)),
            );
    }
  },

  periods: ({ rules, startedAt }, { stage, overdue, foundAt, repliedAt, findings }): Period[] => {
    if (stillToFind.includes(stage) && !overdue) {
      const { value: limit, rests: article } = rules.findingsLimit;
      return [
        { key: 'findings', from: startedAt, limit, reminders: [10, 2, 0], article: article ?? undefined },
      ];
    }
    if (stage === 'reply' && foundAt !== null)
      return [
        {
          ...{ key: 'reply', from: foundAt, limit: rules.reply.value, reminders: [1, 0] },
          article: rules.reply.rests ?? undefined,
        },
      ];
    const { settlingLimit, acceptanceLimit } = rules;
    if (stage === 'settling' && settlingLimit && repliedAt !== undefined && !overdue) {
      const article = settlingLimit.rests ?? undefined;
      return [{ key: 'settling', from: repliedAt, limit: settlingLimit.value, reminders: [2, 0], article }];
    }
    if (stage !== 'rectifying') return [];
    const article = rules.rectification.rests ?? undefined;
    return findings.flatMap((one): Period[] => {
      if (one.state === 'open' && one.since !== null && !isOver(one)) {
        const limit = rules.rectification.value[one.grade];
        return [{ key: findingKey(one), from: one.since, limit, article, reminders: [2, 0] }];
      }
      if (!acceptanceLimit || !waitsForAcceptance(one) || one.acceptanceOver) return [];
      const { value: limit, rests } = acceptanceLimit;
      return [
        {
          ...{ key: acceptanceKey(one), from: one.reportedAt, limit, reminders: [1, 0] },
          article: rests ?? undefined,
        },
      ];
    });
  },

  ended: (start, state, reading) => {
    const { key, at, lastDay } = reading;
    if (key === 'findings' || key === 'settling')
      return step(
        { ...state, overdue: true },
        entryOf(
          'overdue',
          { at, receipt: null },
          { step: state.stage, lastDay },
          key === 'settling' ? (start.rules.settlingLimit?.rests ?? undefined) : restsOf(start),
        ),
      );
    if (key === 'reply') {
      // Nothing was said against them: they stand.
      const stood = stand(start, state, { at, receipt: null }, { dropped: [], reasonCodes: [] });
      if ('refused' in stood) throw new RangeError(stood.refused);
      return stood;
    }
    const reported = state.findings.find((one) => acceptanceKey(one) === key);
    if (reported) return overdueAcceptance(start, state, reported, { at, lastDay });
    const finding = state.findings.find((one) => findingKey(one) === key);
    if (!finding) throw new RangeError(`no finding of the period ${key}`);
    return overdueFinding(start, state, finding, { at, lastDay });
  },

  waitsFor: (start, state): Waiting[] => {
    const { stage, overdue, findings } = state;
    const { operator, scheduled } = start.facts;
    const runner = runnerOf(start.rules, start.facts.audit);
    const withdrawal: Waiting[] = scheduled ? [] : [{ act: 'withdrawAudit', role: runner, optional: true }];
    switch (stage) {
      case 'opened':
        return [...untilFound(start, state, overdue, 'planAudit'), ...withdrawal];
      case 'planned':
        return [
          ...untilFound(start, state, overdue, 'carryOutAudit'),
          { act: 'planAudit', role: runner, optional: true },
          ...withdrawal,
        ];
      case 'carriedOut':
        return untilFound(start, state, overdue, 'recordFindings');
      case 'reply':
        return [
          {
            ...{ act: 'replyToFindings', role: 'operator', body: operator, period: 'reply' },
            ...{ optional: true, right: true },
          },
        ];
      case 'settling':
        return [
          {
            ...{ act: 'settleFindings', role: settlerOf(start.rules, start.facts.audit) },
            ...(overdue ? { overdue: true as const } : start.rules.settlingLimit && { period: 'settling' }),
          },
        ];
      case 'rectifying':
        return [
          ...findings.flatMap((one): Waiting[] => (one.state === 'open' ? [toRectify(one)] : [])),
          ...toAccept(start, findings),
        ];
      case 'done':
        return [];
    }
  },

  words: ({ stage, outcome, overdue, findings }) => {
    if (outcome === 'withdrawn') return '已撤回';
    if (outcome === 'closed') return '已办结';
    const left = findings.filter((one) => one.state === 'open' || one.state === 'reported').length;
    const said = {
      ...{ opened: '待制定计划', planned: '已制定计划，待实施', carriedOut: '已实施，待提出发现' },
      ...{ reply: '待被评估单位答复', settling: '待核定发现', done: '已办结' },
      rectifying: `整改中，尚余 ${left} 项`,
    }[stage];
    return overdue ? `${said}（逾期）` : said;
  },
};
