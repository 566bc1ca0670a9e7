/**
 * The operating agreement (授权运营协议, O5–O9): drafted, signed by every party over one hash, in force for years, filed,
 * amended, suspended, renewed or left with a hand-over. One that ran before is brought in and begins in force.
 */
import { addDays } from '../business-date.ts';
import {
  entryOf,
  hasEnded,
  type Machine,
  type Period,
  type Refused,
  refuse,
  type Step,
  step,
  type Waiting,
} from '../procedure/machine.ts';
import { confirmTerm, consult, placed, revise, sign } from './drafting.ts';
import { answerFiling, file } from './filing.ts';
import {
  decideExit,
  decideRenewal,
  handOver,
  requestExit,
  requestRenewal,
  succeed,
  terminate,
} from './leaving.ts';
import { restoreByOrder, suspendByOrder } from './orders.ts';
import type { AgreementRules } from './rules.ts';
import { proposeAmendment, restore, signAmendment, suspend, withdrawAmendment } from './running.ts';
import { ended, inForce, partiesOf, rested, stepNotReached, toConfirm, windowOf } from './standing.ts';
import type { ActOf, AgreementAct, AgreementFacts, AgreementStart, AgreementState } from './types.ts';

type Stage = AgreementState['stage'];
const before: readonly Stage[] = ['drafting', 'signing'];
const runs: readonly Stage[] = ['inForce', 'suspended'];

/** Where each act has its place. */
const places: Record<AgreementAct['kind'], readonly Stage[]> = {
  reviseAgreement: before,
  recordConsultation: before,
  confirmTerm: before,
  signOperatingAgreement: ['signing', ...runs],
  withdrawAgreement: before,
  fileAgreement: ['filing', ...runs],
  receiptAgreementFiling: ['filing', ...runs, 'handOver'],
  returnAgreementFiling: ['filing', ...runs, 'handOver'],
  proposeAmendment: ['inForce'],
  withdrawAmendment: runs,
  suspendAgreement: runs,
  restoreAgreement: runs,
  suspendByOrder: runs,
  restoreByOrder: runs,
  requestRenewal: runs,
  decideRenewal: runs,
  requestExit: runs,
  decideExit: runs,
  terminateAgreement: runs,
  handOverItem: ['handOver'],
  succeedAgreement: [...runs, 'handOver'],
};

const signing = (start: AgreementStart, state: AgreementState, act: ActOf<'signOperatingAgreement'>) =>
  state.stage === 'signing' ? sign(start, state, act) : signAmendment(start, state, act);

const taken = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<AgreementAct['kind']>,
): Step<AgreementState> | Refused => {
  switch (act.kind) {
    case 'reviseAgreement':
      return revise(start, state, act);
    case 'recordConsultation':
      return consult(start, state, act);
    case 'confirmTerm':
      return confirmTerm(start, state, act);
    case 'signOperatingAgreement':
      return signing(start, state, act);
    case 'withdrawAgreement':
      return step({ ...state, stage: 'done', outcome: 'withdrawn' }, entryOf('withdrawn', act));
    case 'fileAgreement':
      return file(start, state, act);
    case 'receiptAgreementFiling':
    case 'returnAgreementFiling':
      return answerFiling(start, state, act);
    case 'proposeAmendment':
      return proposeAmendment(start, state, act);
    case 'withdrawAmendment':
      return withdrawAmendment(state, act);
    case 'suspendAgreement':
      return suspend(start, state, act);
    case 'restoreAgreement':
      return restore(start, state, act);
    case 'suspendByOrder':
      return suspendByOrder(start, state, act);
    case 'restoreByOrder':
      return restoreByOrder(start, state, act);
    case 'requestRenewal':
      return requestRenewal(start, state, act);
    case 'decideRenewal':
      return decideRenewal(start, state, act);
    case 'requestExit':
      return requestExit(start, state, act);
    case 'decideExit':
      return decideExit(start, state, act);
    case 'terminateAgreement':
      return terminate(start, state, act);
    case 'handOverItem':
      return handOver(start, state, act);
    case 'succeedAgreement':
      return succeed(start, state, act);
  }
};

const blank = ({ facts }: AgreementStart): AgreementState => ({
  ...{
    stage: 'drafting',
    outcome: null,
    terms: facts.terms,
    consultation: null,
    confirmed: [],
    signatures: [],
  },
  ...{ amendment: null, signedOn: null, lastDay: null, inForceAt: null },
  ...{ toFileSince: null, filingOverdue: false, filing: null, filings: 0 },
  ...{ windowTold: 'no', renewal: null, exitRequest: null, exit: null, handedOver: {}, successor: null },
});

/** Signed on paper: in force with the days of the paper; filing was the paper's own. */
const broughtIn = (
  start: AgreementStart,
  paper: NonNullable<AgreementFacts['broughtIn']>,
): Step<AgreementState> => {
  const { startedAt: at, receipt, facts } = start;
  const { signedOn, lastDay, parties, documents } = paper;
  const [state, began] = inForce(start, { ...blank(start), signatures: parties, signedOn, lastDay }, at);
  const { operator, terms } = facts;
  const data = { operator, signedOn, lastDay, parties, documents, content: terms.content };
  return step(state, entryOf('broughtIn', { at, receipt }, data), began);
};

/** Working days before the last day on which the parties are reminded. */
const termReminders = [60, 30, 10, 5, 2, 1, 0];

export const agreementMachine: Machine<AgreementRules, AgreementFacts, AgreementState, AgreementAct> = {
  procedure: 'operatingAgreement',
  acts: Object.keys(places) as AgreementAct['kind'][],

  begin: (start) => {
    const { facts, startedAt: at, receipt, rules } = start;
    if (facts.broughtIn) return broughtIn(start, facts.broughtIn);
    const { origin, selection, predecessor, plan, operator, terms } = facts;
    const { version, document, content, termMonths, mandate } = terms;
    return step(
      placed(start, blank(start)),
      entryOf(
        'drafted',
        { at, receipt },
        {
          ...{ origin, selection, predecessor, plan, operator, version, document, content, termMonths },
          ...mandate,
          parties: partiesOf(start, terms),
        },
        rested(rules.contentsRest),
      ),
    );
  },

  act: (start, state, act, periods) => {
    if (!places[act.kind].includes(state.stage)) return stepNotReached(state);
    // The instant decides: what comes after 24:00 of the last day finds the agreement ended, told or not.
    if (runs.includes(state.stage) && act.kind !== 'succeedAgreement' && hasEnded(periods['term'], act.at))
      return refuse('agreementTermEnded', { until: state.lastDay ?? '' });
    return taken(start, state, act);
  },

  periods: (start, state): Period[] => {
    const { rules } = start;
    const { stage, lastDay, inForceAt, toFileSince, filing, filingOverdue, windowTold, renewal } = state;
    const list: Period[] = [];
    const files = toFileSince !== null && filing?.state !== 'sent' && !filingOverdue && rules.filing;
    if (files && stage !== 'done' && stage !== 'handOver')
      list.push({
        ...{ key: `filing/${toFileSince}`, from: toFileSince, limit: { workingDays: files.workingDays } },
        ...{ reminders: [5, 2, 1, 0], article: rested(files.rests) },
      });
    if (!runs.includes(stage) || lastDay === null || inForceAt === null) return list;
    const { windowRests } = rules;
    const window = windowOf(start, state);
    if (window && windowTold === 'no')
      list.push({
        ...{ key: 'renewalOpens', from: inForceAt, limit: { on: addDays(window.from, -1) } },
        article: rested(windowRests),
      });
    if (window && windowTold === 'opened' && renewal === null)
      list.push({
        ...{ key: 'renewalCloses', from: inForceAt, limit: { on: window.until }, reminders: [10, 5, 1, 0] },
        article: rested(windowRests),
      });
    list.push({
      ...{ key: 'term', from: inForceAt, limit: { on: lastDay }, reminders: termReminders },
      article: rested(rules.termRests),
    });
    return list;
  },

  ended: (start, state, { key, at, lastDay }) => {
    const { rules } = start;
    if (key === 'renewalOpens' || key === 'renewalCloses') {
      const opened = key === 'renewalOpens';
      const entry = entryOf(
        opened ? 'renewalOpened' : 'renewalClosed',
        { at, receipt: null },
        { ...windowOf(start, state) },
        rested(rules.windowRests),
      );
      return step({ ...state, windowTold: opened ? 'opened' : 'closed' }, entry);
    }
    if (key === 'term') {
      const [next, entry] = ended(
        start,
        state,
        { ground: 'expiry', kind: 'voluntary', evaluation: state.renewal?.evaluation ?? null },
        { at, receipt: null },
      );
      return step(next, entry);
    }
    return step(
      { ...state, filingOverdue: true },
      entryOf(
        'overdue',
        { at, receipt: null },
        { step: 'filing', lastDay },
        rested(rules.filing?.rests ?? null),
      ),
    );
  },

  waitsFor: (start, state): Waiting[] => {
    const { stage, terms, signatures, amendment, filing, toFileSince, filingOverdue } = state;
    const roleOf = (body: string): string => {
      if (body === start.authority) return 'bureau';
      return body === start.facts.operator ? 'operator' : 'sourceDepartment';
    };
    const toSign = (text: typeof terms, signed: readonly string[]): Waiting[] =>
      partiesOf(start, text)
        .filter((party) => !signed.includes(party))
        .map((body) => ({ act: 'signOperatingAgreement', role: roleOf(body), body }));
    const filingWaits: Waiting[] =
      filing?.state === 'sent'
        ? [
            { act: 'receiptAgreementFiling', role: 'bureau' },
            { act: 'returnAgreementFiling', role: 'bureau' },
          ]
        : toFileSince === null
          ? []
          : [
              {
                ...{ act: 'fileAgreement', role: 'bureau' },
                ...(!filingOverdue && { period: `filing/${toFileSince}` }),
              },
            ];
    if (stage === 'drafting')
      return [
        ...(start.rules.consulted && !state.consultation
          ? [{ act: 'recordConsultation', role: 'bureau' }]
          : []),
        ...toConfirm(start, state).map((body) => ({ act: 'confirmTerm', role: 'sourceDepartment', body })),
        { act: 'reviseAgreement', role: 'bureau' },
      ];
    if (stage === 'signing') return toSign(terms, signatures);
    if (stage === 'filing') return filingWaits;
    if (stage === 'handOver')
      return start.rules.handOver.some((item) => state.handedOver[item] === undefined)
        ? [
            { act: 'handOverItem', role: 'operator', body: start.facts.operator },
            { act: 'handOverItem', role: 'bureau' },
          ]
        : [];
    const list = [...filingWaits];
    if (amendment) list.push(...toSign(amendment.terms, amendment.signatures));
    if (stage === 'suspended' && (!state.holds || state.holds.byHand))
      list.push({ act: 'restoreAgreement', role: 'bureau' });
    if (state.terminateFor !== undefined) list.push({ act: 'terminateAgreement', role: 'bureau' });
    if (state.exitRequest) list.push({ act: 'decideExit', role: 'bureau' });
    if (state.windowTold === 'opened' && !state.renewal)
      list.push({
        ...{ act: 'requestRenewal', role: 'operator', body: start.facts.operator },
        period: 'renewalCloses',
      });
    if (state.renewal && !state.renewal.outcome)
      list.push({ act: 'decideRenewal', role: 'bureau', period: 'term' });
    return list;
  },

  words: ({ stage, outcome, exit }) => {
    const outcomes = {
      withdrawn: '已撤回',
      expired: '期满退出，已移交',
      exited: '提前退出，已移交',
      terminated: '已终止，已移交',
      renewed: '已续期',
      reauthorised: '已重新授权',
    };
    if (outcome) return outcomes[outcome];
    const stages = {
      drafting: '拟定中',
      signing: '签署中',
      filing: '签署完毕，备案待回执',
      inForce: '生效',
      suspended: '暂停',
      handOver: exit?.ground === 'expiry' ? '期满，移交中' : '终止，移交中',
      done: '已办结',
    };
    return stages[stage];
  },
};
