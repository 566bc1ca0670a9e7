/** The chapter of prices: cost and permitted revenue as they are kept, and a whole period that nothing is kept of. */
import { citeText } from '@gongshu/shared/packs/resting-on';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedPack } from '@gongshu/shared/packs/resolve';
import type { PricingRules } from '@gongshu/shared/packs/topics/pricing';
import { valuesOf } from '@gongshu/shared/packs/pack';
import type { WhatIfAnswer } from '@gongshu/shared/pricing/answer';
import { articleText, yuan } from '../pricing/what-if-text.ts';
import { tableText } from '../table.ts';
import { costsKept, type PriceDesks, revenueDetermined } from './prices.ts';
import { say } from './say.ts';

const example = join(import.meta.dirname, '../../examples/pricing-what-if.json');

/** The first period of the example, answered by the pricing service, in yuan. */
const periodText = (answer: WhatIfAnswer): string =>
  tableText(
    '试算一个期间（不保存） · a period tried, nothing saved',
    ['', '元 yuan', ''],
    [
      [
        '最高准许收入 permitted revenue',
        yuan(answer.permittedRevenue),
        `收益率 rate ${answer.permittedRate}`,
      ],
      [
        '预测收入 forecast',
        yuan(answer.forecastFen),
        answer.forecastOverCap ? '高于最高准许收入 over the cap' : null,
      ],
      ...answer.bills.map(({ merchant, totalFen, lines }) => [
        `账单 bill ${merchant}`,
        yuan(totalFen),
        `${lines.length} 条 lines`,
      ]),
      ['超收，结转下期 excess, to the next period', yuan(answer.carriedToNextPeriodFen), null],
      ['可分配盈余 surplus to share', yuan(answer.surplusFen), null],
    ],
  );

/** Told again, it changes nothing and reads the same. */
export const tellPrices = async (
  desks: PriceDesks,
  pack: LoadedPack,
  of: { operator: string; year: number },
): Promise<void> => {
  const rules = valuesOf(pack, 'pricing') as PricingRules;
  const costs = await costsKept(desks, of.year, rules);
  const kinds = costs.byKind.map(({ kind }) => kind).join(', ');
  say(
    `成本台账 ${of.year} 年度：运营机构记 ${costs.items} 笔（${kinds}），共 ${yuan(costs.acceptedFen)} 元（REST 读回）`,
    `cost ledger of ${of.year}: ${costs.items} entries (${kinds}), ${yuan(costs.acceptedFen)} yuan (read back over REST)`,
  );

  const { caseNo, trial, question, parts } = await revenueDetermined(desks, of, rules);
  say(
    `${caseNo} 最高准许收入 ${yuan(parts.permittedRevenueFen)} 元：净成本 ${yuan(parts.netFen)}，准许收益 ${yuan(parts.profitFen)}（10 年期国债收益率 ${question.bondYield} 加 ${question.points} 个百分点），税金 ${yuan(parts.taxFen)}${trial ? '；首年试行' : ''}（REST 读回）`,
    `${caseNo}: at most ${yuan(parts.permittedRevenueFen)} yuan of revenue; net cost ${yuan(parts.netFen)}, profit ${yuan(parts.profitFen)} at ${parts.permittedRate}, tax ${yuan(parts.taxFen)}${trial ? '; a trial year' : ''} (read back over REST)`,
  );

  const [period] = JSON.parse(readFileSync(example, 'utf8')) as unknown[];
  const answer = await desks.operator.post<WhatIfAnswer>('/v1/pricing/what-if', period, 'story-what-if');
  process.stdout.write(`\n${periodText(answer).replaceAll(/^/gm, '  ')}\n\n`);
  const { article: rule } = answer.excessRule;
  const clause = 'article' in rule ? citeText(rule) : rule.reading;
  say(
    `超收的 ${yuan(answer.excessFen)} 元不作分配，在下期扣减：${clause}`,
    `the ${yuan(answer.excessFen)} yuan over the cap are not shared; they are taken off the next period`,
  );
  for (const tariff of answer.tariffResults) {
    if (tariff.accepted || tariff.code !== 'chargeOnFreePurpose') continue;
    const article = articleText(tariff.article);
    say(
      `其中产品 ${tariff.product} 对公益用途（${tariff.purpose}）收费：拒绝，${tariff.code}，第${article}条`,
      `in it, a charge on ${tariff.product} for ${tariff.purpose} is refused: ${tariff.code}, article ${article}`,
    );
  }
};
