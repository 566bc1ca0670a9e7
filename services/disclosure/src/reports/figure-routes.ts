/** What a published figure opens to: the numbers of the cases it was counted from (S1–S3); never for the public. */
import type { DisclosureCaseTables, FigureCases } from '@gongshu/infra/disclosures/tables';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { procedureFor, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { type Act, reaches } from '@gongshu/shared/may';
import { type ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { liveCases } from './live-cases.ts';

const Case = z
  .object({ figure: z.string(), body: z.string().nullable(), case: z.string() })
  .meta({ id: 'FigureCase' });
type Case = z.output<typeof Case>;
const asCsv = {
  name: 'figure-cases',
  columns: [
    { title: '指标', value: ({ figure }) => figure },
    { title: '单位', value: ({ body }) => body },
    { title: '案件编号', value: (one) => one.case },
  ] satisfies CsvColumn<Case>[],
};
const Figure = z.string().regex(/^[a-z][A-Za-z]{1,60}$/);

export type FigureRoutes = {
  kind: Extract<ProcedureKind, 'yearlyDisclosure' | 'bulletin'>;
  act: Act;
  /** The figures that a case of this kind has. */
  names: readonly string[];
  /** As counted now, where nothing is published yet; without it the last draft is what there is. */
  live?: (at: { row: ProcedureRow; request: FastifyRequest }) => Promise<{ cases: FigureCases[] }>;
};

/** `GET <path>/{caseNo}/figures/{figure}`: a department sees behind its own alone. */
export const figureRoutesOf =
  (deps: DisclosureDeps, { kind, act, names, live }: FigureRoutes): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<DisclosureCaseTables>;
    app.get(
      `${procedures[kind].path}/:caseNo/figures/:figure`,
      {
        config: { act },
        schema: {
          summary: 'The cases behind a figure of the newest version, or of the one asked for (S1–S3)',
          params: ProcedureParams.extend({ figure: Figure }),
          querystring: PageQuery.extend({
            version: z.coerce.number().int().min(1).max(10_000).optional(),
            body: OrganisationId.optional(),
          }),
          response: {
            200: jsonOrCsv(pageOf(Case), 'A page of cases'),
            ...problems(400, 401, 403, 404, 406),
          },
        },
      },
      async (request, reply) => {
        const { caseNo, figure } = request.params as { caseNo: string; figure: string };
        const { limit, cursor, version, body } = request.query as z.output<typeof PageQuery> & {
          version?: number;
          body?: string;
        };
        const row = await procedureFor(deps as unknown as ProcedureDeps, request, kind, caseNo);
        const named = await db
          .selectFrom('procedure_body')
          .select('organisation')
          .where('case_no', '=', caseNo)
          .execute();
        const handlers = named.map(({ organisation }) => organisation);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction, handlers });
        // A figure that was counted and opens to no case is an empty list; one that nobody counts is not there.
        if (!names.includes(figure)) throw problem('notFound');
        const all = reaches(request.actor, act).includes('jurisdiction');
        const own = all ? body : (request.actor.organisation ?? '');
        const after = decodeCursor(z.tuple([z.string().max(200), z.string().max(200)]), cursor);
        const newest = await db
          .selectFrom('version')
          .select('version')
          .where('case_no', '=', caseNo)
          .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
          .orderBy('version', 'desc')
          .executeTakeFirst();
        if (!newest && version !== undefined) throw problem('notFound');
        const rows = newest
          ? await db
              .selectFrom('figure_case')
              .select(['figure', 'body', 'about'])
              .where('case_no', '=', caseNo)
              .where('version', '=', newest.version)
              .where('figure', '=', figure)
              .$if(own !== undefined, (query) => query.where('body', '=', own ?? ''))
              .$if(after !== undefined, (query) =>
                query.where((eb) =>
                  eb(eb.refTuple('body', 'about'), '>', eb.tuple(after?.[0] ?? '', after?.[1] ?? '')),
                ),
              )
              .orderBy('body')
              .orderBy('about')
              .limit(limit + 1)
              .execute()
          : liveCases((await live?.({ row, request }))?.cases ?? [], {
              ...{ figure, body: own, after, limit: limit + 1 },
            });
        const found = page(request, reply, rows, limit, (one) => [one.body, one.about]);
        return sendPage(request, reply, asCsv, {
          items: found.items.map((one) => ({ figure, body: one.body || null, case: one.about })),
          next: found.next,
        });
      },
    );
  };
