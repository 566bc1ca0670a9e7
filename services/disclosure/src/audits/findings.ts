/** What was found, finding by finding, as far as the reader reads it (X5). */
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { instant } from '@gongshu/infra/cases/view-time';
import type { CsvColumn } from '@gongshu/infra/http/csv';
import { type Actor, reaches } from '@gongshu/shared/may';
import { findingGrades } from '@gongshu/shared/packs/topics/audit';
import type { Kysely } from 'kysely';
import { z } from 'zod';

export const findingStates = ['found', 'dropped', 'open', 'reported', 'accepted'] as const;

export const FindingView = z
  .object({
    caseNo: z.string(),
    finding: z.int(),
    operator: z.string().describe('Who was assessed'),
    grade: z.enum(findingGrades),
    responsible: z.string().describe('The body that puts it right'),
    state: z.enum(findingStates),
    overdue: z.boolean().describe('A limit of it has passed'),
    returns: z.int(),
    foundAt: z.iso.datetime({ offset: true }),
    document: z.string().nullable().describe('The evidence that it was put right'),
    words: z.string().nullable().describe('What was found; null for who may not read words'),
  })
  .meta({ id: 'AuditFinding' });
export type FindingView = z.infer<typeof FindingView>;

const readers: readonly string[] = ['bureau', 'government', 'auditor', 'supervision'];

/** Findings of the cases within the actor's reach, by case and number from behind `after`; at most `limit`. */
export const listFindings = async (
  db: Kysely<AuditTables>,
  actor: Actor,
  {
    state,
    after,
    limit,
  }: {
    state: (typeof findingStates)[number] | undefined;
    after: readonly [string, number] | undefined;
    limit: number;
  },
): Promise<FindingView[]> => {
  const body = actor.organisation ?? '';
  let query = db
    .selectFrom('audit_finding')
    .innerJoin('audit_case', 'audit_case.case_no', 'audit_finding.case_no')
    .leftJoin('intake_text', 'intake_text.receipt', 'audit_finding.receipt')
    .selectAll('audit_finding')
    .select(['audit_case.operator', 'intake_text.body'])
    .where('audit_finding.jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readAudits').includes('jurisdiction'))
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('procedure_body')
          .select('procedure_body.case_no')
          .whereRef('procedure_body.case_no', '=', 'audit_finding.case_no')
          .where('procedure_body.organisation', '=', body),
      ),
    );
  if (state !== undefined) query = query.where('audit_finding.state', '=', state);
  if (after !== undefined)
    query = query.where((eb) =>
      eb.or([
        eb('audit_finding.case_no', '<', after[0]),
        eb.and([eb('audit_finding.case_no', '=', after[0]), eb('audit_finding.no', '>', after[1])]),
      ]),
    );
  const rows = await query
    .orderBy('audit_finding.case_no', 'desc')
    .orderBy('audit_finding.no')
    .limit(limit)
    .execute();
  const whole = actor.roles.some((role) => readers.includes(role));
  return rows.map((row) => ({
    ...{ caseNo: row.case_no, finding: row.no, operator: row.operator, responsible: row.responsible },
    grade: row.grade as FindingView['grade'],
    ...{ state: row.state, overdue: row.overdue, returns: row.returns, document: row.document },
    foundAt: instant(row.found_at),
    words:
      whole || [row.responsible, row.operator].includes(body)
        ? (row.body?.reasons?.[row.no - 1]?.text ?? null)
        : null,
  }));
};

export const findingsCsv = {
  name: 'audit-findings',
  columns: [
    { title: '案件编号', value: ({ caseNo }) => caseNo },
    { title: '序号', value: ({ finding }) => finding },
    { title: '被评估单位', value: ({ operator }) => operator },
    { title: '等级', value: ({ grade }) => grade },
    { title: '责任单位', value: ({ responsible }) => responsible },
    { title: '状态', value: ({ state }) => state },
    { title: '曾逾期', value: ({ overdue }) => (overdue ? '是' : '否') },
    { title: '退回次数', value: ({ returns }) => returns },
    { title: '提出时间', value: ({ foundAt }) => foundAt },
    { title: '内容', value: ({ words }) => words },
  ] satisfies CsvColumn<FindingView>[],
};
