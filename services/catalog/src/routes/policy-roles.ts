import { problems } from '@gongshu/infra/http/problems';
import { actsOfDuty, dutyActs } from '@gongshu/shared/packs/duties';
import { citedArticle, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';

const Duty = z.object({
  duty: z.string(),
  acts: z
    .array(z.string())
    .describe('Acts by which the role carries it out; in its own city, each for itself'),
  never: z.array(z.string()).describe('Acts it must refrain from'),
  later: z.string().nullable().describe('The lifecycle that is still to carry it out, or the rest of it'),
});
const PolicyRole = z
  .object({
    role: z.string(),
    articles: z.array(z.string()),
    duties: z.array(Duty).describe('None where the text does not name the role'),
  })
  .meta({ id: 'PolicyRole' });
const PolicyRoles = z
  .object({
    jurisdiction: z.string(),
    instrument: z.string().nullable(),
    roles: z.array(PolicyRole),
  })
  .meta({ id: 'PolicyRoles' });

const rolesOf = (pack: ResolvedPack): z.output<typeof PolicyRoles> => {
  const rule = ruleOf(pack, 'roles', 'duties');
  const named = rule.value.map(({ role, does, articles }) => ({
    ...{ role, articles },
    duties: does.map((duty) => ({
      duty,
      acts: [...actsOfDuty(duty, role)],
      never: [...(dutyActs[duty].never ?? [])],
      later: dutyActs[duty].later ?? null,
    })),
  }));
  const unnamed = ruleOf(pack, 'roles', 'unnamed').value.map((role) => ({ role, articles: [], duties: [] }));
  const { article } = citedArticle(rule);
  return {
    jurisdiction: pack.jurisdiction,
    instrument: article?.instrument ?? null,
    roles: [...named, ...unnamed],
  };
};

/** Who does what by a city's text, and by which acts here (G1); open to everyone. */
export const policyRoleRoutes =
  ({ packs }: { packs: Pick<PackSet, 'resolve'> }): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/policies/:jurisdiction/roles',
      {
        config: { act: 'readPolicies' },
        schema: {
          summary:
            '职责分工 · What a text gives each of the twelve roles, and the acts that carry it out (G1)',
          params: z.object({ jurisdiction: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/) }),
          response: { 200: PolicyRoles, ...problems(400, 404) },
        },
      },
      async (request) => {
        try {
          return rolesOf(packs.resolve(request.params.jurisdiction));
        } catch (cause) {
          if (cause instanceof RangeError) throw problem('notFound', { cause });
          throw cause;
        }
      },
    );
  };
