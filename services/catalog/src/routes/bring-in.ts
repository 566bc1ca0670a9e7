/** Bring-in of running grants: entered from paper with what they cover, watched from their own days. */
import { inRows, Keep, RowsAnswer } from '@gongshu/infra/bring-in/rows';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { actingRole } from '@gongshu/shared/may';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bringInGrant, PaperGrant } from '../grants/bring-in.ts';
import type { GrantDeps } from '../grants/deps.ts';

export const bringInGrantRoutes =
  (deps: GrantDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/bring-in/grants',
      {
        config: { act: 'bringIn' },
        schema: {
          summary:
            '录入既有使用授权 · Running grants made on paper: their terms are watched from their own days',
          headers: IdempotencyKey,
          body: z.strictObject({ keep: Keep, grants: z.array(PaperGrant).min(1).max(100) }),
          response: { 200: RowsAnswer, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        const { id, organisation, jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const pack = deps.packs.resolve(jurisdiction);
        const actor = { id, organisation, role: actingRole(request.actor, 'bringIn', { jurisdiction }) };
        const at = await request.lawNow();
        const { grants, keep } = request.body;
        const receipts: string[] = [];
        const answer = await inRows(deps.db, grants, { list: 'grants', keep }, async (trx, paper) => {
          const { grantNo, receipt } = await bringInGrant(deps, trx, paper, { pack, at, actor });
          receipts.push(receipt);
          return grantNo;
        });
        for (const receipt of receipts) await deps.deliver(receipt);
        return answer;
      },
    );
  };
