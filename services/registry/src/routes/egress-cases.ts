/** A version of a product on its way out (E1; 国家 二十一, 中卫 二十三、二十八): submitted, replaced, withdrawn. */
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { type ActObject, actingRole } from '@gongshu/shared/may';
import { citedArticle } from '@gongshu/shared/packs/pack';
import { ProductContents } from '@gongshu/shared/product/contents';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ProductNo } from '../products/number.ts';
import { caseObject, factsOf } from '../products/object.ts';
import { type By, judged, keepContents, submission, type Trx } from '../products/submit.ts';
import { checkRecordRoutes } from './check-records.ts';
import { egressEvidenceRoutes } from './egress-evidence.ts';
import { egressReadRoutes } from './egress-reading.ts';

const Artefact = {
  artefact: DocumentHash.describe('The product’s file, uploaded before'),
  contents: ProductContents,
};

/** Who submits, as one of the two roles that may. */
const submitterOf = (request: FastifyRequest, object: ActObject): By => {
  const { organisation, id } = request.actor;
  const role = actingRole(request.actor, 'submitProduct', object);
  if (organisation === null || (role !== 'merchant' && role !== 'operator'))
    throw problem('forbidden', { params: { act: 'submitProduct' } });
  return { role, owner: organisation, author: id };
};

export const egressCaseRoutes = (deps: ProcedureDeps): FastifyPluginAsyncZod[] => [
  egressReadRoutes(deps),
  egressEvidenceRoutes(deps),
  checkRecordRoutes(deps),
  async (app) => {
    const db = deps.db as unknown as Kysely<ProductTables>;
    app.post(
      '/v1/egress-cases',
      {
        config: { act: 'submitProduct' },
        schema: {
          summary:
            '提交产品出域 · Submits a new product, or the next version of one, built under running grants (E1)',
          headers: IdempotencyKey,
          body: z.strictObject({ product: ProductNo.optional(), ...Artefact }),
          response: submissionAnswers,
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation } = request.actor;
        const object = { jurisdiction, owner: organisation };
        request.mustBeAllowed(object);
        const by = submitterOf(request, object);
        const pack = deps.packs.resolve(jurisdiction);
        const found = await judged(db, pack, by, request.body.contents, await request.lawNow());
        const opening = await submission(db, pack, by, request.body, found);
        return answerOpening(deps, request, reply, { ...opening, role: by.role });
      },
    );

    const requirement = (row: ProcedureRow) =>
      citedArticle(deps.packs.resolve(row.jurisdiction).rules['productEgress']?.['requirements']);

    procedureActRoute(
      app,
      deps,
      'productEgress',
      {
        path: 'artefact',
        permission: 'submitProduct',
        summary:
          '更换产品文件 · Another artefact, or other words about it: scanned anew, and votes cast before are dropped (E1)',
        body: z.strictObject(Artefact),
      },
      async ({ row, given: { artefact, contents }, request, reply }) => {
        const object = caseObject(row);
        request.mustBeAllowed(object);
        const by = submitterOf(request, object);
        const { class: kind, purpose } = factsOf(row);
        if (contents.class !== kind || contents.purpose !== purpose) throw problem('productDiffers');
        const { case_no: caseNo, jurisdiction } = row;
        await judged(db, deps.packs.resolve(jurisdiction), by, contents, await request.lawNow());
        return actOnProcedure(deps, request, reply, {
          ...{ row, object, permission: 'submitProduct', ...requirement(row) },
          act: { kind: 'replaceArtefact', artefact, contents: jsonHash(contents), author: by.author } as {
            kind: string;
          },
          also: async (trx, { receivedAt: at }) => {
            await keepContents(trx as unknown as Trx, {
              ...{ caseNo, jurisdiction, organisation: by.owner, artefact, contents, at },
            });
          },
        });
      },
    );

    procedureActRoute(
      app,
      deps,
      'productEgress',
      {
        path: 'withdrawal',
        permission: 'submitProduct',
        summary: '撤回产品 · Withdraws the version before it is on the list',
        body: z.strictObject({}),
      },
      ({ row, request, reply }) =>
        actOnProcedure(deps, request, reply, {
          ...{ row, object: caseObject(row), permission: 'submitProduct' },
          act: { kind: 'withdrawProduct' },
        }),
    );
  },
];
