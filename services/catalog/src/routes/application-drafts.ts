import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { expectedVersion, tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { invalidRequest } from '@gongshu/infra/http/validation';
import { receiptFor } from '@gongshu/infra/intake/take';
import { toInstantText } from '@gongshu/shared/business-date';
import { type Act, actingRole } from '@gongshu/shared/may';
import { Problem, problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ApplicationDeps } from '../applications/deps.ts';
import { DraftBody } from '../drafts/body.ts';
import {
  closeDraft,
  type DraftRow,
  discardDraft,
  findDraft,
  listDrafts,
  openDraft,
  rewriteDraft,
  type Writer,
} from '../drafts/draft.ts';
import type { DraftTables } from '../drafts/tables.ts';
import { answerSubmission, Submission, submissionAnswers } from './application-submit.ts';

const States = z.enum(['open', 'submitted', 'discarded']);
const Instant = z.iso.datetime({ offset: true });
const Draft = DraftBody.extend({
  draft: z.string(),
  state: States,
  caseNo: z.string().nullable().describe('The case it became'),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
}).meta({ id: 'ApplicationDraft' });
const Params = z.object({ draftId: z.string().regex(/^CG-[0-9a-f-]{36}$/) });

const view = (row: DraftRow): z.output<typeof Draft> => ({
  ...row.body,
  draft: row.id,
  state: row.state,
  caseNo: row.case_no,
  version: row.version,
  createdAt: toInstantText(row.created_at.getTime()),
  updatedAt: toInstantText(row.updated_at.getTime()),
});

const asCsv = {
  name: 'application-drafts',
  columns: [
    { title: '草稿编号', value: ({ draft }) => draft },
    { title: '状态', value: ({ state }) => state },
    { title: '申请编号', value: ({ caseNo }) => caseNo },
    { title: '版本', value: ({ version }) => version },
    { title: '建立时间', value: ({ createdAt }) => createdAt },
    { title: '修改时间', value: ({ updatedAt }) => updatedAt },
  ] satisfies CsvColumn<z.output<typeof Draft>>[],
};

/** Who writes for its own body. Throws `forbidden` without one. */
const writerOf = async (request: FastifyRequest): Promise<Writer> => {
  const { id, organisation, jurisdiction } = request.actor;
  const object = { jurisdiction, owner: organisation };
  request.mustBeAllowed(object, 'editDraft');
  if (organisation === null) throw problem('forbidden', { params: { act: 'editDraft' } });
  const role = actingRole(request.actor, 'editDraft', object);
  return { id, role, organisation, jurisdiction, at: await request.lawNow() };
};

/** Applications that are still being written; what is wrong with one is told when it is submitted. */
export const applicationDraftRoutes =
  (deps: ApplicationDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<DraftTables>;
    /** The draft of the address, if it is the actor's body's own. Throws `notFound`. */
    const draftFor = async (
      request: FastifyRequest,
      id: string,
      act: Act = 'editDraft',
    ): Promise<DraftRow> => {
      const row = await findDraft(db, id);
      if (!row) throw problem('notFound');
      request.mustBeAllowed({ jurisdiction: row.jurisdiction, owner: row.organisation }, act);
      return row;
    };

    app.post(
      '/v1/application-drafts',
      {
        config: { act: 'editDraft' },
        schema: {
          summary: '新建申请草稿 · Begin an application; it may be incomplete (Zhongwei art. 20)',
          headers: IdempotencyKey,
          body: DraftBody,
          response: { 201: Draft, ...problems(400, 401, 403, 422, 503) },
        },
      },
      async (request, reply) => {
        const row = await openDraft(db, request.body, await writerOf(request));
        return tag(reply, row.version)
          .code(201)
          .header('location', `/v1/application-drafts/${row.id}`)
          .send(view(row));
      },
    );

    app.get(
      '/v1/application-drafts',
      {
        config: { act: 'editDraft', lists: true },
        schema: {
          summary: 'Drafts of one’s own body, newest first',
          querystring: PageQuery.extend({ state: States.optional() }),
          response: {
            200: jsonOrCsv(pageOf(Draft), 'A page of drafts'),
            ...problems(400, 401, 403, 406, 503),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, state } = request.query;
        const before = decodeCursor(z.tuple([z.int().min(0)]), cursor)?.[0];
        const { jurisdiction, organisation } = request.actor;
        const own = { jurisdiction, organisation: organisation ?? '' };
        const rows = await listDrafts(db, own, { state, before, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ seq }) => [seq]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/application-drafts/:draftId',
      {
        config: { act: 'editDraft' },
        schema: {
          summary: 'One draft',
          params: Params,
          response: { 200: Draft, ...problems(400, 401, 403, 404, 503) },
        },
      },
      async (request, reply) => {
        const row = await draftFor(request, request.params.draftId);
        return tag(reply, row.version).send(view(row));
      },
    );

    app.put(
      '/v1/application-drafts/:draftId',
      {
        config: { act: 'editDraft' },
        schema: {
          summary: 'Replaces what the draft holds; If-Match names the version edited',
          params: Params,
          body: DraftBody,
          response: { 200: Draft, ...problems(400, 401, 403, 404, 409, 412, 428, 503) },
        },
      },
      async (request, reply) => {
        const { id } = await draftFor(request, request.params.draftId);
        const version = expectedVersion(request);
        const row = await rewriteDraft(db, id, { body: request.body, version }, await writerOf(request));
        return tag(reply, row.version).send(view(row));
      },
    );

    app.delete(
      '/v1/application-drafts/:draftId',
      {
        config: { act: 'editDraft' },
        schema: {
          summary: '废弃草稿 · Discards the draft; again, it changes nothing',
          params: Params,
          response: { 200: Draft, ...problems(400, 401, 403, 404, 409, 503) },
        },
      },
      async (request, reply) => {
        const { id } = await draftFor(request, request.params.draftId);
        const row = await discardDraft(db, id, await writerOf(request));
        return tag(reply, row.version).send(view(row));
      },
    );

    app.post(
      '/v1/application-drafts/:draftId/submission',
      {
        config: { act: 'submitApplication' },
        schema: {
          summary: '提交草稿 · Submits the draft as an application; again, it answers with the same case',
          params: Params,
          headers: IdempotencyKey,
          response: submissionAnswers,
        },
      },
      async (request, reply) => {
        const { draftId } = request.params;
        const { state, body } = await draftFor(request, draftId, 'submitApplication');
        if (state === 'discarded') throw problem('draftClosed');
        const parsed = Submission.safeParse(body);
        if (!parsed.success) throw invalidRequest(parsed.error, 'body', body);
        const by = await writerOf(request);
        // One draft, one receipt, whoever clicks and under whatever key: the second finds the first's case.
        const receipt = receiptFor(by.jurisdiction, draftId, 'submission');
        const submit = () =>
          answerSubmission(deps, request, reply, parsed.data, {
            receipt,
            also: async (trx, { caseNo }) => {
              await closeDraft(trx as never, draftId, { state: 'submitted', caseNo, receipt }, by);
            },
          });
        try {
          return await submit();
        } catch (error) {
          // Two clicks at once: the first has just made the case.
          const isClosed = error instanceof Problem && error.code === 'draftClosed';
          if (isClosed && (await findDraft(db, draftId))?.state === 'submitted') return submit();
          throw error;
        }
      },
    );
  };
