import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';

const suffix = '-command.ts';

/** Each `<name>-command.ts` beside this file exports one function `…Command()` that makes `gongshu <name>`. */
const load = async (name: string): Promise<Command> => {
  const exported = (await import(join(import.meta.dirname, `${name}${suffix}`))) as Record<string, unknown>;
  const make = Object.entries(exported).find(
    ([key, value]) => key.endsWith('Command') && typeof value === 'function',
  );
  if (!make) throw new Error(`${name}${suffix} exports no function that makes a command`);
  return (make[1] as () => Command)();
};

const all = (): string[] =>
  readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();

/** The named command alone where there is one (others cost time to load), else all for the help. */
const wanted = (name: string | undefined): string[] =>
  name && /^[\w-]+$/.test(name) && existsSync(join(import.meta.dirname, `${name}${suffix}`)) ? [name] : all();

const program = new Command('gongshu')
  .description('公数 · public data authorised operation')
  .showHelpAfterError();
try {
  for (const name of wanted(process.argv[2])) program.addCommand(await load(name));
  await program.parseAsync();
} catch (error) {
  const shown =
    error instanceof Error ? (process.env['GONGSHU_DEBUG'] ? error.stack : error.message) : String(error);
  process.stderr.write(`${shown}\n`);
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
}
