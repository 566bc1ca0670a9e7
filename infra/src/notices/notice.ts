/** A notice as it is read, in the inbox, by webhook and by mail. */
import { toInstantText } from '@gongshu/shared/business-date';
import { noticeText } from '@gongshu/shared/notices/text';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

const Instant = z.iso.datetime({ offset: true });
const Texts = z.object({ zh: z.string(), en: z.string() });

export const Notice = z
  .object({
    id: z.uuid(),
    jurisdiction: z.string(),
    addressee: z.string(),
    kind: z.string(),
    caseNo: z.string().nullable(),
    turn: z.string().nullable(),
    event: z.object({ id: z.string(), type: z.string() }),
    instrument: z.string().nullable(),
    article: z.string().nullable(),
    data: z.record(z.string(), z.unknown()).describe('Ids, codes and instants the words are made of'),
    title: Texts,
    text: Texts.describe('What happened, by when, under which article, and what to do next'),
    issuedAt: Instant.describe('On the law’s clock'),
    readAt: Instant.nullable(),
    told: z.boolean().describe('Whether there is a record of its delivery; red where not'),
    deliveredAt: Instant.nullable(),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof Notice>;

export type NoticeRow = {
  seq: number;
  id: string;
  jurisdiction: string;
  case_no: string | null;
  turn_id: string | null;
  addressee: string;
  kind: string;
  event_id: string;
  event_type: string;
  instrument: string | null;
  article: string | null;
  data: Record<string, unknown>;
  issued_at: Date;
  read_at: Date | null;
  delivered_at: Date | null;
};

/** Columns of a `NoticeRow` from platform.notice. */
export const noticeColumns: RawBuilder<unknown> = sql`
  notice.seq, notice.id, notice.jurisdiction, notice.case_no, notice.turn_id, notice.addressee, notice.kind,
  notice.event_id, notice.event_type, notice.instrument, notice.article, notice.data, notice.issued_at,
  notice.read_at,
  (select min(delivered_at) from platform.notice_delivery
   where notice_id = notice.id and state = 'delivered') as delivered_at`;

const instant = (at: Date | null) => (at === null ? null : toInstantText(at.getTime()));

/** A row with its words. */
export const noticeView = (row: NoticeRow): Notice => ({
  id: row.id,
  jurisdiction: row.jurisdiction,
  addressee: row.addressee,
  kind: row.kind,
  caseNo: row.case_no,
  turn: row.turn_id,
  event: { id: row.event_id, type: row.event_type },
  instrument: row.instrument,
  article: row.article,
  data: row.data,
  ...noticeText({ ...row, caseNo: row.case_no, eventType: row.event_type }),
  issuedAt: toInstantText(row.issued_at.getTime()),
  readAt: instant(row.read_at),
  told: row.delivered_at !== null,
  deliveredAt: instant(row.delivered_at),
});
