import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import type { z } from 'zod';

/** What the command was given can't be used: told in words, exit 2. */
export class InputRefused extends CommanderError {
  constructor(message: string) {
    super(2, 'gongshu.input', message);
  }
}

const most = 20;

const placeOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('') ||
  '(whole file)';

/** Reads a JSON file (`-`: standard input) by its schema. @throws InputRefused with one line for each wrong place. */
export const readInput = <T>(file: string, schema: z.ZodType<T>): T => {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new InputRefused(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InputRefused(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const lines = issues.slice(0, most).map(({ path, message }) => `  ${placeOf(path)}: ${message}`);
  if (issues.length > most) lines.push(`  … and ${issues.length - most} more`);
  throw new InputRefused([`${file} is not as it should be:`, ...lines].join('\n'));
};
