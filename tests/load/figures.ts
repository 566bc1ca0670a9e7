/** Two ways of doing the same, measured one after the other in turn, so that a busy machine slows both. */

/** One comparison: medians, in units a second. */
export type Figure = { name: string; unit: string; ours: number; bare: number; ratio: number; runs: Run[] };
type Run = { ours: number; bare: number };

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1] ?? 0, sorted[middle] ?? 0];
  return (low + high) / 2;
};

/** How many a second `work` does, which returns how many it did. */
const perSecond = async (work: () => Promise<number>): Promise<number> => {
  const begun = performance.now();
  const done = await work();
  return (done * 1000) / (performance.now() - begun);
};

/** Alternating runs after one of each that does not count; medians and the median of the runs' ratios. */
export const compare = async (
  name: string,
  unit: string,
  { ours, bare, rounds = 5 }: { ours: () => Promise<number>; bare: () => Promise<number>; rounds?: number },
): Promise<Figure> => {
  await ours();
  await bare();
  const runs: Run[] = [];
  for (let round = 0; round < rounds; round += 1)
    runs.push(
      round % 2 === 0
        ? { ours: await perSecond(ours), bare: await perSecond(bare) }
        : await (async () => {
            const first = await perSecond(bare);
            return { ours: await perSecond(ours), bare: first };
          })(),
    );
  return {
    name,
    unit,
    ours: median(runs.map((run) => run.ours)),
    bare: median(runs.map((run) => run.bare)),
    ratio: median(runs.map((run) => run.ours / run.bare)),
    runs,
  };
};

/** `count` jobs, at most `atOnce` of them under way. */
export const inLanes = async (
  count: number,
  atOnce: number,
  job: (index: number) => Promise<void>,
): Promise<number> => {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await job(index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return count;
};
