/** Traces over REST (D2; 国家 十五, 中卫 二十七, 朔州 十一（三）3, 乌海 八（二）). */
import { inRows, Keep, RowsAnswer } from '@gongshu/infra/bring-in/rows';
import { instant } from '@gongshu/infra/cases/view-time';
import { jsonHash } from '@gongshu/infra/hash';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { invalidRequest } from '@gongshu/infra/http/validation';
import { type Change, record } from '@gongshu/infra/record';
import type { TraceRow, TraceTables } from '@gongshu/infra/traces/tables';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { traceActs, traceSubjects } from '@gongshu/shared/trace/ledger';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { actingOn } from '@gongshu/infra/http/acting';
import { listTraces, recordTrace, writeTrace } from '../traces/record.ts';
import { TraceGiven, TraceNo, TraceView } from '../traces/schema.ts';

const view = (row: TraceRow): TraceView => ({
  ...{ trace: row.id, subjectKind: row.subject_kind, subject: row.subject, act: row.act, via: row.via },
  ...{ at: instant(row.at), counterparty: row.counterparty, form: row.form },
  ...{ rows: row.rows === null ? null : Number(row.rows), resources: row.resources, evidence: row.evidence },
  ...{ beyondGrant: row.beyond_grant, reference: row.reference, recordedBy: row.recorded_body },
  recordedAt: instant(row.recorded_at),
});

const asCsv = {
  name: 'traces',
  columns: [
    { title: '留痕编号', value: ({ trace }) => trace },
    { title: '对象类别', value: ({ subjectKind }) => subjectKind },
    { title: '对象编号', value: ({ subject }) => subject },
    { title: '操作', value: ({ act }) => act },
    { title: '时间', value: ({ at }) => at },
    { title: '接收方', value: ({ counterparty }) => counterparty },
    { title: '形式', value: ({ form }) => form },
    { title: '行数', value: ({ rows }) => (rows === null ? null : String(rows)) },
    { title: '超出授权', value: ({ beyondGrant }) => (beyondGrant ? '是' : '否') },
    { title: '平台流水号', value: ({ reference }) => reference },
  ] satisfies CsvColumn<TraceView>[],
};

/** Throws `invalidRequest` (400) with each place: in a file every row is judged for itself. */
const wellFormed = (entry: unknown): TraceGiven => {
  const { data, error } = TraceGiven.safeParse(entry);
  if (!error) return data;
  throw invalidRequest(error, 'body', entry);
};

export const traceRoutes =
  ({ db: anyDb, packs }: { db: Kysely<any>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<TraceTables>;
    /** Whoever records does so for grants and products of its own body: what is named decides, entry by entry. */
    const recorderOf = (request: FastifyRequest) => {
      const { jurisdiction, organisation } = request.actor;
      return actingOn(request, 'recordTrace', {
        ...{ jurisdiction, owner: organisation, handlers: organisation === null ? [] : [organisation] },
      });
    };

    app.post(
      '/v1/traces',
      {
        config: { act: 'recordTrace' },
        schema: {
          summary:
            '登记操作留痕 · One access, processing, transfer or destruction of granted data or a product',
          headers: IdempotencyKey,
          body: TraceGiven,
          response: { 201: TraceView, ...problems(400, 401, 403, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await recorderOf(request);
        const pack = packs.resolve(request.actor.jurisdiction);
        return reply.code(201).send(view(await recordTrace(db, pack, request.body, acting)));
      },
    );

    app.post(
      '/v1/traces/imports',
      {
        bodyLimit: 20 * 1024 * 1024,
        config: { act: 'recordTrace' },
        schema: {
          summary:
            '批量登记操作留痕 · A file of entries: each row for itself, the good ones kept or none, as asked',
          headers: IdempotencyKey,
          body: z.strictObject({
            keep: Keep,
            entries: z.array(z.unknown()).min(1).max(10_000).describe('Each as for one alone'),
          }),
          response: { 200: RowsAnswer, ...problems(400, 401, 403, 409, 413, 422, 503) },
        },
      },
      async (request) => {
        const acting = await recorderOf(request);
        const pack = packs.resolve(request.actor.jurisdiction);
        const { entries, keep } = request.body;
        let beyondGrant = 0;
        const accesses = new Map<string, number>();
        const answer = await inRows(db, entries, { list: 'entries', keep }, async (trx, entry) => {
          const given = wellFormed(entry);
          const { row, known } = await writeTrace(trx, pack, given, acting, 'file');
          if (!known && row.beyond_grant) beyondGrant += 1;
          if (!known && row.act === 'access')
            accesses.set(row.operator, (accesses.get(row.operator) ?? 0) + 1);
          return row.id;
        });
        const batch = `LH-${randomUUID()}`;
        await db.transaction().execute((trx) =>
          record(trx, 'registry', {
            ...{ key: `${batch}/imported`, type: 'trace.imported.v1', subject: batch },
            ...{ jurisdiction: pack.jurisdiction, at: acting.at, actor: acting.actor },
            data: {
              ...{ batch, operator: acting.actor.organisation, entries: answer.kept.length },
              ...{ refused: answer.refused.length, beyondGrant, file: jsonHash(entries) },
              accesses: [...accesses]
                .toSorted(([a], [b]) => (a < b ? -1 : 1))
                .map(([operator, count]) => ({ operator, count })),
              ...restsOn(pack, 'supply', 'trace'),
            },
          } as Change),
        );
        return answer;
      },
    );

    app.get(
      '/v1/traces',
      {
        config: { act: 'readTraces', lists: true },
        schema: {
          summary: 'What was done with grants and products; a body for those of its own',
          querystring: PageQuery.extend({
            subjectKind: z.enum(traceSubjects).optional(),
            subject: z.string().max(60).optional(),
            act: z.enum(traceActs).optional(),
          }),
          response: {
            200: jsonOrCsv(pageOf(TraceView), 'A page of traces'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, subjectKind, subject, act } = request.query;
        const after = decodeCursor(z.tuple([TraceNo]), cursor)?.[0];
        const rows = await listTraces(db, request.actor, {
          subjectKind,
          subject,
          act,
          after,
          limit: limit + 1,
        });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );
  };
