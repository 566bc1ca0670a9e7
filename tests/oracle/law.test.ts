// O3, O6, O8: what the product computes, beside what law_oracle.py computed from the requirements.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadPacks } from '@gongshu/infra/packs';
import { addDays } from '@gongshu/shared/business-date';
import type { TermQuestion } from '@gongshu/shared/mandate/question';
import { previewScore, previewTerm } from '@gongshu/shared/previews';
import type { ScoreQuestion } from '@gongshu/shared/selection/question';

type Json = Record<string, unknown>;
const answers = JSON.parse(
  gunzipSync(readFileSync(join(import.meta.dirname, 'law-answers.json.gz'))).toString(),
) as { scores: [ScoreQuestion, Json][]; terms: [TermQuestion, Json][] };
const packs = loadPacks();

/** Codes alone, each once and in order: the oracle names no places. */
const codesOf = (list: readonly { code: string }[]): string[] =>
  [...new Set(list.map(({ code }) => code))].toSorted();

const scored = (question: ScoreQuestion): Json => {
  const answer = previewScore(question, packs);
  if ('refused' in answer) return { refused: codesOf(answer.refused) };
  if ('failed' in answer) return { failed: codesOf(answer.failed), lateBids: answer.lateBids };
  const { panel: _, ...rest } = answer;
  return rest;
};

const termed = (question: TermQuestion): Json => {
  const answer = previewTerm(question, packs);
  if ('standing' in answer) return { window: answer.window, standing: answer.standing };
  const { lastDay, endsAt, exceedsMaximum, needsGround, window, refused } = answer;
  return {
    ...{ lastDay, endsAt, exceedsMaximum, needsGround, window },
    refused: refused ? codesOf(refused) : null,
  };
};

/** Questions whose answers differ from the oracle's. */
const differing = <Q>(list: readonly [Q, Json][], answer: (question: Q) => Json): Q[] => {
  const same = (a: Json, b: Json): boolean => {
    try {
      expect(a).toEqual(b);
      return true;
    } catch {
      return false;
    }
  };
  return list
    .filter(([question, expected]) => !same(answer(question), expected))
    .map(([question]) => question);
};

describe('O3: scores equal the oracle’s', () => {
  it('in every scoring, exact value, rounding, rank, tie and refusal', () => {
    expect(answers.scores.length).toBe(800);
    expect(differing(answers.scores, scored)).toEqual([]);
  });

  it('catches floats in place of fractions (sabotage)', () => {
    /** Only ranks of the simplest method are computed anew: with floats ties come apart. */
    const floats = (question: ScoreQuestion): Json => {
      const answer = scored(question);
      if (!('ranking' in answer) || question.method !== 'mean' || question.tieRule !== 'panelDecides')
        return answer;
      const late = new Set(answer['lateBids'] as string[]);
      const all = question.criteria.reduce((sum, { weight }) => sum + Number(weight), 0);
      const value = new Map<string, number>();
      for (const { bidder, criterion, expert, score } of question.scores) {
        const { weight = 0, max = 1 } = question.criteria.find(({ id }) => id === criterion) ?? {};
        if (late.has(bidder) || question.experts.find(({ id }) => id === expert)?.conflicts.length) continue;
        const part = (((Number(weight) / all) * Number(score)) / Number(max)) * 100;
        value.set(bidder, (value.get(bidder) ?? 0) + part);
      }
      const ranks = [...new Set(value.values())].toSorted((a, b) => b - a);
      const ranking = ranks.map((rank) =>
        [...value.keys()].filter((id) => value.get(id) === rank).toSorted(),
      );
      return { ...answer, ranking, undecidedTie: ranking.find(({ length }) => length > 1) ?? null };
    };
    expect(differing(answers.scores, floats).length).toBeGreaterThan(0);
  });

  it('catches an expert in conflict who is passed over for one bidder alone (sabotage)', () => {
    const passedOver = (question: ScoreQuestion): Json => {
      const conflicts = new Map(question.experts.map(({ id, conflicts: with_ }) => [id, with_]));
      return scored({
        ...question,
        experts: question.experts.map(({ id }) => ({ id, conflicts: [] })),
        scores: question.scores.filter(({ expert, bidder }) => !conflicts.get(expert)?.includes(bidder)),
      });
    };
    expect(differing(answers.scores, passedOver).length).toBeGreaterThan(0);
  });
});

describe('O6, O8: terms and renewals equal the oracle’s', () => {
  it('in every city, at the edges', () => {
    expect(answers.terms.length).toBeGreaterThan(2_900);
    expect(differing(answers.terms, termed)).toEqual([]);
  });

  it('catches a term that ends on the day before the corresponding one (sabotage)', () => {
    const dayBefore = (question: TermQuestion): Json => {
      const answer = termed(question);
      return 'lastDay' in answer ? { ...answer, lastDay: addDays(String(answer['lastDay']), -1) } : answer;
    };
    const terms = answers.terms.filter(([question]) => 'signedOn' in question);
    expect(differing(terms, dayBefore).length).toBe(terms.length);
  });

  it('catches a window without its last day (sabotage)', () => {
    const open = (question: TermQuestion): Json => {
      const answer = termed(question);
      const window = answer['window'] as { until: string } | null;
      const last = 'submittedOn' in question && window?.until === question.submittedOn;
      return last ? { ...answer, standing: 'tooLate' } : answer;
    };
    expect(differing(answers.terms, open).length).toBeGreaterThan(100);
  });
});
