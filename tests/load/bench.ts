// `npm run bench`: our figure and the bare part's, alternating, median of five. `--json` prints every run.
// Exit code 1 only when the lifecycle runs at less than half of bare Temporal's pace.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '@gongshu/infra/supervisor/progress';
import type { Figure } from './figures.ts';
import { importFigure } from './import.ts';
import { lifecycleFigure } from './lifecycle.ts';
import { previewFigure } from './preview.ts';

const bar = 0.5;

const shown = (value: number): string => (value < 100 ? value.toFixed(1) : Math.round(value).toString());

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      only: { type: 'string' },
      cases: { type: 'string', default: '24' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'gongshu-bench-'));
  const all: Record<string, () => Promise<Figure>> = {
    lifecycle: () => lifecycleFigure(folder, { cases: Number(values.cases), atOnce: 8 }),
    import: importFigure,
    preview: () => previewFigure(1000),
  };
  try {
    const figures: Record<string, Figure> = {};
    for (const [name, measure] of Object.entries(all)) {
      if (values.only && values.only !== name) continue;
      if (!values.json) process.stderr.write(`${name} …\n`);
      figures[name] = await measure();
    }
    const rows = Object.values(figures).map(({ name, unit, ours, bare, ratio }) => [
      name,
      `${shown(ours)} ${unit}`,
      `${shown(bare)} ${unit}`,
      ratio.toFixed(2),
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
