// F1: rating in the database says what the engine's rater says, record by record, to the fen.
import { connect } from '@gongshu/infra/database';
import type { SettlementTables } from '@gongshu/infra/settlements/tables';
import { loadPacks } from '@gongshu/infra/packs';
import { rateOpenUse } from '@gongshu/service-pricing/bills/rating-sql';
import type { TariffInForce } from '@gongshu/service-pricing/tariffs/in-force';
import { takeUsage } from '@gongshu/service-pricing/usage/record';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { rateOf } from '@gongshu/shared/pricing/money';
import { createRater } from '@gongshu/shared/pricing/rating';
import { UsageGiven } from '@gongshu/shared/settlement/usage';
import { sql } from 'kysely';
import { testDatabase } from '../support/parts.ts';

const law = pricingLaw(loadPacks().resolve('zhongwei'));
const classes = ['general', 'smallFirm', 'welfare', 'government'] as const;
const products = ['P-1', 'P-2', 'P-3'];

it('2,000 random records: the same charge, the same that are free, the same that no tariff rates', async () => {
  const database = await testDatabase();
  const db = connect<SettlementTables>(database.url, { schema: 'pricing', max: 2 });
  try {
    let seed = 65;
    const below = (most: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * most);
    };
    // P-3 has no tariff, nor has the government for P-2.
    const tariffs = ['P-1', 'P-2'].flatMap((product): TariffInForce[] =>
      classes.slice(0, product === 'P-2' ? 3 : 4).map((one) => ({
        ...{ tariff: `${product}-${one}`, product, unit: 'megabyte', class: one, scenario: null },
        ...{ purpose: 'industry', fen: BigInt(below(100_000)), discount: `0.${1 + below(998_000_000_000)}` },
        ...{ from: '2024-01-01', until: '2024-12-31' },
      })),
    );
    const given = Array.from({ length: 2_000 }, (_, n) =>
      UsageGiven.parse({
        ...{
          id: `u-${n}`,
          product: products[below(3)],
          unit: 'megabyte',
          merchant: 'm',
          class: classes[below(4)],
        },
        qty: `${below(1_000_000)}.${String(1 + below(999_998)).padStart(6, '0')}`,
        ...{ purpose: below(5) === 0 ? 'publicGovernance' : 'industry', usedOn: '2024-06-01' },
      }),
    );
    const rate = createRater(
      tariffs.map(({ discount, ...one }) => ({ ...one, discount: rateOf(discount) })),
      new Set(products),
      law,
    );
    const owner = { jurisdiction: 'zhongwei', operator: 'operator' };
    const context = {
      today: '2025-01-01',
      billedUntil: null,
      products: new Set(products),
      bodies: new Set(['m']),
    };
    const rated = await db.transaction().execute(async (trx) => {
      const source = { source: 'rest', recorded_at: new Date(), recorded_by: 'x' } as const;
      await takeUsage(trx, owner, given, { context, law, source });
      await rateOpenUse(trx, owner, '2024-12-31', { tariffs, law });
      return (
        await sql<{ id: string; kind: string | null; fen: string | null }>`
          select id, kind, fen::text from rated`.execute(trx)
      ).rows;
    });
    expect(rated).toHaveLength(2_000);
    const byId = new Map(rated.map((one) => [one.id, one]));
    for (const one of given) {
      const said = rate(one);
      const kind = said.kind === 'unrated' ? null : said.kind === 'free' ? 'free' : 'charge';
      const fen = said.kind === 'unrated' ? null : said.kind === 'free' ? '0' : String(said.fen);
      expect(byId.get(one.id)).toEqual({ id: one.id, kind, fen });
    }
  } finally {
    await db.destroy();
    await database.drop();
  }
}, 60_000);
