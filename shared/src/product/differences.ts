/** What changed from one artefact of a case to the next: places in the contents, and findings that came or went (E1). */
import { canonicalJson } from '../canonical-json.ts';
import type { EvidenceItem } from './evidence-report.ts';

export type Change = { pointer: string; change: 'added' | 'removed' | 'changed' };

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !isList(value);
const step = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

const nameOf = (one: unknown): unknown => (isRecord(one) ? (one['name'] ?? one['resource']) : one);
const named = (list: readonly unknown[]): boolean => {
  const names = list.map(nameOf);
  return names.every((one) => typeof one === 'string') && new Set(names).size === names.length;
};

/** Entries of a list go by their names where each has its own, so that one put in between does not change all behind it. */
const keyed = (
  before: unknown,
  after: unknown,
): [ReadonlyMap<string, unknown>, ReadonlyMap<string, unknown>] | null => {
  if (isRecord(before) && isRecord(after))
    return [new Map(Object.entries(before)), new Map(Object.entries(after))];
  if (!isList(before) || !isList(after)) return null;
  const byName = named(before) && named(after);
  const map = (list: readonly unknown[]) =>
    new Map(list.map((one, at) => [byName ? String(nameOf(one)) : String(at), one]));
  return [map(before), map(after)];
};

/** Places that differ, as RFC 6901 pointers whose list steps are names where the entries have them. */
export const changesBetween = (before: unknown, after: unknown, pointer = ''): Change[] => {
  if (same(before, after)) return [];
  const pair = keyed(before, after);
  if (!pair) return [{ pointer, change: 'changed' }];
  const [old, now] = pair;
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  return keys.flatMap((key): Change[] => {
    const at = `${pointer}/${step(key)}`;
    if (!old.has(key)) return [{ pointer: at, change: 'added' }];
    if (!now.has(key)) return [{ pointer: at, change: 'removed' }];
    return changesBetween(old.get(key), now.get(key), at);
  });
};

type Found = Pick<EvidenceItem, 'kind' | 'place'> & { item: number };

/** What a finding is about, without its counts and the name of its file: the same question of another artefact. */
const about = ({ kind, place }: Found): string => {
  const { file: _file, rows: _rows, k: _k, l: _l, t: _t, singledOut: _s, ...what } = place;
  const { shareOfProduct: _share, appeared: _a, disappeared: _d, ...rest } = what;
  return canonicalJson({ kind, place: rest });
};

/** Numbers of findings that are gone, and of those that are new. */
export const findingsBetween = (
  before: readonly Found[],
  after: readonly Found[],
): { resolved: number[]; appeared: number[] } => {
  const [old, now] = [new Set(before.map(about)), new Set(after.map(about))];
  return {
    resolved: before.filter((one) => !now.has(about(one))).map(({ item }) => item),
    appeared: after.filter((one) => !old.has(about(one))).map(({ item }) => item),
  };
};
