/** A file that nobody may call clean, and how it is written. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RefusalReason } from '@gongshu/shared/egress/report';

export type BadFile = { what: string; name: string; reasons: RefusalReason[]; write: (path: string) => void };

export const bytes = (
  name: string,
  what: string,
  data: () => Buffer | string,
  ...reasons: RefusalReason[]
): BadFile => ({
  what,
  name,
  reasons,
  write: (path) => writeFileSync(path, data()),
});
export const identifiers = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, 'identifiers', name));
/** A few bytes that say what a file is, then filling. */
export const magic = (hex: string): Buffer =>
  Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(2000, 0x5a)]);
export const plain = 'a,b\n1,2\n'.repeat(50);
