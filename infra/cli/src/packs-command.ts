import { Command } from 'commander';
import { packsDryRun } from './packs-dry-run.ts';
import { type Outcome, check, cite, coverage, diff, table } from './packs.ts';

const tell = ({ text, ok }: Outcome): void => {
  (ok ? console.log : console.error)(text);
  if (!ok) process.exitCode = 1;
};

type DiffOptions = { packs?: string; against?: string; basis?: true; json?: true };

/** `gongshu packs …`: the policy packs, their cites and the tests that cover them. Ends 1 when something is refused. */
export const packsCommand = (): Command => {
  const packs = new Command('packs').description('policy packs: check, cite, coverage, diff, dry-run');
  packs
    .command('check')
    .description('check every pack; each fault with file, line and reason')
    .option('--sources <dir>', 'folder with the texts of the instruments')
    .option('--packs <dir>', 'folder of packs')
    .action(({ sources, packs: dir }: { sources?: string; packs?: string }) =>
      tell(
        check({ ...(sources !== undefined && { sourcesDir: sources }), ...(dir !== undefined && { dir }) }),
      ),
    );
  packs
    .command('cite')
    .description('find every cite in the texts and write cites.lock')
    .requiredOption('--sources <dir>', 'folder with the texts of the instruments')
    .option('--packs <dir>', 'folder of packs')
    .action(({ sources, packs: dir }: { sources: string; packs?: string }) =>
      tell(cite({ sourcesDir: sources, ...(dir !== undefined && { dir }) })),
    );
  packs
    .command('coverage')
    .description('requirements by city: tests, what is missing, or due')
    .option('--requirements <file>', 'the requirements, to compare the copied table with')
    .action((options: { requirements?: string }) => tell(coverage(options)));
  packs
    .command('table')
    .description('copy the table of requirements into the tests')
    .requiredOption('--requirements <file>', 'the requirements')
    .action((options: { requirements: string }) => tell(table(options)));
  packs
    .command('diff <a> <b>')
    .description('on what two jurisdictions differ, or two versions of one')
    .option('--packs <dir>', 'folder of packs')
    .option('--against <dir>', 'folder of packs that the second is read from, such as an earlier version')
    .option('--basis', 'also where only the words differ that a rule rests on')
    .option('--json', 'as JSON')
    .action((a: string, b: string, { packs: dir, ...options }: DiffOptions) =>
      tell(diff({ a, b, ...options, ...(dir !== undefined && { dir }) })),
    );
  packs.addCommand(packsDryRun());
  return packs;
};
