// F1–F6: whole periods of prices, beside what price_oracle.py read out of the texts.
import { answersByOracle, scenariosOfOracle } from './pricing/answers.ts';
import { ask, askText } from './pricing/ask.ts';
import { differences } from './pricing/compare.ts';
import { type PartsOf, unevenParts } from './pricing/parts.ts';
import type { Answer, View } from './pricing/period.ts';
import { randomPeriod } from './pricing/random-periods.ts';

const scenarios = scenariosOfOracle();
const expected = answersByOracle();
const refused: Answer = { refused: 'nothing is expected' };

describe('what-if answers equal the oracle’s', () => {
  it('in every period and every field', () => {
    const differing = scenarios.flatMap(({ id, features, period }) => {
      const fields = differences(expected[id] ?? refused, ask(period));
      return fields.length > 0 ? [{ id, features, fields }] : [];
    });
    expect(differing.slice(0, 5)).toEqual([]);
  });

  it('over 3,000 periods, each feature in twenty-five at least', () => {
    expect(scenarios.length).toBeGreaterThan(3000);
    expect(Object.keys(expected).length).toBe(scenarios.length);
    const times = new Map<string, number>();
    for (const { features } of scenarios)
      for (const name of new Set(features)) times.set(name, (times.get(name) ?? 0) + 1);
    expect([...times].filter(([, count]) => count < 25)).toEqual([]);
    expect(times.size).toBeGreaterThan(30);
  });

  it('a fen, a name or a reason that is another is seen in every field (sabotage)', () => {
    const other = (value: unknown): unknown => {
      if (typeof value === 'number') return value + 1;
      if (typeof value === 'boolean') return !value;
      if (typeof value === 'string') return `${value}1`;
      if (Array.isArray(value)) return value.length > 0 ? value.slice(1) : ['another'];
      return { ...(value as object), another: 1 };
    };
    const answers = Object.values(expected).filter((answer): answer is View => !('refused' in answer));
    for (const answer of answers.slice(0, 50))
      for (const [field, value] of Object.entries(answer))
        expect(differences(answer, { ...answer, [field]: other(value) }).map((one) => one.field)).toEqual([
          field,
        ]);
    const [first] = answers;
    expect(first && differences(first, refused)).toHaveLength(1);
  });
});

describe('every figure opens into its parts', () => {
  const answers = (): PartsOf[] =>
    Array.from({ length: 300 }, (_, seed) => JSON.parse(askText(randomPeriod(seed))) as PartsOf);

  it('which add up to the fen', () => {
    expect(answers().flatMap(unevenParts)).toEqual([]);
  });

  it('and a part that is a fen off is seen (sabotage)', () => {
    const unseen = answers()
      .slice(0, 50)
      .flatMap((answer) => {
        const { permittedRevenueParts: parts } = answer;
        return Object.entries(parts)
          .filter(([, fen]) => typeof fen === 'number')
          .map(([name, fen]) => ({ ...answer, permittedRevenueParts: { ...parts, [name]: fen + 1 } }))
          .filter((off) => unevenParts(off).length === 0);
      });
    expect(unseen).toEqual([]);
  });
});
