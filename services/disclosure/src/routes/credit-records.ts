/** Measures on record against bodies (信用记录, X1; 中卫 27, 朔州 十（七）): who has which, since when, until when. */
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { reaches } from '@gongshu/shared/may';
import { SanctionKind } from '@gongshu/shared/packs/topics/sanction';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';

const CreditRecord = z
  .object({
    caseNo: z.string(),
    measure: SanctionKind,
    body: z.string(),
    from: z.iso.datetime({ offset: true }),
    until: z.iso.date().nullable().describe('Its last day; null where none was set'),
    endedAt: z.iso.datetime({ offset: true }).nullable().describe('Lifted, ended, or withdrawn on review'),
    stands: z.boolean().describe('On the day of the question'),
  })
  .meta({ id: 'CreditRecord' });
type CreditRecord = z.output<typeof CreditRecord>;

const csv = {
  name: 'credit-records',
  columns: [
    { title: '案件编号', value: ({ caseNo }) => caseNo },
    { title: '措施', value: ({ measure }) => measure },
    { title: '单位', value: ({ body }) => body },
    { title: '起', value: ({ from }) => from },
    { title: '止', value: ({ until }) => until },
    { title: '解除时间', value: ({ endedAt }) => endedAt },
    { title: '是否有效', value: ({ stands }) => (stands ? '是' : '否') },
  ] satisfies CsvColumn<CreditRecord>[],
};

const viewOf = (row: Selectable<IncidentTables['sanction_measure']>, today: string): CreditRecord => ({
  ...{ caseNo: row.case_no, measure: row.measure as SanctionKind, body: row.body },
  ...{ from: toInstantText(row.from_at.getTime()), until: row.until_on },
  endedAt: row.lifted_at && toInstantText(row.lifted_at.getTime()),
  stands: row.lifted_at === null && (row.until_on === null || row.until_on >= today),
});

export const creditRecordRoutes =
  (deps: DisclosureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<IncidentTables>;
    app.get(
      '/v1/credit-records',
      {
        config: { act: 'readCreditRecords', lists: true },
        schema: {
          summary:
            '信用记录 · Measures on record, newest case first: of a body its own, of the authorities every one (X1)',
          querystring: PageQuery.extend({
            body: OrganisationId.optional(),
            stands: z.enum(['true']).optional().describe('Only what stands on the day of the question'),
          }),
          response: {
            200: jsonOrCsv(pageOf(CreditRecord), 'A page of records'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, body, stands } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(60), z.string().max(60)]), cursor);
        const today = businessDateOf((await request.lawNow()).getTime());
        const { actor } = request;
        let query = db
          .selectFrom('sanction_measure')
          .selectAll()
          .where('jurisdiction', '=', actor.jurisdiction);
        if (!reaches(actor, 'readCreditRecords').includes('jurisdiction'))
          query = query.where('body', '=', actor.organisation ?? '');
        if (body !== undefined) query = query.where('body', '=', body);
        if (stands !== undefined)
          query = query
            .where('lifted_at', 'is', null)
            .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]));
        if (after) query = query.where(sql<boolean>`(case_no, measure) < (${after[0]}, ${after[1]})`);
        const rows = await query
          .orderBy('case_no', 'desc')
          .orderBy('measure', 'desc')
          .limit(limit + 1)
          .execute();
        const { items, next } = page(request, reply, rows, limit, (row) => [row.case_no, row.measure]);
        return sendPage(request, reply, csv, { items: items.map((row) => viewOf(row, today)), next });
      },
    );
  };
