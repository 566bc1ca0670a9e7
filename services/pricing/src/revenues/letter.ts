/** The letter of determination (核定函): the figure in force, open into its parts, as the decision was taken (F2). */
import type { RevenueTables } from '@gongshu/infra/revenues/tables';
import { toInstantText } from '@gongshu/shared/business-date';
import { codeTables } from '@gongshu/shared/code-tables';
import { articleOf, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import type { Paper } from '@gongshu/shared/paper/paper';
import { determinationLetter } from '@gongshu/shared/paper/pricing';
import type { PermittedParts } from '@gongshu/shared/permitted-revenue/figures';
import type { RevenueFacts } from '@gongshu/shared/permitted-revenue/machine';
import type { PricingRules } from '@gongshu/shared/packs/topics/pricing';
import { judgeCost } from '@gongshu/shared/pricing/cost';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable } from 'kysely';
import { bodyName } from '../body-name.ts';

type Figures = Selectable<RevenueTables['revenue_figures']>;
type Item = { id: string; kind: string; fen: number; counted: boolean };

const kinds: Readonly<Record<string, string>> = { authority: 'bureau' };
const costKind = (kind: string): string => codeTables['costKinds']?.codes[kind]?.zh ?? kind;

const refusedItems = (pack: ResolvedPack, { costs }: Figures) => {
  const law = pricingLaw(pack);
  return (costs as Item[])
    .filter(({ counted }) => !counted)
    .map(({ id, kind, fen }) => {
      const [against] = judgeCost({ kind, related: true }, law);
      const ground = against?.article ?? law.unrelatedCost.article;
      return { name: `${costKind(kind)} ${id}`, fen, ground };
    });
};

/** Throws `notFound` for a case whose figure never came into force: nothing was determined. */
export const letterOf = async (
  db: Kysely<RevenueTables>,
  pack: ResolvedPack,
  row: { case_no: string; start: { facts: unknown; rules: unknown } },
): Promise<Paper> => {
  const { case_no: caseNo } = row;
  const inForce = await db
    .selectFrom('permitted_revenue')
    .selectAll()
    .where('case_no', '=', caseNo)
    .executeTakeFirst();
  if (!inForce) throw problem('notFound');
  const figures = await db
    .selectFrom('revenue_figures')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('hash', '=', inForce.figures)
    .executeTakeFirstOrThrow();
  const { operator, year, trial, priceBody } = row.start.facts as RevenueFacts;
  const { route } = row.start.rules as { route: PricingRules['revenueRoute'] };
  const by = route[0]?.by ?? 'authority';
  const { bondYield, points } = figures.question as { bondYield: string | number; points: string | number };
  const parts: PermittedParts = figures.parts;
  return determinationLetter({
    ...{ number: caseNo, jurisdiction: pack.jurisdiction, year, trial },
    issuedBy: bodyName(pack, kinds[by] ?? by, by === 'price' ? priceBody : null),
    issuedAt: toInstantText(inForce.in_force_at.getTime()),
    grounds: [
      articleOf(ruleOf(pack, 'pricing', 'revenueRoute')),
      ...(trial ? [articleOf(ruleOf(pack, 'pricing', 'trial'))] : []),
    ],
    operator: bodyName(pack, 'operator', operator),
    costs: Object.entries(parts.costFenByKind).map(([kind, fen]) => ({ name: costKind(kind), fen })),
    refused: refusedItems(pack, figures),
    ...{ subsidyFen: parts.subsidyFen, netCostFen: parts.netFen },
    ...{ bondYield: String(bondYield), points: String(points), permittedRate: parts.permittedRate },
    ...{ profitFen: parts.profitFen, taxFen: parts.taxFen },
    ...{ previousExcessFen: parts.previousExcessFen, carriedFen: parts.carriedOnFen },
    permittedRevenueFen: parts.permittedRevenueFen,
  });
};
