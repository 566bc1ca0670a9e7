/** Drafts of what a merchant submits: written, replaced, discarded, submitted; what is wrong is told at submission. */
import { submissionAnswers } from '../cases/submission.ts';
import { toInstantText } from '@gongshu/shared/business-date';
import type { Lifecycle } from '@gongshu/shared/lifecycle';
import { type Act, actingRole } from '@gongshu/shared/may';
import { Problem, problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { Receipt } from '../cases/acting.ts';
import { type CsvColumn, jsonOrCsv, sendPage } from '../http/csv.ts';
import { expectedVersion, tag } from '../http/etag.ts';
import { IdempotencyKey } from '../http/idempotency.ts';
import { decodeCursor, PageQuery, page, pageOf } from '../http/page.ts';
import { problems } from '../http/problems.ts';
import { invalidRequest } from '../http/validation.ts';
import { receiptFor } from '../intake/take.ts';
import {
  closeDraft,
  discardDraft,
  type DraftRow,
  findDraft,
  listDrafts,
  openDraft,
  rewriteDraft,
  type Writer,
} from './draft.ts';
import type { DraftBody, DraftTables } from './tables.ts';

const States = z.enum(['open', 'submitted', 'discarded']);
const Instant = z.iso.datetime({ offset: true });
const Kept = z.object({
  draft: z.string(),
  state: States,
  caseNo: z.string().nullable().describe('The case it became'),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
type Kept = z.output<typeof Kept>;
const Params = z.object({ draftId: z.string().regex(/^CG-[0-9a-f-]{36}$/) });
type Address = z.output<typeof Params>;

const view = (row: DraftRow): Kept => ({
  ...row.body,
  draft: row.id,
  state: row.state,
  caseNo: row.case_no,
  version: row.version,
  createdAt: toInstantText(row.created_at.getTime()),
  updatedAt: toInstantText(row.updated_at.getTime()),
});

const columns: CsvColumn<Kept>[] = [
  { title: '草稿编号', value: ({ draft }) => draft },
  { title: '状态', value: ({ state }) => state },
  { title: '申请编号', value: ({ caseNo }) => caseNo },
  { title: '版本', value: ({ version }) => version },
  { title: '建立时间', value: ({ createdAt }) => createdAt },
  { title: '修改时间', value: ({ updatedAt }) => updatedAt },
];
const asCsv = (path: string) => ({ name: path.slice(path.lastIndexOf('/') + 1), columns });

/** Who writes for its own body. Throws `forbidden` without one. */
const writerOf = async (request: FastifyRequest, lifecycle: Lifecycle): Promise<Writer> => {
  const { id, organisation, jurisdiction } = request.actor;
  const object = { jurisdiction, owner: organisation };
  request.mustBeAllowed(object, 'editDraft');
  if (organisation === null) throw problem('forbidden', { params: { act: 'editDraft' } });
  const role = actingRole(request.actor, 'editDraft', object);
  return { lifecycle, id, role, organisation, jurisdiction, at: await request.lawNow() };
};

/** Drafts of one lifecycle: where they stand, what one may hold, and how it is submitted. */
export type DraftRoutes<S> = {
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>;
  lifecycle: Lifecycle;
  /** `/v1/application-drafts`. */
  path: string;
  /** What a new one is for, and under which article. */
  summary: string;
  /** Bounds and types hold; the rest is told at submission. */
  body: z.ZodObject;
  /** Name of a draft in the OpenAPI document. */
  id: string;
  submission: {
    schema: z.ZodType<S>;
    answer: (
      request: FastifyRequest,
      reply: FastifyReply,
      submission: S,
      given: {
        receipt: string;
        // biome-ignore lint/suspicious/noExplicitAny: the transaction of the service's own schema
        also: (trx: Transaction<any>, taken: { caseNo: string }) => Promise<void>;
      },
    ) => Promise<z.output<typeof Receipt>>;
  };
};

/** What is still being written by a merchant; what is wrong with it is told when it is submitted. */
export const draftRoutes =
  <S>({
    db: anyDb,
    lifecycle,
    path,
    summary,
    body: Body,
    id,
    submission,
  }: DraftRoutes<S>): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<DraftTables>;
    const Draft = Body.extend(Kept.shape).meta({ id });
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
      path,
      {
        config: { act: 'editDraft' },
        schema: {
          summary,
          headers: IdempotencyKey,
          body: Body,
          response: { 201: Draft, ...problems(400, 401, 403, 422, 503) },
        },
      },
      async (request, reply) => {
        const row = await openDraft(db, request.body as DraftBody, await writerOf(request, lifecycle));
        return tag(reply, row.version).code(201).header('location', `${path}/${row.id}`).send(view(row));
      },
    );

    app.get(
      path,
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
        return sendPage(request, reply, asCsv(path), { items: items.map(view), next });
      },
    );

    app.get(
      `${path}/:draftId`,
      {
        config: { act: 'editDraft' },
        schema: {
          summary: 'One draft',
          params: Params,
          response: { 200: Draft, ...problems(400, 401, 403, 404, 503) },
        },
      },
      async (request, reply) => {
        const row = await draftFor(request, (request.params as Address).draftId);
        return tag(reply, row.version).send(view(row));
      },
    );

    app.put(
      `${path}/:draftId`,
      {
        config: { act: 'editDraft' },
        schema: {
          summary: 'Replaces what the draft holds; If-Match names the version edited',
          params: Params,
          body: Body,
          response: { 200: Draft, ...problems(400, 401, 403, 404, 409, 412, 428, 503) },
        },
      },
      async (request, reply) => {
        const { id } = await draftFor(request, (request.params as Address).draftId);
        const version = expectedVersion(request);
        const row = await rewriteDraft(
          db,
          id,
          { body: request.body as DraftBody, version },
          await writerOf(request, lifecycle),
        );
        return tag(reply, row.version).send(view(row));
      },
    );

    app.delete(
      `${path}/:draftId`,
      {
        config: { act: 'editDraft' },
        schema: {
          summary: '废弃草稿 · Discards the draft; again, it changes nothing',
          params: Params,
          response: { 200: Draft, ...problems(400, 401, 403, 404, 409, 503) },
        },
      },
      async (request, reply) => {
        const { id } = await draftFor(request, (request.params as Address).draftId);
        const row = await discardDraft(db, id, await writerOf(request, lifecycle));
        return tag(reply, row.version).send(view(row));
      },
    );

    app.post(
      `${path}/:draftId/submission`,
      {
        config: { act: 'submitApplication' },
        schema: {
          summary: '提交草稿 · Submits the draft; again, it answers with the same case',
          params: Params,
          headers: IdempotencyKey,
          response: submissionAnswers,
        },
      },
      async (request, reply) => {
        const { draftId } = request.params as Address;
        const { state, body } = await draftFor(request, draftId, 'submitApplication');
        if (state === 'discarded') throw problem('draftClosed');
        const parsed = submission.schema.safeParse(body);
        if (!parsed.success) throw invalidRequest(parsed.error, 'body', body);
        const by = await writerOf(request, lifecycle);
        // One draft, one receipt, whoever clicks and under whatever key: the second finds the first's case.
        const receipt = receiptFor(by.jurisdiction, draftId, 'submission');
        const submit = () =>
          submission.answer(request, reply, parsed.data, {
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
