/** Ledgers of traces as they were reported, over REST (D2; 朔州 十（一）、十一（三）3). */
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { TraceTables } from '@gongshu/infra/traces/tables';
import { toInstantText } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import { traceActs } from '@gongshu/shared/trace/ledger';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';

const Acts = z.array(z.object({ act: z.enum(traceActs), entries: z.int(), rows: z.number() }));
const Ledger = z
  .object({
    operator: z.string(),
    from: z.iso.date(),
    until: z.iso.date(),
    reportedAt: z.iso.datetime({ offset: true }),
    hash: z.string(),
    entries: z.int(),
    beyondGrant: z.int(),
    acts: Acts,
    subjects: z.array(z.object({ kind: z.string(), subject: z.string(), acts: Acts })),
  })
  .meta({ id: 'LedgerReport' });

const asCsv = {
  name: 'ledger-reports',
  columns: [
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '起始日', value: ({ from }) => from },
    { title: '截止日', value: ({ until }) => until },
    { title: '留痕条数', value: ({ entries }) => entries },
    { title: '超出授权条数', value: ({ beyondGrant }) => beyondGrant },
    { title: '报送时间', value: ({ reportedAt }) => reportedAt },
    { title: '台账校验值', value: ({ hash }) => hash },
  ] satisfies CsvColumn<z.infer<typeof Ledger>>[],
};

/** Periods and operators, as the list is ordered. */
const Cursor = z.tuple([z.iso.date(), z.string().max(60)]);

export const ledgerReportRoutes =
  (anyDb: Kysely<any>): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<TraceTables>;
    app.get(
      '/v1/ledger-reports',
      {
        config: { act: 'readLedgerReports', lists: true },
        schema: {
          summary:
            '台账报送 · Ledgers reported for the periods of the pack, newest first (朔州 十（一）、十一（三）3)',
          querystring: PageQuery.extend({ operator: z.string().max(60).optional() }),
          response: {
            200: jsonOrCsv(pageOf(Ledger), 'A page of ledgers'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { actor } = request;
        const { limit, cursor, operator } = request.query;
        const after = decodeCursor(Cursor, cursor);
        let query = db.selectFrom('ledger_report').selectAll().where('jurisdiction', '=', actor.jurisdiction);
        if (!reaches(actor, 'readLedgerReports').includes('jurisdiction'))
          query = query.where('operator', '=', actor.organisation ?? '');
        if (operator !== undefined) query = query.where('operator', '=', operator);
        if (after)
          query = query.where((eb) =>
            eb.or([
              eb('from_on', '<', after[0]),
              eb.and([eb('from_on', '=', after[0]), eb('operator', '<', after[1])]),
            ]),
          );
        const rows = await query
          .orderBy('from_on', 'desc')
          .orderBy('operator', 'desc')
          .limit(limit + 1)
          .execute();
        const { items, next } = page(request, reply, rows, limit, (row) => [row.from_on, row.operator]);
        const views = items.map((row) => ({
          ...{ operator: row.operator, from: row.from_on, until: row.until_on, hash: row.hash },
          reportedAt: toInstantText(row.reported_at.getTime()),
          ...row.content,
        }));
        return sendPage(request, reply, asCsv, { items: views, next });
      },
    );
  };
