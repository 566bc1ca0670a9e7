/** What a pack says of the evidence that a platform is to hold (X4). */
import { type BusinessDate, addDays } from '../business-date.ts';
import { correspondingDay } from '../mandate/term.ts';
import { articleOf, type ResolvedPack, ruleOf, valuesOf } from '../packs/pack.ts';
import { clauseWords, type RestsOn, restsOn } from '../packs/resting-on.ts';
import type { EvidenceKind } from '../packs/topics/platform-evidence.ts';

export type EvidenceLaw = {
  jurisdiction: string;
  /** Kinds the pack asks for; none where it asks for none. */
  kinds: readonly EvidenceKind[];
  warnDays: readonly number[];
  acceptanceLimit: { workingDays: number };
  /** Within which evidence is filed from the first day of a mandate; undefined where the text names no period. */
  firstFiling: { workingDays: number } | undefined;
  /** Whether supply is suspended when evidence of the kind has expired. */
  suspends: (kind: string) => boolean;
  /** The longest that a piece of the kind holds, in months; undefined: as long as it says itself. */
  longestMonths: (kind: string) => number | undefined;
  /** What asks for evidence of the kind. */
  restsOf: (kind: string) => RestsOn;
  suspensionRests: RestsOn;
};

/** Undefined where the pack does not hold the topic. */
export const evidenceLaw = (pack: ResolvedPack): EvidenceLaw | undefined => {
  if (!pack.rules['platformEvidence']) return undefined;
  const { required, suspends, longestMonths, warnDays, acceptanceLimit, firstFiling } = valuesOf(
    pack,
    'platformEvidence',
  );
  const place = articleOf(ruleOf(pack, 'platformEvidence', 'required'));
  const asked = required === 'none' ? [] : required;
  return {
    ...{ jurisdiction: pack.jurisdiction, warnDays, acceptanceLimit },
    firstFiling: firstFiling === 'none' ? undefined : firstFiling,
    kinds: asked.map(({ kind }) => kind),
    suspends: (kind) => suspends !== 'none' && suspends.some((one) => one === kind),
    longestMonths: (kind) => longestMonths[kind as EvidenceKind],
    restsOf: (kind) => {
      const entry = asked.find((one) => one.kind === kind);
      return entry && 'article' in place
        ? { article: clauseWords(entry.article, place.instrument), articleInstrument: place.instrument }
        : restsOn(pack, 'platformEvidence', 'required');
    },
    suspensionRests: restsOn(pack, 'platformEvidence', 'suspends'),
  };
};

/**
 * The last day a piece of evidence holds: as it says itself, at most the pack's months counted from the day it was issued
 * (the day before the corresponding one); null where neither sets an end.
 */
export const heldUntil = (
  { issuedOn, statedUntil }: { issuedOn: BusinessDate; statedUntil: BusinessDate | null },
  longestMonths: number | undefined,
): BusinessDate | null => {
  if (longestMonths === undefined) return statedUntil;
  const longest = addDays(correspondingDay(issuedOn, longestMonths), -1);
  return statedUntil !== null && statedUntil < longest ? statedUntil : longest;
};
