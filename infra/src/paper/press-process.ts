/** A process of its own that sets pages: whatever a text does to it, the service lives on (decision 0026). */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Paper } from '@gongshu/shared/paper/paper';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { charactersOf } from './glyphs.ts';
import { type Draw, layoutOf } from './layout.ts';
import type { Pressed } from './press.ts';

const fonts = dirname(
  createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json'),
);
const [regular, bold] = ['400Regular/NotoSerifSC_400Regular.ttf', '700Bold/NotoSerifSC_700Bold.ttf'].map(
  (file) => readFileSync(join(fonts, file)),
);
if (!regular || !bold) throw new Error('the font is not there');
const inBold = charactersOf(bold);
const characters = new Set([...charactersOf(regular)].filter((code) => inBold.has(code)));
const template = readFileSync(join(import.meta.dirname, 'paper.typ'), 'utf8');
const compiler = NodeCompiler.create({
  workspace: import.meta.dirname,
  fontArgs: [{ fontBlobs: [regular, bold] }],
});

/** Tags for readers by ear cost memory by the cell: beyond so many cells a paper goes without. */
const taggedCells = 3_000;
const cellsOf = ({ blocks }: Paper): number =>
  blocks.reduce(
    (sum, block) => sum + (block.kind === 'table' ? block.rows.length * block.columns.length : 0),
    0,
  );

/** What draws charts is loaded with the first paper that has one. */
const drawing = async ({ blocks }: Paper): Promise<Draw> => {
  if (blocks.every(({ kind }) => kind !== 'chart')) return () => '';
  const { chart } = await import('../charts/draw.ts');
  return (described) => chart(described).svg;
};

const press = async (paper: Paper): Promise<Pressed> => {
  const { layout, missing } = layoutOf(paper, characters, await drawing(paper));
  const compiled = compiler.compile({ mainFileContent: template, inputs: { paper: JSON.stringify(layout) } });
  const fault = compiled.takeDiagnostics();
  if (!compiled.result)
    throw new Error(JSON.stringify(fault ? compiler.fetchDiagnostics(fault) : 'no pages').slice(0, 2_000));
  const tagged = cellsOf(paper) <= taggedCells;
  const pdf = compiler.pdf(compiled.result, { pdfStandard: tagged ? 'a-2a' : 'a-2u', pdfTags: tagged });
  const pages = compiled.result.numOfPages;
  compiler.evictCache(2);
  return { pdf: new Uint8Array(pdf), pages, missing };
};

process.on('message', (paper: Paper) => {
  press(paper).then(
    (pressed) => process.send?.({ pressed, rss: process.memoryUsage.rss() }),
    (error: unknown) =>
      process.send?.({ fault: error instanceof Error ? error.message : String(error), rss: 0 }),
  );
});
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {}); // it ends with its parent
process.send?.({ ready: true });
