/** Filing with the province (O7; 国家规范 十三): sent, receipted or returned; a new text is filed anew. */
import { nextFiling } from '../procedure/filing.ts';
import { entryOf, type Refused, refuse, type Step, step } from '../procedure/machine.ts';
import { inForce, rested } from './standing.ts';
import type { ActOf, AgreementStart, AgreementState } from './types.ts';

type Result = Step<AgreementState> | Refused;

export const file = (start: AgreementStart, state: AgreementState, act: ActOf<'fileAgreement'>): Result => {
  const { filing: rule } = start.rules;
  if (!rule || state.toFileSince === null) return refuse('nothingToFile');
  if (state.filing?.state === 'sent') return refuse('filingPending', { filing: state.filing.filing });
  const filing = nextFiling(start.caseNo, state.filings);
  const { document, version } = state.terms;
  return step(
    {
      ...state,
      filings: state.filings + 1,
      filing: { filing, sentAt: act.at, state: 'sent' },
      ...{ toFileSince: null, filingOverdue: false },
    },
    entryOf(
      'filed',
      act,
      { filing, to: rule.to, document, version, late: state.filingOverdue },
      rested(rule.rests),
    ),
  );
};

export const answerFiling = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'receiptAgreementFiling' | 'returnAgreementFiling'>,
): Result => {
  if (state.filing?.state !== 'sent') return refuse('noFilingPending');
  const { filing } = state.filing;
  const rests = rested(start.rules.filing?.rests ?? null);
  const data = { filing, on: act.on, document: act.document };
  if (act.kind === 'returnAgreementFiling')
    return step(
      // It is sent again within the same limit, from the day it came back.
      { ...state, filing: { ...state.filing, state: 'returned' }, toFileSince: state.toFileSince ?? act.at },
      entryOf('filingReturned', act, { ...data, reasonCodes: act.reasonCodes }, rests),
    );
  // A version signed while this one was on its way still waits to be filed.
  const receipted: AgreementState = { ...state, filing: { ...state.filing, state: 'receipted' } };
  const entry = entryOf('filingReceipted', act, { ...data, number: act.number }, rests);
  if (state.stage !== 'filing') return step(receipted, entry);
  const [next, began] = inForce(start, receipted, act.at);
  return step(next, entry, began);
};
