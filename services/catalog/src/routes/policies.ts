import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import { problems } from '@gongshu/infra/http/problems';
import type { Difference as PackDifference } from '@gongshu/shared/packs/diff';
import type { ResolvedRule } from '@gongshu/shared/packs/pack';
import { diffPolicies, listPolicies, policyOf } from '@gongshu/shared/packs/policies';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';

const Jurisdiction = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/);

const Place = z.object({ instrument: z.string(), article: z.string(), quote: z.string() });
const Basis = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cite'), ...Place.shape, also: z.array(Place).optional() }),
  z.object({ kind: z.literal('silent'), reading: z.string(), searched: z.array(z.string()) }),
]);

/** A value with the words or the reading it rests on; `from` is the jurisdiction whose pack says it. */
const PolicyRule = z
  .object({
    value: z.unknown(),
    row: z.string().optional(),
    force: z.enum(['must', 'may', 'says']).optional(),
    basis: Basis,
    from: z.string(),
  })
  .meta({ id: 'PolicyRule' });

const head = {
  jurisdiction: Jurisdiction,
  title: z.string(),
  areaCode: z.string(),
  parent: z.string().nullable(),
  localWords: z.record(z.string(), z.string()),
  version: z.string(),
  status: z.enum(['draft', 'inForce']),
  number: z.string().nullable(),
  from: z.iso.date().nullable(),
  until: z.iso.date().nullable(),
};
const PolicySummary = z.object({ ...head, topics: z.array(z.string()) }).meta({ id: 'PolicySummary' });
const Policy = z
  .object({ ...head, rules: z.record(z.string(), z.record(z.string(), PolicyRule)) })
  .meta({ id: 'Policy' });
const Difference = z
  .object({
    topic: z.string(),
    key: z.string(),
    differs: z.enum(['value', 'basis']),
    a: PolicyRule.nullable(),
    b: PolicyRule.nullable(),
  })
  .meta({ id: 'PolicyDifference' });

const basisOf = (rule: ResolvedRule | null): string | null => {
  if (!rule) return null;
  const { basis } = rule;
  return basis.kind === 'cite' ? `${basis.instrument} ${basis.article}` : basis.reading;
};
const valueOf = (rule: ResolvedRule | null): string | null => rule && JSON.stringify(rule.value);
const columns: CsvColumn<PackDifference>[] = [
  { title: '事项', value: ({ topic }) => topic },
  { title: '规则', value: ({ key }) => key },
  { title: '差异', value: ({ differs }) => (differs === 'value' ? '内容不同' : '依据不同') },
  { title: '甲：内容', value: ({ a }) => valueOf(a) },
  { title: '甲：依据', value: ({ a }) => basisOf(a) },
  { title: '乙：内容', value: ({ b }) => valueOf(b) },
  { title: '乙：依据', value: ({ b }) => basisOf(b) },
];

const config = { act: 'readPolicies' } as const;

/** The law that the installation runs on, rule by rule with its article; open to everyone. */
export const policyRoutes =
  ({ packs }: { packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/policies',
      {
        config,
        schema: {
          summary: 'Every policy pack: version, status, dates, topics',
          response: { 200: z.object({ items: z.array(PolicySummary) }), ...problems(400) },
        },
      },
      async () => ({ items: listPolicies(packs) }),
    );

    app.get(
      '/v1/policies/:jurisdiction',
      {
        config,
        schema: {
          summary: 'One policy pack with everything inherited; each value beside its article',
          params: z.object({ jurisdiction: Jurisdiction }),
          response: { 200: Policy, ...problems(400, 404) },
        },
      },
      async ({ params }) => {
        const policy = policyOf(packs, params.jurisdiction);
        if (!policy) throw problem('notFound');
        return policy;
      },
    );

    app.get(
      '/v1/policies/:jurisdiction/diff/:other',
      {
        config,
        schema: {
          summary: 'On what two jurisdictions differ, in value or only in the words it rests on',
          params: z.object({ jurisdiction: Jurisdiction, other: Jurisdiction }),
          response: {
            200: jsonOrCsv(
              z.object({ a: z.string(), b: z.string(), items: z.array(Difference) }),
              'Topics and keys that differ; the first jurisdiction is a (甲), the other b (乙)',
            ),
            ...problems(400, 404, 406),
          },
        },
      },
      async (request, reply) => {
        const csv = wantsCsv(request);
        const { jurisdiction, other } = request.params;
        const items = diffPolicies(packs, jurisdiction, other);
        if (!items) throw problem('notFound');
        if (csv) return sendCsv(reply, `policies-${jurisdiction}-${other}`, columns, items);
        return reply.header('vary', 'accept').send({ a: jurisdiction, b: other, items });
      },
    );
  };
