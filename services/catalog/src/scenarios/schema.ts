/** What a scenario says, and how it is read (A0). */
import { Reason } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { line } from '@gongshu/shared/line';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { z } from 'zod';
import { scenarioCapacities, scenarioStates, scenarioTreatments } from './tables.ts';

/** What mandates and applications refer to a scenario by. */
export const ScenarioCode = z.string().regex(/^[a-z][A-Za-z0-9]{1,60}$/);
export const ScenarioNo = z.string().regex(/^CJ-[0-9a-f-]{36}$/);
export const ScenarioReportNo = z.string().regex(/^CB-[0-9a-f-]{36}$/);

const words = z.string().trim().min(1).max(5_000);
const Instant = z.iso.datetime({ offset: true });

/** The scheme of a scenario, part by part; each version is kept. */
export const ScenarioContents = z.strictObject({
  title: line(200),
  field: ScenarioCode.describe('所属领域 · the field it lies in, by code'),
  demand: words.describe('产品开发与数据需求 · what is to be developed, and the data it needs'),
  plan: words.describe('场景方案 · how it is to work'),
  necessity: words.optional().describe('必要性说明 · why it is needed'),
  documents: z
    .array(DocumentHash)
    .max(20)
    .default([])
    .refine((all) => new Set(all).size === all.length, '同一材料出现两次 · a document stands twice'),
});
export type ScenarioContents = z.output<typeof ScenarioContents>;

/** What is proposed: by the operator or a partner where scenarios are appraised, noted down where they are collected. */
export const ScenarioDraft = z.strictObject({
  code: ScenarioCode,
  contents: ScenarioContents,
  developer: OrganisationId.optional().describe('开发主体 · who shall develop it, when another body'),
  industryDepartment: OrganisationId.optional().describe(
    '参加论证的行业主管部门 · needed where it is appraised',
  ),
  collectedFrom: OrganisationId.optional().describe('需求来源 · whose need the operator notes down'),
});
export type ScenarioDraft = z.output<typeof ScenarioDraft>;

export const ScenarioView = z
  .object({
    scenario: z.string(),
    code: z.string(),
    treatment: z.enum(scenarioTreatments),
    state: z.enum(scenarioStates),
    title: z.string(),
    version: z.int(),
    organisation: z.string().describe('Who proposed it'),
    collectedFrom: z.string().nullable(),
    developer: z.string().nullable(),
    industryDepartment: z.string().nullable(),
    proposedAt: Instant,
    decidedAt: Instant.nullable(),
  })
  .meta({ id: 'Scenario' });
export type ScenarioView = z.output<typeof ScenarioView>;

const Opinion = z.object({
  version: z.int(),
  step: z.enum(['firstReview', 'appraisal']),
  capacity: z.enum(scenarioCapacities),
  organisation: z.string(),
  outcome: z.enum(['approve', 'return', 'refuse']),
  compliance: z.boolean().nullable(),
  necessity: z.boolean().nullable(),
  reasons: z.array(Reason),
  at: Instant,
});

export const ScenarioDetail = ScenarioView.extend({
  versions: z.array(
    z.object({
      version: z.int(),
      contents: z.record(z.string(), z.unknown()),
      contentHash: z.string(),
      changed: z.array(z.string()).describe('Parts that differ from the version before'),
      at: Instant,
    }),
  ),
  opinions: z.array(Opinion),
  waitsFor: z.array(z.enum(scenarioCapacities)).describe('Whose opinion is outstanding'),
}).meta({ id: 'ScenarioDetail' });
