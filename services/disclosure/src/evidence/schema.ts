import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import type { CsvColumn } from '@gongshu/infra/http/csv';
import { evidenceStates } from '@gongshu/infra/platform-evidence/tables';
import type { EvidenceRow } from '@gongshu/infra/platform-evidence/look';
import { isBusinessDate } from '@gongshu/shared/business-date';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { evidenceKinds } from '@gongshu/shared/packs/topics/platform-evidence';
import { evidenceStandings } from '@gongshu/shared/platform-evidence/standing';
import { z } from 'zod';
import type { KindStanding } from './queries.ts';

const Instant = z.iso.datetime({ offset: true });
const Day = z
  .string()
  .refine((text) => isBusinessDate(text) && text >= '2000-01-01' && text <= '2199-12-31', {
    error: '须为真实日期 · a day that exists',
  });
export const EvidenceNo = z.string().regex(/^ZM-[0-9a-f-]{36}$/);
export const Kind = z.enum(evidenceKinds);

export const EvidenceDraft = z.strictObject({
  kind: Kind,
  operator: OrganisationId.optional().describe('Whose platform; its own when left out'),
  document: DocumentHash.describe('Uploaded before'),
  issuedOn: Day,
  validFrom: Day.optional().describe('The first day it holds; the day of issue when left out'),
  validUntil: Day.nullable()
    .optional()
    .describe('The last day it holds, inclusive; null: it does not expire'),
});

export const EvidenceView = z
  .object({
    evidence: z.string(),
    operator: z.string(),
    kind: z.string(),
    version: z.int(),
    document: z.string(),
    issuedOn: z.iso.date(),
    validFrom: z.iso.date(),
    statedUntil: z.iso.date().nullable().describe('What the document says itself'),
    validUntil: z.iso.date().nullable().describe('What it holds at most by the pack; null: no end'),
    state: z.enum(evidenceStates),
    submittedAt: Instant,
    dueOn: z.iso.date().nullable().describe('The last day for the bureau to answer'),
    overdue: z.boolean(),
    decidedAt: Instant.nullable(),
    reasons: z.array(Reason),
  })
  .meta({ id: 'Evidence' });
export type EvidenceView = z.infer<typeof EvidenceView>;

export const evidenceView = (row: EvidenceRow, today: string): EvidenceView => ({
  ...{ evidence: row.id, operator: row.operator, kind: row.kind, version: row.version },
  ...{ document: row.document, issuedOn: row.issued_on, validFrom: row.valid_from },
  ...{ statedUntil: row.stated_until, validUntil: row.valid_until, state: row.state, dueOn: row.due_on },
  submittedAt: instant(row.submitted_at),
  overdue: row.state === 'submitted' && row.due_on !== null && row.due_on < today,
  decidedAt: instantOrNull(row.decided_at),
  reasons: row.reasons,
});

export const StandingView = z
  .object({
    operator: z.string(),
    kind: z.string(),
    state: z.enum(evidenceStandings).describe('As of today, computed from what was accepted'),
    until: z.iso
      .date()
      .nullable()
      .describe('The last day covered without a gap; of what expired, the last that was'),
    evidence: z.string().nullable(),
    suspends: z.boolean().describe('Whether supply is suspended when it has expired'),
    waiting: z.string().nullable().describe('Evidence that waits for the bureau’s answer'),
    order: z.string().nullable().describe('The order by which supply rests on it'),
    article: z.string().nullable().describe('What asks for it'),
  })
  .meta({ id: 'EvidenceStanding' });
export type StandingView = z.infer<typeof StandingView>;

export const standingView = (one: KindStanding, article: string | undefined): StandingView => ({
  ...one,
  article: article ?? null,
});

export const standingsCsv = {
  name: 'evidence',
  columns: [
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '证明类别', value: ({ kind }) => kind },
    { title: '状态', value: ({ state }) => state },
    { title: '有效期至', value: ({ until }) => until },
    { title: '现行证明', value: ({ evidence }) => evidence },
    { title: '到期暂停供数', value: ({ suspends }) => (suspends ? '是' : '否') },
    { title: '待答复', value: ({ waiting }) => waiting },
    { title: '暂停令', value: ({ order }) => order },
    { title: '依据', value: ({ article }) => article },
  ] satisfies CsvColumn<StandingView>[],
};

export const historyCsv = {
  name: 'evidence-history',
  columns: [
    { title: '证明编号', value: ({ evidence }) => evidence },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '证明类别', value: ({ kind }) => kind },
    { title: '版本', value: ({ version }) => version },
    { title: '签发日', value: ({ issuedOn }) => issuedOn },
    { title: '有效期首日', value: ({ validFrom }) => validFrom },
    { title: '有效期末日', value: ({ validUntil }) => validUntil },
    { title: '状态', value: ({ state }) => state },
    { title: '报送时间', value: ({ submittedAt }) => submittedAt },
    { title: '答复时间', value: ({ decidedAt }) => decidedAt },
    { title: '文件校验值', value: ({ document }) => document },
  ] satisfies CsvColumn<EvidenceView>[],
};
