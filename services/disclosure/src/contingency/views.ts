/** Contingency plans and drills as they are read (X2). */
import type { CsvColumn } from '@gongshu/infra/http/csv';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { toInstantText } from '@gongshu/shared/business-date';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { PlanRow } from './plans.ts';

const Instant = z.iso.datetime({ offset: true });
const instant = (at: Date | null) => at && toInstantText(at.getTime());

export const PlanView = z
  .object({
    plan: z.string(),
    body: z.string(),
    jointWith: z.array(z.string()).describe('联合编制单位 · Who drew it up together with that body'),
    class: z.string(),
    scenario: z.string().nullable(),
    version: z.int(),
    document: z.string(),
    state: z.enum(['submitted', 'inForce', 'returned', 'replaced']),
    submittedAt: Instant,
    decidedAt: Instant.nullable(),
    replacedAt: Instant.nullable(),
    replacedBy: z.string().nullable(),
    reasons: z.array(Reason),
  })
  .meta({ id: 'ContingencyPlan' });
export type PlanView = z.infer<typeof PlanView>;

export const planView = (row: PlanRow): PlanView => ({
  ...{ plan: row.plan, body: row.body, class: row.class, scenario: row.scenario || null },
  jointWith: row.joint_with,
  ...{ version: row.version, document: row.document, state: row.state, reasons: row.reasons },
  submittedAt: toInstantText(row.submitted_at.getTime()),
  decidedAt: instant(row.decided_at),
  replacedAt: instant(row.replaced_at),
  replacedBy: row.replaced_by,
});

export const planCsv = {
  name: 'contingency-plans',
  columns: [
    { title: '预案编号', value: ({ plan }) => plan },
    { title: '编制单位', value: ({ body }) => body },
    { title: '联合编制单位', value: ({ jointWith }) => jointWith.join(' ') },
    { title: '类别', value: ({ class: one }) => one },
    { title: '场景类别', value: ({ scenario }) => scenario },
    { title: '版本', value: ({ version }) => version },
    { title: '状态', value: ({ state }) => state },
    { title: '报送时间', value: ({ submittedAt }) => submittedAt },
    { title: '审核时间', value: ({ decidedAt }) => decidedAt },
    { title: '材料', value: ({ document }) => document },
  ] satisfies CsvColumn<PlanView>[],
};

export const DrillView = z
  .object({
    drill: z.string(),
    body: z.string(),
    dueOn: z.iso.date(),
    state: z.enum(['ahead', 'due', 'overdue', 'recorded', 'recordedLate']),
    heldOn: z.iso.date().nullable(),
    document: z.string().nullable(),
    findings: z.array(Reason).nullable(),
    recordedAt: Instant.nullable(),
  })
  .meta({ id: 'Drill' });
export type DrillView = z.infer<typeof DrillView>;
export type DrillRow = Selectable<IncidentTables['drill']>;

export const drillView = (row: DrillRow): DrillView => {
  const { held_on, due_on, overdue_at, reminded_at } = row;
  const recorded = held_on !== null && held_on > due_on ? ('recordedLate' as const) : ('recorded' as const);
  const open =
    overdue_at !== null ? ('overdue' as const) : reminded_at === null ? ('ahead' as const) : ('due' as const);
  return {
    ...{ drill: row.drill, body: row.body, dueOn: due_on, heldOn: held_on, document: row.document },
    ...{ findings: row.findings, recordedAt: instant(row.recorded_at) },
    state: held_on === null ? open : recorded,
  };
};

export const drillCsv = {
  name: 'drills',
  columns: [
    { title: '演练编号', value: ({ drill }) => drill },
    { title: '单位', value: ({ body }) => body },
    { title: '应办至', value: ({ dueOn }) => dueOn },
    { title: '状态', value: ({ state }) => state },
    { title: '演练日期', value: ({ heldOn }) => heldOn },
    { title: '材料', value: ({ document }) => document },
  ] satisfies CsvColumn<DrillView>[],
};
