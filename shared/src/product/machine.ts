/**
 * The egress of one version of a product (E1–E5; 国家 十六、十九、二十一, 中卫 二十三、二十八, 朔州 六（三）、九, 乌海 八（二）、八（八）):
 * evidence of the engine, two checkers blind to each other (first lock), filing or agreement (second lock), registration
 * code, public list, release; then suspension, recall, retirement. Nothing is released but through both locks.
 */
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
import type { EgressRules } from './rules.ts';
import type { EgressAct, EgressFacts, EgressStage, EgressState } from './types.ts';
import { judgeCheck } from './votes.ts';

export type { EgressAct, EgressFacts, EgressState } from './types.ts';

type Start = ProcedureStart<EgressRules, EgressFacts>;
type Of<K extends EgressAct['kind']> = Given<Extract<EgressAct, { kind: K }>>;
type Answer = Step<EgressState> | Refused;

const stepOn = (state: EgressState, stage: EgressStage, at: number): EgressState => ({
  ...state,
  stage,
  since: at,
  overdue: false,
});

/** Both locks fall: what is checked anew is voted on, filed and agreed to anew. */
const unlocked: Pick<EgressState, 'spoken' | 'checked' | 'filed' | 'before'> = {
  ...{ spoken: [], checked: null, filed: false, before: null },
};

const replace = (state: EgressState, act: Of<'replaceArtefact'>): Answer => {
  if (act.artefact === state.artefact && act.contents === state.contents) return refuse('artefactSame');
  const { artefact, contents, author } = act;
  const attempt = state.attempt + 1;
  const data = { attempt, artefact, contents, votesDropped: state.spoken.length };
  return step(
    {
      ...stepOn(state, 'evidence', act.at),
      ...unlocked,
      ...{ artefact, contents, author, attempt, evidence: null, exceptions: [], round: state.round + 1 },
      checkers: state.checkers.filter((checker) => checker !== author),
    },
    entryOf('artefactReplaced', act, data),
  );
};

const recordEvidence = (start: Start, state: EgressState, act: Of<'recordEvidence'>): Answer => {
  if (act.attempt !== state.attempt) return refuse('artefactChanged');
  const { verdict, report, items, attempt } = act;
  return step(
    { ...stepOn(state, 'egressCheck', act.at), evidence: { verdict, report, items } },
    entryOf('evidenceRecorded', act, { attempt, verdict, report, items }, start.rules.rests.requirements),
  );
};

const requestException = (start: Start, state: EgressState, act: Of<'requestException'>): Answer => {
  const items = state.evidence?.items ?? 0;
  const outside = act.items.find((item) => item > items);
  if (outside !== undefined) return refuse('findingUnknown', { item: outside });
  if (state.evidence?.verdict === 'refused') return refuse('notJudged');
  const exception = { number: state.exceptions.length + 1, items: act.items, ground: act.ground };
  const data = { exception: exception.number, items: act.items, ground: act.ground, document: act.document };
  return step(
    {
      ...state,
      exceptions: [...state.exceptions, exception],
      round: state.round + 1, // who has spoken has not seen it
      spoken: [],
    },
    entryOf(
      'exceptionRequested',
      act,
      { ...data, votesDropped: state.spoken.length },
      start.rules.rests.requirements,
    ),
  );
};

const nameCheckers = (start: Start, state: EgressState, act: Of<'nameCheckers'>): Answer => {
  const { checkers } = act;
  const { number } = start.rules.checkers;
  if (checkers.length !== number || new Set(checkers).size !== number)
    return refuse('checkersWrong', { number });
  if (checkers.includes(state.author)) return refuse('checkerIsAuthor');
  const spokenStay = state.spoken.every((one) => checkers.includes(one));
  return step(
    {
      ...state,
      checkers,
      ...(spokenStay ? {} : { round: state.round + 1, spoken: [] }),
    },
    entryOf(
      'checkersNamed',
      act,
      { number: checkers.length, votesDropped: spokenStay ? 0 : state.spoken.length },
      start.rules.rests.checkers,
    ),
  );
};

const castVote = (start: Start, state: EgressState, act: Of<'castVote'>): Answer => {
  const { checker, round, opened } = act;
  if (!state.checkers.includes(checker)) return refuse('notChecker');
  if (round !== state.round) return refuse('voteDropped');
  if (state.spoken.includes(checker)) return refuse('alreadyVoted');
  const { evidence } = state;
  if (!evidence) return refuse('stepNotReached', { stage: state.stage });
  const spoken = [...state.spoken, checker];
  const { attempt } = state;
  const cast = entryOf(
    'voteCast',
    act,
    { attempt, round, spoken: spoken.length },
    start.rules.rests.checkers,
  );
  // Opened together means that all have spoken, in whatever order their acts arrive.
  const whole = state.checkers.every((one) => opened?.some((vote) => vote.checker === one));
  if (!opened || !whole)
    return spoken.length < state.checkers.length
      ? step({ ...state, spoken }, cast)
      : refuse('votesNotOpened');
  const { passed, refusedFields, uncovered } = judgeCheck(evidence, state.exceptions, opened);
  const data = {
    ...{ attempt, round, late: state.overdue, verdict: evidence.verdict },
    ...{ refusedFields, uncovered: uncovered.length },
  };
  const next = { ...stepOn(state, passed ? 'filing' : 'returned', act.at), spoken: state.checkers };
  return step(
    passed ? { ...next, checked: round } : next,
    cast,
    entryOf(passed ? 'checkPassed' : 'checkFailed', act, data, start.rules.rests.fields),
  );
};

const file = (start: Start, state: EgressState, act: Of<'fileProduct'>): Answer => {
  if (state.filed) return refuse('filingPending', { filing: start.caseNo });
  const data = { attempt: state.attempt, artefact: state.artefact, late: state.overdue };
  return step(
    { ...stepOn(state, 'filing', act.at), filed: true },
    entryOf('filed', act, data, start.rules.rests.secondLock),
  );
};

const agree = (start: Start, state: EgressState, act: Of<'agreeProduct'>): Answer => {
  if (!state.filed) return refuse('noFilingPending');
  if (state.checked !== state.round) return refuse('notChecked');
  const { registrationCode, document, at } = act;
  const { product, version } = start.facts;
  const { rests } = start.rules;
  return step(
    { ...stepOn(state, 'listed', at), registrationCode },
    entryOf('agreed', act, { document, late: state.overdue }, rests.secondLock),
    entryOf('registered', { at, receipt: null }, { product, version, registrationCode }, rests.registration),
    entryOf(
      'listed',
      { at, receipt: null },
      { product, version, registrationCode, artefact: state.artefact },
      rests.list,
    ),
  );
};

const release = (start: Start, state: EgressState, act: Of<'releaseProduct'>): Answer => {
  const { product, version } = start.facts;
  if (state.checked === null || !state.filed || !state.registrationCode) return refuse('notChecked');
  const data = { product, version, registrationCode: state.registrationCode, artefact: state.artefact };
  return step(
    stepOn(state, 'released', act.at),
    entryOf('released', act, data, start.rules.rests.secondLock),
  );
};

const facts = ({ facts: { product, version } }: Start) => ({ product, version });

/** Checked anew from the vote on: neither lock holds any longer, and what was listed is not. */
const reopen = (start: Start, state: EgressState, act: Of<'reopenForLink'>): Step<EgressState> =>
  step(
    {
      ...stepOn(state, state.evidence ? 'egressCheck' : 'evidence', act.at),
      ...unlocked,
      ...{ checkers: [], round: state.round + 1 },
    },
    entryOf('reopened', act, {
      ...facts(start),
      ...{ link: act.link, wasListed: listedStages.includes(state.stage) },
    }),
  );

const listedStages: readonly EgressStage[] = ['listed', 'released', 'suspended'];
const beforeList: readonly EgressStage[] = ['evidence', 'egressCheck', 'returned', 'filing'];

/** Where each act has its place. */
const places: Record<EgressAct['kind'], readonly EgressStage[]> = {
  replaceArtefact: beforeList,
  recordEvidence: ['evidence'],
  requestException: ['egressCheck'],
  nameCheckers: ['evidence', 'egressCheck'],
  castVote: ['egressCheck'],
  fileProduct: ['filing'],
  agreeProduct: ['filing'],
  returnProduct: ['filing'],
  releaseProduct: ['listed'],
  suspendProduct: ['listed', 'released'],
  restoreProduct: ['suspended'],
  recallProduct: listedStages,
  retireProduct: listedStages,
  reopenForLink: ['egressCheck', 'filing', ...listedStages],
  withdrawProduct: beforeList,
};

export const egressMachine: Machine<EgressRules, EgressFacts, EgressState, EgressAct> = {
  procedure: 'productEgress',
  acts: Object.keys(places) as EgressAct['kind'][],

  begin: ({ startedAt: at, facts: { artefact, contents, author, ...of }, receipt }) =>
    step(
      {
        ...{ stage: 'evidence', outcome: null, artefact, contents, author, attempt: 1, evidence: null },
        ...{ exceptions: [], checkers: [], round: 1, spoken: [], checked: null, filed: false },
        ...{ registrationCode: null, before: null, since: at, overdue: false },
      },
      entryOf(
        'submitted',
        { at, receipt },
        {
          ...{ product: of.product, version: of.version, owner: of.owner, class: of.class },
          ...{ purpose: of.purpose, grants: of.grants, artefact, contents },
        },
      ),
    ),

  act: (start, state, act) => {
    if (!places[act.kind].includes(state.stage)) return refuse('stepNotReached', { stage: state.stage });
    switch (act.kind) {
      case 'replaceArtefact':
        return state.filed ? refuse('filingPending', { filing: start.caseNo }) : replace(state, act);
      case 'recordEvidence':
        return recordEvidence(start, state, act);
      case 'requestException':
        return requestException(start, state, act);
      case 'nameCheckers':
        return nameCheckers(start, state, act);
      case 'castVote':
        return castVote(start, state, act);
      case 'fileProduct':
        return file(start, state, act);
      case 'agreeProduct':
        return agree(start, state, act);
      case 'returnProduct':
        if (!state.filed) return refuse('noFilingPending');
        return step(
          { ...stepOn(state, 'returned', act.at), ...unlocked },
          entryOf(
            'filingReturned',
            act,
            { reasonCodes: act.reasonCodes, document: act.document },
            start.rules.rests.secondLock,
          ),
        );
      case 'releaseProduct':
        return release(start, state, act);
      case 'suspendProduct':
        return step(
          {
            ...stepOn(state, 'suspended', act.at),
            before: state.stage === 'released' ? 'released' : 'listed',
          },
          entryOf('suspended', act, { ...facts(start), ground: act.ground, document: act.document }),
        );
      case 'restoreProduct':
        return step(
          { ...stepOn(state, state.before ?? 'listed', act.at), before: null },
          entryOf('restored', act, { ...facts(start), document: act.document }),
        );
      case 'recallProduct':
        return step(
          { ...stepOn(state, 'done', act.at), outcome: 'recalled' },
          entryOf('recalled', act, {
            ...facts(start),
            ...{ reasonCodes: act.reasonCodes, document: act.document },
          }),
        );
      case 'retireProduct':
        return step(
          { ...stepOn(state, 'done', act.at), outcome: 'retired' },
          entryOf('retired', act, { ...facts(start), ground: act.ground }),
        );
      case 'reopenForLink':
        return reopen(start, state, act);
      case 'withdrawProduct':
        return step(
          { ...stepOn(state, 'done', act.at), outcome: 'withdrawn' },
          entryOf('withdrawn', act, facts(start)),
        );
    }
  },

  periods: ({ rules }, { stage, since, overdue, round, attempt }): Period[] => {
    if (overdue) return [];
    const reminders = [5, 2, 1, 0];
    const article = rules.rests.checkLimit;
    if (stage === 'egressCheck')
      return [
        { key: `egressCheck/${attempt}/${round}`, from: since, limit: rules.checkLimit, reminders, article },
      ];
    if (stage === 'returned')
      return [{ key: `returned/${since}`, from: since, limit: rules.correctionLimit, reminders }];
    if (stage === 'filing')
      return [
        {
          ...{ key: `filing/${since}`, from: since, limit: rules.filingLimit, reminders },
          article: rules.rests.secondLock,
        },
      ];
    return [];
  },

  ended: (start, state, { at, lastDay }) => {
    const data = { step: state.stage, lastDay };
    if (state.stage === 'returned')
      return step(
        { ...stepOn(state, 'done', at), outcome: 'lapsed' },
        entryOf('lapsed', { at, receipt: null }, { ...facts(start), lastDay }),
      );
    const rests = state.stage === 'filing' ? start.rules.rests.secondLock : start.rules.rests.checkLimit;
    return step({ ...state, overdue: true }, entryOf('overdue', { at, receipt: null }, data, rests));
  },

  waitsFor: (start, state): Waiting[] => {
    const { stage, overdue, since, round, attempt, filed } = state;
    const { owner, operator } = start.facts;
    const own = { role: owner === operator ? 'operator' : 'merchant', body: owner };
    const period = (key: string) => (overdue ? {} : { period: key });
    const withdraw: Waiting = { act: 'withdrawProduct', ...own };
    switch (stage) {
      case 'evidence':
        return [{ act: 'replaceArtefact', ...own }, withdraw];
      case 'egressCheck': {
        const due = { role: 'operator', body: operator, ...period(`egressCheck/${attempt}/${round}`) };
        return [
          { act: state.checkers.length === 0 ? 'nameCheckers' : 'castVote', ...due },
          { act: 'requestException', ...own },
          { act: 'replaceArtefact', ...own },
          withdraw,
        ];
      }
      case 'returned':
        return [{ act: 'replaceArtefact', ...own, ...period(`returned/${since}`) }, withdraw];
      case 'filing':
        return filed
          ? [
              { act: 'agreeProduct', role: 'bureau', ...period(`filing/${since}`) },
              { act: 'returnProduct', role: 'bureau' },
            ]
          : [
              { act: 'fileProduct', role: 'operator', body: operator, ...period(`filing/${since}`) },
              withdraw,
            ];
      case 'listed':
        return [{ act: 'releaseProduct', role: 'operator', body: operator }];
      case 'suspended':
        return [{ act: 'restoreProduct', role: 'bureau' }];
      case 'released':
      case 'done':
        return [];
    }
  },

  work: (_start, { stage, attempt }) => (stage === 'evidence' ? { key: `evidence/${attempt}` } : null),

  words: ({ stage, outcome, overdue, filed }) => {
    if (outcome)
      return { recalled: '已召回', retired: '已下架', withdrawn: '已撤回', lapsed: '逾期未补正，已终结' }[
        outcome
      ];
    const words = {
      evidence: '自动检测中',
      egressCheck: '出域核查',
      returned: '退回待修改',
      filing: filed ? '备案待同意' : '待报送备案',
      listed: '已列入清单，待发布',
      released: '已发布',
      suspended: '已暂停',
      done: '已办结',
    }[stage];
    return overdue ? `${words}（逾期）` : words;
  },
};
