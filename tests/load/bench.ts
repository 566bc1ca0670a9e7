// `npm run bench`: our figure and the bare part's, alternating, median of five. `--json` prints every run.
// `npm run bench -- access`: that one alone. Exit code 1 only when the lifecycle runs at less than half of bare
// Temporal's pace, a scan takes more than three times as long as bare SQL, records of use are rated at less than a
// five-hundredth of the pace of bare additions, or accesses, tasks or public pages are answered later than their bar (on CI's shared machine:
// three times the bar).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '@gongshu/infra/supervisor/progress';
import { accessBar, accessFigure, type AccessFigure } from './access.ts';
import { egressBar, egressFigure } from './egress.ts';
import type { Figure } from './figures.ts';
import { importFigure } from './import.ts';
import { lifecycleFigure } from './lifecycle.ts';
import { pricingBar, pricingFigure } from './pricing.ts';
import { previewFigure } from './preview.ts';
import { pagesBar, pagesFigure, type PagesFigure } from './public-pages.ts';
import { type TasksFigure, tasksBar, tasksFigure } from './tasks.ts';

const bar = 0.5;

const shown = (value: number): string => (value < 100 ? value.toFixed(1) : Math.round(value).toString());

const lateFactor = process.env['CI'] ? 3 : 1;

/** Says how accesses were answered; false where that was too late. */
const accessInTime = ({ p50, p99, barePg }: AccessFigure): boolean => {
  const most = accessBar.p99 * lateFactor;
  process.stderr.write(
    `accesses at ${accessBar.perSecond} a second: p50 ${shown(p50)} ms, p99 ${shown(p99)} ms, at most ${most} ms; bare inserts p99 ${shown(barePg)} ms\n`,
  );
  return p99 <= most;
};

/** Says how pages of the work list were answered; false where that was too late. */
const tasksInTime = ({ p50, p99, pages, barePage }: TasksFigure): boolean => {
  const most = tasksBar.p99 * lateFactor;
  process.stderr.write(
    `${pages} pages of ${tasksBar.open} open tasks: p50 ${shown(p50)} ms, p99 ${shown(p99)} ms, at most ${most} ms; the bare query ${shown(barePage)} ms\n`,
  );
  return p99 <= most;
};

/** Says how public pages were answered; false where that was too late. */
const pagesInTime = ({ p50, p99, pages, slowest }: PagesFigure): boolean => {
  const most = pagesBar.p99 * lateFactor;
  process.stderr.write(
    `${pages} public pages of ${pagesBar.entries} entries: p50 ${shown(p50)} ms, p99 ${shown(p99)} ms, at most ${most} ms; slowest in the middle ${slowest}\n`,
  );
  return p99 <= most;
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      only: { type: 'string' },
      cases: { type: 'string', default: '24' },
      seconds: { type: 'string', default: '20' },
      rows: { type: 'string', default: '200000' },
    },
  });
  const only = values.only ?? positionals[0];
  const folder = mkdtempSync(join(tmpdir(), 'gongshu-bench-'));
  const all: Record<string, () => Promise<Figure>> = {
    lifecycle: () => lifecycleFigure(folder, { cases: Number(values.cases), atOnce: 8 }),
    import: importFigure,
    preview: () => previewFigure(1000),
    access: async () => {
      const figure = await accessFigure(Number(values.seconds));
      if (!accessInTime(figure)) process.exitCode = 1;
      return figure;
    },
    tasks: async () => {
      const figure = await tasksFigure();
      if (!tasksInTime(figure)) process.exitCode = 1;
      return figure;
    },
    pages: async () => {
      const figure = await pagesFigure();
      if (!pagesInTime(figure)) process.exitCode = 1;
      return figure;
    },
    egress: async () => {
      const figure = await egressFigure(Number(values.rows));
      if (figure.ratio * egressBar < 1) process.exitCode = 1;
      return figure;
    },
    pricing: async () => {
      const figure = await pricingFigure(1_000_000);
      if (figure.ratio < pricingBar) process.exitCode = 1;
      return figure;
    },
  };
  try {
    const figures: Record<string, Figure> = {};
    for (const [name, measure] of Object.entries(all)) {
      if (only && only !== name) continue;
      if (!values.json) process.stderr.write(`${name} …\n`);
      figures[name] = await measure();
    }
    const rows = Object.values(figures).map(({ name, unit, ours, bare, ratio }) => [
      name,
      `${shown(ours)} ${unit}`,
      `${shown(bare)} ${unit}`,
      ratio.toFixed(ratio < 0.1 ? 4 : 2),
    ]);
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ bar, figures }, null, 1)}\n`
        : `${table([['', 'ours', 'bare', 'ratio'], ...rows])}\n`,
    );
    if (figures['lifecycle'] && figures['lifecycle'].ratio < bar) {
      process.stderr.write(
        `the lifecycle runs at ${figures['lifecycle'].ratio.toFixed(2)} of bare Temporal; the bar is ${bar}\n`,
      );
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

await main();
