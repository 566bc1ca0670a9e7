/** What the pack makes of channels beside the platform (O11, O13; 中卫 十五, 朔州 五, 乌海 十一). */
import { mandatesOf, standsOn } from '@gongshu/infra/mandates/competence';
import { clauseOfRule, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import type { MandateRules } from '@gongshu/shared/packs/topics/mandate';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable } from 'kysely';
import type { RegistryTables } from '../tables.ts';
import type { ChannelKind, SupplyChannelTable } from './tables.ts';

export type ChannelRow = Selectable<SupplyChannelTable>;
type Ban = Exclude<MandateRules['onePlatform'], 'none'>['forbidden'][number];

/** What each ban of the texts is about. */
const about: Record<Ban, readonly ChannelKind[]> = {
  ownOperatingAgreement: ['operatingDeal'],
  supplyOutsidePlatform: ['supplyChannel', 'operatingDeal'],
  unauthorisedOperation: ['operatingDeal', 'systemRights'],
  rightsThroughSystems: ['systemRights'],
};

/** The operators whose mandates stand on a day. */
export const operatorsOn = async (db: Kysely<any>, jurisdiction: string, on: string): Promise<string[]> => {
  const standing = (await mandatesOf(db, jurisdiction)).filter((one) =>
    ['inForce', 'suspended'].includes(standsOn(one, on)),
  );
  return [...new Set(standing.map(({ operator }) => operator))].sort();
};

/**
 * A channel that begins once a mandate has begun is new, and forbidden where the pack forbids its kind; the government's
 * approval lifts the ban only where the text says so. Throws `channelForbidden` (409) with the article.
 */
export const mustStandBefore = async (
  db: Kysely<any>,
  pack: ResolvedPack,
  { kind, since, approval }: { kind: ChannelKind; since: string; approval: string | null },
): Promise<void> => {
  const rule = ruleOf(pack, 'mandate', 'onePlatform');
  if (rule.value === 'none') return;
  const { forbidden, unless } = rule.value;
  if (!forbidden.some((ban) => about[ban].includes(kind))) return;
  const begun = (await mandatesOf(db, pack.jurisdiction)).some(
    (one) => one.from_on <= since && since <= one.until_on,
  );
  if (!begun || (unless === 'governmentApproval' && approval !== null)) return;
  throw problem('channelForbidden', { article: clauseOfRule(pack, rule) });
};

/** The rule on assessing and merging. Throws `channelsNotInPack` (409) where no text has it. */
export const channelRule = (pack: ResolvedPack) => {
  const rule = ruleOf(pack, 'mandate', 'channels');
  const article = clauseOfRule(pack, rule);
  if (rule.value === 'none') throw problem('channelsNotInPack', { article });
  return { ...rule.value, article };
};

const countyBureauOf = async (
  db: Kysely<RegistryTables>,
  { jurisdiction, county }: Pick<ChannelRow, 'jurisdiction' | 'county'>,
): Promise<string[]> => {
  if (county === null) return [];
  const rows = await db
    .selectFrom('party')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', 'countyBureau')
    .where('county', '=', county)
    .where('successor', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
};

/** The bodies that assess a channel on a day: its department, its county's bureau, the operators whose mandates stand. */
export const assessorsOf = async (
  db: Kysely<any>,
  pack: ResolvedPack,
  row: Pick<ChannelRow, 'jurisdiction' | 'county' | 'department'>,
  on: string,
): Promise<string[]> => {
  const rule = ruleOf(pack, 'mandate', 'channels').value;
  if (rule === 'none') return [];
  const bodies = [];
  if (rule.assessedBy.includes('sourceDepartment')) bodies.push(row.department);
  if (rule.assessedBy.includes('countyAuthority')) bodies.push(...(await countyBureauOf(db, row)));
  if (rule.assessedBy.includes('operator')) bodies.push(...(await operatorsOn(db, pack.jurisdiction, on)));
  return [...new Set(bodies)].sort();
};

/** Who leads it beside the city's bureau: the county's own, where it is the implementing body of its level (朔州 一). */
export const leadersOf = async (
  db: Kysely<any>,
  pack: ResolvedPack,
  row: Pick<ChannelRow, 'jurisdiction' | 'county'>,
): Promise<string[]> => {
  const { value } = ruleOf(pack, 'mandate', 'counties');
  return value !== 'none' && value.implementingBody ? countyBureauOf(db, row) : [];
};
