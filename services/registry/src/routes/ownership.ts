import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { mustBeCurrent, tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { relatedTo } from '@gongshu/infra/ownership/related';
import type { OwnershipTables } from '@gongshu/infra/ownership/tables';
import { businessDateOf, isBusinessDate } from '@gongshu/shared/business-date';
import { ownershipKinds, ownershipStates } from '@gongshu/shared/experts/codes';
import { actingRole, reaches } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import {
  confirmLink,
  endLink,
  type LinkBy,
  type LinkRow,
  recordLink,
  strikeLink,
} from '../ownership/links.ts';
import { reopenConcerned } from '../products/reopen.ts';
import { findLink, isKnown, listLinks } from '../queries/ownership.ts';

const Instant = z.iso.datetime({ offset: true });
const Day = z.iso
  .date()
  .refine(isBusinessDate, { message: '日期不存在 · no such day', params: { code: 'dateUnreadable' } });
const Body = OrganisationId.describe('Its id, or the credit code of a body that is not registered');
const Link = z
  .object({
    link: z.string(),
    owner: z.string(),
    owned: z.string(),
    kind: z.enum(ownershipKinds),
    shareBasisPoints: z.int().nullable().describe('Ten-thousandths of the whole'),
    document: z.string(),
    from: z.string(),
    until: z.string().nullable().describe('The last day'),
    state: z.enum(ownershipStates),
    recordedBy: z.string(),
    recordedAt: Instant,
    confirmedBy: z.string().nullable(),
    confirmedAt: Instant.nullable(),
    reasonCode: z.string().nullable(),
  })
  .meta({ id: 'OwnershipLink' });
const view = (row: LinkRow): z.output<typeof Link> => ({
  ...{ link: row.id, owner: row.owner, owned: row.owned, kind: row.kind, document: row.document },
  ...{ shareBasisPoints: row.share_basis_points, from: row.from_on, until: row.until_on, state: row.state },
  ...{ recordedBy: row.recorded_by, recordedAt: instant(row.recorded_at) },
  confirmedBy: row.confirmed_by,
  confirmedAt: instantOrNull(row.confirmed_at),
  reasonCode: row.reason_code,
});

const asCsv = {
  name: 'ownership-links',
  columns: [
    { title: '编号', value: ({ link }) => link },
    { title: '持有方', value: ({ owner }) => owner },
    { title: '被持有方', value: ({ owned }) => owned },
    { title: '关系', value: ({ kind }) => kind },
    { title: '持股（万分之）', value: ({ shareBasisPoints }) => shareBasisPoints },
    { title: '起始日', value: ({ from }) => from },
    { title: '截止日', value: ({ until }) => until },
    { title: '状态', value: ({ state }) => state },
    { title: '登记账号', value: ({ recordedBy }) => recordedBy },
    { title: '复核账号', value: ({ confirmedBy }) => confirmedBy },
  ] satisfies CsvColumn<z.output<typeof Link>>[],
};

const Given = z
  .strictObject({
    owner: Body,
    owned: Body,
    kind: z.enum(ownershipKinds),
    shareBasisPoints: z.int().min(1).max(10_000).nullish(),
    document: DocumentHash.describe('Where it stands: a register’s extract, articles of association'),
    from: Day,
  })
  .refine(({ kind, shareBasisPoints }) => (kind === 'share') === Boolean(shareBasisPoints), {
    path: ['shareBasisPoints'],
    message: '持股须写明份额，控制不写',
    params: { code: 'shareByKind' },
  });
const params = z.object({ linkId: z.string().regex(/^GX-[0-9a-f-]{36}$/) });
const acts = { 200: Link, ...problems(400, 401, 403, 404, 409, 412, 422, 428) };

export type OwnershipDeps = {
  db: Kysely<OwnershipTables>;
  packs: PackSet;
  /** Hands on what a link means for cases that run. */
  deliver: (receipt: string) => Promise<unknown>;
};

/** Ownership and control between bodies: conflicts of experts and the separation of operator and merchants look through them. */
export const ownershipRoutes =
  ({ db, packs, deliver }: OwnershipDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const linkBy = async (request: FastifyRequest): Promise<LinkBy> => {
      const { id, organisation, jurisdiction } = request.actor;
      request.mustBeAllowed({ jurisdiction });
      const role = actingRole(request.actor, 'changeParty', { jurisdiction });
      return { id, organisation, role, at: await request.lawNow() };
    };
    const linkOf = async (request: FastifyRequest, id: string): Promise<LinkRow> => {
      const row = await findLink(db, id);
      if (!row) throw problem('notFound');
      request.mustBeAllowed({ jurisdiction: row.jurisdiction });
      return row;
    };
    const mustHavePassed = (day: string, at: Date, pointer: string) => {
      if (day > businessDateOf(at.getTime()))
        throw problem('changeAhead', {
          errors: [{ pointer, code: 'changeAhead', message: { zh: '晚于今日', en: 'After today' } }],
        });
    };

    app.post(
      '/v1/ownership-links',
      {
        config: { act: 'changeParty' },
        schema: {
          tags: ['ownership'],
          summary: 'Records that one body holds a share of another, or controls it; another account confirms',
          headers: IdempotencyKey,
          body: Given,
          response: { 201: Link, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const by = await linkBy(request);
        const { shareBasisPoints, ...given } = request.body;
        mustHavePassed(given.from, by.at, '/body/from');
        const link = { ...given, shareBasisPoints: shareBasisPoints ?? null };
        const row = await recordLink(db, request.actor.jurisdiction, link, by);
        tag(reply, row.version);
        return reply.code(201).header('location', `/v1/ownership-links/${row.id}`).send(view(row));
      },
    );

    app.get(
      '/v1/ownership-links',
      {
        config: { act: 'readExperts', lists: true },
        schema: {
          tags: ['ownership'],
          summary: 'Links of the city; of one body on either side',
          querystring: PageQuery.extend({
            body: OrganisationId.optional(),
            state: z.enum(ownershipStates).optional(),
          }),
          response: { 200: jsonOrCsv(pageOf(Link), 'A page'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, body, state } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(100)]), cursor)?.[0];
        const all = reaches(request.actor, 'readExperts').includes('jurisdiction');
        const jurisdiction = all ? request.actor.jurisdiction : '';
        const rows = await listLinks(db, { jurisdiction, body, state, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/ownership-links/:linkId',
      {
        config: { act: 'readExperts' },
        schema: {
          tags: ['ownership'],
          summary: 'One link',
          params,
          response: { 200: Link, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const row = await linkOf(request, request.params.linkId);
        tag(reply, row.version);
        return view(row);
      },
    );

    app.get(
      '/v1/ownership-links/house/:body',
      {
        config: { act: 'readExperts' },
        schema: {
          tags: ['ownership'],
          summary: 'Everyone of the same house as a body today, with the links that lead there',
          params: z.object({ body: OrganisationId }),
          response: {
            200: z.object({
              on: z.string(),
              items: z.array(z.object({ body: z.string(), links: z.array(z.string()) })),
            }),
            ...problems(400, 401, 403, 404),
          },
        },
      },
      async (request) => {
        const { jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const on = businessDateOf((await request.lawNow()).getTime());
        const { body: named } = request.params;
        if (!(await isKnown(db, jurisdiction, named))) throw problem('notFound');
        const house = await relatedTo(db, { jurisdiction, bodies: [named], on });
        const items = [...house].map(([body, links]) => ({ body, links: [...links] }));
        return { on, items: items.toSorted((a, b) => (a.body < b.body ? -1 : 1)) };
      },
    );

    const act = (
      name: 'confirmation' | 'striking' | 'end',
      summary: string,
      body: z.ZodType,
      run: (row: LinkRow, given: unknown, by: LinkBy) => Promise<LinkRow>,
    ) =>
      app.post(
        `/v1/ownership-links/:linkId/${name}`,
        {
          config: { act: 'changeParty' },
          schema: { tags: ['ownership'], summary, params, headers: IdempotencyKey, body, response: acts },
        },
        async (request, reply) => {
          const { linkId } = request.params as z.output<typeof params>;
          const before = await linkOf(request, linkId);
          if (request.headers['if-match'] !== undefined) mustBeCurrent(request, before.version);
          const row = await run(before, request.body, await linkBy(request));
          tag(reply, row.version);
          return view(row);
        },
      );
    act(
      'confirmation',
      'Another account confirms a link: it counts from now on',
      z.strictObject({}),
      async (row, _, by) => {
        let receipts: string[] = [];
        const confirmed = await confirmLink(db, row, by, async (trx, link) => {
          receipts = await reopenConcerned(trx, packs.resolve(link.jurisdiction), link, by);
        });
        for (const receipt of receipts) await deliver(receipt);
        return confirmed;
      },
    );
    act('striking', 'Strikes out a record that was wrong, with the reason', Reason, (row, given, by) =>
      strikeLink(db, row, given as z.output<typeof Reason>, by),
    );
    act('end', 'Ends a confirmed link on its last day', z.strictObject({ until: Day }), (row, given, by) => {
      const { until } = given as { until: string };
      mustHavePassed(until, by.at, '/body/until');
      if (until < row.from_on)
        throw problem('invalidRequest', {
          errors: [
            {
              pointer: '/body/until',
              code: 'dateOrder',
              message: { zh: '早于起始日', en: 'Before it began' },
            },
          ],
        });
      return endLink(db, row, until, by);
    });
  };
