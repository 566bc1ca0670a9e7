/** A chart drawn on the server, beside the table that says the same. */
import { createHash } from 'node:crypto';
import { chart as draw } from '@gongshu/infra/charts/draw';
import { type Chart, chartTable } from '@gongshu/shared/charts/chart';
import { type Html, html } from './escape.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

/** Drawing takes milliseconds; the pictures of the pages read most are kept. */
const mostKept = 200;
const kept = new Map<string, string>();

const picture = (described: Chart): string => {
  const key = createHash('sha256').update(JSON.stringify(described)).digest('hex');
  const known = kept.get(key);
  if (known !== undefined) return known;
  const address = `data:image/svg+xml;base64,${Buffer.from(draw(described).svg).toString('base64')}`;
  const oldest = kept.keys().next();
  if (kept.size >= mostKept && !oldest.done) kept.delete(oldest.value);
  kept.set(key, address);
  return address;
};

/** The picture is for the eye alone; the table beneath it says every figure to everybody. */
export const chartFigure = (view: View, described: Chart): Html => {
  const { columns, rows, totals: counted } = chartTable(described);
  const totals = counted && view.language === 'en' ? ['Total', ...counted.slice(1)] : counted;
  // Beside a long table a picture would stand alone: it goes above it.
  return html`<figure class="${rows.length > 12 ? 'chart long' : 'chart'}">
    <img src="${picture(described)}" alt="${described.title}。${described.description}" width="760" height="420" />
    <figcaption>${table(view, {
      ...{ caption: described.title, rows, totals },
      columns: columns.map((title, at) => ({
        title,
        cell: (row: string[]) => row[at] ?? '',
        ...(at === 0 ? { head: true } : { figure: true }),
      })),
    })}</figcaption>
  </figure>`;
};
