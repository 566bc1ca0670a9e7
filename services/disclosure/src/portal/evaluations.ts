/** Results of the yearly evaluations of operators (V2). */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { html } from '../html/escape.ts';
import { table } from '../html/table.ts';
import { type Tone, tag } from '../html/tag.ts';
import { dayOf, say, type Words } from '../html/view.ts';
import { bodyNames } from '../public/queries/bodies.ts';
import { listEvaluations, type PublicEvaluation } from '../public/queries/operators.ts';
import { nameOf, pageAsked, pagerOf, restsWords } from './parts.ts';
import { Cursor, cityRoute } from './route.ts';
import { cityPage, columns } from './site.ts';
import { called, shared } from './words.ts';

const words = {
  evaluationsLead: {
    zh: '运营机构年度评估结果。分值由平台按规则与数据来源计算，缺少来源的指标不计分。',
    en: 'Results of the yearly evaluations. Marks follow the rules and their sources; an indicator without a source is not marked.',
  },
  year: { zh: '年度', en: 'Year' },
  mark: { zh: '综合得分', en: 'Mark' },
  outcome: { zh: '结果', en: 'Result' },
  round: { zh: '轮次', en: 'Round' },
  withoutSource: { zh: '无来源指标', en: 'Without source' },
  evaluationsCaption: { zh: '年度评估结果', en: 'Yearly evaluations' },
} satisfies Record<string, Words>;

const outcomes: Record<PublicEvaluation['outcome'], readonly [Words, Tone]> = {
  pass: [{ zh: '合格', en: 'Passed' }, 'good'],
  rectify: [{ zh: '限期整改', en: 'To rectify' }, 'warn'],
  fail: [{ zh: '不合格', en: 'Failed' }, 'stop'],
};

export const evaluationRoutes = (app: FastifyInstance, deps: DisclosureDeps): void =>
  cityRoute(app, deps, '/evaluations', z.object({ cursor: Cursor }), async ({ view, city, query }) => {
    const asks = pageAsked(z.tuple([z.int().min(0).max(9999), z.string().max(200)]), query.cursor);
    const found = await listEvaluations(deps.db, city.id, asks);
    const names = await bodyNames(
      deps.db,
      city.id,
      found.items.map(({ operator }) => operator),
    );
    const body = html`${table(view, {
      ...{ caption: say(view, words.evaluationsCaption), quiet: true, rows: found.items },
      columns: [
        { title: say(view, words.year), head: true, cell: ({ year }) => year },
        { title: say(view, shared.operator), cell: ({ operator }) => nameOf(view, names, operator) },
        { title: say(view, words.mark), figure: true, cell: ({ shown }) => shown ?? '—' },
        {
          title: say(view, words.outcome),
          cell: ({ outcome }) => tag(say(view, outcomes[outcome][0]), outcomes[outcome][1]),
        },
        { title: say(view, words.round), cell: ({ round }) => round },
        {
          title: say(view, words.withoutSource),
          cell: ({ withoutSource }) =>
            withoutSource.length === 0
              ? '—'
              : withoutSource
                  .map(({ indicator }) => called(view, 'evaluationIndicators', indicator))
                  .join('、'),
        },
        { title: say(view, shared.published), cell: (row) => dayOf(view, row.at) },
        { title: say(view, shared.rests), cell: (row) => restsWords(view, row) },
      ],
    })}${pagerOf(view, found, query.cursor, (key) => key)}`;
    return cityPage(view, city, {
      ...{
        title: say(view, columns.evaluations),
        lead: say(view, words.evaluationsLead),
        column: 'evaluations',
        body,
      },
    });
  });
