// A code says one thing: where two domains had the same, the later one's status and words stood for both.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { problemTable } from './problems.ts';

it('every code stands in one domain alone, and all of them in the table', async () => {
  const folder = join(import.meta.dirname, 'problems');
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'row.ts');
  const codes: string[] = [];
  for (const file of files)
    for (const [name, rows] of Object.entries((await import(join(folder, file))) as Record<string, object>))
      if (name.endsWith('Problems')) codes.push(...Object.keys(rows));
  expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  expect(codes.toSorted()).toEqual(Object.keys(problemTable).toSorted());
});
