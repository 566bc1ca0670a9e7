/** Questionnaires of an evaluation (V1; 中卫 三十三): who is asked, what they say, and how many have answered. */
import type { EvaluationTables } from '@gongshu/infra/evaluations/tables';
import { jsonHash } from '@gongshu/infra/hash';
import type { FrozenEvaluationRules } from '@gongshu/shared/evaluation/rules';
import type { Asked } from '@gongshu/shared/evaluation/machine-types';
import { compare, fraction, fractionOf } from '@gongshu/shared/exact';
import { problem, type ProblemPlace } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { PartyTable } from '../tables.ts';

export type EvaluationDb = Kysely<EvaluationTables & { party: PartyTable }>;
type Trx = Transaction<EvaluationTables>;

/** The kinds of registered bodies that a group of the pack means; the operator is the one that is evaluated. */
const kindsOf: Readonly<Record<string, PartyTable['kind']>> = {
  sourceDepartment: 'sourceDepartment',
  countyAuthority: 'countyBureau',
};

export type AskedBody = { organisation: string; group: string };

/** Every body of the city that the pack has heard, as it stands now: enrolled merchants, bodies without a successor. */
export const bodiesToAsk = async (
  db: EvaluationDb,
  { inputs }: Pick<FrozenEvaluationRules, 'inputs'>,
  { jurisdiction, operator }: { jurisdiction: string; operator: string },
): Promise<AskedBody[]> => {
  const parties = await db
    .selectFrom('party')
    .select(['id', 'kind'])
    .where('jurisdiction', '=', jurisdiction)
    .where('successor', 'is', null)
    .orderBy('id')
    .execute();
  const merchants = await db
    .selectFrom('merchant')
    .select('organisation')
    .where('jurisdiction', '=', jurisdiction)
    .where('standing', '=', 'enrolled')
    .orderBy('organisation')
    .execute();
  const asked = inputs.flatMap((group): AskedBody[] => {
    if (group === 'operator') return [{ organisation: operator, group }];
    if (group === 'merchant') return merchants.map(({ organisation }) => ({ organisation, group }));
    return parties
      .filter(({ kind }) => kind === kindsOf[group])
      .map(({ id }) => ({ organisation: id, group }));
  });
  // A body is asked once, in the first of its groups.
  const seen = new Set<string>();
  return asked.filter(({ organisation }) => !seen.has(organisation) && seen.add(organisation));
};

/** Bodies by group, those groups too that nobody stands for. */
export const countAsked = (
  { inputs }: Pick<FrozenEvaluationRules, 'inputs'>,
  bodies: readonly AskedBody[],
): Asked[] => inputs.map((group) => ({ group, bodies: bodies.filter((one) => one.group === group).length }));

export const keepAsked = async (
  trx: Trx,
  caseNo: string,
  bodies: readonly AskedBody[],
  at: Date,
): Promise<void> => {
  for (const { organisation, group } of bodies)
    await trx
      .insertInto('evaluation_questionnaire')
      .values({ case_no: caseNo, organisation, grp: group, sent_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
};

/** What a body is asked about: each indicator, and the aspects that the text adds to them. */
export const questionsOf = ({
  indicators,
  dimensions,
}: Pick<FrozenEvaluationRules, 'indicators' | 'dimensions'>): string[] => [
  ...new Set<string>([...indicators, ...(dimensions === 'none' ? [] : dimensions)]),
];

export type Answer = { scores: Record<string, string>; words: string | null };

const places = (scores: Readonly<Record<string, string>>, questions: readonly string[]): ProblemPlace[] =>
  Object.entries(scores).flatMap(([question, score]): ProblemPlace[] => {
    const pointer = `/body/scores/${question}`;
    if (!questions.includes(question))
      return [
        { pointer, code: 'questionUnknown', message: { zh: '问卷没有这一问题', en: 'No such question' } },
      ];
    const value = fractionOf(score);
    const inScale = compare(value, fraction(0n)) >= 0 && compare(value, fraction(100n)) <= 0;
    return inScale
      ? []
      : [{ pointer, code: 'scoreOutOfScale', message: { zh: '0 至 100 之间', en: 'Between 0 and 100' } }];
  });

/** Throws `questionUnknown`, `scoreOutOfScale` (422) with every place. */
export const mustBeAnswers = (
  scores: Readonly<Record<string, string>>,
  rules: FrozenEvaluationRules,
): void => {
  const [first, ...more] = places(scores, questionsOf(rules));
  if (!first) return;
  const { instrument, article } = rules.rests.inputs;
  throw problem(first.code as 'questionUnknown' | 'scoreOutOfScale', {
    article: { instrument, article },
    errors: [first, ...more],
  });
};

/** The group a body was asked in. Throws `questionnaireNotYours` (403) for one that was not. */
export const groupAsked = async (
  db: Kysely<EvaluationTables>,
  caseNo: string,
  organisation: string | null,
): Promise<{ group: string; again: boolean }> => {
  const row = await db
    .selectFrom('evaluation_questionnaire as asked')
    .leftJoin('evaluation_answer as answer', (join) =>
      join
        .onRef('answer.case_no', '=', 'asked.case_no')
        .onRef('answer.organisation', '=', 'asked.organisation')
        .on('answer.stands', '=', true),
    )
    .select(['asked.grp', 'answer.receipt'])
    .where('asked.case_no', '=', caseNo)
    .where('asked.organisation', '=', organisation ?? '')
    .executeTakeFirst();
  if (!row) throw problem('questionnaireNotYours');
  return { group: row.grp, again: row.receipt !== null };
};

export const answerHash = (caseNo: string, organisation: string, answer: Answer): string =>
  jsonHash({ caseNo, organisation, ...answer });

/** Kept beside the act that hands it over; it stands when the act was taken. */
export const keepAnswer = async (
  trx: Trx,
  {
    caseNo,
    organisation,
    group,
    hash,
    receipt,
    at,
    ...answer
  }: Answer & {
    caseNo: string;
    organisation: string;
    group: string;
    hash: string;
    receipt: string;
    at: Date;
  },
): Promise<void> => {
  await trx
    .insertInto('evaluation_answer')
    .values({
      ...{ receipt, case_no: caseNo, organisation, grp: group, words: answer.words },
      ...{ answer_hash: hash, given_at: at },
      scores: JSON.stringify(answer.scores) as never,
    })
    .execute();
};

export type Standing = { organisation: string; group: string; answer: (Answer & { at: Date }) | null };

/** Every body that was asked, with its answer that stands. */
export const standingAnswers = async (db: Kysely<EvaluationTables>, caseNo: string): Promise<Standing[]> => {
  const rows = await db
    .selectFrom('evaluation_questionnaire as asked')
    .leftJoin('evaluation_answer as answer', (join) =>
      join
        .onRef('answer.case_no', '=', 'asked.case_no')
        .onRef('answer.organisation', '=', 'asked.organisation')
        .on('answer.stands', '=', true),
    )
    .select(['asked.organisation', 'asked.grp', 'answer.scores', 'answer.words', 'answer.given_at'])
    .where('asked.case_no', '=', caseNo)
    .orderBy('asked.grp')
    .orderBy('asked.organisation')
    .execute();
  return rows.map(({ organisation, grp, scores, words, given_at }) => ({
    organisation,
    group: grp,
    answer: scores === null || given_at === null ? null : { scores, words, at: given_at },
  }));
};

/** Who was asked and who answered, by group of the pack; a group nobody stands for is told with zero. */
export const responseRates = (
  { inputs }: Pick<FrozenEvaluationRules, 'inputs'>,
  answers: readonly Standing[],
) =>
  inputs.map((group) => {
    const of = answers.filter((one) => one.group === group);
    return { group, asked: of.length, answered: of.filter(({ answer }) => answer !== null).length };
  });
