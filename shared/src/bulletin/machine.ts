/**
 * A bulletin on source departments (数源部门通报, S3; 中卫 三十一): drafted from events, answered by those it names,
 * issued by the bureau on the figures that stand.
 */
import type { BusinessDate } from '../business-date.ts';
import {
  entryOf,
  type Given,
  type Machine,
  type Period,
  type ProcedureStart,
  type Refused,
  refuse,
  type Step,
  step,
  type Waiting,
} from '../procedure/machine.ts';
import type { BulletinCaseRules } from './rules.ts';

/** What was drafted, by the hash over its canonical JSON; the departments it names. */
export type BulletinDraft = {
  hash: string;
  departments: string[];
  /** Those of them that are a county's bureau; they reply as what they are. */
  counties?: string[];
};
export type BulletinFacts = { from: BusinessDate; until: BusinessDate; draft: BulletinDraft };
export type BulletinState = {
  stage: 'reply' | 'toIssue' | 'issued';
  outcome: 'issued' | null;
  draft: BulletinDraft;
  replied: string[];
  overdue: boolean;
  /** The hearing that a redraft began: its turn (the first hearing is 1), since when, and of whom. */
  hearing?: { turn: number; since: number; of: string[] };
};
export type BulletinAct =
  | { kind: 'replyToBulletin'; department: string; words: string; documents: string[] }
  /** `changed`: of whom the draft `before` said something else, or nothing; they are heard on what it says now. */
  | { kind: 'redraftBulletin'; draft: BulletinDraft; before?: string; changed?: string[] }
  | { kind: 'issueBulletin'; hash: string };

type Start = ProcedureStart<BulletinCaseRules, BulletinFacts>;
type Of<K extends BulletinAct['kind']> = Given<Extract<BulletinAct, { kind: K }>>;

const restsOf = ({ rules }: Start) => rules.rests ?? undefined;
const span = ({ facts: { from, until } }: Start) => ({ from, until });

const reply = (
  start: Start,
  state: BulletinState,
  act: Of<'replyToBulletin'>,
): Step<BulletinState> | Refused => {
  const { department, words, documents } = act;
  if (!state.draft.departments.includes(department)) return refuse('bulletinNotNamed');
  const replied = state.replied.includes(department) ? state.replied : [...state.replied, department];
  // Who was named has spoken: nobody is left to wait for.
  const all = left({ ...state, replied }) === 0;
  return step<BulletinState>(
    { ...state, replied, ...(state.stage === 'reply' && all && { stage: 'toIssue' as const }) },
    entryOf(
      'replied',
      act,
      { ...span(start), department, words, documents, left: left({ ...state, replied }) },
      restsOf(start),
    ),
  );
};
/** Those who are being heard and have not replied yet. */
const awaited = ({ draft: { departments }, replied, hearing }: BulletinState): string[] =>
  departments.filter((one) => (hearing?.of.includes(one) ?? true) && !replied.includes(one));
const left = (state: BulletinState): number => awaited(state).length;

/**
 * Anew from the facts, such as an answered reply put right. Nobody is reported on unheard: whom it names newly, and of
 * whom it says something else, are heard on it for as many days again; who had replied to the rest has replied.
 */
const redraft = (
  start: Start,
  state: BulletinState,
  act: Of<'redraftBulletin'>,
): Step<BulletinState> | Refused => {
  const { draft, changed } = act;
  if (draft.hash === state.draft.hash) return refuse('bulletinUnchanged');
  const data = { ...span(start), content: draft.hash, departments: draft.departments };
  // An act of before this was asked says nothing of it.
  if (!changed)
    return step<BulletinState>({ ...state, draft }, entryOf('redrafted', act, data, restsOf(start)));
  if (act.before !== state.draft.hash) return refuse('bulletinDraftMoved');
  const next = heardAnew({ ...state, draft }, changed, act.at);
  return step<BulletinState>(next, entryOf('redrafted', act, { ...data, toHear: changed }, restsOf(start)));
};

const heardAnew = (state: BulletinState, changed: readonly string[], at: number): BulletinState => {
  const { draft, replied, stage, hearing } = state;
  const before = stage === 'reply' ? awaited(state) : [];
  const of = draft.departments.filter((one) => changed.includes(one) || before.includes(one));
  if (changed.length === 0) return { ...state, stage: of.length > 0 ? 'reply' : 'toIssue' };
  return {
    ...{ ...state, stage: 'reply', replied: replied.filter((one) => !changed.includes(one)) },
    hearing: { turn: (hearing?.turn ?? 1) + 1, since: at, of },
  };
};

const issue = (
  start: Start,
  state: BulletinState,
  act: Of<'issueBulletin'>,
): Step<BulletinState> | Refused => {
  if (state.stage !== 'toIssue') return refuse('bulletinReplyRunning');
  if (act.hash !== state.draft.hash) return refuse('bulletinDraftMoved');
  const { departments } = state.draft;
  return step<BulletinState>(
    { ...state, stage: 'issued', outcome: 'issued' },
    entryOf(
      'issued',
      act,
      {
        ...span(start),
        content: act.hash,
        departments,
        published: start.rules.published,
        late: state.overdue,
      },
      restsOf(start),
    ),
  );
};

const replyKey = (hearing: BulletinState['hearing']): string => (hearing ? `reply/${hearing.turn}` : 'reply');

export const bulletinMachine: Machine<BulletinCaseRules, BulletinFacts, BulletinState, BulletinAct> = {
  procedure: 'bulletin',
  acts: ['replyToBulletin', 'redraftBulletin', 'issueBulletin'],

  begin: (start) => {
    const { startedAt: at, facts, receipt } = start;
    const { draft } = facts;
    const state: BulletinState = {
      ...{ stage: draft.departments.length > 0 ? 'reply' : 'toIssue', outcome: null, draft },
      ...{ replied: [], overdue: false },
    };
    return step(
      state,
      entryOf(
        'drafted',
        { at, receipt },
        { ...span(start), content: draft.hash, departments: draft.departments },
        restsOf(start),
      ),
    );
  },

  act: (start, state, act) => {
    switch (act.kind) {
      case 'replyToBulletin':
        return reply(start, state, act);
      case 'redraftBulletin':
        return redraft(start, state, act);
      case 'issueBulletin':
        return issue(start, state, act);
    }
  },

  periods: ({ rules, startedAt: from }, { stage, overdue, hearing }): Period[] => [
    ...(stage === 'reply'
      ? [
          {
            ...{ key: replyKey(hearing), from: hearing?.since ?? from, reminders: [1] },
            ...{ limit: { workingDays: rules.replyDays }, article: rules.rests ?? undefined },
          },
        ]
      : []),
    ...(stage !== 'issued' && !overdue
      ? [
          {
            ...{ key: 'issue', from, limit: { workingDays: rules.issueDays }, reminders: [5, 1] },
            article: rules.rests ?? undefined,
          },
        ]
      : []),
  ],

  ended: (start, state, { key, at, lastDay }) =>
    key.startsWith('reply')
      ? step(
          { ...state, stage: 'toIssue' },
          entryOf('replyEnded', { at, receipt: null }, { ...span(start), left: left(state) }, restsOf(start)),
        )
      : step(
          { ...state, overdue: true },
          entryOf('overdue', { at, receipt: null }, { step: 'issue', lastDay }, restsOf(start)),
        ),

  waitsFor: (_start, state): Waiting[] => {
    const { stage, overdue, hearing, draft } = state;
    if (stage === 'issued') return [];
    const issues = { act: 'issueBulletin', role: 'bureau', ...(overdue ? { overdue } : { period: 'issue' }) };
    if (stage === 'toIssue') return [issues];
    return awaited(state).map((body) => ({
      ...{ act: 'replyToBulletin', body, period: replyKey(hearing), optional: true, right: true },
      role: draft.counties?.includes(body) ? 'countyBureau' : 'sourceDepartment',
    }));
  },

  words: ({ stage, overdue }) =>
    ({ reply: '待数源部门回复', toIssue: '待印发', issued: '已印发' })[stage] + (overdue ? '（逾期）' : ''),
};
