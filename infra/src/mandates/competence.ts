/** Checks, norms and reviews belong to the mandate whose field or scenario covers the application (O12). */
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { type ArticleRef, problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable } from 'kysely';
import type { MandateTable, MandateTables } from './tables.ts';

export type Mandate = Selectable<MandateTable>;
/**
 * What an application or an onboarding names: codes, without which only a whole mandate covers it, or the mandate
 * itself by its agreement. `anyExtent`: an onboarding is with an operator, whatever its fields.
 */
export type Asked = {
  field?: string | undefined;
  scenario?: string | undefined;
  mandate?: string | undefined;
  anyExtent?: boolean;
};

/** How a mandate stands on a day of Asia/Shanghai: one past its last day has ended, whatever its row still says. */
export const standsOn = (
  { state, from_on, until_on }: Pick<Mandate, 'state' | 'from_on' | 'until_on'>,
  on: string,
): Mandate['state'] | 'upcoming' => {
  if (state === 'ended' || on > until_on) return 'ended';
  return on < from_on ? 'upcoming' : state;
};

/** Whether what is asked for lies within the mandate's extent. */
export const covers = ({ mode, fields, scenarios, agreement_no }: Mandate, asked: Asked): boolean => {
  if (asked.mandate !== undefined && asked.mandate !== agreement_no) return false;
  if (mode === 'whole' || asked.anyExtent) return true;
  const within = (codes: readonly string[], code: string | undefined) =>
    code !== undefined && codes.includes(code);
  return within(fields, asked.field) || within(scenarios, asked.scenario);
};

/** The one mandate among several that covers what is asked for on a day, or why there is none. */
export const competentAmong = (
  mandates: readonly Mandate[],
  asked: Asked,
  on: string,
): Mandate | 'mandateMissing' | 'mandateAmbiguous' | 'mandateSuspended' | 'mandateEnded' => {
  const covering = mandates.filter((one) => covers(one, asked));
  const standing = covering.filter((one) => ['inForce', 'suspended'].includes(standsOn(one, on)));
  const [first, second] = standing;
  if (second) return 'mandateAmbiguous';
  if (first) return standsOn(first, on) === 'suspended' ? 'mandateSuspended' : first;
  return covering.some((one) => standsOn(one, on) === 'ended') ? 'mandateEnded' : 'mandateMissing';
};

/** The clause competence rests on: the article that says how operation is authorised, or our reading. */
export const competenceArticle = (pack: ResolvedPack): { article?: ArticleRef } =>
  clauseIn(pack, 'mandate', 'modes');

/** Every mandate of a city; `db` is bound to the schema of the registry or the catalog. */
export const mandatesOf = (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  jurisdiction: string,
): Promise<Mandate[]> =>
  (db as Kysely<MandateTables>)
    .selectFrom('mandate')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .orderBy('agreement_no')
    .execute();

/**
 * The mandate that is competent for what is asked for on a day (Asia/Shanghai). Throws `mandateMissing`,
 * `mandateAmbiguous`, `mandateSuspended`, `mandateEnded` (409), each with the article on modes of authorisation.
 */
export const mandateFor = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  pack: ResolvedPack,
  asked: Asked,
  on: string,
): Promise<Mandate> => {
  const found = competentAmong(await mandatesOf(db, pack.jurisdiction), asked, on);
  if (typeof found === 'string') throw problem(found, competenceArticle(pack));
  return found;
};
