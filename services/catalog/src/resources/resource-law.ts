import { businessDateOf } from '@gongshu/shared/business-date';
import { clauseOfRule, type ResolvedPack, ruleOf, valuesOf } from '@gongshu/shared/packs/pack';
import type { CatalogRules } from '@gongshu/shared/packs/topics/catalog';
import { type ArticleRef, problem } from '@gongshu/shared/problems';
import { type FlowStep, flowOf, type Shortfall } from '@gongshu/shared/resource-flow';
import type { Kysely } from 'kysely';
import type { ResourceTables } from '../tables/resource.ts';
import type { RegistrationPort } from './registration-port.ts';

/** What the acts on resources are built from. */
export type ResourceDeps = {
  db: Kysely<ResourceTables>;
  /** The resolved packs; `resolve` throws `RangeError` for a jurisdiction without one. */
  packs: { resolve: (jurisdiction: string) => ResolvedPack };
  registration: RegistrationPort;
};

/** Who acts, in which role, and when on the law's clock. */
export type Acting = {
  actor: { id: string; role: string; organisation: string | null };
  at: Date;
};

/** The catalog rules of one jurisdiction, each with the article it rests on. */
export type CatalogLaw = {
  pack: ResolvedPack;
  rules: CatalogRules;
  flow: FlowStep[];
  article: (key: keyof CatalogRules) => ArticleRef;
};

/** The pack of a jurisdiction. Throws `jurisdictionUnknown`. */
export const packOf = (packs: ResourceDeps['packs'], jurisdiction: string): ResolvedPack => {
  try {
    return packs.resolve(jurisdiction);
  } catch (cause) {
    if (cause instanceof RangeError) throw problem('jurisdictionUnknown', { cause });
    throw cause;
  }
};

export const catalogLaw = (packs: ResourceDeps['packs'], jurisdiction: string): CatalogLaw => {
  const pack = packOf(packs, jurisdiction);
  const rules = valuesOf(pack, 'catalog');
  return {
    pack,
    rules,
    flow: flowOf(rules),
    article: (key) => clauseOfRule(pack, ruleOf(pack, 'catalog', key)),
  };
};

/** Throws the gravest of the shortfalls with the article it rests on, and names all their places. */
export const mustLackNothing = (law: CatalogLaw, shortfalls: readonly Shortfall[]): void => {
  const [gravest] = shortfalls;
  if (!gravest) return;
  throw problem(gravest.code, {
    article: law.article(gravest.rule),
    errors: shortfalls.map(({ code, pointer, message }) => ({ code, pointer, message })),
  });
};

/** Throws `dateAhead` when a date given lies after today in Asia/Shanghai. */
export const mustNotLieAhead = (date: string, at: Date, pointer: string): void => {
  const today = businessDateOf(at.getTime());
  if (date <= today) return;
  const message = { zh: '日期晚于今日', en: 'The date lies ahead' };
  throw problem('dateAhead', { params: { today }, errors: [{ pointer, code: 'dateAhead', message }] });
};
