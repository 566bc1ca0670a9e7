/** Every closed list of codes that the API uses, with its words; `GET /v1/code-tables` (design 5). */
import { auditTables } from './code-tables/audit.ts';
import { authorityTables } from './code-tables/authority.ts';
import { bodyTables } from './code-tables/bodies.ts';
import { caseTables } from './code-tables/cases.ts';
import { type CodeTable, tableOf } from './code-tables/define.ts';
import { complaintTables } from './code-tables/complaints.ts';
import { documentRoleTables } from './code-tables/document-roles.ts';
import { egressTables } from './code-tables/egress.ts';
import { evaluationTables } from './code-tables/evaluation.ts';
import { evidenceTables } from './code-tables/evidence.ts';
import { expertTables } from './code-tables/experts.ts';
import { incidentTables } from './code-tables/incidents.ts';
import { lawTables } from './code-tables/law.ts';
import { operationTables } from './code-tables/operation.ts';
import { registerTables } from './code-tables/registers.ts';
import { planTables } from './code-tables/plan.ts';
import { paperTables } from './code-tables/papers.ts';
import { pricingTables } from './code-tables/pricing.ts';
import { productUseTables } from './code-tables/product-use.ts';
import { productTables } from './code-tables/product.ts';
import { publicSideTables } from './code-tables/public-side.ts';
import { reasonTables } from './code-tables/reasons.ts';
import { reportTables } from './code-tables/reports.ts';
import { resourceTables } from './code-tables/resources.ts';
import { selectionTables } from './code-tables/selection.ts';
import { stageTables } from './code-tables/stages.ts';
import { tariffTables } from './code-tables/tariff.ts';
import { useTables } from './code-tables/use.ts';
import { workTables } from './code-tables/work.ts';
import { eventTypes } from './events.ts';
import { importReasons } from './import/reasons.ts';
import { sentences } from './notices/sentences.ts';
import { problemTable } from './problems.ts';

export type { CodeTable } from './code-tables/define.ts';

/** A sentence without the parts that stand only where the notice has values for them. */
const bare = (sentence: string): string => sentence.replaceAll(/\[[^\]]*\]/g, '').trim();

/** By name, such as `turnOutcomes`. */
export const codeTables: Readonly<Record<string, CodeTable>> = {
  ...bodyTables,
  ...caseTables,
  ...workTables,
  ...resourceTables,
  ...lawTables,
  ...useTables,
  ...authorityTables,
  ...planTables,
  ...selectionTables,
  ...operationTables,
  ...evaluationTables,
  ...expertTables,
  ...registerTables,
  ...productTables,
  ...productUseTables,
  ...egressTables,
  ...tariffTables,
  ...pricingTables,
  ...evidenceTables,
  ...auditTables,
  ...documentRoleTables,
  ...reasonTables,
  ...paperTables,
  ...reportTables,
  ...publicSideTables,
  ...complaintTables,
  ...incidentTables,
  ...stageTables,
  noticeKinds: tableOf(
    '告知类别',
    'Kinds of notices',
    Object.fromEntries(
      Object.entries(sentences).map(([kind, [zh, en]]) => [kind, { zh: bare(zh), en: bare(en) }]),
    ),
  ),
  importReasons: tableOf('导入退回原因', 'Why a file or row of an import is refused', importReasons),
  eventTypes: tableOf(
    '事件类型',
    'Event types',
    Object.fromEntries(Object.entries(eventTypes).map(([type, { summary }]) => [type, summary])),
  ),
  problems: tableOf(
    '办理提示与错误',
    'Problems: refusals and faults',
    Object.fromEntries(Object.entries(problemTable).map(([code, { title }]) => [code, title])),
  ),
};
