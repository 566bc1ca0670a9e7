/** How the acts of an evaluation are handed on: each refusal with its article and the place it is about. */
import {
  actOnProcedure,
  type ActOnProcedure,
  type ProcedureRow,
  procedureFor,
} from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import type { EvaluationFacts, RunningAct } from '@gongshu/shared/evaluation/machine-types';
import { type EvaluationReason, evaluationReasons } from '@gongshu/shared/evaluation/reasons';
import { clauseOf, type FrozenEvaluationRules } from '@gongshu/shared/evaluation/rules';
import type { Act, ActObject } from '@gongshu/shared/may';
import { Problem, problem, problemTable } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type EvaluationRow = { row: ProcedureRow; rules: FrozenEvaluationRules; facts: EvaluationFacts };

/** The case with the rules it is held under. */
export const evaluationOf = (row: ProcedureRow): EvaluationRow => {
  const { rules, facts } = row.start as unknown as Omit<EvaluationRow, 'row'>;
  return { row, rules, facts };
};

/** The same by its number. Throws `notFound`. */
export const evaluationFor = async (
  deps: Pick<ProcedureDeps, 'db'>,
  request: FastifyRequest,
  caseNo: string,
): Promise<EvaluationRow> => evaluationOf(await procedureFor(deps, request, 'evaluation', caseNo));

type Key = Exclude<keyof FrozenEvaluationRules, 'rests'>;
const isReason = (code: string): code is EvaluationReason => Object.hasOwn(evaluationReasons, code);

/** The rule a refusal rests on: the one the machine named, the reason's own, or the act's. */
const ruleOf = (code: string, named: unknown, act: Key): Key => {
  if (typeof named === 'string') return named as Key;
  return isReason(code) ? evaluationReasons[code].rule : act;
};

/** A refusal with its article and, where it is about a place of the request, its pointer. */
const placed = (error: Problem, rules: FrozenEvaluationRules, act: Key): Problem => {
  const { code, params, errors } = error;
  if (errors.length > 0) return error;
  const { title } = problemTable[code];
  const { at, rule, ...more } = params;
  return problem(code, {
    params: more,
    article: error.article ?? clauseOf(rules, ruleOf(code, rule, act)),
    ...(at !== undefined && { errors: [{ pointer: `/body${at}`, code, message: title }] }),
  });
};

export type EvaluationAct = {
  act: RunningAct;
  permission: Act;
  object?: ActObject;
  /** The rule that governs the act. */
  rule: Key;
} & Pick<ActOnProcedure, 'documents' | 'text' | 'also'>;

/** Takes the act in and answers with its receipt. Throws the machine's refusal, with article and pointer. */
export const actOnEvaluation = async (
  deps: Pick<ProcedureDeps, 'db' | 'deliver'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { row, rules }: EvaluationRow,
  { rule, ...given }: EvaluationAct,
): Promise<never> => {
  try {
    return (await actOnProcedure(deps, request, reply, { ...given, row })) as never;
  } catch (error) {
    throw error instanceof Problem && error.status < 500 && error.status !== 403 && error.status !== 401
      ? placed(error, rules, rule)
      : error;
  }
};
