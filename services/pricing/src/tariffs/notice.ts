/** The public notice of a tariff as a paper (收费标准公示, F1, F3). */
import { pricingTables } from '@gongshu/shared/code-tables/pricing';
import { productTables } from '@gongshu/shared/code-tables/product';
import { toInstantText } from '@gongshu/shared/business-date';
import { articleOf, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import type { Paper } from '@gongshu/shared/paper/paper';
import { tariffNotice } from '@gongshu/shared/paper/pricing';
import type { CeilingAsRead, TariffAsRead } from './queries.ts';

const words = (codes: Readonly<Record<string, { zh: string }>>, code: string): string =>
  codes[code]?.zh ?? code;

/** What the operator charges, under which ceiling, and what is free; the same tariff gives the same hash. */
export const noticePaper = (
  pack: ResolvedPack,
  row: TariffAsRead,
  ceiling: CeilingAsRead | undefined,
): Paper => {
  const { productPurposes, productClasses } = productTables;
  const { chargeUnits, customerClasses } = pricingTables;
  const { purposes } = ruleOf(pack, 'pricing', 'freePurposes').value;
  return tariffNotice({
    ...{ number: row.tariff, jurisdiction: pack.title, issuedBy: row.operator },
    issuedAt: toInstantText((row.published_at ?? row.set_at).getTime()),
    grounds: (['tariffs', 'ceilings', 'freePurposes'] as const).map((key) =>
      articleOf(ruleOf(pack, 'pricing', key)),
    ),
    from: row.from_on,
    // A tariff that its ceiling cut is charged at once: less than was announced.
    noticeDays: row.notice_until === null ? null : row.notice_days,
    tariffs: [
      {
        product: row.product,
        name: words(productClasses.codes, row.product_class ?? ''),
        unit: words(chargeUnits.codes, row.unit),
        class: words(customerClasses.codes, row.class) + (row.scenario === null ? '' : `（${row.scenario}）`),
        purpose: words(productPurposes.codes, row.purpose),
        fen: row.fen,
        discount: /^0(\.0+)?$/.test(row.discount) ? null : row.discount,
        ceilingFen: ceiling?.fen ?? null,
      },
    ],
    freePurposes: purposes.map((one) => words(productPurposes.codes, one)),
    serviceFees: [],
  });
};
