import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import type { ApplicationRules } from '@gongshu/shared/application/types';
import { type DifferingTurn, type DryRunCase, dryRunCase } from '@gongshu/shared/packs/dry-run';
import type { Kysely } from 'kysely';
import { closedCases } from './closed-cases.ts';

/** How many turns differ in each respect; `cases`: cases that would have ended otherwise. */
export type DryRunCounts = {
  deadlines: number;
  silences: number;
  outcomes: number;
  actsNotCounted: number;
  cases: number;
};
export type DryRun = {
  cases: number;
  turns: number;
  counts: DryRunCounts;
  /** Cases by how they ended, as recorded and as replayed. */
  outcomes: { recorded: Record<string, number>; replayed: Record<string, number> };
  /** Turns that differ, by case number. */
  items: DifferingTurn[];
  /** Turns that differ and were left off. */
  leftOff: number;
};

const pageSize = 200;
const none = (): DryRun => ({
  cases: 0,
  turns: 0,
  counts: { deadlines: 0, silences: 0, outcomes: 0, actsNotCounted: 0, cases: 0 },
  outcomes: { recorded: {}, replayed: {} },
  items: [],
  leftOff: 0,
});

const count = (into: Record<string, number>, outcome: string): void => {
  into[outcome] = (into[outcome] ?? 0) + 1;
};

const enter = (run: DryRun, one: DryRunCase, limit: number): void => {
  count(run.outcomes.recorded, one.recorded);
  count(run.outcomes.replayed, one.replayed);
  if (one.recorded !== one.replayed) run.counts.cases += 1;
  for (const turn of one.turns) {
    if (turn.differs.includes('deadline')) run.counts.deadlines += 1;
    if (turn.differs.includes('silence')) run.counts.silences += 1;
    if (turn.differs.includes('outcome')) run.counts.outcomes += 1;
    run.counts.actsNotCounted += turn.notCounted.length;
    if (run.items.length < limit) run.items.push(turn);
    else run.leftOff += 1;
  }
};

/**
 * Replays the data-use applications of a jurisdiction that ended between two dates (Asia/Shanghai, both inclusive)
 * under other rules, up to `now`. Reads page by page and writes nothing; at most `limit` differing turns are listed.
 */
export const dryRun = async (
  db: Kysely<ApplicationTables>,
  closed: { jurisdiction: string; from: string; until: string },
  { rules, now, limit }: { rules: ApplicationRules; now: Date; limit: number },
): Promise<DryRun> => {
  const run = none();
  let after = '';
  for (;;) {
    const { cases, calendars } = await closedCases(db, closed, { after, limit: pageSize });
    for (const one of cases) {
      run.cases += 1;
      run.turns += one.turns.length;
      enter(run, dryRunCase(one, rules, now.getTime(), calendars), limit);
    }
    const last = cases.at(-1);
    if (!last || cases.length < pageSize) return run;
    after = last.caseNo;
  }
};
