/** An egress as its tests play it: the machine, and beside it a box of sealed votes as the registry keeps one. */
import {
  type Entry,
  type Given,
  isRefused,
  type Machine,
  type PeriodReading,
  type ProcedureStart,
} from '@gongshu/shared/procedure/machine';
import type { EgressRules } from '@gongshu/shared/product/rules';
import type { EgressAct, EgressFacts, EgressState, OpenedVote } from '@gongshu/shared/product/types';

export type EgressMachine = Machine<EgressRules, EgressFacts, EgressState, EgressAct>;
export type EgressStart = ProcedureStart<EgressRules, EgressFacts>;

export const fields = ['dataSecurity', 'personalInformation'] as const;
const days = (workingDays: number) => ({ workingDays });
const begunAt = Date.parse('2024-03-01T09:00:00+08:00');

export const start: EgressStart = {
  ...{ procedure: 'productEgress', caseNo: '640500-CY-2024-000001', jurisdiction: 'zhongwei' },
  ...{ jurisdictionTitle: '中卫市', authority: 'city-bureau', packVersion: 'sha256:1' },
  rules: {
    ...{ localTerm: '出域核查', fields: [...fields], checkers: { of: 'operator', number: 2 } },
    ...{ checkLimit: days(5), correctionLimit: days(20), filingLimit: days(10) },
    ...{ secondLock: { act: 'filing', by: 'authority' }, rests: {} },
    thresholds: {
      ...{ k: 5, l: 2, t: 0.5, search: { columns: 3, sets: 2000 }, raw: { fields: 3, shareOfProduct: 0 } },
      aggregate: { minimumCell: 5, dominance: { n: 2, share: 0.85 }, pRatio: 0.1, zeros: 'finding' },
    },
  },
  facts: {
    ...{ product: 'CP-1', version: 1, owner: 'merchant', author: 'maker', operator: 'operator' },
    ...{ class: 'dataset', purpose: 'industry', grants: ['G-1'], artefact: 'a1', contents: 'c1' },
  },
  ...{ startedAt: begunAt, receipt: 'SJ-0' },
  by: { account: 'maker', organisation: 'merchant', role: 'merchant' },
};

/** What is done next: an act, the end of the period that runs, or a vote that goes through the box. */
export type EgressMove =
  | EgressAct
  | { kind: 'periodEnds' }
  /** Sealed; with the last one all are opened. `late`: the act of the other arrives behind it. */
  | { kind: 'vote'; checker: string; pass: boolean; exceptions?: number[]; sources?: string[]; late?: true };

export const voteOf = (
  checker: string,
  pass = true,
  { exceptions = [], sources = [] }: { exceptions?: number[]; sources?: string[] } = {},
): OpenedVote => ({
  checker,
  fields: fields.map((field) => ({ field, pass, reasonCodes: pass ? [] : ['rawData'] })),
  ...{ exceptions, sources },
});

type Done = { taken: boolean; entries: Entry[] };
export type Seen = Done & { move: EgressMove; state: EgressState };
export type Played = {
  state: EgressState;
  entries: Entry[];
  /** Each move with what came of it, as somebody sees it who reads along. */
  seen: Seen[];
  refused: string[];
  story: string[];
};

/** Plays moves a minute apart; a refused one changes nothing and is told by its code. */
export const play = (
  machine: EgressMachine,
  moves: readonly (EgressMove | ((state: EgressState) => EgressMove))[],
): Played => {
  const begun = machine.begin(start);
  let state: EgressState = begun.state;
  let entries = begun.entries;
  const played: Pick<Played, 'seen' | 'refused'> = { seen: [], refused: [] };
  let box: { round: number; vote: OpenedVote }[] = [];
  let held: Given<EgressAct>[] = [];
  let number = 0;
  const take = (act: Given<EgressAct>): Done => {
    const next = machine.act(start, state, act, {});
    if (isRefused(next)) {
      played.refused.push(next.refused);
      return { taken: false, entries: [] };
    }
    state = next.state;
    return { taken: true, entries: next.entries };
  };
  const given = (act: EgressAct, at: number): Given<EgressAct> => {
    number += 1;
    return { ...act, at, receipt: `SJ-${number}`, by: start.by };
  };
  const cast = (move: Extract<EgressMove, { kind: 'vote' }>, at: number): Done => {
    const { checker, pass, exceptions = [], sources = [] } = move;
    const { round, checkers, stage } = state;
    const { number: needed } = start.rules.checkers;
    const mayVote = stage === 'egressCheck' && checkers.length === needed && checkers.includes(checker);
    if (mayVote && box.some((one) => one.round === round && one.vote.checker === checker)) {
      played.refused.push('alreadyVoted'); // the box holds one of each
      return { taken: false, entries: [] };
    }
    if (mayVote) box = [...box, { round, vote: voteOf(checker, pass, { exceptions, sources }) }];
    const sealed = box.flatMap((one) => (one.round === round ? [one.vote] : []));
    const votes = checkers.flatMap((one) => sealed.filter((vote) => vote.checker === one));
    const whole = mayVote && votes.length === needed;
    const act = given({ kind: 'castVote', round, checker, opened: whole ? votes : null }, at);
    if (move.late && mayVote && !whole) {
      held = [...held, act];
      return { taken: true, entries: [] };
    }
    const done = take(act);
    for (const behind of held) done.entries = [...done.entries, ...take(behind).entries];
    held = [];
    return done;
  };
  moves.forEach((made, index) => {
    const move = typeof made === 'function' ? made(state) : made;
    const at = begunAt + (index + 1) * 60_000;
    let done: Done;
    if (move.kind === 'periodEnds') {
      const [period] = state.outcome === null ? machine.periods(start, state) : [];
      if (!period) return;
      const reading: PeriodReading & { at: number } = {
        ...{ key: period.key, lastDay: '2024-03-01', at, provisional: false },
      };
      const next = machine.ended(start, state, reading);
      state = next.state;
      done = { taken: true, entries: next.entries };
    } else done = move.kind === 'vote' ? cast(move, at) : take(given(move, at));
    entries = [...entries, ...done.entries];
    played.seen.push({ move, ...done, state });
  });
  return { state, entries, ...played, story: entries.map(({ kind }) => kind) };
};
