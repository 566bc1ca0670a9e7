/** Sheets and votes of the panel, and what is computed from them (O3): by the code of the preview, exactly. */
import { toInstantText } from '@gongshu/shared/business-date';
import { Decimal } from '@gongshu/shared/exact';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import type { Refusal } from '@gongshu/shared/refusal';
import { faultsOf, missingIn } from '@gongshu/shared/selection/faults';
import type { ScoreQuestion } from '@gongshu/shared/selection/question';
import { scorePreview } from '@gongshu/shared/selection/score';
import type { SelectionAct } from '@gongshu/shared/selection/types';
import { z } from 'zod';
import { caseOf, clauseOf, type SelectionDeps } from './deps.ts';
import { Body } from './opening.ts';

export const Sheet = z.strictObject({
  scores: z
    .array(z.strictObject({ bidder: Body, criterion: z.string().min(1).max(80), score: Decimal }))
    .max(5_000),
});
export type Sheet = z.output<typeof Sheet>;

/** The case as a scoring asks: valid bids and the panel that sits, without conflict by then. */
const questionOf = (
  row: ProcedureRow,
  scores: ScoreQuestion['scores'],
  experts: readonly string[],
): ScoreQuestion => {
  const { state, facts, rules } = caseOf(row);
  return {
    ...{ criteria: facts.criteria, method: facts.method, tieRule: facts.tieRule, scores },
    minBids: rules.minValidBids,
    closesAt: toInstantText(state.closedAt ?? 0),
    bidders: state.bids
      .filter(({ valid }) => valid === true)
      .map(({ bidder, receivedAt }) => ({ id: bidder, receivedAt: toInstantText(receivedAt) })),
    experts: experts.map((id) => ({ id, conflicts: [] })),
  };
};

const placesOf = (refusals: readonly Refusal[]): ProblemPlace[] =>
  refusals.map(({ pointer, code, message }) => {
    const [zh = message, en = message] = message.split(' · ');
    return { pointer: `/body${pointer}`, code, message: { zh, en } };
  });

/** A whole sheet or none: throws `sheetRefused` (422) naming every score out of its scale, unknown, twice or missing. */
export const mustBeWhole = (
  pack: ResolvedPack,
  row: ProcedureRow,
  expert: string,
  { scores }: Sheet,
): void => {
  const given = scores.map((one) => ({ expert, ...one }));
  const question = questionOf(row, given, [expert]);
  const faults = faultsOf(question, pack);
  const valid = question.bidders.map(({ id }) => id);
  const missing = faults.length > 0 ? [] : missingIn(question, { valid, panel: [expert] }, pack);
  if (faults.length + missing.length === 0) return;
  throw problem('sheetRefused', {
    errors: placesOf([...faults, ...missing]),
    ...clauseOf(pack, faults.length > 0 ? 'assessment' : 'missingScore'),
  });
};

/** Sheets that count, of the members who sit. */
export const sheetsOf = async ({ db }: Pick<SelectionDeps, 'db'>, row: ProcedureRow) => {
  const { state } = caseOf(row);
  const rows = await db
    .selectFrom('selection_sheet')
    .select(['expert', 'scores'])
    .where('case_no', '=', row.case_no)
    .where('round', '=', state.round ?? 1)
    .where('accepted_at', 'is not', null)
    .orderBy('expert')
    .execute();
  const sits = new Set((state.panel ?? []).map(({ id }) => id));
  return rows.filter(({ expert }) => sits.has(expert));
};

/** The composite of all sheets as the act that ranks. Throws `sheetsMissing` (409) until every one is in. */
export const ranked = async (
  deps: SelectionDeps,
  pack: ResolvedPack,
  row: ProcedureRow,
): Promise<Extract<SelectionAct, { kind: 'rankBids' }>> => {
  const { state } = caseOf(row);
  const sheets = await sheetsOf(deps, row);
  const count = state.panel.length - sheets.length;
  if (count > 0) throw problem('sheetsMissing', { params: { count }, ...clauseOf(pack, 'missingScore') });
  const scores = sheets.flatMap(({ expert, scores: all }) => all.map((one) => ({ expert, ...one })));
  const answer = scorePreview(
    questionOf(
      row,
      scores,
      state.panel.map(({ id }) => id),
    ),
    pack,
  );
  if (!('ranking' in answer)) {
    const found = 'refused' in answer ? answer.refused : answer.failed;
    throw problem('sheetRefused', { errors: placesOf(found), ...clauseOf(pack, 'assessment') });
  }
  return {
    kind: 'rankBids',
    ranking: answer.ranking,
    scores: Object.entries(answer.exact).map(([bidder, exact]) => ({
      ...{ bidder, exact, shown: answer.shown[bidder] ?? '' },
    })),
  };
};

/** Votes of the members who sit on the tie that stands, bid by bid. Throws `votesMissing` (409) until all have voted. */
export const counted = async (
  { db }: Pick<SelectionDeps, 'db'>,
  pack: ResolvedPack,
  row: ProcedureRow,
): Promise<Extract<SelectionAct, { kind: 'decideTie' }>> => {
  const { state } = caseOf(row);
  const rows = await db
    .selectFrom('selection_vote')
    .select(['expert', 'bidder'])
    .where('case_no', '=', row.case_no)
    .where('round', '=', state.round)
    .where('tie_round', '=', state.tieRound)
    .where('accepted_at', 'is not', null)
    .execute();
  const votes = rows.filter(({ expert }) => state.panel.some(({ id }) => id === expert));
  const count = state.panel.length - votes.length;
  if (count > 0) throw problem('votesMissing', { params: { count }, ...clauseOf(pack, 'lastTie') });
  return {
    kind: 'decideTie',
    votes: (state.tied ?? []).map((bidder) => ({
      ...{ bidder, votes: votes.filter((one) => one.bidder === bidder).length },
    })),
  };
};
