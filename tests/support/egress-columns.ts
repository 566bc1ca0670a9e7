/** Columns for the tests of the detectors, and what share of their cells counts. */
import { count, judge, newTally } from '@gongshu/shared/egress/identifiers/column';
import { headerOf } from '@gongshu/shared/egress/identifiers/cues';
import { examine } from '@gongshu/shared/egress/identifiers/examine';
import type { Rule } from '@gongshu/shared/egress/identifiers/sighting';

/** Share of the cells of a column in which an identifier of a type counts. */
export const share = (cells: readonly string[], type: string, header = 'c1'): number => {
  const tally = newTally();
  tally.cells = cells.length;
  const seen: { type: string; rule: Rule; kin: string; standing: string }[][] = [];
  for (const cell of cells) {
    const here: (typeof seen)[number] = [];
    examine(cell, headerOf(header), {
      text: (_place, unexplained) => void (tally.numbers += unexplained ? 1 : 0),
      sighting(_place, sighting) {
        count(tally, sighting, 1);
        here.push({ ...sighting, kin: sighting.kin ?? '' });
      },
    });
    seen.push(here);
  }
  const borne = judge(tally, headerOf(header));
  const counts = (one: (typeof seen)[number][number]) =>
    one.type === type && (one.standing === 'sure' || (one.standing === 'column' && borne(one)));
  return seen.filter((here) => here.some(counts)).length / cells.length;
};
export const cells = (number: number, make: (at: number) => string) =>
  Array.from({ length: number }, (_, at) => make(at));
/** The same numbers every time, well mixed. */
export const mixed = (at: number, digits: number) =>
  String(BigInt.asUintN(64, BigInt(at + 1) * 0x9e3779b97f4a7c15n) % 10n ** BigInt(digits)).padStart(
    digits,
    '0',
  );
