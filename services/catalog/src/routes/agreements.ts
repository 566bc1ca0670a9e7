import { BoundConditions, ScopeResources } from '../grants/scope-view.ts';
import { actObjectOf as caseObject, findApplication } from '@gongshu/infra/cases/visible';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { agreementItemCodes } from '@gongshu/shared/agreement/render';
import { toInstantText } from '@gongshu/shared/business-date';
import { type Act, type ActObject, actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseFor } from '@gongshu/infra/cases/acting';
import { type AgreementRow, isWhole, offerAgreement } from '../agreements/offer.ts';
import { signAgreement } from '../agreements/sign.ts';
import { CaseParams } from '../applications/address.ts';
import { AgreementNo, type GrantDeps, Purpose } from '../grants/deps.ts';
import { ResourceNo } from '../resources/resource-schema.ts';

const words = z.string().trim().min(1).max(5_000);
const Term = z
  .strictObject({ from: z.iso.date(), until: z.iso.date() })
  .refine(({ from, until }) => from <= until, {
    message: '期限的结束早于开始 · the term ends before it begins',
  });
const Rendering = z.strictObject({
  purpose: Purpose.describe('用途代码 · what every question of access must name'),
  items: z
    .strictObject(
      Object.fromEntries(agreementItemCodes.map((code) => [code, words])) as Record<
        (typeof agreementItemCodes)[number],
        typeof words
      >,
    )
    .partial()
    .describe('Words by item; scenario, data scope and term are the application’s where left out'),
  term: Term.optional().describe('Within the application’s term, which it is where left out'),
  fields: z
    .record(ResourceNo, z.array(z.string().min(1).max(500)).max(1_000))
    .refine((all) => Object.keys(all).length <= 100, '至多 100 个资源 · at most 100 resources')
    .optional()
    .describe('By entry, the names of the fields agreed on; all that conditions leave where left out'),
});
const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

const AgreementView = z
  .object({
    agreementNo: z.string(),
    caseNo: z.string(),
    version: z.int(),
    state: z.enum(['offered', 'signed', 'replaced']),
    hash: z.string(),
    whole: z.boolean().describe('False where the text is no longer the one that was rendered'),
    merchant: z.string(),
    operator: z.string(),
    kind: z.string(),
    replaces: z.string().nullable().describe('The grant that is changed or prolonged'),
    purpose: z.string(),
    term: z.object({ from: z.string(), until: z.string() }),
    resources: ScopeResources,
    conditions: BoundConditions,
    items: z.array(z.object({ item: z.string(), words: z.string() })),
    signatures: z.array(z.object({ party: z.string(), organisation: z.string(), signedAt: z.string() })),
    grantNo: z.string().nullable(),
    renderedAt: z.string(),
  })
  .meta({ id: 'Agreement' });

const viewOf = async ({ db }: GrantDeps, row: AgreementRow): Promise<z.input<typeof AgreementView>> => {
  const signatures = await db
    .selectFrom('agreement_signature')
    .selectAll()
    .where('agreement_no', '=', row.agreement_no)
    .orderBy('signed_at')
    .orderBy('party')
    .execute();
  const grant = await db
    .selectFrom('use_grant')
    .select('grant_no')
    .where('agreement_no', '=', row.agreement_no)
    .executeTakeFirst();
  const { kind, replaces, purpose, term, resources, conditions, itemOrder } = row.terms;
  return {
    agreementNo: row.agreement_no,
    caseNo: row.case_no,
    version: row.version,
    state: row.state,
    hash: row.hash,
    whole: isWhole(row),
    merchant: row.merchant,
    operator: row.operator,
    ...{ kind, replaces, purpose, term, conditions },
    resources: resources.map(({ resource, reviewer, fields, masked }) => ({
      ...{ resource, reviewer, fields, masked },
    })),
    items: itemOrder.map((item) => ({ item, words: row.items[item] ?? '' })),
    signatures: signatures.map(({ party, organisation, signed_at }) => ({
      party,
      organisation,
      signedAt: toInstantText(signed_at.getTime()),
    })),
    grantNo: grant?.grant_no ?? null,
    renderedAt: toInstantText(row.rendered_at.getTime()),
  };
};

const params = z.object({ agreementNo: AgreementNo });
const refusals = problems(400, 401, 403, 404);
const actRefusals = problems(400, 401, 403, 404, 409, 422, 503);

/** The standard agreement: rendered by the operator, read, signed by both (Zhongwei art. 19). */
export const agreementRoutes =
  (deps: GrantDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = deps;

    /** The agreement of the address, if the actor may do this with its case. Throws `notFound`, `forbidden`. */
    const agreementFor = async (
      request: FastifyRequest,
      agreementNo: string,
      act: Act,
    ): Promise<{ agreement: AgreementRow; object: ActObject }> => {
      const agreement = await db
        .selectFrom('agreement')
        .selectAll()
        .where('agreement_no', '=', agreementNo)
        .executeTakeFirst();
      const application = agreement && (await findApplication(db as never, agreement.case_no));
      if (!agreement || !application) throw problem('notFound');
      const object = await caseObject(db as never, application);
      request.mustBeAllowed(object, act);
      return { agreement, object };
    };

    app.post(
      '/v1/applications/:caseNo/agreements',
      {
        config: { act: 'renderAgreement' },
        schema: {
          summary: '拟定格式协议 · The operator renders the standard agreement (Zhongwei art. 19)',
          params: CaseParams,
          headers: IdempotencyKey,
          body: Rendering,
          response: { 201: AgreementView, ...actRefusals },
        },
      },
      async (request, reply) => {
        const { caseNo } = request.params;
        const { object } = await caseFor(deps as never, request, caseNo, 'renderAgreement');
        const { id, organisation } = request.actor;
        const role = actingRole(request.actor, 'renderAgreement', object);
        const { items, ...rest } = request.body;
        const at = await request.lawNow();
        const row = await db
          .transaction()
          .execute((trx) =>
            offerAgreement(
              deps,
              trx,
              caseNo,
              { ...rest, items: items as never },
              { at, actor: { id, role, organisation }, key: request.idempotencyKey },
            ),
          );
        return reply
          .code(201)
          .header('location', `/v1/agreements/${row.agreement_no}`)
          .send(await viewOf(deps, row));
      },
    );

    app.get(
      '/v1/applications/:caseNo/agreements',
      {
        config: { act: 'readGrant' },
        schema: {
          summary: '案件的协议 · The agreements of a case, newest first',
          params: CaseParams,
          response: { 200: z.object({ items: z.array(AgreementView) }), ...refusals },
        },
      },
      async (request) => {
        const { caseNo } = request.params;
        await caseFor(deps as never, request, caseNo, 'readGrant');
        const rows = await db
          .selectFrom('agreement')
          .selectAll()
          .where('case_no', '=', caseNo)
          .orderBy('version', 'desc')
          .limit(100)
          .execute();
        return { items: await Promise.all(rows.map((row) => viewOf(deps, row))) };
      },
    );

    app.get(
      '/v1/agreements/:agreementNo',
      {
        config: { act: 'readGrant' },
        schema: {
          summary: '格式协议 · One agreement: items, terms, hash, signatures',
          params,
          response: { 200: AgreementView, ...refusals },
        },
      },
      async (request) => {
        const { agreement } = await agreementFor(request, request.params.agreementNo, 'readGrant');
        return viewOf(deps, agreement);
      },
    );

    app.get(
      '/v1/agreements/:agreementNo/content',
      {
        config: { act: 'readGrant' },
        schema: {
          summary: '协议文本 · The text that is signed: its SHA-256 is the agreement’s hash',
          params,
          response: {
            200: { description: 'The text', content: { 'text/plain': { schema: z.string() } } },
            ...refusals,
            ...problems(409),
          },
        },
      },
      async (request, reply) => {
        const { agreement } = await agreementFor(request, request.params.agreementNo, 'readGrant');
        if (!isWhole(agreement)) throw problem('agreementAltered');
        return reply
          .type('text/plain; charset=utf-8')
          .header('etag', `"${agreement.hash}"`)
          .header('content-disposition', `inline; filename="${agreement.agreement_no}.txt"`)
          .send(agreement.document);
      },
    );

    app.post(
      '/v1/agreements/:agreementNo/signatures',
      {
        config: { act: 'signAgreement' },
        schema: {
          summary: '签署 · A party signs over the hash; with the second signature the grant is made',
          params,
          headers: IdempotencyKey,
          body: z.strictObject({ hash: Hash }),
          response: { 201: AgreementView, ...actRefusals },
        },
      },
      async (request, reply) => {
        const { agreementNo } = request.params;
        const { agreement, object } = await agreementFor(request, agreementNo, 'signAgreement');
        const { id, organisation } = request.actor;
        const role = actingRole(request.actor, 'signAgreement', object);
        const party = role === 'merchant' ? 'merchant' : 'operator';
        // A body that handles the case in another way is not the operator that signs.
        if (organisation !== agreement[party])
          throw problem('forbidden', { params: { act: 'signAgreement' } });
        const at = await request.lawNow();
        const { receipts } = await db
          .transaction()
          .execute((trx) =>
            signAgreement(
              deps,
              trx,
              agreementNo,
              { hash: request.body.hash, party },
              { at, actor: { id, role, organisation } },
            ),
          );
        for (const receipt of receipts) await deps.deliver(receipt);
        const { agreement: signed } = await agreementFor(request, agreementNo, 'signAgreement');
        return reply.code(201).send(await viewOf(deps, signed));
      },
    );
  };
