/**
 * The committee that assesses bidders (O3), drawn at random and repeatable. A person's place in the draw is
 * HMAC-SHA-256 of the id under the seed: nothing is divided, so nobody is likelier than another; who is excluded moves
 * nobody else; and anyone can check a place with `printf %s ID | openssl dgst -sha256 -hmac SEED`.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Someone who may be drawn: an expert of the pool, or who a department sends. */
export type Candidate = { readonly id: string; readonly organisation: string };

export type Draw = {
  /** Experts who may sit. */
  readonly pool: readonly Candidate[];
  /** 64 hexadecimal digits, drawn by the authority before the pool is known, told by its hash until opening. */
  readonly seed: string;
  readonly size: number;
  readonly odd: boolean;
  /** Share of experts as a fraction, `[2, 3]`. */
  readonly expertsAtLeast: readonly [number, number];
  /** Representatives of departments; `null` where the pack has experts alone. */
  readonly departments: readonly Candidate[] | null;
  /** Ids with a conflict of interest. */
  readonly excluded: readonly string[];
};

export type Seat = 'expert' | 'department';
export type Member = Candidate & { readonly seat: Seat };
/** What is missing for a committee; `needed` and `found` are people, or seats. */
export type DrawFault = {
  readonly code: 'sizeNotOdd' | 'noSeatForDepartments' | 'tooFewExperts' | 'tooFewDepartments';
  readonly needed: number;
  readonly found: number;
};
export type Committee = {
  /** In the order drawn, experts first. */
  readonly members: readonly Member[];
  /** Who comes next when a member leaves, by seat, in order. */
  readonly substitutes: readonly Member[];
};

const seedPattern = /^[0-9a-f]{64}$/;
export const isSeed = (text: string): boolean => seedPattern.test(text);

/** What is told of a seed before the opening: `sha256:` of its text. */
export const seedCommitment = (seed: string): string => `sha256:${bytesToHex(sha256(utf8ToBytes(seed)))}`;

/** A person's place in the draw: the lower, the earlier. Hexadecimal, 64 digits. */
export const placeInDraw = (seed: string, id: string): string =>
  bytesToHex(hmac(sha256, utf8ToBytes(seed), utf8ToBytes(id)));

/** Experts that a committee must have at least. */
export const expertSeats = (size: number, [share, of]: readonly [number, number]): number =>
  Math.floor((size * share + of - 1) / of);

const inOrder = (seed: string, seat: Seat, candidates: readonly Candidate[]): Member[] =>
  [...new Map(candidates.map((one) => [one.id, one])).values()]
    .map(({ id, organisation }): [string, Member] => [placeInDraw(seed, id), { id, organisation, seat }])
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, member]) => member);

/** Representatives for the seats: of different departments as long as there are any. */
const representatives = (drawn: readonly Member[], seats: number): Member[] => {
  const seen = new Set<string>();
  const firsts = drawn.filter(({ organisation }) => !seen.has(organisation) && seen.add(organisation));
  return [...firsts, ...drawn.filter((one) => !firsts.includes(one))].slice(0, seats);
};

/**
 * Draws a committee, the same from the same pool and seed, in whatever order the pool is given. Departments take the
 * seats that experts need not have, at least one; seats they cannot fill go to experts. Answers what is missing where
 * no committee can be had. Throws RangeError on a seed that is none.
 */
export const drawCommittee = (draw: Draw): Committee | { readonly missing: readonly DrawFault[] } => {
  const { pool, seed, size, odd, expertsAtLeast, departments, excluded } = draw;
  if (!isSeed(seed)) throw new RangeError('A seed is 64 hexadecimal digits');
  const out = new Set(excluded);
  const standing = (list: readonly Candidate[]) => list.filter(({ id }) => !out.has(id));
  const experts = inOrder(seed, 'expert', standing(pool));
  const named = new Set(pool.map(({ id }) => id)); // an expert whom a department sends sits as an expert
  const sent = inOrder(
    seed,
    'department',
    standing(departments ?? []).filter(({ id }) => !named.has(id)),
  );

  const spare = departments === null ? 0 : size - expertSeats(size, expertsAtLeast);
  const fromDepartments = representatives(sent, spare);
  const wanted = size - fromDepartments.length;
  const missing: DrawFault[] = [];
  if (odd && size % 2 === 0) missing.push({ code: 'sizeNotOdd', needed: size + 1, found: size });
  if (departments !== null && spare < 1)
    missing.push({ code: 'noSeatForDepartments', needed: 1, found: Math.max(spare, 0) });
  else if (departments !== null && fromDepartments.length === 0)
    missing.push({ code: 'tooFewDepartments', needed: 1, found: 0 });
  if (experts.length < wanted) missing.push({ code: 'tooFewExperts', needed: wanted, found: experts.length });
  if (missing.length > 0) return { missing };

  return {
    members: [...experts.slice(0, wanted), ...fromDepartments],
    substitutes: [...experts.slice(wanted), ...sent.filter((one) => !fromDepartments.includes(one))],
  };
};
