/** Drafting and opening a year's disclosure: by its Schedule or by the bureau, once for a city, year and part (S1, S2). */
import { businessDateOf } from '@gongshu/shared/business-date';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { isFactType } from '@gongshu/shared/disclosure-facts/fact';
import { type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { DisclosureItem } from '@gongshu/shared/packs/topics/disclosure';
import { problem } from '@gongshu/shared/problems';
import { makeYearly } from '@gongshu/shared/yearly-disclosure/content';
import type { Stated, StatedGround } from '@gongshu/shared/yearly-disclosure/items';
import {
  type DisclosurePart,
  yearlyDays,
  type YearlyRules,
  yearlyRules,
} from '@gongshu/shared/yearly-disclosure/rules';
import type { Draft, YearlyFacts } from '@gongshu/shared/yearly-disclosure/types';
import type { Kysely, Transaction } from 'kysely';
import { bureauOf } from '../cases/bodies.ts';
import { sha256 } from '../hash.ts';
import { takePart } from '../procedures/bodies.ts';
import type { ProcedureDeps } from '../procedures/deps.ts';
import type { Opening } from '../procedures/open.ts';
import { readFacts } from './facts.ts';
import type { DisclosureCaseTables, FigureCases } from './tables.ts';

type Db = Kysely<DisclosureCaseTables>;

/** Whose disclosure of which year. */
export type YearlyOf = Pick<YearlyFacts, 'part' | 'year' | 'body' | 'operator'> & { jurisdiction: string };
/** What a body says of an item with the act that is being taken in. */
export type Saying = { item: DisclosureItem; words: string; hash: string; ground: StatedGround | null };

/** What was said of each item, the last taken of each. */
const saidOf = async (db: Db, caseNo: string | null, saying?: Saying) => {
  const rows =
    caseNo === null
      ? []
      : await db
          .selectFrom('statement')
          .select(['about as item', 'words', 'hash', 'ground'])
          .where('case_no', '=', caseNo)
          .where('accepted_at', 'is not', null)
          .orderBy('accepted_at')
          .orderBy('receipt')
          .execute();
  const stated: Stated = {};
  const said: Partial<Record<DisclosureItem, string>> = {};
  for (const { item, words, hash, ground } of [...rows, ...(saying ? [saying] : [])]) {
    const key = item as DisclosureItem;
    stated[key] = ground === null ? { hash } : { ground: ground as StatedGround };
    said[key] = words;
  }
  return { stated, said };
};

export type MadeDraft = { draft: Draft; content: string; cases: FigureCases[] };

/** The disclosure as the facts and what was said make it now. */
export const draftYearly = async (
  db: Db,
  { jurisdiction, ...about }: YearlyOf,
  rules: YearlyRules,
  caseNo: string | null,
  saying?: Saying,
): Promise<MadeDraft> => {
  const facts = (await readFacts(db, jurisdiction)).filter(({ type }) => isFactType(type));
  const made = makeYearly({ jurisdiction, ...about }, rules, facts, await saidOf(db, caseNo, saying));
  const content = canonicalJson(made.content);
  return {
    content,
    draft: { hash: sha256(content), items: made.items, figures: made.figures.length },
    cases: made.figures.map(({ name, cases }) => ({ figure: name, body: '', cases })),
  };
};

/** Keeps what an act offers beside the act; its entry makes a version of it. */
export const keepDraft = async (
  trx: Transaction<DisclosureCaseTables>,
  receipt: string,
  caseNo: string,
  { content, draft, cases }: { content: string; draft: { hash: string }; cases: FigureCases[] },
): Promise<void> => {
  await trx
    .insertInto('draft')
    .values({ receipt, case_no: caseNo, content, hash: draft.hash, cases: JSON.stringify(cases) })
    .onConflict((conflict) => conflict.column('receipt').doNothing())
    .execute();
};

export type YearlyAsk = { jurisdiction: string; part: DisclosurePart; operator: string | null; year: number };

/**
 * An opening as the procedures' driver takes it in. Throws `lifecycleNotInPack`, `bureauUnknown`, `disclosureExists` (409).
 */
export const yearlyOpening = async (
  { db, calendarVersion }: Pick<ProcedureDeps, 'db' | 'calendarVersion'>,
  pack: ResolvedPack,
  { by, lawNow, ...asked }: YearlyAsk & { by: Opening<YearlyRules, YearlyFacts>['by']; lawNow: Date },
): Promise<Opening<YearlyRules, YearlyFacts>> => {
  const { jurisdiction, part, operator, year } = asked;
  const rules = pack.rules['disclosure'] ? yearlyRules(pack, part) : undefined;
  if (!rules) throw problem('lifecycleNotInPack', { params: { jurisdiction } });
  if (businessDateOf(lawNow.getTime()) <= `${year}-12-31`) throw problem('yearNotEnded');
  const authority = await bureauOf(db, 'body', jurisdiction);
  const of: YearlyOf = { jurisdiction, part, year, operator, body: operator ?? authority };
  return {
    ...{ kind: 'yearlyDisclosure', pack, rules, by, lawNow, authority },
    calendarVersion: await calendarVersion(jurisdiction),
    facts: async (caseTrx, { caseNo }) => {
      const trx = caseTrx as unknown as Transaction<DisclosureCaseTables>;
      await reserve(trx, caseNo, asked);
      if (operator !== null) await takePart(trx, caseNo, [{ organisation: operator, role: 'operator' }]);
      const { draft } = await draftYearly(trx, of, rules, null);
      const { due: dueOn, keptUntil } = yearlyDays(rules, year);
      return { part, year, body: of.body, operator, dueOn, keptUntil, draft };
    },
  };
};

const reserve = async (
  trx: Transaction<DisclosureCaseTables>,
  caseNo: string,
  { jurisdiction, part, operator, year }: YearlyAsk,
): Promise<void> => {
  const made = await trx
    .insertInto('yearly')
    .values({ case_no: caseNo, jurisdiction, part, operator: operator ?? '', year })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'part', 'operator', 'year']).doNothing())
    .returning('case_no')
    .executeTakeFirst();
  if (made) return;
  const { case_no } = await trx
    .selectFrom('yearly')
    .select('case_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('part', '=', part)
    .where('operator', '=', operator ?? '')
    .where('year', '=', year)
    .executeTakeFirstOrThrow();
  throw problem('disclosureExists', { params: { caseNo: case_no } });
};
