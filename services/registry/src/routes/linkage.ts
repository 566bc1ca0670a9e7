/** Linkage risk over REST (X6; 国家 二十一): shown to operator and bureau, which have to see it coming. */
import { problems } from '@gongshu/infra/http/problems';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { linkageEffects, linkageJoins, linkageOf } from '@gongshu/shared/egress/linkage';
import { clauseIn } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { holdingsOf, knowsBody } from '../products/linkage.ts';

const Text = z.object({ zh: z.string(), en: z.string() });
const Holding = z.object({
  kind: z.enum(['grant', 'product']),
  id: z.string(),
  attributes: z.array(z.string()),
  onlyHere: z.array(z.string()),
});
const Linkage = z
  .object({
    merchant: z.string(),
    holdings: z.int().describe('Grants and versions of products looked at'),
    article: z.object({ instrument: z.string(), article: z.string() }).nullable(),
    sets: z.array(
      z.object({
        holdings: z.array(Holding),
        attributes: z.array(
          z.object({
            code: z.string(),
            kind: z.string().nullable(),
            role: z.enum(['direct', 'key', 'quasi', 'protected']),
          }),
        ),
        together: z.int().describe('Identifying fields together'),
        mostAlone: z.int().describe('The most that one of them has alone'),
        joins: z.array(
          z.object({
            code: z.string(),
            text: Text,
            attributes: z.array(z.string()),
            between: z.array(z.string()),
          }),
        ),
        effects: z.array(z.object({ code: z.string(), text: Text })),
      }),
    ),
  })
  .meta({ id: 'LinkageRisk' });

export const linkageRoutes =
  ({ db: anyDb, packs }: { db: Kysely<any>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<ProductTables>;
    app.get(
      '/v1/linkage-risks/:merchant',
      {
        config: { act: 'readLinkage' },
        schema: {
          summary:
            '关联汇聚风险 · Where a merchant’s grants and products together identify more than any alone (国家 二十一)',
          params: z.object({ merchant: z.string().regex(/^[A-Za-z0-9-]{1,60}$/) }),
          response: { 200: Linkage, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const { merchant } = request.params;
        const holdings = await holdingsOf(db, jurisdiction, merchant);
        // Whoever holds nothing is still somebody of this city: of another’s merchant nothing is said.
        if (holdings.length === 0 && !(await knowsBody(db, jurisdiction, merchant)))
          throw problem('notFound');
        return {
          ...{ merchant, holdings: holdings.length },
          article: clauseIn(packs.resolve(jurisdiction), 'productEgress', 'linkageRisk').article ?? null,
          sets: linkageOf(holdings).map(({ joins, effects, ...set }) => ({
            ...set,
            joins: joins.map((join) => ({ ...join, text: linkageJoins[join.code] })),
            effects: effects.map((code) => ({ code, text: linkageEffects[code] })),
          })),
        };
      },
    );
  };
