/** Terms of sharing (F5), from the operating agreement: recorded by the bureau, agreed by the operator, by year. */
import { jsonHash } from '@gongshu/infra/hash';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { nextNumber } from '@gongshu/infra/cases/number';
import { record } from '@gongshu/infra/record';
import type { SettlementTables, SharingTermsRow } from '@gongshu/infra/settlements/tables';
import { clauseIn, clauseOfRule, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { SharingParty } from '@gongshu/shared/packs/topics/pricing';
import { pricingLaw, refused } from '@gongshu/shared/pricing/law';
import { decimalText, Rate, rateOf, Weight, weightOf } from '@gongshu/shared/pricing/money';
import { sharePool } from '@gongshu/shared/pricing/settlement';
import { problem, problemTable } from '@gongshu/shared/problems';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { businessDateOf, yearOf } from '@gongshu/shared/business-date';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Acting } from '@gongshu/infra/http/acting';

export const ShareParty = z.strictObject({
  id: OrganisationId.describe('The body; for the public good the account it goes to'),
  kind: SharingParty,
  factor: Weight.describe('Its contribution factor, an exact decimal; shares are in proportion'),
});
export const TermsGiven = z.strictObject({
  operator: OrganisationId,
  year: z.int().min(2000).max(2200),
  agreement: z
    .string()
    .regex(/^[\w.-]{1,80}$/)
    .describe('Number of the operating agreement'),
  resourceFeeRate: Rate.refine((rate) => {
    try {
      return compareToOne(rate) <= 0;
    } catch {
      return true;
    }
  }, 'at most 1').describe('The resource fee, as a part of all revenue: 0.03'),
  parties: z.array(ShareParty).min(1).max(50).describe('In the agreement’s order; it settles ties'),
  document: DocumentHash,
});
export type TermsGiven = z.output<typeof TermsGiven>;
type Trx = Transaction<SettlementTables>;

const compareToOne = (rate: string | number): number => {
  const { n, d } = rateOf(rate);
  return n > d ? 1 : n === d ? 0 : -1;
};

/** The terms that a year of an operator is settled by; undefined while it has agreed to none. */
export const agreedTerms = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  { jurisdiction, operator, year }: { jurisdiction: string; operator: string; year: number },
): Promise<SharingTermsRow | undefined> =>
  await (db as Kysely<SettlementTables>)
    .selectFrom('sharing_terms')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .where('state', '=', 'agreed')
    .executeTakeFirst();

const lockTerms = (trx: Trx, jurisdiction: string, operator: string, year: number) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`terms ${jurisdiction} ${operator} ${year}`}, 0))`.execute(
    trx,
  );

/** Throws `sharingTermsUsed` (409) once a settlement of the year was made by agreed terms. */
const mustBeUnused = async (trx: Trx, jurisdiction: string, operator: string, year: number) => {
  const used = await trx
    .selectFrom('sharing_terms')
    .select('terms')
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .where('used_by', 'is not', null)
    .executeTakeFirst();
  if (used) throw problem('sharingTermsUsed');
};

/** Refuses who may not share here (with the article), a party listed twice, and factors that are all nought. */
export const mustBeSharable = (pack: ResolvedPack, parties: TermsGiven['parties']): void => {
  const law = pricingLaw(pack);
  const ids = parties.map(({ id }) => id);
  const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at);
  if (twice >= 0)
    throw problem('sharingPartyTwice', {
      errors: [
        {
          ...{ pointer: `/body/parties/${twice}/id`, code: 'sharingPartyTwice' },
          message: { zh: '分配主体重复', en: 'Listed twice' },
        },
      ],
    });
  const found = sharePool(
    0n,
    parties.map(({ id, kind, factor }) => ({ id, kind, factor: weightOf(factor) })),
    law,
  );
  if ('reasons' in found) throw refused(found.reasons);
  mustHavePublicPart(pack, parties);
};

/** Throws `sharingWithoutPublicPart` (422) where the pack has part of the revenue go to some party, and none of them has any. */
const mustHavePublicPart = (
  pack: ResolvedPack,
  parties: readonly Pick<TermsGiven['parties'][number], 'kind' | 'factor'>[],
): void => {
  const { value } = ruleOf(pack, 'pricing', 'publicShare');
  if (value === 'none') return;
  if (parties.some(({ kind, factor }) => value.includes(kind) && weightOf(factor).n > 0n)) return;
  const code = 'sharingWithoutPublicPart';
  throw problem(code, {
    ...clauseIn(pack, 'pricing', 'publicShare'),
    errors: [{ pointer: '/body/parties', code, message: problemTable[code].title }],
  });
};

/** Records the next version of a year's terms; they apply once the operator agrees. Once a request. */
export const proposeTerms = async (
  trx: Trx,
  pack: ResolvedPack,
  given: TermsGiven,
  { actor, at }: Acting,
): Promise<SharingTermsRow> => {
  const { jurisdiction } = pack;
  const { operator, year } = given;
  mustBeSharable(pack, given.parties);
  const body = await trx
    .selectFrom('body' as never)
    .select(sql<string>`kind`.as('kind'))
    .where(sql<boolean>`jurisdiction = ${jurisdiction} and id = ${operator} and kind = 'operator'`)
    .executeTakeFirst();
  if (!body) throw problem('usageOperatorUnknown');
  await lockTerms(trx, jurisdiction, operator, year);
  await mustBeUnused(trx, jurisdiction, operator, year);
  await mustBeStored(trx, {
    ...{ hash: given.document, pointer: '/body/document', organisation: actor.organisation, jurisdiction },
  });
  const { last } = await trx
    .selectFrom('sharing_terms')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), sql<number>`0`).as('last'))
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .executeTakeFirstOrThrow();
  const on = yearOf(businessDateOf(at.getTime()));
  const number = await nextNumber(trx, 'procedure_number', { jurisdiction, year: on, series: 'FP' });
  const terms = `${pack.areaCode}-FP-${on}-${String(number).padStart(6, '0')}`;
  const said = {
    ...{ operator, year, agreement: given.agreement, document: given.document },
    resourceFeeRate: decimalText(rateOf(given.resourceFeeRate)),
    parties: given.parties.map(({ id, kind, factor }) => ({
      ...{ id, kind, factor: decimalText(weightOf(factor)) },
    })),
  };
  const hash = jsonHash(said);
  const version = Number(last) + 1;
  const row = await trx
    .insertInto('sharing_terms')
    .values({
      ...{ terms, jurisdiction, operator, year, version, agreement: given.agreement, hash },
      ...{ resource_fee_rate: said.resourceFeeRate, document: given.document, state: 'proposed' as const },
      parties: JSON.stringify(said.parties) as never,
      ...{ proposed_at: at, proposed_by: actor.id, agreed_at: null, agreed_by: null, used_by: null },
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await linkDocument(trx, {
    ...{ hash: given.document, jurisdiction, caseNo: terms, role: 'sharingTerms' },
    ...{ by: actor.organisation, at },
  });
  await record(trx, 'pricing', {
    ...{
      key: `${terms}/proposed`,
      type: 'sharingTerms.proposed.v1',
      subject: terms,
      jurisdiction,
      at,
      actor,
    },
    data: {
      ...{ terms, operator, year, version, hash, agreement: given.agreement, document: given.document },
      ...{ parties: given.parties.length, ...restsOn(pack, 'pricing', 'sharing') },
    },
  });
  return row;
};

/** The operator agrees: from now on they apply, and what applied before is replaced. */
export const agreeTerms = async (
  trx: Trx,
  pack: ResolvedPack,
  row: SharingTermsRow,
  { actor, at }: Acting,
): Promise<SharingTermsRow> => {
  const { jurisdiction, operator, year, terms, version, hash } = row;
  await lockTerms(trx, jurisdiction, operator, year);
  await mustBeUnused(trx, jurisdiction, operator, year);
  const newest = await trx
    .selectFrom('sharing_terms')
    .select(['terms', 'state'])
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow();
  if (newest.terms !== terms || newest.state !== 'proposed') throw problem('sharingTermsNotProposed');
  const rule = ruleOf(pack, 'pricing', 'sharing');
  // The law may have narrowed who shares since they were recorded.
  const barred = row.parties.find(({ kind }) => !rule.value.parties.includes(kind));
  if (barred) throw problem('sharingPartyNotAllowed', { article: clauseOfRule(pack, rule) });
  mustHavePublicPart(pack, row.parties);
  await trx
    .updateTable('sharing_terms')
    .set({ state: 'replaced' })
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .where('terms', '!=', terms)
    .where('state', '!=', 'replaced')
    .execute();
  const agreed = await trx
    .updateTable('sharing_terms')
    .set({ state: 'agreed', agreed_at: at, agreed_by: actor.id })
    .where('terms', '=', terms)
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(trx, 'pricing', {
    ...{ key: `${terms}/agreed`, type: 'sharingTerms.agreed.v1', subject: terms, jurisdiction, at, actor },
    data: { terms, operator, year, version, hash, ...restsOn(pack, 'pricing', 'sharing') },
  });
  return agreed;
};
