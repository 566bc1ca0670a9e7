/** Check records of products and the keys they are signed under (E1). */
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { procedureFor } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { CheckRecordKey, SignedCheckRecord } from '@gongshu/shared/product/check-record';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { readObject, shownTo } from '../products/object.ts';

const asCsv = {
  name: 'check-record-keys',
  columns: [
    { title: '公钥标识', value: ({ keyId }) => keyId },
    { title: '算法', value: ({ algorithm }) => algorithm },
    { title: '公钥', value: ({ publicKey }) => publicKey },
  ] satisfies CsvColumn<CheckRecordKey>[],
};
const KeyCursor = z.tuple([CheckRecordKey.shape.keyId]);

const Number = z.coerce.number().int().max(10_000).optional();

export const checkRecordRoutes =
  (deps: ProcedureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<ProductTables>;

    app.get(
      '/v1/egress-cases/:caseNo/check-record',
      {
        config: { act: 'readEgressCases' },
        schema: {
          summary:
            '核查记录 · The signed record of a version: evidence, exceptions, votes once opened; verify it offline',
          params: ProcedureParams,
          querystring: z.strictObject({
            attempt: Number.describe('Of which artefact; the newest when left out'),
            round: Number.describe('Of which round of votes, 0 the evidence alone; the newest when left out'),
          }),
          response: { 200: SignedCheckRecord, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const row = await procedureFor(deps, request, 'productEgress', request.params.caseNo);
        request.mustBeAllowed(await readObject(deps.db, row));
        if (shownTo(request.actor, row) === 'outer')
          throw problem('forbidden', { params: { act: 'readEgressCases' } });
        const { attempt, round } = request.query;
        let query = db.selectFrom('check_record').selectAll().where('case_no', '=', row.case_no);
        if (attempt !== undefined) query = query.where('attempt', '=', attempt);
        if (round !== undefined) query = query.where('round', '=', round);
        const found = await query
          .orderBy('attempt', 'desc')
          .orderBy('round', 'desc')
          .limit(1)
          .executeTakeFirst();
        if (!found) throw problem('notFound');
        const name = `${row.case_no}-${found.attempt}-${found.round}`;
        return reply.header('content-disposition', `inline; filename="check-record-${name}.json"`).send({
          ...{ record: found.record, hash: found.record_hash, algorithm: 'Ed25519' as const },
          ...{ keyId: found.key_id, signature: found.signature },
        });
      },
    );

    app.get(
      '/v1/check-records/keys',
      {
        config: { act: 'readPolicies', lists: true },
        schema: {
          summary: '核查记录公钥 · Public keys that check records are or were signed under',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(CheckRecordKey), 'A page of keys'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const [after] = decodeCursor(KeyCursor, cursor) ?? [''];
        const rows = await db
          .selectFrom('check_record_key')
          .select(['key_id', 'public_key'])
          .where('key_id', '>', after)
          .orderBy('key_id')
          .limit(limit + 1)
          .execute();
        const { items, next } = page(request, reply, rows, limit, ({ key_id }) => [key_id]);
        const views = items.map(({ key_id: keyId, public_key: publicKey }) => ({
          ...{ keyId, algorithm: 'Ed25519' as const, publicKey },
        }));
        return sendPage(request, reply, asCsv, { items: views, next });
      },
    );
  };
