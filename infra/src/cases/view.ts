/** What the reading side answers about applications. Silence is told as silence, never as a body's approval. */
import { z } from 'zod';
import { CaseDocument } from '../documents/of-case.ts';

export const CaseNo = z.string().regex(/^[0-9A-Za-z-]{1,80}$/);
export const Steps = z.enum(['acceptance', 'check', 'review']);
const Instant = z.iso.datetime({ offset: true });
const DateOn = z.iso.date();

/** Whether a turn ended because nobody spoke. */
export const isSilence = (outcome: string): boolean =>
  outcome === 'deemedApproved' || outcome === 'deemedRefused';

/** What ended a turn; `null` while it is open. */
export const endedBy = (outcome: string): EndedBy | null => {
  if (outcome === 'open') return null;
  if (isSilence(outcome)) return 'silence';
  if (outcome === 'withdrawn') return 'withdrawal';
  return outcome === 'lapsed' ? 'lapse' : 'decision';
};
const EndedBySchema = z.enum(['decision', 'silence', 'withdrawal', 'lapse']);
type EndedBy = z.infer<typeof EndedBySchema>;

const clock = {
  lastDay: DateOn.nullable(),
  deadline: Instant.nullable(),
  daysLeft: z
    .int()
    .nullable()
    .describe('Working days after today up to and with the last day; negative when it has passed'),
};

export const CaseRow = z
  .object({
    caseNo: z.string(),
    jurisdiction: z.string(),
    applicant: z.string(),
    operator: z.string(),
    stage: Steps,
    outcome: z.string().nullable(),
    silence: z.array(z.string()).describe('Bodies that did not speak in time'),
    submittedAt: Instant,
    acceptedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    waitsFor: z.array(z.string()).describe('Bodies with an open turn'),
    overdue: z.boolean(),
    suspended: z.boolean(),
    provisional: z.boolean(),
    ...clock,
    contentVersion: z.int(),
    packVersion: z.string(),
  })
  .meta({ id: 'ApplicationRow' });
export type CaseRow = z.infer<typeof CaseRow>;

const Reason = z.object({ code: z.string(), text: z.string() });
const Decision = z.object({
  outcome: z.string(),
  findings: z.array(z.object({ field: z.string(), finding: z.string(), note: z.string() })),
  reasons: z.array(Reason),
  conditions: z.array(
    Reason.extend({ fields: z.array(z.string()).optional(), until: z.string().optional() }),
  ),
  decidedAt: Instant,
  receipt: z.string(),
});

const Extension = z.object({
  id: z.string(),
  workingDays: z.int(),
  reason: z.string(),
  documentHash: z.string().nullable(),
  state: z.string(),
  grantedWorkingDays: z.int().nullable(),
  requestedAt: Instant,
  answeredAt: Instant.nullable(),
});

export const TurnView = z
  .object({
    turn: z.string(),
    step: Steps,
    organisation: z.string(),
    organisationName: z.string(),
    bodyKind: z.string(),
    startedAt: Instant,
    outcome: z.string(),
    endedBy: EndedBySchema.nullable(),
    endedAt: Instant.nullable(),
    overdue: z.boolean(),
    late: z.boolean(),
    suspended: z.boolean(),
    provisional: z.boolean(),
    held: z.boolean().describe('Silence waits for acts taken in before the deadline'),
    ...clock,
    directedDueOn: DateOn.nullable(),
    article: z.string(),
    silenceArticle: z.string(),
    told: z
      .boolean()
      .describe('Whether the notice that opened this clock is on record as delivered; false is red'),
    toldAt: Instant.nullable(),
    decision: Decision.nullable().describe('Null where nobody decided'),
    extensions: z.array(Extension),
    certificate: z.object({ id: z.string(), hash: z.string(), madeAt: Instant }).nullable(),
  })
  .meta({ id: 'ApplicationTurn' });
export type TurnView = z.infer<typeof TurnView>;

const Change = z.object({
  field: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export const ContentsView = z
  .object({
    version: z.int(),
    contentHash: z.string(),
    submittedAt: Instant,
    receipt: z.string(),
    changed: z.array(Change).describe('Against the version before; words for the handling bodies only'),
    contents: z.record(z.string(), z.unknown()).nullable().describe('Null for who does not handle the case'),
  })
  .meta({ id: 'ApplicationContents' });
export type ContentsView = z.infer<typeof ContentsView>;

export const CorrectionView = z
  .object({
    id: z.string(),
    turn: z.string(),
    kind: z.string().nullable(),
    items: z.array(z.object({ item: z.string(), text: z.string() })),
    returnedAt: Instant,
    lapseOn: DateOn.nullable(),
    answeredAt: Instant.nullable(),
    answer: z.object({ version: z.int(), changed: z.array(Change) }).nullable(),
  })
  .meta({ id: 'ApplicationCorrection' });
export type CorrectionView = z.infer<typeof CorrectionView>;

export const CaseView = CaseRow.extend({
  contents: ContentsView,
  resources: z.array(
    z.object({
      resource: z.string(),
      reviewer: z.object({ kind: z.string(), organisation: z.string() }),
    }),
  ),
  turns: z.array(TurnView),
  toldAt: Instant.nullable().describe(
    'When the notice of the outcome reached the applicant; without a delivery record nobody was told',
  ),
  corrections: z.array(CorrectionView),
  documents: z.array(CaseDocument),
}).meta({ id: 'Application' });
export type CaseView = z.infer<typeof CaseView>;

/** A day of a period: counted or left out, and why; `name` is the holiday's. */
export const ExplainedDayView = z.object({
  ...{ date: DateOn, counted: z.boolean(), reason: z.string(), name: z.string().optional() },
});
export const ClockView = z
  .object({
    turn: z.string(),
    step: Steps,
    organisation: z.string(),
    outcome: z.string(),
    budget: z.int(),
    unit: z.string(),
    onSilence: z.string(),
    article: z.string(),
    silenceArticle: z.string(),
    calendarVersion: z.string(),
    ledger: z.array(z.looseObject({ kind: z.string(), at: Instant, receipt: z.string().nullable() })),
    days: z.array(ExplainedDayView),
    daysCounted: z.int(),
    daysSkipped: z.int(),
    ...clock,
    provisional: z.boolean(),
    notBefore: DateOn.nullable(),
    suspended: z.boolean(),
    overdue: z.boolean(),
    extension: z.string().nullable(),
    pendingDays: z.int().nullable(),
  })
  .meta({ id: 'ApplicationClock' });
export type ClockView = z.infer<typeof ClockView>;

export const HistoryItem = z
  .object({
    at: Instant,
    kind: z.enum(['act', 'event']),
    name: z.string().describe('The act, or the type of the event'),
    actor: z.object({ id: z.string(), role: z.string(), organisation: z.string().nullable() }),
    turn: z.string().nullable(),
    receipt: z.string().nullable(),
    state: z.string().nullable(),
    code: z.string().nullable(),
  })
  .meta({ id: 'ApplicationHistoryItem' });
export type HistoryItem = z.infer<typeof HistoryItem>;
