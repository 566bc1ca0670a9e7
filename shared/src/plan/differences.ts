/** What changed from one version of the plan to the next, item by item (P2: earlier versions are kept). */
import { canonicalJson } from '../canonical-json.ts';

/** Contents as they are compared: words by place. */
export type ComparedContents = {
  title: string;
  items: Readonly<Record<string, unknown>>;
  mode?: unknown;
  termMonths?: unknown;
  feasibility: Readonly<Record<string, unknown>>;
};

export type Difference = {
  /** `title`, `mode`, `termMonths`, `items/<item>`, `feasibility/<topic>`. */
  place: string;
  change: 'added' | 'removed' | 'changed' | 'same';
  before: unknown;
  after: unknown;
};

const placesOf = ({ title, items, mode, termMonths, feasibility }: ComparedContents): Map<string, unknown> =>
  new Map<string, unknown>(
    [
      ['title', title],
      ...Object.entries(items).map(([item, value]) => [`items/${item}`, value]),
      ['mode', mode],
      ['termMonths', termMonths],
      ...Object.entries(feasibility).map(([topic, value]) => [`feasibility/${topic}`, value]),
    ].filter((entry): entry is [string, unknown] => entry[1] !== undefined),
  );

/** Every place of either version, those of the newer one first; all are added where there is none before. */
export const differencesOf = (before: ComparedContents | null, after: ComparedContents): Difference[] => {
  const [old, now] = [before ? placesOf(before) : new Map<string, unknown>(), placesOf(after)];
  return [...new Set([...now.keys(), ...old.keys()])].map((place) => {
    const [was, is] = [old.get(place), now.get(place)];
    const same = was !== undefined && is !== undefined && canonicalJson(was) === canonicalJson(is);
    return {
      place,
      change: was === undefined ? 'added' : is === undefined ? 'removed' : same ? 'same' : 'changed',
      before: was ?? null,
      after: is ?? null,
    };
  });
};
