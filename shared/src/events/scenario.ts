import { z } from 'zod';
import { Code, Count, DateOn, Hash, Id, caseEvent, restsOn } from './define.ts';

const base = { scenario: Id, code: Code, organisation: Id, version: Count.min(1), ...restsOn };
const reasonCodes = z.array(Code).max(50);
const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('catalog', zh, en, shape);

/** Events of scenarios before data is asked for (A0): `version` is that of the scenario's text. */
export const scenarioEvents = {
  'scenario.proposed.v1': c('应用场景已提出', 'A scenario was proposed', { ...base, contentHash: Hash }),
  'scenario.collected.v1': c('应用场景需求已收集', 'A scenario was collected', {
    ...base,
    contentHash: Hash,
  }),
  'scenario.firstReviewPassed.v1': c('应用场景初审通过', 'A scenario passed its first review', base),
  'scenario.returned.v1': c('应用场景退回修改', 'A scenario was returned for changes', {
    ...base,
    reasonCodes,
  }),
  'scenario.revised.v1': c('应用场景已修改', 'The text of a scenario was changed', {
    ...base,
    contentHash: Hash,
    changed: z.array(Code).min(1).max(20),
  }),
  'scenario.appraised.v1': c('应用场景论证意见已提出', 'A body appraised a scenario', {
    ...base,
    appraisedBy: Id,
    capacity: Code,
    compliance: z.boolean(),
    necessity: z.boolean(),
    reasonCodes,
  }),
  'scenario.approved.v1': c('应用场景论证通过', 'A scenario was approved', base),
  'scenario.refused.v1': c('应用场景未通过', 'A scenario was refused', {
    ...base,
    step: Code,
    reasonCodes,
  }),
  'scenario.withdrawn.v1': c('应用场景已撤回', 'A scenario was withdrawn', base),
  'scenario.reported.v1': c('应用场景需求已报送', 'The scenarios collected were reported', {
    report: Id,
    operator: Id,
    from: DateOn,
    until: DateOn,
    scenarios: Count,
    contentHash: Hash,
    late: z.boolean(),
    ...restsOn,
  }),
};
