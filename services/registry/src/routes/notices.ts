import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { Notice, type NoticeRow, noticeView } from '@gongshu/infra/notices/notice';
import { record } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import { actingRole, reaches } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import {
  deliveriesOf,
  type DeliveryRow,
  findNotice,
  listNotices,
  markRead,
  planAgain,
} from '../queries/notice.ts';

const Instant = z.iso.datetime({ offset: true });
const Delivery = z
  .object({
    id: z.string(),
    channel: z.string().nullable().describe('Null for the inbox'),
    kind: z.enum(['inbox', 'mail', 'webhook']),
    round: z.int().describe('A redelivery or a replay is a round of its own'),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int(),
    code: z.string().nullable().describe('Why it waits or failed'),
    nextTryAt: Instant.nullable().describe('In real time'),
    deliveredAt: Instant.nullable().describe('On the law’s clock'),
    deliveredReallyAt: Instant.nullable(),
  })
  .meta({ id: 'NoticeDelivery' });
const Whole = Notice.extend({ deliveries: z.array(Delivery) }).meta({ id: 'NoticeWithDeliveries' });

const instant = (at: Date | null) => (at === null ? null : toInstantText(at.getTime()));
const deliveryView = (row: DeliveryRow): z.output<typeof Delivery> => ({
  ...{ id: row.id, channel: row.channel_id, kind: row.kind, round: row.round },
  ...{ state: row.state, attempts: row.attempts, code: row.code },
  nextTryAt: row.state === 'waiting' ? instant(row.next_try_at) : null,
  deliveredAt: instant(row.delivered_at),
  deliveredReallyAt: instant(row.delivered_really_at),
});

const yesOrNo = z.enum(['true', 'false']).optional();
const Query = PageQuery.extend({
  unread: yesOrNo,
  told: yesOrNo.describe('false: what has no delivery record (red)'),
  delivery: z.enum(['waiting', 'failed']).optional().describe('Has a delivery that stands so'),
  kind: z
    .string()
    .regex(/^[A-Za-z]{1,60}$/)
    .optional(),
  caseNo: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,80}$/)
    .optional(),
  addressee: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/)
    .optional(),
});
const params = z.object({ notice: z.uuid() });

const columns: CsvColumn<Notice>[] = [
  { title: '通知编号', value: ({ id }) => id },
  { title: '案件编号', value: ({ caseNo }) => caseNo },
  { title: '收件单位', value: ({ addressee }) => addressee },
  { title: '事由', value: ({ kind }) => kind },
  { title: '标题', value: ({ title }) => title.zh },
  { title: '内容', value: ({ text }) => text.zh },
  { title: '发出时间', value: ({ issuedAt }) => issuedAt },
  { title: '送达时间', value: ({ deliveredAt }) => deliveredAt },
  { title: '阅读时间', value: ({ readAt }) => readAt },
];

/** The inbox: notices to the actor's body; all of the city for its bureau and its auditor. */
export const noticeRoutes =
  (db: Kysely<any>): FastifyPluginAsyncZod =>
  async (app) => {
    const noticeFor = async (request: FastifyRequest, id: string): Promise<NoticeRow> => {
      const row = await findNotice(db, id);
      if (!row) throw problem('notFound');
      request.mustBeAllowed({ jurisdiction: row.jurisdiction, owner: row.addressee });
      return row;
    };
    const whole = async (row: NoticeRow) => ({
      ...noticeView(row),
      deliveries: (await deliveriesOf(db, row.id)).map(deliveryView),
    });

    app.get(
      '/v1/notices',
      {
        config: { act: 'readNotices', lists: true },
        schema: {
          tags: ['notices'],
          summary: '通知 · Notices to one’s body, newest first; of the whole city for bureau and auditor',
          querystring: Query,
          response: { 200: jsonOrCsv(pageOf(Notice), 'A page of notices'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const csv = wantsCsv(request);
        const { limit, cursor, unread, told, delivery, kind, caseNo, addressee } = request.query;
        const { actor } = request;
        const all = reaches(actor, 'readNotices').includes('jurisdiction');
        const own = actor.organisation ?? '';
        const [before] = decodeCursor(z.tuple([z.int().min(0).max(9e15)]), cursor) ?? [];
        const rows =
          !all && addressee !== undefined && addressee !== own
            ? []
            : await listNotices(
                db,
                {
                  jurisdiction: actor.jurisdiction,
                  addressee: all ? addressee : own,
                  unread: unread === undefined ? undefined : unread === 'true',
                  told: told === undefined ? undefined : told === 'true',
                  ...{ delivery, kind, caseNo },
                },
                { before, limit: limit + 1 },
              );
        const { items, next } = page(request, reply, rows, limit, ({ seq }) => [seq]);
        const notices = items.map(noticeView);
        reply.header('vary', 'accept');
        return csv ? sendCsv(reply, 'notices', columns, notices) : reply.send({ items: notices, next });
      },
    );

    app.get(
      '/v1/notices/:notice',
      {
        config: { act: 'readNotices' },
        schema: {
          tags: ['notices'],
          summary: 'One notice, with the record of each delivery',
          params,
          response: { 200: Whole, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => whole(await noticeFor(request, request.params.notice)),
    );

    app.post(
      '/v1/notices/:notice/read',
      {
        config: { act: 'acknowledgeNotice' },
        schema: {
          tags: ['notices'],
          summary: 'The addressee has read it',
          params,
          headers: IdempotencyKey,
          body: z.strictObject({}).nullish(),
          response: { 200: Whole, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request) => {
        const row = await noticeFor(request, request.params.notice);
        const at = await request.lawNow();
        const { id, organisation } = request.actor;
        const object = { jurisdiction: row.jurisdiction, owner: row.addressee };
        const role = actingRole(request.actor, 'acknowledgeNotice', object);
        await db.transaction().execute(async (trx) => {
          if (!(await markRead(trx, row.id, at))) return;
          await record(trx, 'registry', {
            key: `${row.id}/read`,
            type: 'notice.read.v1',
            subject: row.case_no ?? row.id,
            jurisdiction: row.jurisdiction,
            at,
            actor: { id, role, organisation },
            data: { notice: row.id, caseNo: row.case_no, at: toInstantText(at.getTime()) },
          });
        });
        return whole((await findNotice(db, row.id)) ?? row);
      },
    );

    app.post(
      '/v1/notices/:notice/deliveries',
      {
        config: { act: 'redeliverNotice' },
        schema: {
          tags: ['notices'],
          summary: '重新送达 · Delivers again what has not arrived: inbox, and each open channel that failed',
          params,
          headers: IdempotencyKey,
          body: z.strictObject({}).nullish(),
          response: { 202: Whole, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const row = await noticeFor(request, request.params.notice);
        const { id, organisation } = request.actor;
        const role = actingRole(request.actor, 'redeliverNotice', { jurisdiction: row.jurisdiction });
        await db.transaction().execute(async (trx) => {
          await planAgain(trx, row.id);
          await record(trx, 'registry', {
            key: `${row.id}/redelivery/${id}/${request.idempotencyKey}`,
            type: 'notice.redeliveryAsked.v1',
            subject: row.case_no ?? row.id,
            jurisdiction: row.jurisdiction,
            at: await request.lawNow(),
            actor: { id, role, organisation },
            data: { notice: row.id, caseNo: row.case_no },
          });
        });
        return reply.code(202).send(await whole((await findNotice(db, row.id)) ?? row));
      },
    );
  };
