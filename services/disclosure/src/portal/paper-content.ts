/** What a report or a bulletin says on its page, and what it does not (S1–S3). */
import { z } from 'zod';
import { chartFigure } from '../html/chart.ts';
import { type Html, html, none } from '../html/escape.ts';
import { say, type View, type Words } from '../html/view.ts';
import type { Disclosed } from '../public/queries/papers.ts';
import { bulletinChart, bulletinCharts } from '../reports/bulletin-charts.ts';
import { contentOf } from './content.ts';
import { at, type City, type Column } from './site.ts';

const words = {
  replacedBy: { zh: '本件已被新版替代：', en: 'Replaced by a newer version: ' },
  notWhole: {
    zh: '篇幅过大，未在此展示全文；全文由发布机构保存，可向其申请查阅。',
    en: 'Too long to be shown here; the whole is kept by the body that issued it, which may be asked for it.',
  },
} satisfies Record<string, Words>;

/** What stands in its place, where something does. */
export const replaced = (view: View, city: City, column: Column, { withdrawn }: Disclosed): Html =>
  withdrawn?.by
    ? html`<div class="callout warn"><p>${say(view, words.replacedBy)}<a href="${at(view, city, `${column}/${encodeURIComponent(withdrawn.by)}`)}">${withdrawn.by}</a></p></div>`
    : none;

/** The content; of one that its event could not hold whole, what is missing. A table says so itself. */
export const shown = (
  view: View,
  content: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
): Html => {
  const { departments, of, ...others } = content;
  if (Array.isArray(departments) && typeof of === 'number' && of > departments.length)
    return html`<div class="callout"><p>${say(view, { zh: `共 ${of} 个部门，此处列前 ${departments.length} 个。`, en: `The first ${departments.length} of ${of} departments. ` })}${say(view, words.notWhole)}</p></div>
      ${contentOf(view, { ...others, departments }, names)}`;
  const rest = Object.keys(content).filter((key) => !['form', 'jurisdiction'].includes(key));
  return rest.length > 0 ? contentOf(view, content, names) : html`<p>${say(view, words.notWhole)}</p>`;
};

const Departments = z.object({
  ...{ from: z.string(), until: z.string() },
  departments: z.array(
    z.object({ department: z.string(), figures: z.record(z.string(), z.number().nullable()) }),
  ),
});

/** A bulletin's charts, each above the table that says the same; the rest of it stands below. */
export const charts = (
  view: View,
  content: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
): Html => {
  const told = Departments.safeParse(content);
  if (!told.success) return none;
  return html`${bulletinCharts.map((name) => {
    const drawn = bulletinChart(name, told.data, { language: view.language, names });
    return drawn ? chartFigure(view, drawn) : none;
  })}`;
};
