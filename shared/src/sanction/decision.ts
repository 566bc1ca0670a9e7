/** The decision on a sanction and what ends it (X1; 中卫 27, 朔州 十（七）, 乌海 八（六）): measures, lifting, review. */
import { businessDateOf } from '../business-date.ts';
import { noScope } from '../holds.ts';
import { roleOfBody } from '../incident/rules.ts';
import { type Entry, entryOf, type Refused, refuse, type Step, step } from '../procedure/machine.ts';
import { correspondingDay } from '../mandate/term.ts';
import { groundFor, mayAskReview, measuresOf } from './rules.ts';
import type { Decided, Measure, SanctionActOf, SanctionStart, SanctionState } from './types.ts';

type Result = Step<SanctionState> | Refused;
type Instant = { at: number; receipt: string | null };

/** By whom the pack says; what the government decides the bureau may record. */
export const mustBe = (decider: string, role: string): Refused | undefined =>
  role === roleOfBody(decider) || (role === 'bureau' && decider === 'government')
    ? undefined
    : refuse('notTheDecider', { by: roleOfBody(decider) });

/** A talk was held, a case handed over: there is nothing of them that ends. */
const ends = ({ measure }: Measure): boolean => measure !== 'formalTalk' && measure !== 'handOver';

/** Measures that hold something still: a suspension, an end of the mandate, an entry on the record. */
export const standing = ({ measures }: Pick<SanctionState, 'measures'>): Measure[] =>
  measures.filter((one) => !one.ended && ends(one));

/** A suspension names a term up to the longest of its pack; where that knows none it names none (中卫 27). */
const whyNotSoLong = ({ rules }: SanctionStart, suspension: Decided | undefined): Refused | undefined => {
  if (!suspension) return undefined;
  const longest = rules.suspensionLongest.value;
  const { months } = suspension;
  if (longest === 'none') return months === null ? undefined : refuse('suspensionWithoutTerm');
  if (months === null) return refuse('suspensionTermMissing', { months: longest.months });
  return months > longest.months ? refuse('suspensionTooLong', { months: longest.months }) : undefined;
};

const whyNot = (start: SanctionStart, measures: readonly Decided[]): Refused | undefined => {
  const { rules, facts } = start;
  const names = measures.map(({ measure }) => measure);
  if (new Set(names).size < names.length) return refuse('measureTwice');
  const allowed = measuresOf(rules);
  const beyond = names.find((one) => !allowed.includes(one));
  if (beyond !== undefined) return refuse('measureNotInPack', { measure: beyond });
  const baseless = names.find((one) => groundFor(start, one) === undefined);
  if (baseless !== undefined)
    return refuse('measureNotOnGround', {
      measure: baseless,
      grounds: facts.grounds.map(({ code }) => code).join(', '),
    });
  return whyNotSoLong(
    start,
    measures.find(({ measure }) => measure === 'suspension'),
  );
};

const lastDayOf = ({ rules }: SanctionStart, { measure, months }: Decided, at: number) => {
  if (measure === 'suspension') return months === null ? null : correspondingDay(businessDateOf(at), months);
  return measure === 'creditRecord'
    ? correspondingDay(businessDateOf(at), rules.creditRecordPeriod.value.months)
    : null;
};

const groundOf = (start: SanctionStart, measure: Measure['measure']): string =>
  groundFor(start, measure) ?? 'lawBroken';
const scopeOf = ({ facts: { target } }: SanctionStart) => ({ ...noScope, bodies: [target] });

/** Closes once nothing of it stands, no review waits and none may be asked for. */
export const closing = (
  start: SanctionStart,
  state: SanctionState,
  at: number,
  ...before: Entry[]
): Step<SanctionState> =>
  standing(state).length > 0 ||
  state.reviewAsked ||
  (start.rules.reviewRequest !== undefined && mayAskReview(start, state))
    ? step(state, ...before)
    : step(
        { ...state, stage: 'done', outcome: 'closed' },
        ...before,
        entryOf('closed', { at, receipt: null }, { measures: state.measures.length }),
      );

export const decide = (
  start: SanctionStart,
  state: SanctionState,
  act: SanctionActOf<'decideSanction'>,
): Result => {
  const { rules, facts } = start;
  const refused = mustBe(rules.decidedBy.value, act.by.role) ?? whyNot(start, act.measures);
  if (refused) return refused;
  const measures = act.measures.map((one, index): Measure => {
    const orders = one.measure === 'suspension' || one.measure === 'termination';
    return {
      ...{ measure: one.measure, order: orders ? `${start.caseNo}/${index + 1}` : null, ended: false },
      lastDay: lastDayOf(start, one, act.at),
    };
  });
  const codes = act.measures.map(({ measure }) => measure);
  const rests = rules.kinds.rests ?? undefined;
  const applied = measures.flatMap(({ measure, order, lastDay }) =>
    order === null
      ? []
      : [
          entryOf(
            'applied',
            { at: act.at, receipt: null },
            { order, ground: groundOf(start, measure), scope: scopeOf(start), measure, lastDay },
            rests,
          ),
        ],
  );
  const { document, reasonCodes } = act;
  const handOverTo = codes.includes('handOver') ? rules.handOverTo.value : null;
  return closing(
    start,
    {
      ...{ ...state, stage: 'standing', since: act.at, overdue: false, measures, decidedAt: act.at },
      ...(rules.reviewedByAnother && { decidedBy: act.by.account }),
    },
    act.at,
    entryOf(
      'decided',
      act,
      {
        ...{ target: facts.target, measures: codes, reasonCodes, document, handOverTo },
        ...{ replies: state.replies, hearings: state.hearings, late: state.overdue },
        lastDays: measures.map(({ measure, lastDay }) => ({ measure, lastDay })),
      },
      rests,
    ),
    ...applied,
  );
};

/** Ends measures; each order among them is lifted by an event of its own. */
export const ending = (
  start: SanctionStart,
  state: SanctionState,
  which: (one: Measure) => boolean,
  by: Instant,
  why: string,
): { state: SanctionState; entries: Entry[] } => {
  const ended = standing(state).filter(which);
  return {
    state: {
      ...state,
      measures: state.measures.map((one) => (ended.includes(one) ? { ...one, ended: true } : one)),
    },
    entries: ended.flatMap(({ measure, order }) =>
      order === null
        ? [entryOf('measureEnded', by, { measure, why })]
        : [
            entryOf(
              'lifted',
              by,
              { order, ground: groundOf(start, measure), scope: scopeOf(start), measure, why },
              start.rules.liftedBy.rests ?? undefined,
            ),
          ],
    ),
  };
};

export const lift = (
  start: SanctionStart,
  state: SanctionState,
  act: SanctionActOf<'liftSanction'>,
): Result => {
  const refused = mustBe(start.rules.liftedBy.value, act.by.role);
  if (refused) return refused;
  const { measures, reviewAsked } = state;
  if (start.rules.reviewRequest && standing(state).length === 0)
    return refuse('measureNotStanding', { measure: measures.map(({ measure }) => measure).join(', ') });
  // Where all of it is lifted a review has nothing left to lift; one that was asked for is answered still.
  const lifted = reviewAsked || !measures.every(ends) ? {} : { reviewOver: 'lifted' as const };
  const next = ending(start, { ...state, ...lifted }, () => true, act, 'decision');
  const { document, reasonCodes } = act;
  return closing(
    start,
    next.state,
    act.at,
    entryOf('liftDecided', act, { document, reasonCodes }),
    ...next.entries,
  );
};
