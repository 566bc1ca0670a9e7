import { isBusinessDate } from '@gongshu/shared/business-date';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { type Caller, withCaller } from './caller-options.ts';
import { callCatalog } from './catalog-client.ts';
import { print } from './installation.ts';
import { tableText } from './table.ts';

const Judged = z.object({
  outcome: z.string(),
  overdue: z.boolean(),
  late: z.boolean(),
  lastDay: z.string().nullable(),
  deadline: z.string().nullable(),
});
const DryRun = z.object({
  jurisdiction: z.string(),
  under: z.string(),
  packVersion: z.string(),
  from: z.string(),
  until: z.string(),
  cases: z.number(),
  turns: z.number(),
  counts: z.record(z.string(), z.number()),
  outcomes: z.object({
    recorded: z.record(z.string(), z.number()),
    replayed: z.record(z.string(), z.number()),
  }),
  items: z.array(
    z.object({
      turn: z.string(),
      differs: z.array(z.string()),
      recorded: Judged,
      replayed: Judged,
      notCounted: z.array(z.object({ kind: z.string(), at: z.string(), code: z.string() })),
    }),
  ),
  leftOff: z.number(),
});
type DryRun = z.infer<typeof DryRun>;

const date = (text: string): string => {
  if (!isBusinessDate(text)) throw new InvalidArgumentError('a date as YYYY-MM-DD.');
  return text;
};

const judged = ({ outcome, overdue, late }: z.infer<typeof Judged>): string =>
  [outcome, ...(overdue ? ['overdue'] : []), ...(late ? ['late'] : [])].join(' ');

const shown = (run: DryRun): string => {
  const { cases, turns, counts, outcomes, items, leftOff } = run;
  const ends = [
    ...new Set([...Object.keys(outcomes.recorded), ...Object.keys(outcomes.replayed)]),
  ].toSorted();
  return [
    `${run.jurisdiction} under ${run.under}, ${run.from} to ${run.until}: ${cases} cases, ${turns} turns`,
    tableText('差异 · what differs', ['what', 'turns'], Object.entries(counts)),
    tableText(
      '结果 · how cases end',
      ['outcome', 'recorded', 'replayed'],
      ends.map((end) => [end, outcomes.recorded[end] ?? 0, outcomes.replayed[end] ?? 0]),
    ),
    tableText(
      '环节 · turns that differ',
      ['turn', 'differs', 'recorded', 'last day', 'replayed', 'last day', 'not counted'],
      items.map(({ turn, differs, recorded, replayed, notCounted }) => [
        turn,
        differs.join(' '),
        judged(recorded),
        recorded.lastDay,
        judged(replayed),
        replayed.lastDay,
        notCounted.map(({ kind }) => kind).join(' '),
      ]),
    ),
    ...(leftOff > 0 ? [`${leftOff} more turns differ`] : []),
  ].join('\n\n');
};

type Options = Caller & { from?: string; until?: string; under?: string; limit: string; json?: true };

/** `gongshu packs dry-run`: a city's closed cases under another pack, asked of the started platform. */
export const packsDryRun = (): Command =>
  withCaller(new Command('dry-run'), 'bureau')
    .description('政策试算 · closed cases of a city replayed under another pack')
    .option('--under <name>', 'whose pack they are replayed under; the city’s own as it stands')
    .option('--from <date>', 'first day on which a case ended; the first of last year', date)
    .option('--until <date>', 'last such day; the last of that year', date)
    .option('--limit <n>', 'differing turns listed', '200')
    .option('--json', 'as JSON')
    .action(async ({ from, until, under, limit, json, ...as }: Options) => {
      const query = new URLSearchParams({
        limit,
        ...(from !== undefined && { from }),
        ...(until !== undefined && { until }),
        ...(under !== undefined && { under }),
      });
      const run = await callCatalog(DryRun, {
        method: 'GET',
        path: `/v1/policies/${encodeURIComponent(as.jurisdiction)}/dry-run?${query.toString()}`,
        as,
      });
      print(json ? JSON.stringify(run, null, 2) : shown(run));
    });
