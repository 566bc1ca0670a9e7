import { count, judge, newTally, type Tally } from '@gongshu/shared/egress/identifiers/column';
import type { Header } from '@gongshu/shared/egress/identifiers/cues';
import { detectorOf, type Detected } from '@gongshu/shared/egress/identifiers/detect';
import { examine, type Place } from '@gongshu/shared/egress/identifiers/examine';
import type { Rule, Sighting, Standing } from '@gongshu/shared/egress/identifiers/sighting';
import { findingsKept, type IdentifierType } from '@gongshu/shared/egress/report';

type Part = { series: string; rule: Rule; kin: string; type: IdentifierType; standing: Standing };
/** Cells in which the same was seen. Rows are kept as far as a report can list them. */
export type Bucket = {
  parts: readonly Part[];
  rows: number;
  kept: number[];
  /** Beside each kept row the place of each part in its JSON; null where no cell of the bucket holds JSON. */
  paths: (string | null)[][] | null;
};
/** What was seen in one text: its bucket and where in it. */
export type Seen = { bucket: Bucket; paths: (string | null)[] | null };

/** Sightings of one column, gathered until the whole column is known and can be judged. */
export const gather = (header: Header) => {
  const tallies = new Map<string, { tally: Tally; header: Header }>();
  const buckets = new Map<string, Bucket>();
  const own = newTally();
  tallies.set('', { tally: own, header });
  let weight = 1;
  let seen: { place: Place; sighting: Sighting }[] = [];

  const tallyOf = (place: Place): Tally => {
    if (place.series === '') return own;
    let known = tallies.get(place.series);
    if (!known) tallies.set(place.series, (known = { tally: newTally(), header: place.header }));
    return known.tally;
  };
  const sink = {
    text(place: Place, unexplained: boolean) {
      const tally = tallyOf(place);
      if (tally !== own) tally.cells += weight;
      if (unexplained) tally.numbers += weight;
    },
    sighting(place: Place, sighting: Sighting) {
      count(tallyOf(place), sighting, weight);
      if (sighting.standing !== 'miss') seen.push({ place, sighting });
    },
  };

  const bucketOf = (): Bucket => {
    let key = '';
    for (const { place, sighting } of seen)
      key += `${place.series}\t${sighting.rule}\t${sighting.kin ?? ''}\t${sighting.standing}\n`;
    let bucket = buckets.get(key);
    if (!bucket) {
      const parts = seen.map(({ place, sighting }) => ({
        series: place.series,
        rule: sighting.rule,
        kin: sighting.kin ?? '',
        type: sighting.type,
        standing: sighting.standing,
      }));
      buckets.set(key, (bucket = { parts, rows: 0, kept: [], paths: null }));
    }
    return bucket;
  };

  /** Looks at a text that `rows` cells hold; undefined where nothing is in it. */
  const look = (text: string, rows: number): Seen | undefined => {
    weight = rows;
    seen = [];
    examine(text, header, sink);
    if (seen.length === 0) return undefined;
    const bucket = bucketOf();
    bucket.rows += rows;
    return {
      bucket,
      paths: seen.some(({ place }) => place.path !== null) ? seen.map(({ place }) => place.path) : null,
    };
  };

  /** Keeps a row of a bucket, the first ones told. */
  const keep = ({ bucket, paths }: Seen, row: number): void => {
    if (bucket.kept.length >= findingsKept) return;
    bucket.kept.push(row);
    if (paths) (bucket.paths ??= []).push(paths);
  };

  return { own, tallies, buckets, look, keep };
};
export type Gathered = ReturnType<typeof gather>;

/** What of a bucket counts, once its column has been judged; each kind once a place, the first rule that saw it. */
export const judged = ({ tallies }: Gathered): ((seen: Seen) => Detected[]) => {
  const borne = new Map([...tallies].map(([series, { tally, header }]) => [series, judge(tally, header)]));
  return ({ bucket, paths }) => {
    const found = new Map<string, Detected>();
    for (const [at, part] of bucket.parts.entries()) {
      const { series, rule, type, standing } = part;
      if (standing === 'column' && !borne.get(series)?.(part)) continue;
      const path = paths?.[at] ?? null;
      const key = `${type}\t${path ?? ''}`;
      if (!found.has(key)) found.set(key, { type, detector: detectorOf(rule, series), path });
    }
    return [...found.values()];
  };
};
