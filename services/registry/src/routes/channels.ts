import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { settledChange } from '@gongshu/infra/notices/plan';
import { newSecret, whyNoTarget } from '@gongshu/infra/notices/webhook';
import { type Change, record, recordAll } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import { actingRole, reaches } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import {
  type ChannelRow,
  closeChannel,
  countOpen,
  findChannel,
  holdOpen,
  insertChannel,
  listChannels,
  replay,
} from '../queries/channel.ts';
import { findNotice } from '../queries/notice.ts';
import { findParty } from '../queries/party.ts';

const most = 5;
const replayedAtOnce = 5_000;
const Instant = z.iso.datetime({ offset: true });

const Opening = z.strictObject({
  kind: z.enum(['mail', 'webhook']),
  target: z.string().min(1).max(500).describe('A mail address, or the address of a webhook'),
  organisation: OrganisationId.optional().describe('Whose channel, where an administrator opens it'),
});
const Replaying = z.strictObject({
  after: z.union([Instant, z.uuid()]).describe('An instant of issue, or the id of the last notice received'),
});
const Channel = z
  .object({
    id: z.string(),
    organisation: z.string(),
    kind: z.enum(['mail', 'webhook']),
    target: z.string(),
    openedAt: Instant,
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'NoticeChannel' });
const Opened = Channel.extend({
  secret: z.string().nullable().describe('Of a webhook’s signatures; shown this once'),
}).meta({ id: 'NoticeChannelOpened' });
const Replayed = z.object({
  deliveries: z.int(),
  last: z.string().nullable().describe('The last notice of these; more may follow after it'),
  more: z.boolean(),
});
const params = z.object({ channel: z.uuid() });

const view = (row: ChannelRow): z.output<typeof Channel> => ({
  ...{ id: row.id, organisation: row.organisation, kind: row.kind, target: row.target },
  openedAt: toInstantText(row.opened_at.getTime()),
  closedAt: row.closed_at === null ? null : toInstantText(row.closed_at.getTime()),
});

const asCsv = {
  name: 'channels',
  columns: [
    { title: '渠道编号', value: ({ id }) => id },
    { title: '单位', value: ({ organisation }) => organisation },
    { title: '类别', value: ({ kind }) => kind },
    { title: '地址', value: ({ target }) => target },
    { title: '开通时间', value: ({ openedAt }) => openedAt },
    { title: '关闭时间', value: ({ closedAt }) => closedAt },
  ] satisfies CsvColumn<z.output<typeof Channel>>[],
};

const refused = (message: { zh: string; en: string }, code: string) =>
  problem('channelTargetRefused', { errors: [{ pointer: '/body/target', code, message }] });

const whyNot = {
  malformed: { zh: '不是 http(s) 地址', en: 'not an http(s) address' },
  withPassword: { zh: '地址不得带账号或密码', en: 'no credentials in the address' },
  notHttps: { zh: '正式环境只用 https', en: 'production takes https alone' },
  thisMachine: { zh: '指向本机或本链路', en: 'an address of this machine or link' },
} as const;

const mustBeTarget = ({ kind, target }: z.output<typeof Opening>, production: boolean): void => {
  if (kind === 'mail') {
    if (!z.email().safeParse(target).success)
      throw refused({ zh: '不是邮箱地址', en: 'not a mail address' }, 'malformed');
    return;
  }
  const why = whyNoTarget(target, production);
  if (why) throw refused(whyNot[why], why);
};

/** Where bodies want their notices besides the inbox: mail and signed webhooks. */
export const channelRoutes =
  ({ db, production }: { db: Kysely<any>; production: boolean }): FastifyPluginAsyncZod =>
  async (app) => {
    const channelFor = async (request: FastifyRequest, id: string): Promise<ChannelRow> => {
      const row = await findChannel(db, id);
      if (!row) throw problem('notFound');
      request.mustBeAllowed({ jurisdiction: row.jurisdiction, owner: row.organisation });
      return row;
    };
    const change = (
      request: FastifyRequest,
      row: ChannelRow,
      of: Pick<Change, 'key' | 'type' | 'at'> & { more?: object },
    ): Change => {
      const { id, organisation } = request.actor;
      const object = { jurisdiction: row.jurisdiction, owner: row.organisation };
      return {
        ...{ key: of.key, type: of.type, at: of.at, subject: row.id, jurisdiction: row.jurisdiction },
        actor: { id, role: actingRole(request.actor, 'manageChannels', object), organisation },
        data: { channel: row.id, organisation: row.organisation, kind: row.kind, ...of.more },
      };
    };

    app.get(
      '/v1/channels',
      {
        config: { act: 'manageChannels', lists: true },
        schema: {
          tags: ['notices'],
          summary: 'Channels of one’s body; of the whole city for bureau and administrator',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(Channel), 'A page of channels'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const { actor } = request;
        const all = reaches(actor, 'manageChannels').includes('jurisdiction');
        const [after] = decodeCursor(z.tuple([z.int().min(0).max(9e15)]), cursor) ?? [0];
        const rows = await listChannels(
          db,
          actor.jurisdiction,
          all ? undefined : (actor.organisation ?? ''),
          { after, limit: limit + 1 },
        );
        const { items, next } = page(request, reply, rows, limit, ({ seq }) => [seq]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.post(
      '/v1/channels',
      {
        config: { act: 'manageChannels' },
        schema: {
          tags: ['notices'],
          summary: 'Opens a channel: mail, or a webhook signed as Standard Webhooks has it',
          headers: IdempotencyKey,
          body: Opening,
          response: { 201: Opened, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const { actor, body } = request;
        const { jurisdiction } = actor;
        const organisation = body.organisation ?? actor.organisation;
        if (organisation === null) throw problem('channelOwnerUnknown');
        request.mustBeAllowed({ jurisdiction, owner: organisation });
        mustBeTarget(body, production);
        if (!(await findParty(db, jurisdiction, organisation))) throw problem('channelOwnerUnknown');
        const secret = body.kind === 'webhook' ? newSecret() : null;
        const at = await request.lawNow();
        const row = await db.transaction().execute(async (trx) => {
          if ((await countOpen(trx, jurisdiction, organisation)) >= most)
            throw problem('channelsTooMany', { params: { most } });
          const opened = await insertChannel(trx, {
            ...{ jurisdiction, organisation, kind: body.kind, target: body.target, secret },
            opened_by: actor.id,
            opened_at: at,
          });
          const key = `${opened.id}/opened`;
          await record(trx, 'registry', change(request, opened, { key, type: 'channel.opened.v1', at }));
          return opened;
        });
        return reply.code(201).send({ ...view(row), secret });
      },
    );

    app.post(
      '/v1/channels/:channel/closing',
      {
        config: { act: 'manageChannels' },
        schema: {
          tags: ['notices'],
          summary: 'Closes a channel; what waits on it has failed',
          params,
          headers: IdempotencyKey,
          body: z.strictObject({}).nullish(),
          response: { 200: Channel, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request) => {
        const row = await channelFor(request, request.params.channel);
        const at = await request.lawNow();
        await db.transaction().execute(async (trx) => {
          const given = await closeChannel(trx, row.id, at);
          if (!given) throw problem('channelClosed');
          await recordAll(trx, 'registry', [
            change(request, row, { key: `${row.id}/closed`, type: 'channel.closed.v1', at }),
            ...given.map((one) => settledChange(one, at)),
          ]);
        });
        return view({ ...row, closed_at: at });
      },
    );

    app.post(
      '/v1/channels/:channel/replays',
      {
        config: { act: 'manageChannels' },
        schema: {
          tags: ['notices'],
          summary: '补发 · Sends a webhook’s notices again, from an instant or a notice on, oldest first',
          params,
          headers: IdempotencyKey,
          body: Replaying,
          response: { 202: Replayed, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const row = await channelFor(request, request.params.channel);
        if (row.closed_at !== null) throw problem('channelClosed');
        if (row.kind !== 'webhook') throw problem('channelNotWebhook');
        const { after } = request.body;
        const isNotice = z.uuid().safeParse(after).success;
        const from = isNotice ? await findNotice(db, after) : undefined;
        if (isNotice && (from?.addressee !== row.organisation || from.jurisdiction !== row.jurisdiction))
          throw problem('notFound');
        const done = await db.transaction().execute(async (trx) => {
          if (!(await holdOpen(trx, row.id))) throw problem('channelClosed');
          const replayed = await replay(
            trx,
            row,
            isNotice ? { notice: after } : { at: new Date(after) },
            replayedAtOnce,
          );
          await record(
            trx,
            'registry',
            change(request, row, {
              key: `${row.id}/replay/${request.actor.id}/${request.idempotencyKey}`,
              type: 'channel.replayed.v1',
              at: await request.lawNow(),
              more: { deliveries: replayed.deliveries },
            }),
          );
          return replayed;
        });
        return reply.code(202).send({ ...done, more: done.deliveries === replayedAtOnce });
      },
    );
  };
