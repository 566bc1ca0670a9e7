import { shippedCalendar } from '@gongshu/infra/shipped-calendar';
import { type PlayedStep, type Scenario, ScenarioFile } from '@gongshu/shared/clock/scenario';
import { table } from '@gongshu/infra/supervisor/progress';
import { Command } from 'commander';
import { z } from 'zod';
import { callCatalog } from './catalog-client.ts';
import { readInput } from './read-input.ts';

const shown = ({ accepted, code, state, lastDay, provisional, extension }: PlayedStep): string[] => [
  accepted ? '✓' : (code ?? ''),
  state ?? '',
  provisional ? '待定 provisional' : (lastDay ?? ''),
  extension ?? '',
];

const heading = ['', 'at', 'event', 'answer', 'state', 'last day', 'extension'];

/** A scenario for people: a line a step. */
const scenarioTable = ({ name, steps }: Scenario, played: PlayedStep[]): string =>
  `${name}\n${table([
    heading,
    ...steps.map(({ at, event }, index) => {
      const answer = played[index];
      return [' ', at, event, ...(answer ? shown(answer) : [])];
    }),
  ])}\n`;

/** Progress on standard error, where a person sits before it. */
const progress = (done: number, all: number): void => {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r推演 playing ${done}/${all}${done === all ? '\n' : ''}`);
};

const play = async (file: string, { json }: { json?: true }): Promise<void> => {
  const scenarios = readInput(file, ScenarioFile);
  // Loaded only now: a file that can't be played is refused at once.
  const { playQuietly } = await import('./play/quiet.ts');
  const played = await playQuietly(scenarios, { calendar: shippedCalendar(), onPlayed: progress });
  const text = json
    ? JSON.stringify(played, null, 1)
    : scenarios.map((scenario) => scenarioTable(scenario, played[scenario.name] ?? [])).join('\n');
  process.stdout.write(`${text}\n`);
};

const Clock = z.object({
  now: z.string(),
  speed: z.number(),
  endsAt: z.string().nullable(),
  ended: z.boolean(),
});
const Advanced = z.object({
  from: z.string(),
  to: z.string(),
  stops: z.array(z.object({ at: z.string(), settledInMillis: z.number() })),
});

/** `gongshu clock …`: scenarios played through the review workflow, and the sandbox's clock. */
export const clockCommand = (): Command => {
  const clock = new Command('clock').description('时限推演与沙箱时钟 · play scenarios; the sandbox clock');
  clock
    .command('play <file>')
    .description('play a list of scenarios through the review workflow itself')
    .option('--json', 'the answers as JSON: by name, one entry a step')
    .action(play);
  clock
    .command('show')
    .description('where the sandbox clock stands')
    .action(async () => {
      const { now, speed, endsAt, ended } = await callCatalog(Clock, {
        method: 'GET',
        path: '/v1/sandbox/clock',
      });
      const end = endsAt === null ? '' : ended ? `, at its end 已到末年` : `, ends 止于 ${endsAt}`;
      process.stdout.write(`${now}, speed 速率 ${speed}${end}\n`);
    });
  clock
    .command('advance <instant>')
    .description('move the sandbox clock forward, stopping at everything that falls due')
    .action(async (to: string) => {
      const { from, stops, ...reached } = await callCatalog(Advanced, {
        method: 'POST',
        path: '/v1/sandbox/clock/advance',
        body: { to },
        as: { role: 'systemAdministrator', jurisdiction: 'national' },
      });
      for (const stop of stops) process.stdout.write(`  ${stop.at}  (${stop.settledInMillis} ms)\n`);
      process.stdout.write(`${from} → ${reached.to}, ${stops.length} stops 处到期\n`);
    });
  return clock;
};
