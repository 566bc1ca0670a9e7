// F1–F6: one period per city, computed by hand with pencil and paper; the periods stand in by-hand.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './ask.ts';
import type { Period } from './period.ts';

const periods = JSON.parse(readFileSync(join(import.meta.dirname, 'by-hand.json'), 'utf8')) as Record<
  'national' | 'zhongwei' | 'shuozhou' | 'wuhai',
  Period
>;

describe('computed by hand', () => {
  // 国家: 65号. Of the costs head-office (management) is of a kind that 65号 does not name and canteen is unrelated:
  // 50,000,000 + 12,000,000 + 8,000,000 + 20,000,000 = 90,000,000, less the subsidy of 10,000,000 = 80,000,000 net.
  // 1.85 % + 6 points = 7.85 %: 80,000,000 × 1.0785 = 86,280,000; tax 6 % = 5,176,800; together 91,456,800, less last
  // period’s overrun of 1,456,800 = 90,000,000 permitted.
  // Forecast 120 × 500,000 + 50,000 × 700 = 60,000,000 + 35,000,000 = 95,000,000: over it.
  // u1: 900,000 × 100 = 90,000,000, told twice, counted once. u2: public welfare, 0. u3: 3 × 50,000 × 0.85 = 127,500.
  // u4: the one tariff for everybody is a fen above its ceiling, so there is none for it: unrated.
  // Revenue 90,127,500: 127,500 over the cap, deducted next time. Resource fee 3 % = 2,703,825.
  // Surplus: 90,000,000 − 80,000,000 − 2,703,825 − 5,176,800 = 2,119,375; a third is 706,458 1/3: equal remainders, the
  // first named has the fen. Shared 82,000,000 by 500,000 : 700: reports 82,000,000 × 700 / 500,700 = 114,639.50…,
  // queries 81,885,360.49…; the fen goes to reports.
  it('国家: an overrun is deducted and another one begins', () => {
    expect(ask(periods.national)).toEqual({
      refusedCosts: { 'head-office': ['kind'], canteen: ['unrelated'] },
      netCostFen: 80_000_000,
      permittedRate: '0.0785',
      permittedRevenue: 90_000_000,
      forecastFen: 95_000_000,
      forecastOverCap: true,
      tariffResults: [[], [], ['overCeiling'], []],
      bills: {
        m1: { totalFen: 90_000_000, lines: { u1: 90_000_000 } },
        m2: { totalFen: 127_500, lines: { u2: 0, u3: 127_500 } },
      },
      unrated: ['u4'],
      conflicting: [],
      revenueFen: 90_127_500,
      excessFen: 127_500,
      carriedToNextPeriodFen: 127_500,
      sharedCostByProduct: { queries: 81_885_360, reports: 114_640 },
      resourceFeeFen: 2_703_825,
      surplusFen: 2_119_375,
      poolOverSurplus: false,
      shares: { government: 706_459, operator: 706_458, sourceDepartment: 706_458 },
    });
  });

  // 中卫: names no kinds of cost, so 65号’s: processing is none of them. 1,000,000 + 500,001 = 1,500,001, the subsidy of
  // 2,000,000 leaves nothing. Profit 2 % of nothing; tax 10,000: the cap is 10,000. The overrun of 25,000 takes all of
  // it: 0 permitted, 15,000 still to be deducted.
  // Forecast 30 × 100 = 3,000 > 0. 二十四 and 65号: a fen on public governance is refused, its 50 calls cost nothing.
  // Revenue 100 × 30 = 3,000, all over the cap; carried on 15,000 + 3,000 = 18,000. Resource fee 5 % = 150; no surplus,
  // so the pool of 100 is more than there is: 34, 33, 33 by equal factors. Shared cost equally: 750,001 and 750,000.
  it('中卫: an overrun larger than the cap is carried on', () => {
    expect(ask(periods.zhongwei)).toEqual({
      refusedCosts: { work: ['kind'] },
      netCostFen: 0,
      permittedRate: '0.02',
      permittedRevenue: 0,
      forecastFen: 3000,
      forecastOverCap: true,
      tariffResults: [[], ['freePurpose']],
      bills: { m1: { totalFen: 3000, lines: { u1: 3000, u2: 0 } } },
      unrated: [],
      conflicting: [],
      revenueFen: 3000,
      excessFen: 3000,
      carriedToNextPeriodFen: 18_000,
      sharedCostByProduct: { heat: 750_001, water: 750_000 },
      resourceFeeFen: 150,
      surplusFen: 0,
      poolOverSurplus: true,
      shares: { operator: 34, sourceDepartment: 33, government: 33 },
    });
  });

  // 朔州 十（二）: storage is not named, the office is unrelated; 3,000,000 + 600,000 + 400,000 − 400,000 = 3,600,000.
  // 1.7 % + 4.3 points = 6 %: 216,000; tax 84,000: 3,900,000, less 100,000 = 3,800,000. Forecast 100 × 38,000 = 3,800,000:
  // at the cap, not over it. 十（三）: small firms have an eighth off, which the pack’s tenth asks at least; 0.09 for
  // welfare is too little, so u3 (for which there is no tariff anyway) is unrated.
  // u1 36,000 × 100 = 3,600,000; u2 3,333 × 100 × 0.875 = 291,637.5, down to 291,637. Revenue 3,891,637: 91,637 over,
  // which 十（三）would pool and 65号 deducts: 65号 first. 十（四）: fee 2 % of all = 77,832.74, down; surplus 3,800,000 −
  // 3,600,000 − 77,832 − 84,000 = 38,168 by 4 : 3 : 2 : 1 = 15,267.2, 11,450.4, 7,633.6, 3,816.8: two fen are left, to the
  // partner (.8) and the source department (.6). Shared 3,000,000 by direct cost 6 : 4.
  it('朔州: small firms pay less, the excess goes by 65号 first', () => {
    expect(ask(periods.shuozhou)).toEqual({
      refusedCosts: { office: ['unrelated'], disks: ['kind'] },
      netCostFen: 3_600_000,
      permittedRate: '0.06',
      permittedRevenue: 3_800_000,
      forecastFen: 3_800_000,
      forecastOverCap: false,
      tariffResults: [[], [], ['discount']],
      bills: {
        m1: { totalFen: 3_600_000, lines: { u1: 3_600_000 } },
        m2: { totalFen: 291_637, lines: { u2: 291_637 } },
      },
      unrated: ['u3'],
      conflicting: [],
      revenueFen: 3_891_637,
      excessFen: 91_637,
      carriedToNextPeriodFen: 91_637,
      sharedCostByProduct: { coal: 1_800_000, rent: 1_200_000 },
      resourceFeeFen: 77_832,
      surplusFen: 38_168,
      poolOverSurplus: false,
      shares: { government: 15_267, operator: 11_450, sourceDepartment: 7634, partner: 3817 },
    });
  });

  // 乌海 九（一）: three kinds, labour is none: 700,000 + 200,000 + 100,001 = 1,000,001. 1.8 % + 6 points = 7.8 %: ×1.078 =
  // 1,078,001.078; tax 6 % of that = 64,680.06468; together 1,142,681.14…, down to 1,142,681 with no rounding between.
  // 九（二）: forecast 5,000 × 200 + 1,000 × 143 = 1,143,000, over it by 319. A fen above the ceiling is refused, and so is
  // a product that nobody listed. Revenue 220 × 5,000 + 42 × 1,000 = 1,142,000, within the cap. Fee 1 % = 11,420.
  // 九（三）: 1,142,000 − 1,000,001 − 11,420 − 64,680.06… = 65,898.93…, whole fen 65,898, a third each 21,966.
  // Shared 300,001 by 200 : 143: credit 60,000,200 / 343 = 174,927.69…, sandbox 125,073.30…; the fen goes to credit.
  it('乌海: a surplus within the cap is shared with the public good', () => {
    expect(ask(periods.wuhai)).toEqual({
      refusedCosts: { staff: ['kind'] },
      netCostFen: 1_000_001,
      permittedRate: '0.078',
      permittedRevenue: 1_142_681,
      forecastFen: 1_143_000,
      forecastOverCap: true,
      tariffResults: [[], ['overCeiling'], [], ['unknownProduct']],
      bills: {
        m1: { totalFen: 1_100_000, lines: { u1: 1_100_000 } },
        m2: { totalFen: 42_000, lines: { u2: 42_000 } },
      },
      unrated: [],
      conflicting: [],
      revenueFen: 1_142_000,
      excessFen: 0,
      carriedToNextPeriodFen: 0,
      sharedCostByProduct: { credit: 174_928, sandbox: 125_073 },
      resourceFeeFen: 11_420,
      surplusFen: 65_898,
      poolOverSurplus: false,
      shares: { sourceDepartment: 21_966, operator: 21_966, publicGood: 21_966 },
    });
  });
});
