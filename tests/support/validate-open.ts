import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

const oracle = join(import.meta.dirname, '../oracle');
const schemas = {
  atom: join(oracle, 'atom/atom-feed.rng'),
  dcat: join(oracle, 'dcat/dcat-ap-3.0.0-shapes.ttl'),
};

/** What the standard's own schema says against a document; in a process of its own, for the judges are no CommonJS. */
export const faultsOf = async (kind: keyof typeof schemas, document: string): Promise<string[]> => {
  const judge = spawn(
    process.execPath,
    [join(import.meta.dirname, 'validate-open.mjs'), kind, schemas[kind]],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  judge.stdin.end(document);
  return (await json(judge.stdout)) as string[];
};
