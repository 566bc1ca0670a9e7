/** Statements of a settlement: a party sees its own share, who settles or oversees sees all (F5). */
import type { SettlementTables } from '@gongshu/infra/settlements/tables';
import { type Actor, reaches } from '@gongshu/shared/may';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { pricingTables } from '@gongshu/shared/code-tables/pricing';
import type { SharingParty } from '@gongshu/shared/packs/topics/pricing';
import { settlementStatement } from '@gongshu/shared/paper/pricing';
import type { Paper } from '@gongshu/shared/paper/paper';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { toInstantText } from '@gongshu/shared/business-date';
import type { Kysely, Selectable } from 'kysely';

export type ResultRow = Selectable<SettlementTables['settlement_result']>;
export type ShareRow = Selectable<SettlementTables['settlement_share']>;

export const resultOf = (db: Kysely<SettlementTables>, caseNo: string): Promise<ResultRow | undefined> =>
  db.selectFrom('settlement_result').selectAll().where('case_no', '=', caseNo).executeTakeFirst();

export const sharesOf = (db: Kysely<SettlementTables>, caseNo: string): Promise<ShareRow[]> =>
  db.selectFrom('settlement_share').selectAll().where('case_no', '=', caseNo).orderBy('position').execute();

/** Whether a reader reads every share: it settles, or oversees the city. */
export const readsAll = (actor: Actor, { operator }: Pick<ResultRow, 'operator'>): boolean =>
  reaches(actor, 'readSettlements').includes('jurisdiction') ||
  (actor.organisation !== null && actor.organisation === operator);

/** Who may ask at all: parties once the figures are confirmed, not before. */
export const handlersOf = ({ operator, state, figures }: ResultRow): string[] => [
  operator,
  ...(state === 'frozen' ? [] : figures.shares.map(({ party }) => party)),
];

/** Words of the kinds that a paper prints. */
const kindWords = (table: 'incomeKinds' | 'sharingParties', code: string): string =>
  pricingTables[table].codes[code]?.zh ?? code;

/** The paper of the whole settlement, or of one party with its own share alone; the same figures give the same hash. */
export const statementPaper = (
  pack: ResolvedPack,
  row: ResultRow,
  issuedBy: string,
  only: Pick<ShareRow, 'party'> | null,
): Paper => {
  const { figures, case_no: caseNo } = row;
  const law = pricingLaw(pack);
  const name = ({ party, kind }: { party: string; kind: SharingParty }): string =>
    `${party}（${kindWords('sharingParties', kind)}）`;
  const shares = figures.shares.filter(({ party }) => only === null || party === only.party);
  const [own] = shares;
  return settlementStatement({
    ...{ number: caseNo, jurisdiction: pack.title, issuedBy },
    issuedAt: toInstantText((row.confirmed_at ?? row.frozen_at).getTime()),
    grounds: [law.sharing.article, law.excess.article],
    party: only === null || !own ? null : name(own),
    period: { from: `${row.year}-01-01`, until: `${row.year}-12-31` },
    revenue: Object.entries(figures.revenueByKind).map(([kind, fen]) => ({
      ...{ name: kindWords('incomeKinds', kind), fen },
    })),
    ...{ revenueFen: figures.revenueFen, permittedRevenueFen: figures.permittedFen },
    ...{ netCostFen: figures.netCostFen, taxFen: figures.taxFen, excessFen: figures.excessFen },
    ...{ resourceFeeRate: figures.resourceFeeRate, resourceFeeFen: figures.resourceFeeFen },
    ...{ carriedFen: figures.carriedFen, pooledFen: figures.pooledFen ?? 0 },
    poolFen: figures.surplusFen + (figures.pooledFen ?? 0),
    shares: shares.map((share) => ({ party: name(share), factor: share.factor, fen: share.fen })),
  });
};
