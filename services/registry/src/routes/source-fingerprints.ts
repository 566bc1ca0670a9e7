/** Fingerprints of granted resources over REST (E1; 国家 二十一, 中卫 二十八): what products are compared with, never the data. */
import type { FingerprintTables } from '@gongshu/infra/fingerprints/tables';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { toInstantText } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { actingOn } from '@gongshu/infra/http/acting';
import {
  type FingerprintRow,
  listFingerprints,
  ownerOf,
  recordFingerprint,
} from '../fingerprints/register.ts';
import { FingerprintGiven, FingerprintView, ResourceId } from '../fingerprints/schema.ts';

const view = (row: FingerprintRow): FingerprintView => ({
  ...{
    fingerprint: row.id,
    resource: row.resource,
    owner: row.owner,
    document: row.document,
    form: row.form,
  },
  ...{ keyId: row.key_id, data: row.data, rows: Number(row.rows), columns: row.columns },
  ...{ recordedBy: row.recorded_body, recordedAt: toInstantText(row.recorded_at.getTime()) },
});

const asCsv = {
  name: 'source-fingerprints',
  columns: [
    { title: '指纹编号', value: ({ fingerprint }) => fingerprint },
    { title: '资源编号', value: ({ resource }) => resource },
    { title: '数源部门', value: ({ owner }) => owner },
    { title: '行数', value: ({ rows }) => String(rows) },
    { title: '字段数', value: ({ columns }) => String(columns) },
    { title: '密钥标识', value: ({ keyId }) => keyId },
    { title: '数据校验值', value: ({ data }) => data },
    { title: '登记单位', value: ({ recordedBy }) => recordedBy },
    { title: '登记时间', value: ({ recordedAt }) => recordedAt },
    { title: '文件校验值', value: ({ document }) => document },
  ] satisfies CsvColumn<FingerprintView>[],
};

const Cursor = z.tuple([z.iso.datetime({ offset: true }), z.string().max(60)]);

/** `fingerprintKeyId` names the installation's key: fingerprints of another are refused. Left out, the scan refuses them. */
export type FingerprintDeps = { db: Kysely<any>; packs: PackSet; fingerprintKeyId?: string };

export const sourceFingerprintRoutes =
  ({ db: anyDb, packs, fingerprintKeyId }: FingerprintDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<FingerprintTables>;
    /** Who reads the city's reads all; a department what is its own or recorded by it. */
    const onlyOf = ({ actor }: FastifyRequest): string | undefined =>
      reaches(actor, 'readFingerprints').includes('jurisdiction') ? undefined : (actor.organisation ?? '');

    app.post(
      '/v1/source-fingerprints',
      {
        config: { act: 'recordFingerprints' },
        schema: {
          summary:
            '登记来源数据指纹 · The fingerprint of a granted resource; the operator’s, or its own department’s',
          headers: IdempotencyKey,
          body: FingerprintGiven,
          response: { 201: FingerprintView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        const owner = await ownerOf(db, jurisdiction, request.body.resource);
        const acting = await actingOn(request, 'recordFingerprints', { jurisdiction, owner });
        const given = { ...request.body, owner, installed: fingerprintKeyId };
        const row = await recordFingerprint(db, packs.resolve(jurisdiction), given, acting);
        return reply.code(201).send(view(row));
      },
    );

    app.get(
      '/v1/source-fingerprints',
      {
        config: { act: 'readFingerprints', lists: true },
        schema: {
          summary: 'Fingerprints on record, newest first; a department its own',
          querystring: PageQuery.extend({ resource: ResourceId.optional() }),
          response: {
            200: jsonOrCsv(pageOf(FingerprintView), 'A page of fingerprints'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, resource } = request.query;
        const after = decodeCursor(Cursor, cursor);
        const { jurisdiction } = request.actor;
        const filter = { jurisdiction, resource, only: onlyOf(request), after, limit: limit + 1 };
        const rows = await listFingerprints(db, filter);
        const { items, next } = page(request, reply, rows, limit, (row) => [
          row.recorded_at.toISOString(),
          row.id,
        ]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/source-fingerprints/latest',
      {
        config: { act: 'readFingerprints' },
        schema: {
          summary: 'The newest fingerprint of a resource: what products are compared with',
          querystring: z.strictObject({ resource: ResourceId }),
          response: { 200: FingerprintView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { jurisdiction } = request.actor;
        const { resource } = request.query;
        const only = onlyOf(request);
        const filter = { jurisdiction, resource, only, after: undefined, limit: 1 };
        const [row] = await listFingerprints(db, filter);
        if (!row) throw problem('notFound');
        request.mustBeAllowed({ jurisdiction, owner: only ?? row.owner });
        return view(row);
      },
    );
  };
