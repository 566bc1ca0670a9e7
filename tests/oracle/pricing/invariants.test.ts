// F1–F6: what the law asks of every answer, on random ledgers and splits, and small bad engines that must not pass.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answersByOracle, isPlain, scenariosOfOracle } from './answers.ts';
import { askParsed, parsed } from './ask.ts';
import { brokenLaws, laws } from './laws.ts';
import type { Period, View } from './period.ts';
import { type Outcome, chained, checked, eachFenOnce, properties, reached } from './properties.ts';
import { randomPeriod } from './random-periods.ts';
import { type Sabotage, harmless, sabotages } from './sabotage.ts';

const node = join(import.meta.dirname, '../../../node_modules/.bin/node');

describe('every answer keeps the law', () => {
  it('on 100,000 random ledgers and splits, one after the other, in other orders and twice', async () => {
    const { stdout } = await promisify(execFile)(node, [join(import.meta.dirname, 'hold-laws.ts')]);
    const outcomes = JSON.parse(stdout) as Record<string, Outcome>;
    expect(outcomes).toEqual(
      Object.fromEntries(
        Object.entries(properties).map(([name, { runs }]) => [name, { runs, failed: null, why: null }]),
      ),
    );
    expect(outcomes['every law holds']?.runs).toBeGreaterThanOrEqual(100_000);
  }, 300_000);

  it('names the period in which a property fails (sabotage)', () => {
    const property = { runs: 100, holds: (seed: number) => askParsed(randomPeriod(seed)).excessFen === 0 };
    const { failed, runs } = checked(property);
    expect(runs).toBeLessThan(100);
    expect(failed !== null && askParsed(randomPeriod(failed)).excessFen).toBeGreaterThan(0);
  });

  it('parsing leaves the random periods as they are', () => {
    for (let seed = 0; seed < 100; seed += 1) expect(parsed(randomPeriod(seed))).toEqual(randomPeriod(seed));
  });

  it('the random periods reach what the laws speak of', () => {
    const met = reached(800);
    expect(Object.entries(met).filter(([, times]) => times < 15)).toEqual([]);
  });
});

describe('bad engines (sabotage)', () => {
  const random = Array.from({ length: 1500 }, (_, seed): [Period, View] => {
    const period = randomPeriod(seed * 7919);
    return [period, askParsed(period)];
  });
  const oracle = answersByOracle();
  const scenarios = scenariosOfOracle()
    .filter(isPlain)
    .flatMap(({ id, period }): [Period, View, string][] => {
      const answer = oracle[id];
      return answer && !('refused' in answer) ? [[period, answer, JSON.stringify(answer)]] : [];
    });
  /** Whether the oracle's own answers tell the bad engine from a good one. */
  const seenByOracle = (bad: Sabotage): boolean =>
    scenarios.some(([period, view, text]) => JSON.stringify(bad(period, view)) !== text);
  const breaksLaw = (bad: Sabotage): boolean =>
    random.some(([period, view]) => brokenLaws(period, bad(period, view)).length > 0);

  it.each(Object.entries(sabotages))('%s: seen by the oracle', (_, bad) => {
    expect(seenByOracle(bad)).toBe(true);
  });

  it('an engine that changes nothing is not seen by either (sabotage of the sabotage)', () => {
    expect(seenByOracle(harmless)).toBe(false);
    expect(breaksLaw(harmless)).toBe(false);
  });

  /** Seen at sums or edges that random periods hardly meet: those of the oracle do. */
  const lawful = ['the cap is computed in floating point', 'the forecast warns at the cap'];
  it.each(Object.entries(sabotages).filter(([name]) => !lawful.includes(name)))(
    '%s: breaks a law',
    (_, bad) => {
      expect(breaksLaw(bad)).toBe(true);
    },
  );

  it('every law is broken by one of them', () => {
    const whole = new Set(Object.keys(laws));
    for (const [period, view] of random)
      for (const bad of whole.size > 0 ? Object.values(sabotages) : [])
        for (const law of brokenLaws(period, bad(period, view))) whole.delete(law);
    expect([...whole]).toEqual([]);
  });

  it('an overrun deducted twice, or forgotten, is seen over several periods', () => {
    for (const name of [
      'an overrun is deducted twice',
      'an overrun is not deducted',
      'an overrun larger than the cap is forgotten',
      'an overrun is carried on though it was deducted',
    ]) {
      const bad = sabotages[name] ?? ((_: Period, view: View) => view);
      let seen = 0;
      for (let seed = 0; seed < 40; seed += 1)
        if (!eachFenOnce(chained(seed, (period) => bad(period, askParsed(period))))) seen += 1;
      expect({ name, seen: seen > 0 }).toEqual({ name, seen: true });
    }
  });
});
