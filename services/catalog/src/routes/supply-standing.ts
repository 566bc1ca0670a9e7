import { tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { Party } from '@gongshu/shared/packs/values';
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { supplyFor } from '../queries/supply.ts';
import { packOf } from '../resources/resource-law.ts';
import { Hash } from '../resources/resource-schema.ts';
import { clauseOf, restingOn } from '../supplies/law.ts';
import type { SupplyDeps } from '../supplies/record-supply.ts';
import { Findings, SupplyNo, SupplyView } from '../supplies/schema.ts';
import { endSupply, restoreSupply, suspendSupply } from '../supplies/standing.ts';
import { supplyObject, supplyView, type SupplyRow } from '../supplies/view.ts';
import { actingOn } from './resource-acting.ts';

/** Whether someone in this role acts as the party that the pack names. */
const actsAs = (role: string, party: Party): boolean =>
  party === 'authority' ? role === 'bureau' : role !== 'bureau';

/** Throws where the pack knows no suspension of supply, or gives it to another body (Zhongwei art. 27: the bureau). */
const mustBeForeseen = (pack: ResolvedPack, role: string): void => {
  const article = restingOn(clauseOf(pack, 'supply', 'suspension'));
  const { value } = ruleOf(pack, 'supply', 'suspension');
  if (value === 'none') throw problem('supplySuspensionNotForeseen', article);
  if (!actsAs(role, value.by))
    throw problem('supplySuspensionByOther', { ...article, params: { by: value.by } });
};

const Params = z.object({ supplyNo: SupplyNo });
const answers = { 200: SupplyView, ...problems(400, 401, 403, 404, 409, 422) };
const sent = (reply: FastifyReply, row: SupplyRow, { at }: { at: Date }) =>
  tag(reply, row.version).send(supplyView(row, at));

/** What becomes of a supply: suspended on risk, restored after rectification (Zhongwei art. 27), ended. */
export const supplyStandingRoutes =
  (deps: SupplyDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/supplies/:supplyNo/suspension',
      {
        config: { act: 'suspendSupply' },
        schema: {
          summary:
            '暂停供数 · Suspend a supply on risk: every grant over it refuses at once (Zhongwei art. 27)',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ risk: Findings }),
          response: answers,
        },
      },
      async (request, reply) => {
        const supply = await supplyFor(deps.db, request, request.params.supplyNo, 'suspendSupply');
        const acting = await actingOn(request, 'suspendSupply', supplyObject(supply));
        const pack = packOf(deps.packs, supply.jurisdiction);
        mustBeForeseen(pack, acting.actor.role);
        const { risk } = request.body;
        const rests = restsOn(pack, 'supply', 'suspension');
        const row = await deps.db
          .transaction()
          .execute((trx) => suspendSupply(trx, supply.supply_no, { risk, rests }, acting));
        return sent(reply, row, acting);
      },
    );

    app.post(
      '/v1/supplies/:supplyNo/restoration',
      {
        config: { act: 'restoreSupply' },
        schema: {
          summary: '恢复供数 · Restore a supply once the risk is put right (Zhongwei art. 27)',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ rectification: Findings, document: Hash.nullable().default(null) }),
          response: answers,
        },
      },
      async (request, reply) => {
        const supply = await supplyFor(deps.db, request, request.params.supplyNo, 'restoreSupply');
        const acting = await actingOn(request, 'restoreSupply', supplyObject(supply));
        const pack = packOf(deps.packs, supply.jurisdiction);
        mustBeForeseen(pack, acting.actor.role);
        const restoration = { ...request.body, rests: restsOn(pack, 'supply', 'suspension') };
        const row = await deps.db
          .transaction()
          .execute((trx) => restoreSupply(trx, supply.supply_no, restoration, acting));
        return sent(reply, row, acting);
      },
    );

    app.post(
      '/v1/supplies/:supplyNo/end',
      {
        config: { act: 'recordSupply' },
        schema: {
          summary: '终止供数 · End a supply before its last day, for good',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({}).nullish(),
          response: answers,
        },
      },
      async (request, reply) => {
        const supply = await supplyFor(deps.db, request, request.params.supplyNo, 'recordSupply');
        const acting = await actingOn(request, 'recordSupply', supplyObject(supply));
        const rests = restsOn(packOf(deps.packs, supply.jurisdiction), 'supply', 'authorisedOnly');
        const row = await deps.db
          .transaction()
          .execute((trx) => endSupply(trx, supply.supply_no, rests, acting));
        return sent(reply, row, acting);
      },
    );
  };
