import { canonicalJson } from '../canonical-json.ts';
import { type Assembled, type OwnPack, type SourceFile, assemblePacks } from './assemble.ts';
import { type Basis, type Place, type ResolvedPack, type ResolvedRule, type RuleOf, ruleOf } from './pack.ts';
import type { TopicFile } from './parse.ts';
import { type Cite, type Rule, isCited, isInherited } from './schema.ts';
import { type TopicName, type TopicValues, keysOf } from './topics.ts';

/** The document by which a draft was adopted; `from` and `until` inclusive, dates of Asia/Shanghai. */
export type Adoption = { number: string; from: string; until?: string };
export type LoadOptions = {
  /** In production a draft loads only with its adopting document. */
  mode: 'development' | 'production';
  /** By jurisdiction. */
  adopted: Readonly<Record<string, Adoption>>;
  /** Hexadecimal SHA-256 of a text; handed in, for this code is pure. */
  sha256: (text: string) => string;
};

/** A resolved pack with its typed reader; the reader is no part of its JSON. */
export type LoadedPack = ResolvedPack & {
  rule: <T extends TopicName, K extends keyof TopicValues<T> & string>(topic: T, key: K) => RuleOf<T, K>;
};

export type PackSet = {
  /** Jurisdictions that can be resolved, in alphabetical order. */
  jurisdictions: readonly string[];
  /** Jurisdictions left out, with the reason. */
  withheld: Readonly<Record<string, string>>;
  /** Throws `RangeError` for a jurisdiction that isn't there, with the reason when it was withheld. */
  resolve: (jurisdiction: string) => LoadedPack;
};

const placeOf = (file: TopicFile, { instrument, article, quote }: Cite): Place => ({
  instrument: instrument ?? file.instrument,
  article,
  quote,
});

const basisOf = (file: TopicFile, rule: Exclude<Rule, { inherits: string }>): Basis =>
  isCited(rule)
    ? {
        kind: 'cite',
        ...placeOf(file, rule.cite),
        ...(rule.also && { also: rule.also.map((cite) => placeOf(file, cite)) }),
      }
    : { kind: 'silent', reading: rule.silent, searched: rule.searched ?? [] };

/** What a pack adds to its parent's list: the parent's entries stay, and so do the words they rest on. */
const added = (own: ResolvedRule, above: ResolvedRule | undefined): ResolvedRule => {
  if (!above) return own;
  const value = [...new Set([...(above.value as unknown[]), ...(own.value as unknown[])])];
  if (own.basis.kind !== 'cite' || above.basis.kind !== 'cite') return { ...own, value };
  const { kind: _, also = [], ...place } = above.basis;
  return { ...own, value, basis: { ...own.basis, also: [...(own.basis.also ?? []), place, ...also] } };
};

const rulesOf = (packs: ReadonlyMap<string, OwnPack>, jurisdiction: string): ResolvedPack['rules'] => {
  const pack = packs.get(jurisdiction);
  if (!pack) return {};
  const above = pack.parent === undefined ? {} : rulesOf(packs, pack.parent);
  const own = pack.files.map((file) => {
    const upper = above[file.topic] ?? {};
    const rules = Object.entries(file.rules).map(([key, rule]): [string, ResolvedRule] => {
      const inheritedRule = upper[key];
      if (isInherited(rule)) {
        if (!inheritedRule)
          throw new RangeError(`${file.file}: ${key} is inherited and ${rule.inherits} lacks it`);
        return [key, inheritedRule];
      }
      const resolved: ResolvedRule = {
        value: rule.value,
        ...(isCited(rule) && { force: rule.force, ...(rule.row !== undefined && { row: rule.row }) }),
        basis: basisOf(file, rule),
        from: jurisdiction,
      };
      return [key, keysOf(file.topic)[key]?.cumulative ? added(resolved, inheritedRule) : resolved];
    });
    return [file.topic, Object.fromEntries(rules)] as const;
  });
  return { ...(pack.inherits !== undefined && above), ...Object.fromEntries(own) };
};

type Head = Pick<ResolvedPack, 'status' | 'number' | 'from' | 'until' | 'localWords'>;

/** Status and dates: of its adoption, of its own files, and of its parent where it inherits whole topics. */
const headOf = (packs: ReadonlyMap<string, OwnPack>, pack: OwnPack, options: LoadOptions): Head => {
  const adoption = options.adopted[pack.jurisdiction];
  const parent = pack.inherits === undefined ? undefined : packs.get(pack.inherits);
  const above = parent && headOf(packs, parent, options);
  const drafted = above?.status === 'draft' || pack.files.some(({ status }) => status === 'draft');
  const dates = (pick: 'from' | 'until') =>
    [...pack.files.map((file) => file[pick]), above?.[pick]]
      .filter((date) => typeof date === 'string')
      .toSorted();
  return {
    localWords: { ...above?.localWords, ...pack.localWords },
    status: drafted && !adoption ? 'draft' : 'inForce',
    number:
      adoption?.number ??
      pack.files.find(({ number }) => number !== undefined)?.number ??
      above?.number ??
      null,
    from: adoption?.from ?? dates('from').at(-1) ?? null,
    until: adoption?.until ?? dates('until')[0] ?? null,
  };
};

const resolved = (packs: ReadonlyMap<string, OwnPack>, pack: OwnPack, options: LoadOptions): LoadedPack => {
  const content = {
    jurisdiction: pack.jurisdiction,
    title: pack.title,
    areaCode: pack.areaCode,
    parent: pack.parent ?? null,
    ...headOf(packs, pack, options),
    rules: rulesOf(packs, pack.jurisdiction),
  };
  const version = `sha256:${options.sha256(canonicalJson(content))}`;
  const plain: ResolvedPack = { ...content, version };
  return Object.defineProperty(plain, 'rule', {
    value: (topic: TopicName, key: never) => ruleOf(plain, topic, key),
    enumerable: false,
  }) as LoadedPack;
};

const whyWithheld = (
  packs: ReadonlyMap<string, OwnPack>,
  pack: OwnPack,
  options: LoadOptions,
): string | undefined => {
  if (options.mode === 'development' || options.adopted[pack.jurisdiction]) return undefined;
  const draft = pack.files.find(({ status }) => status === 'draft');
  if (draft)
    return `${draft.file}: ${draft.instrument} is a draft and production needs the adopting document's number`;
  const parent = pack.inherits === undefined ? undefined : packs.get(pack.inherits);
  return parent && whyWithheld(packs, parent, options);
};

/** Resolves packs that were read and checked. */
export const resolvePacks = ({ packs }: Assembled, options: LoadOptions): PackSet => {
  const loaded = new Map<string, LoadedPack>();
  const withheld: Record<string, string> = {};
  for (const [jurisdiction, pack] of packs) {
    const reason = whyWithheld(packs, pack, options);
    if (reason) withheld[jurisdiction] = reason;
    else loaded.set(jurisdiction, resolved(packs, pack, options));
  }
  return {
    jurisdictions: [...loaded.keys()].toSorted(),
    withheld,
    resolve(jurisdiction) {
      const pack = loaded.get(jurisdiction);
      if (!pack) throw new RangeError(withheld[jurisdiction] ?? `No policy pack of ${jurisdiction}`);
      return pack;
    },
  };
};

/** From files to resolved packs. Throws `PacksRefused` with every fault: file, line and reason. */
export const packSetOf = (sources: readonly SourceFile[], options: LoadOptions): PackSet =>
  resolvePacks(assemblePacks(sources), options);
