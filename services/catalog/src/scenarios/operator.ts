import { standingBody } from '@gongshu/infra/cases/bodies';
import { competentAmong, mandatesOf } from '@gongshu/infra/mandates/competence';
import { businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '../resources/resource-law.ts';
import type { ScenarioDb } from './queries.ts';

/**
 * The operator that reviews or collects a scenario: the one that brings it, else the one whose mandate covers its field
 * or code, else the city's first, for a scenario may come before its mandate. Throws `operatorUnknown` (409).
 */
export const operatorOf = async (
  db: ScenarioDb,
  { jurisdiction, field, code }: { jurisdiction: string; field: string; code: string },
  { actor, at }: Acting,
): Promise<string> => {
  if (actor.role === 'operator' && actor.organisation !== null) return actor.organisation;
  const mandates = await mandatesOf(db, jurisdiction);
  const found = competentAmong(mandates, { field, scenario: code }, businessDateOf(at.getTime()));
  if (typeof found !== 'string') return found.operator;
  const operator = await standingBody(db, 'body', jurisdiction, 'operator');
  if (operator === undefined) throw problem('operatorUnknown');
  return operator;
};
