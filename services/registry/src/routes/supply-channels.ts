import { Reason } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import { line } from '@gongshu/shared/line';
import { type Act, type ActObject, actingRole } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { packWith } from '@gongshu/shared/packs/pack-with';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { assessorsOf, type ChannelRow, leadersOf } from '../supply-channels/law.ts';
import {
  assessChannel,
  assessmentsOf,
  type By,
  type ChannelDb,
  closeChannel,
  mergeChannel,
  registerChannel,
} from '../supply-channels/register.ts';
import { channelKinds, channelStates } from '../supply-channels/tables.ts';

const Instant = z.iso.datetime({ offset: true });
const Code = z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/);
const Since = z.iso.date().regex(/^(?:19|20)\d\d-/, '1900–2099');
const Finding = z.strictObject({
  criterion: Code,
  met: z.boolean(),
  note: z.string().trim().max(2_000).default(''),
});
const Channel = z
  .object({
    channel: z.string(),
    department: z.string(),
    recipient: z.string(),
    kind: z.enum(channelKinds),
    resources: z.array(z.string()),
    since: z.iso.date(),
    ground: z.string().describe('The document it rests on'),
    approval: z.string().nullable().describe('The government’s approval, where the text asks for one'),
    county: z.string().nullable(),
    state: z.enum(channelStates),
    endedOn: z.iso.date().nullable(),
    registeredAt: Instant,
  })
  .meta({ id: 'SupplyChannel' });
const ChannelWithAssessments = Channel.extend({
  assessors: z.array(z.string()).describe('The bodies that are to assess it, as of today'),
  assessments: z.array(z.object({ by: z.string(), at: Instant, findings: z.array(Finding) })),
  reasons: z.array(Reason),
}).meta({ id: 'SupplyChannelWithAssessments' });

const view = (row: ChannelRow): z.output<typeof Channel> => ({
  ...{ channel: row.id, department: row.department, recipient: row.recipient, kind: row.kind },
  ...{ resources: row.resources, since: row.since_on, ground: row.ground, approval: row.approval },
  ...{ county: row.county, state: row.state, endedOn: row.ended_on },
  registeredAt: toInstantText(row.registered_at.getTime()),
});
const asCsv = {
  name: 'supply-channels',
  columns: [
    { title: '渠道编号', value: ({ channel }) => channel },
    { title: '部门', value: ({ department }) => department },
    { title: '接收方', value: ({ recipient }) => recipient },
    { title: '种类', value: ({ kind }) => kind },
    { title: '数据资源', value: ({ resources }) => resources.join(' ') },
    { title: '自', value: ({ since }) => since },
    { title: '状态', value: ({ state }) => state },
    { title: '终止日期', value: ({ endedOn }) => endedOn },
  ] satisfies CsvColumn<z.output<typeof Channel>>[],
};

const Given = z.strictObject({
  department: OrganisationId.optional().describe('Needed of the bureau; a department registers its own'),
  recipient: line(200).describe('接收方 · who gets the data'),
  kind: z.enum(channelKinds),
  resources: z
    .array(z.string().regex(/^[\x21-\x7e]{1,80}$/))
    .max(500)
    .default([]),
  since: Since.describe('渠道建立之日 · since when it has stood'),
  ground: DocumentHash.describe('所依据的文件 · uploaded before'),
  approval: DocumentHash.optional().describe('政府批准文件 · where the text lets the government approve it'),
});
const Params = z.object({ channelId: z.string().regex(/^QD-[0-9a-f-]{36}$/) });
const answers = problems(400, 401, 403, 404, 409, 422, 503);

/** Channels by which data is supplied beside the platform (O11; 中卫 十五, 朔州 五, 乌海 十一). */
export const supplyChannelRoutes =
  ({ db, packs }: { db: ChannelDb; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    const by = async (request: FastifyRequest, act: Act, object: ActObject): Promise<By> => {
      const { id, organisation } = request.actor;
      if (organisation === null) throw problem('forbidden', { params: { act } });
      return {
        ...{ id, organisation, role: actingRole(request.actor, act, object) },
        at: await request.lawNow(),
      };
    };
    const found = async (id: string): Promise<ChannelRow> => {
      const row = await db.selectFrom('supply_channel').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) throw problem('notFound');
      return row;
    };

    app.get(
      '/v1/supply-channels',
      {
        config: { act: 'readSupplyChannels', lists: true },
        schema: {
          summary: '既有供数渠道 · Channels of the city that stand beside the platform, by number',
          querystring: PageQuery.extend({ state: z.enum(channelStates).optional() }),
          response: {
            200: jsonOrCsv(pageOf(Channel), 'A page of channels'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, state } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(80)]), cursor)?.[0];
        const rows = await db
          .selectFrom('supply_channel')
          .selectAll()
          .where('jurisdiction', '=', request.actor.jurisdiction)
          .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'registered'))
          .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
          .orderBy('id')
          .limit(limit + 1)
          .execute();
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/supply-channels/:channelId',
      {
        config: { act: 'readSupplyChannels' },
        schema: {
          summary: 'One channel: who is to assess it, and what was found',
          params: Params,
          response: { 200: ChannelWithAssessments, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const row = await found(request.params.channelId);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const on = businessDateOf((await request.lawNow()).getTime());
        const done = await assessmentsOf(db, row.id);
        return tag(reply, row.version).send({
          ...view(row),
          assessors: await assessorsOf(db, packs.resolve(row.jurisdiction), row, on),
          assessments: done.map(({ organisation, at, findings }) => ({
            ...{ by: organisation, at: toInstantText(at.getTime()) },
            findings: findings as z.output<typeof Finding>[],
          })),
          reasons: row.ended_reasons,
        });
      },
    );

    app.post(
      '/v1/supply-channels',
      {
        config: { act: 'registerSupplyChannel' },
        schema: {
          summary: '登记供数渠道 · A department registers a channel that stands (Zhongwei art. 15)',
          headers: IdempotencyKey,
          body: Given,
          response: { 201: Channel, ...answers },
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation } = request.actor;
        const { approval = null, department = organisation ?? '', ...given } = request.body;
        const object = { jurisdiction, owner: department };
        request.mustBeAllowed(object);
        const actor = await by(request, 'registerSupplyChannel', object);
        const pack = packWith(packs, jurisdiction, 'mandate');
        const row = await registerChannel(db, pack, { ...given, department, approval }, actor);
        return reply.code(201).header('location', `/v1/supply-channels/${row.id}`).send(view(row));
      },
    );

    app.post(
      '/v1/supply-channels/:channelId/assessments',
      {
        config: { act: 'assessSupplyChannel' },
        schema: {
          summary: '评估供数渠道 · A party assesses whether it can be merged, criterion by criterion',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ findings: z.array(Finding).min(1).max(20) }),
          response: { 200: Channel, ...answers },
        },
      },
      async (request) => {
        const row = await found(request.params.channelId);
        const { jurisdiction } = row;
        const pack = packs.resolve(jurisdiction);
        const on = businessDateOf((await request.lawNow()).getTime());
        const object = { jurisdiction, handlers: await assessorsOf(db, pack, row, on) };
        request.mustBeAllowed(object);
        const actor = await by(request, 'assessSupplyChannel', object);
        return view(await assessChannel(db, pack, row.id, request.body.findings, actor));
      },
    );

    const ending = <B extends z.ZodType>(
      path: 'merge' | 'closure',
      summary: string,
      body: B,
      act: (row: ChannelRow, given: z.output<B>, actor: By) => Promise<ChannelRow>,
    ) =>
      app.post(
        `/v1/supply-channels/:channelId/${path}`,
        {
          config: { act: 'mergeSupplyChannel' },
          schema: {
            summary,
            params: Params,
            headers: IdempotencyKey,
            body,
            response: { 200: Channel, ...answers },
          },
        },
        async (request) => {
          const row = await found((request.params as z.output<typeof Params>).channelId);
          const pack = packs.resolve(row.jurisdiction);
          const object = { jurisdiction: row.jurisdiction, handlers: await leadersOf(db, pack, row) };
          request.mustBeAllowed(object);
          const actor = await by(request, 'mergeSupplyChannel', object);
          return view(await act(row, request.body as z.output<B>, actor));
        },
      );
    ending(
      'merge',
      '并入平台 · The assessed channel is merged into the platform (Zhongwei art. 15)',
      z.strictObject({}),
      (row, _, actor) => mergeChannel(db, packs.resolve(row.jurisdiction), row.id, actor),
    );
    ending(
      'closure',
      '关闭供数渠道 · A channel is closed, with reasons',
      z.strictObject({ reasons: z.array(Reason).min(1).max(50) }),
      (row, { reasons }, actor) => closeChannel(db, packs.resolve(row.jurisdiction), row.id, reasons, actor),
    );
  };
