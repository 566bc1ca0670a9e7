/** Bulletins on source departments over REST (S3; 中卫 三十一): drafts, replies, issue, the chart of review times. */
import { ChartQuery, chartAnswer, sendChart } from '@gongshu/infra/charts/send';
import { calendarAt, newestCalendar } from '@gongshu/infra/calendars';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import {
  type BulletinContent,
  bulletinOpening,
  changedSince,
  draftBulletin,
} from '@gongshu/infra/disclosures/bulletin';
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import { keepDraft } from '@gongshu/infra/disclosures/yearly';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { sha256 } from '@gongshu/infra/hash';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { actOnProcedure, procedureFor } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { ProcedureParams, procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import type { BulletinFacts } from '@gongshu/shared/bulletin/machine';
import { type BulletinCaseRules, bulletinRules } from '@gongshu/shared/bulletin/rules';
import { isBusinessDate } from '@gongshu/shared/business-date';
import { actingRole } from '@gongshu/shared/may';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { problem } from '@gongshu/shared/problems';
import { departmentFigures } from '@gongshu/shared/bulletin/figures';
import { procedures } from '@gongshu/shared/procedure/kinds';
import { ledgerPeriod } from '@gongshu/shared/trace/ledger';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { bulletinChart, bulletinCharts } from '../reports/bulletin-charts.ts';
import { figureRoutesOf } from '../reports/figure-routes.ts';
import { versionRoutes } from '../reports/version-routes.ts';
import { plainWords } from '../reports/words.ts';

const kind = 'bulletin';
const Day = z.string().refine(isBusinessDate, { error: '须为真实日期 · a day that exists' });
const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const bulletinRoutes = (deps: DisclosureDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const db = deps.db as unknown as Kysely<DisclosureCaseTables>;
  const calendarOf = async (jurisdiction: string) =>
    calendarAt(db as never, (await newestCalendar(db as never, jurisdiction)).version);
  const namedIn = async (caseNo: string): Promise<string[]> =>
    (
      await db.selectFrom('procedure_body').select('organisation').where('case_no', '=', caseNo).execute()
    ).map(({ organisation }) => organisation);
  const restsIn = (rules: BulletinCaseRules) => (rules.rests ? { article: rules.rests } : {});

  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Bulletins of the city, each period a case, newest first (S3)',
        one: 'One bulletin: its draft, replies and issue (S3)',
      },
    }),
    versionRoutes(deps, { kind, act: 'readBulletins' }),
    figureRoutesOf(deps, { kind, act: 'readBulletinCases', names: Object.values(departmentFigures).flat() }),
    async (app) => {
      app.post(
        procedures[kind].path,
        {
          config: { act: 'manageBulletin' },
          schema: {
            summary:
              '起草通报 · By the bureau where its Schedule has not: the period a day lies in, once (S3)',
            headers: IdempotencyKey,
            body: z.strictObject({ on: Day.describe('Any day of the period') }),
            response: submissionAnswers,
          },
        },
        async (request, reply) => {
          const { jurisdiction, id, organisation } = request.actor;
          const object = { jurisdiction };
          request.mustBeAllowed(object);
          const pack = packWith(deps.packs, jurisdiction, 'bulletin');
          const { from, until } = ledgerPeriod(request.body.on, bulletinRules(pack).months);
          const role = actingRole(request.actor, 'manageBulletin', object);
          const opening = await bulletinOpening(procedureDeps, pack, await calendarOf(jurisdiction), {
            ...{ jurisdiction, from, until, by: { id, role, organisation } },
            lawNow: await request.lawNow(),
          });
          return answerOpening(procedureDeps, request, reply, { ...opening, role });
        },
      );
      procedureActRoute(
        app,
        procedureDeps,
        kind,
        {
          ...{ path: 'replies', permission: 'replyToBulletin' },
          summary: '回复 · A department the draft names replies to it, before it is issued (S3)',
          body: z.strictObject({
            statement: z.string().trim().min(1).max(5_000),
            documents: z
              .array(DocumentHash)
              .max(20)
              .refine((all) => new Set(all).size === all.length, '材料重复 · a document stands twice')
              .default([]),
          }),
        },
        async ({ row, given, request, reply }) => {
          const object = { jurisdiction: row.jurisdiction, handlers: await namedIn(row.case_no) };
          request.mustBeAllowed(object);
          const department = request.actor.organisation ?? '';
          const words = plainWords(given.statement);
          const hash = sha256(words);
          const { documents } = given;
          return actOnProcedure(procedureDeps, request, reply, {
            ...{ row, permission: 'replyToBulletin', object },
            act: { kind: 'replyToBulletin', department, words: hash, documents } as { kind: string },
            ...restsIn(row.start.rules as BulletinCaseRules),
            text: { reason: words },
            documents: documents.map((one, at) => ({
              ...{ hash: one, role: 'bulletinReply', pointer: `/body/documents/${at}` },
            })),
            also: async (caseTrx, { receipt }) => {
              await (caseTrx as unknown as Transaction<DisclosureCaseTables>)
                .insertInto('statement')
                .values({
                  ...{ receipt, case_no: row.case_no, about: department, words, hash },
                  ...{ ground: null, accepted_at: null },
                })
                .execute();
            },
          });
        },
      );
      procedureActRoute(
        app,
        procedureDeps,
        kind,
        {
          ...{ path: 'drafts', permission: 'manageBulletin' },
          summary: '重新起草 · From the facts as they stand now, such as after a reply that was right (S3)',
          body: z.strictObject({}),
        },
        async ({ row, request, reply }) => {
          const object = { jurisdiction: row.jurisdiction };
          request.mustBeAllowed(object);
          const { from, until } = row.start.facts as BulletinFacts;
          const rules = row.start.rules as BulletinCaseRules;
          const of = { jurisdiction: row.jurisdiction, from, until };
          const made = await draftBulletin(db, of, rules, await calendarOf(row.jurisdiction));
          const changes = await changedSince(db, row.case_no, made.content);
          return actOnProcedure(procedureDeps, request, reply, {
            ...{ row, permission: 'manageBulletin', object, ...restsIn(rules) },
            act: { kind: 'redraftBulletin', draft: made.draft, ...changes } as { kind: string },
            also: (caseTrx, { receipt }) => keepDraft(caseTrx as never, receipt, row.case_no, made),
          });
        },
      );
      procedureActRoute(
        app,
        procedureDeps,
        kind,
        {
          ...{ path: 'issue', permission: 'manageBulletin' },
          summary: '印发 · Issues the draft that stands, once the departments had their days to reply (S3)',
          body: z.strictObject({ draft: Hash.describe('The hash of the draft that is issued') }),
        },
        async ({ row, given, request, reply }) => {
          const object = { jurisdiction: row.jurisdiction };
          return actOnProcedure(procedureDeps, request, reply, {
            ...{ row, permission: 'manageBulletin', object },
            act: { kind: 'issueBulletin', hash: given.draft } as { kind: string },
            ...restsIn(row.start.rules as BulletinCaseRules),
          });
        },
      );
      app.get(
        '/v1/bulletins/:caseNo/charts/:chart',
        {
          config: { act: 'readBulletins' },
          schema: {
            summary: 'A chart of the newest draft as SVG, or the table that says the same (S3)',
            params: ProcedureParams.extend({ chart: z.enum(bulletinCharts) }),
            querystring: ChartQuery,
            response: { 200: chartAnswer, ...problems(400, 401, 403, 404) },
          },
        },
        async (request, reply): Promise<never> => {
          const { caseNo, chart } = request.params;
          const row = await procedureFor(procedureDeps, request, kind, caseNo);
          request.mustBeAllowed({ jurisdiction: row.jurisdiction });
          const newest = await db
            .selectFrom('version')
            .select('content')
            .where('case_no', '=', caseNo)
            .orderBy('version', 'desc')
            .executeTakeFirst();
          const drawn = newest && bulletinChart(chart, JSON.parse(newest.content) as BulletinContent);
          if (!drawn) throw problem('notFound');
          return sendChart(reply, `bulletin-${caseNo}-${chart}`, drawn, request.query) as never;
        },
      );
    },
  ];
};
