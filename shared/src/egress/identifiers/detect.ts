import type { IdentifierType } from '../report.ts';
import { count, judge, newTally, type Tally } from './column.ts';
import { headerOf, type Header } from './cues.ts';
import { examine, type Place } from './examine.ts';
import type { Rule, Sighting } from './sighting.ts';

export type Detected = { type: IdentifierType; detector: string; path: string | null };

/** The report's word for a rule and what it saw through. */
export const detectorOf = (rule: Rule, series: string): string =>
  series.startsWith('base64:') ? `${rule}+base64` : rule;

/**
 * Direct identifiers in one text by itself, under a header or none (E1): place and kind, never the value. A whole column
 * is judged better by its cells together; here one cell is its column.
 */
export const detect = (text: string, header = ''): Detected[] => {
  const tallies = new Map<string, { tally: Tally; header: Header }>();
  const seen: { place: Place; sighting: Sighting }[] = [];
  const tallyOf = ({ series, header }: Place): Tally => {
    let known = tallies.get(series);
    if (!known) tallies.set(series, (known = { tally: newTally(), header }));
    return known.tally;
  };
  examine(text, headerOf(header), {
    text(place, unexplained) {
      const tally = tallyOf(place);
      tally.cells += 1;
      if (unexplained) tally.numbers += 1;
    },
    sighting(place, sighting) {
      count(tallyOf(place), sighting, 1);
      if (sighting.standing !== 'miss') seen.push({ place, sighting });
    },
  });
  const borne = new Map([...tallies].map(([series, { tally, header }]) => [series, judge(tally, header)]));
  const found = new Map<string, Detected>();
  for (const { place, sighting } of seen) {
    if (sighting.standing === 'column' && !borne.get(place.series)?.(sighting)) continue;
    const key = `${sighting.type} ${place.path ?? ''}`;
    if (!found.has(key))
      found.set(key, {
        type: sighting.type,
        detector: detectorOf(sighting.rule, place.series),
        path: place.path,
      });
  }
  return [...found.values()];
};
