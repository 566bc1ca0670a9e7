/** Drafting and opening a bulletin on source departments: once for a city and a period (S3; 中卫 三十一). */
import { bulletinFigures } from '@gongshu/shared/bulletin/figures';
import type { BulletinDraft, BulletinFacts } from '@gongshu/shared/bulletin/machine';
import { type BulletinCaseRules, bulletinRules } from '@gongshu/shared/bulletin/rules';
import type { BusinessDate } from '@gongshu/shared/business-date';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { Calendar } from '@gongshu/shared/calendar';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { factTypes } from '@gongshu/shared/disclosure-facts/fact';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import { bureauOf } from '../cases/bodies.ts';
import { sha256 } from '../hash.ts';
import { takePart } from '../procedures/bodies.ts';
import type { ProcedureDeps } from '../procedures/deps.ts';
import type { Opening } from '../procedures/open.ts';
import { readFacts } from './facts.ts';
import type { DisclosureCaseTables, FigureCases } from './tables.ts';
import { keepDraft } from './yearly.ts';

/** What a bulletin says; canonical JSON of it is issued and hashed. */
export type BulletinContent = {
  form: 'gongshu-bulletin-1';
  jurisdiction: string;
  from: BusinessDate;
  until: BusinessDate;
  /** Medians and tails of fewer reviews than this are left out (null): a small office is not judged by one case. */
  smallest: number;
  departments: { department: string; figures: Record<string, number | null> }[];
};
const domains: readonly string[] = ['application', 'party', 'qualityFeedback', 'resource', 'supply'];
/** Facts that its figures are counted from: what was traced, billed and listed is none of a department's. */
export const bulletinFactTypes: readonly string[] = factTypes.filter((type) =>
  domains.includes(type.slice(0, type.indexOf('.'))),
);

type Of = { jurisdiction: string; from: BusinessDate; until: BusinessDate };

/** As the facts make it now. */
export const draftBulletin = async (
  db: Kysely<DisclosureCaseTables>,
  { jurisdiction, from, until }: Of,
  { figures, smallest }: BulletinCaseRules,
  calendar: Calendar,
): Promise<{ draft: BulletinDraft; content: string; cases: FigureCases[] }> => {
  const facts = await readFacts(db, jurisdiction, bulletinFactTypes);
  const all = bulletinFigures(facts, { span: { from, until }, figures, smallest, calendar });
  const content: BulletinContent = {
    ...{ form: 'gongshu-bulletin-1', jurisdiction, from, until, smallest },
    departments: all.map(({ department, figures: own }) => ({
      department,
      figures: Object.fromEntries(own.map(({ name, value }) => [name, value])),
    })),
  };
  const text = canonicalJson(content);
  const departments = all.map(({ department }) => department);
  const counties = await db
    .selectFrom('body')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', 'countyBureau')
    .where('id', 'in', departments.length > 0 ? departments : [''])
    .orderBy('id')
    .execute();
  return {
    content: text,
    draft: {
      ...{ hash: sha256(text), departments },
      ...(counties.length > 0 && { counties: counties.map(({ id }) => id) }),
    },
    cases: all.flatMap(({ department, figures: own }) =>
      own.map(({ name, cases }) => ({ figure: name, body: department, cases })),
    ),
  };
};

/** Of whom a draft says something else than the one that stands, or that one nothing at all; the hash of that one. */
export const changedSince = async (
  db: Kysely<DisclosureCaseTables>,
  caseNo: string,
  content: string,
): Promise<{ before: string; changed: string[] }> => {
  const standing = await db
    .selectFrom('version')
    .select(['content', 'hash'])
    .where('case_no', '=', caseNo)
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow();
  const figuresIn = (text: string) =>
    (JSON.parse(text) as BulletinContent).departments.map(
      ({ department, figures }) => [department, canonicalJson(figures)] as const,
    );
  const said = new Map(figuresIn(standing.content));
  const changed = figuresIn(content).filter(([department, figures]) => said.get(department) !== figures);
  return { before: standing.hash, changed: changed.map(([department]) => department) };
};

/** Throws `lifecycleNotInPack`, `bureauUnknown`, `bulletinExists` (409), `periodNotEnded` (409). */
export const bulletinOpening = async (
  { db, calendarVersion }: Pick<ProcedureDeps, 'db' | 'calendarVersion'>,
  pack: ResolvedPack,
  calendar: Calendar,
  { by, lawNow, ...of }: Of & { by: Opening<BulletinCaseRules, BulletinFacts>['by']; lawNow: Date },
): Promise<Opening<BulletinCaseRules, BulletinFacts>> => {
  const { jurisdiction, from, until } = of;
  if (!pack.rules['bulletin']) throw problem('lifecycleNotInPack', { params: { jurisdiction } });
  if (businessDateOf(lawNow.getTime()) <= until)
    throw problem('periodNotEnded', { params: { lastDay: until } });
  const rules = bulletinRules(pack);
  return {
    ...{ kind: 'bulletin', pack, rules, by, lawNow },
    authority: await bureauOf(db, 'body', jurisdiction),
    calendarVersion: await calendarVersion(jurisdiction),
    facts: async (caseTrx, { caseNo, receipt }) => {
      const trx = caseTrx as unknown as Transaction<DisclosureCaseTables>;
      const made = await trx
        .insertInto('bulletin_period')
        .values({ case_no: caseNo, jurisdiction, from_on: from, until_on: until })
        .onConflict((conflict) => conflict.columns(['jurisdiction', 'from_on']).doNothing())
        .returning('case_no')
        .executeTakeFirst();
      if (!made) throw problem('bulletinExists');
      const drafted = await draftBulletin(trx, of, rules, calendar);
      await keepDraft(trx, receipt, caseNo, drafted);
      await takePart(
        trx,
        caseNo,
        drafted.draft.departments.map((organisation) => ({ organisation, role: 'named' })),
      );
      return { from, until, draft: drafted.draft };
    },
  };
};
