import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { CaseNo } from '@gongshu/infra/cases/view';
import { filingStates, type FilingTable, type FilingTables } from '@gongshu/infra/filings/tables';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';

const Instant = z.iso.datetime({ offset: true });
const Filing = z
  .object({
    filing: z.string().describe('Number of the package'),
    caseNo: z.string(),
    jurisdiction: z.string(),
    to: z.string().describe('The body it goes to, by its code'),
    state: z.enum(filingStates),
    package: z.string().describe('Hash of the content, as it is sent'),
    documents: z.array(z.string()).describe('Hashes of the files that go along'),
    filedAt: Instant,
    sentAt: Instant.nullable(),
    attempts: z.int().describe('Tries to send it'),
    fault: z.string().nullable().describe('Why the last try failed; it is tried again'),
    answer: z
      .object({
        number: z.string().nullable(),
        on: z.iso.date(),
        document: z.string().nullable(),
        reasonCodes: z.array(z.string()),
        recordedAt: Instant,
      })
      .nullable()
      .describe('Receipt or return'),
  })
  .meta({ id: 'Filing' });
const FilingWithContent = Filing.extend({
  content: z
    .string()
    .nullable()
    .describe('Canonical JSON as it is sent: SHA-256 of its bytes is `package`. Null for auditors'),
}).meta({ id: 'FilingWithContent' });
type Filing = z.output<typeof Filing>;

const view = (row: Selectable<FilingTable>): Filing => ({
  ...{ filing: row.number, caseNo: row.case_no, jurisdiction: row.jurisdiction, to: row.recipient },
  ...{ state: row.state, package: row.package_hash, documents: row.documents },
  filedAt: instant(row.filed_at),
  sentAt: instantOrNull(row.sent_at),
  ...{ attempts: row.attempts, fault: row.fault },
  answer:
    row.answered_at && row.answered_on
      ? {
          ...{ number: row.answer_number, on: row.answered_on, document: row.answer_document },
          reasonCodes: row.reason_codes,
          recordedAt: instant(row.answered_at),
        }
      : null,
});

const asCsv = {
  name: 'filings',
  columns: [
    { title: '备案件编号', value: ({ filing }) => filing },
    { title: '案件编号', value: ({ caseNo }) => caseNo },
    { title: '报送至', value: ({ to }) => to },
    { title: '状态', value: ({ state }) => state },
    { title: '报送时间', value: ({ filedAt }) => filedAt },
    { title: '送出时间', value: ({ sentAt }) => sentAt },
    { title: '回执编号', value: ({ answer }) => answer?.number },
    { title: '回执或退回日期', value: ({ answer }) => answer?.on },
    { title: '内容校验值', value: ({ package: hash }) => hash },
  ] satisfies CsvColumn<Filing>[],
};

const FilingNo = z.string().regex(/^[0-9A-Za-z-]{1,100}$/);

/** Packages filed with the body above (备案: P2, O7; national arts 11, 13). */
export const filingRoutes =
  ({ db }: { db: Kysely<FilingTables> }): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/filings',
      {
        config: { act: 'readFilings', lists: true },
        schema: {
          summary: '备案件 · Packages filed by the city, newest first (national arts 11, 13)',
          querystring: PageQuery.extend({
            state: z.enum(filingStates).optional(),
            caseNo: CaseNo.optional(),
          }),
          response: { 200: jsonOrCsv(pageOf(Filing), 'A page of filings'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, state, caseNo } = request.query;
        const [before] = decodeCursor(z.tuple([z.int().min(0)]), cursor) ?? [];
        let query = db
          .selectFrom('filing')
          .selectAll()
          .where('jurisdiction', '=', request.actor.jurisdiction);
        if (state !== undefined) query = query.where('state', '=', state);
        if (caseNo !== undefined) query = query.where('case_no', '=', caseNo);
        if (before !== undefined) query = query.where('seq', '<', before);
        const rows = await query
          .orderBy('seq', 'desc')
          .limit(limit + 1)
          .execute();
        const { items, next } = page(request, reply, rows, limit, ({ seq }) => [seq]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/filings/:filing',
      {
        config: { act: 'readFilings' },
        schema: {
          summary: 'One package: what is filed, when it was sent, and what came back',
          params: z.object({ filing: FilingNo }),
          response: { 200: FilingWithContent, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await db
          .selectFrom('filing')
          .selectAll()
          .where('number', '=', request.params.filing)
          .executeTakeFirst();
        if (!row) throw problem('notFound');
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const words = !request.actor.roles.includes('auditor');
        return { ...view(row), content: words ? row.content : null };
      },
    );
  };
