import type { AccessRefusal } from '@gongshu/shared/access';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { ruleOf } from '@gongshu/shared/packs/pack';
import type { ArticleRef } from '@gongshu/shared/problems';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { clauseOf } from '../supplies/law.ts';
import type { StandingLaw } from './judge.ts';

export type AccessLaw = { standing: StandingLaw; article: (code: AccessRefusal) => ArticleRef | null };

/** Whether raw data stays unseen by those who process it (D4, Wuhai 八（三）). */
const rawHidden = (pack: ResolvedPack): boolean => {
  const personnel = pack.rules['supply'] && ruleOf(pack, 'supply', 'personnel').value;
  return personnel !== undefined && personnel !== 'none' && !personnel.rawDataVisible;
};

/** Where a pack says nothing about merchants, a suspended or exited one's grants stop. */
const standingLaw = (pack: ResolvedPack): StandingLaw => {
  if (!pack.rules['merchantOnboarding'])
    return { suspendedStops: true, exitedStops: true, rawHidden: rawHidden(pack) };
  return {
    rawHidden: rawHidden(pack),
    suspendedStops: ruleOf(pack, 'merchantOnboarding', 'whileSuspended').value.grants === 'suspended',
    exitedStops: ruleOf(pack, 'merchantOnboarding', 'onExit').value.grants === 'ended',
  };
};

const articlesOf = (pack: ResolvedPack): Record<AccessRefusal, ArticleRef | undefined> => {
  const beyond = clauseOf(pack, 'dataUse', 'refusedUse');
  const authorised = clauseOf(pack, 'supply', 'authorisedOnly');
  return {
    atTooFar: clauseOf(pack, 'supply', 'trace'),
    grantNotStarted: beyond,
    grantExpired: beyond,
    grantSuspended: beyond,
    grantEnded: beyond,
    merchantSuspended: clauseOf(pack, 'merchantOnboarding', 'whileSuspended') ?? beyond,
    merchantExited: clauseOf(pack, 'merchantOnboarding', 'onExit') ?? beyond,
    purposeBeyondGrant: beyond,
    fieldBeyondGrant: beyond,
    fieldMasked: beyond,
    rawNotVisible: clauseOf(pack, 'supply', 'personnel'),
    supplyMissing: authorised,
    supplySuspended: clauseOf(pack, 'supply', 'suspension') ?? authorised,
  };
};

/** The law of accesses by jurisdiction, resolved once each: packs do not change while a process runs. */
export const accessLaws = (packs: Pick<PackSet, 'resolve'>): ((jurisdiction: string) => AccessLaw) => {
  const known = new Map<string, AccessLaw>();
  return (jurisdiction) => {
    const held = known.get(jurisdiction);
    if (held) return held;
    const pack = packs.resolve(jurisdiction);
    const articles = articlesOf(pack);
    const law: AccessLaw = {
      standing: standingLaw(pack),
      article: (code) => articles[code] ?? null,
    };
    known.set(jurisdiction, law);
    return law;
  };
};
