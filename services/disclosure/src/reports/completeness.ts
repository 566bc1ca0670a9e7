/** The completeness list (notice of 2026-02-10): each item present, missing or empty with its ground, as of now. */
import type { draftYearly } from '@gongshu/infra/disclosures/yearly';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { problems } from '@gongshu/infra/http/problems';
import { pageOf } from '@gongshu/infra/http/page';
import { procedureFor, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { DisclosureItem } from '@gongshu/shared/packs/topics/disclosure';
import { itemGrounds, itemStates } from '@gongshu/shared/yearly-disclosure/items';
import type { YearlyRules } from '@gongshu/shared/yearly-disclosure/rules';
import type { YearlyFacts } from '@gongshu/shared/yearly-disclosure/types';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';

const Item = z
  .object({
    ...{ item: DisclosureItem, state: z.enum(itemStates), ground: z.enum(itemGrounds).nullable() },
    owedBy: z.string(),
    dueOn: z.string(),
    article: z.string().nullable(),
    instrument: z.string().nullable(),
  })
  .meta({ id: 'DisclosureItemStanding' });
type Item = z.output<typeof Item>;
const asCsv = {
  name: 'disclosure-items',
  columns: [
    { title: '事项', value: ({ item }) => item },
    { title: '状态', value: ({ state }) => state },
    { title: '理由', value: ({ ground }) => ground },
    { title: '责任单位', value: ({ owedBy }) => owedBy },
    { title: '最后一日', value: ({ dueOn }) => dueOn },
    { title: '依据', value: ({ article }) => article },
    { title: '文件', value: ({ instrument }) => instrument },
  ] satisfies CsvColumn<Item>[],
};

export const completenessRoute =
  (
    deps: DisclosureDeps,
    drafted: (at: { row: ProcedureRow; request: FastifyRequest }) => ReturnType<typeof draftYearly>,
  ): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/yearly-disclosures/:caseNo/items',
      {
        config: { act: 'readDisclosures' },
        schema: {
          summary: '完整性清单 · Each item present, missing or empty with its ground (S1, S2)',
          params: ProcedureParams,
          response: {
            200: jsonOrCsv(pageOf(Item), 'The items of the part'),
            ...problems(400, 401, 403, 404, 406),
          },
        },
      },
      async (request, reply) => {
        const row = await procedureFor(
          deps as unknown as ProcedureDeps,
          request,
          'yearlyDisclosure',
          request.params.caseNo,
        );
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const { rules, facts } = row.start as { rules: YearlyRules; facts: YearlyFacts };
        const { draft } = await drafted({ row, request });
        const rests = new Map(rules.items.map(({ item, rests }) => [item, rests]));
        const items = draft.items.map(({ item, state, ground }) => ({
          ...{ item, state, ground, owedBy: facts.body, dueOn: facts.dueOn },
          article: rests.get(item)?.article ?? null,
          instrument: rests.get(item)?.instrument ?? null,
        }));
        return sendPage(request, reply, asCsv, { items, next: null });
      },
    );
  };
