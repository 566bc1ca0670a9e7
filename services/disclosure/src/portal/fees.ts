/** Services to merchants with a fee, as they apply today (F6). */
import { businessDateOf } from '@gongshu/shared/business-date';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { html } from '../html/escape.ts';
import { table } from '../html/table.ts';
import { chinese, day, say, type Words, yuan } from '../html/view.ts';
import { bodyNames } from '../public/queries/bodies.ts';
import { listServiceFees } from '../public/queries/prices.ts';
import { nameOf, pageAsked, pagerOf, restsWords } from './parts.ts';
import { Cursor, cityRoute } from './route.ts';
import { cityPage, columns } from './site.ts';
import { called, shared } from './words.ts';

const words = {
  feesLead: {
    zh: '运营机构向数商提供平台与服务的收费，按成本加微利公布，与产品收费分别列示。',
    en: 'What the operator charges merchants for the platform and services: cost and a small margin, published apart from the prices of products.',
  },
  service: { zh: '服务项目', en: 'Service' },
  kind: { zh: '类别', en: 'Kind' },
  cost: { zh: '成本（元）', en: 'Cost (yuan)' },
  margin: { zh: '微利（元）', en: 'Margin (yuan)' },
  feesCaption: { zh: '服务收费目录（当日执行）', en: 'Service fees as they apply today' },
  unit: { zh: '计费单位', en: 'Per' },
  price: { zh: '金额（元）', en: 'Amount (yuan)' },
} satisfies Record<string, Words>;

export const feeRoutes = (app: FastifyInstance, deps: DisclosureDeps): void => {
  const { db } = deps;
  cityRoute(app, deps, '/fees', z.object({ cursor: Cursor }), async ({ view, city, query, now }) => {
    const asks = pageAsked(z.tuple([z.string().max(200), z.string().max(200)]), query.cursor);
    const found = await listServiceFees(db, city.id, businessDateOf(now.getTime()), asks);
    const names = await bodyNames(
      db,
      city.id,
      found.items.map(({ operator }) => operator),
    );
    const body = html`${table(view, {
      ...{ caption: say(view, words.feesCaption), rows: found.items },
      columns: [
        { title: say(view, words.service), head: true, cell: ({ title }) => chinese(view, title) },
        { title: say(view, words.kind), cell: ({ kind }) => called(view, 'serviceFeeKinds', kind) },
        { title: say(view, shared.operator), cell: ({ operator }) => nameOf(view, names, operator) },
        { title: say(view, words.unit), cell: ({ unit }) => called(view, 'chargeUnits', unit) },
        { title: say(view, words.cost), figure: true, cell: ({ costFen }) => yuan(costFen) },
        { title: say(view, words.margin), figure: true, cell: ({ marginFen }) => yuan(marginFen) },
        { title: say(view, words.price), figure: true, cell: ({ fen }) => yuan(fen) },
        { title: say(view, shared.from), cell: ({ from }) => day(view, from) },
        { title: say(view, shared.rests), cell: (row) => restsWords(view, row) },
      ],
    })}${pagerOf(view, found, query.cursor, (key) => key)}`;
    return cityPage(view, city, {
      ...{ title: say(view, columns.fees), lead: say(view, words.feesLead), column: 'fees', body },
    });
  });
};
