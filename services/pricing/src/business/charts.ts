/** The charts of a business report: what its figures say, nothing more (65号 五). */
import type { Chart } from '@gongshu/shared/charts/chart';
import { codeTables } from '@gongshu/shared/code-tables';
import type { BusinessContent } from './content.ts';

export const chartNames = ['cost', 'revenue', 'years'] as const;
export type ChartName = (typeof chartNames)[number];

const word = (table: string, code: string): string => codeTables[table]?.codes[code]?.zh ?? code;

/** Undefined where there is nothing to draw: no cost, no revenue. */
export const chartOf = (name: ChartName, content: BusinessContent): Chart | undefined => {
  const { year, cost, revenue, years } = content;
  if (name === 'cost')
    return cost.byKind.length === 0
      ? undefined
      : {
          ...{ kind: 'share', title: `${year} 年度成本构成`, description: '各成本类别占全部成本的比重' },
          ...{ by: '成本类别', categories: cost.byKind.map(({ kind }) => word('costKinds', kind)) },
          series: [{ name: '成本', fen: cost.byKind.map(({ fen }) => fen) }],
        };
  if (name === 'revenue')
    return revenue.byKind.length === 0
      ? undefined
      : {
          ...{ kind: 'bars', title: `${year} 年度收入构成`, description: '各类收入的金额' },
          ...{ by: '收入类别', categories: revenue.byKind.map(({ kind }) => word('incomeKinds', kind)) },
          series: [{ name: '收入', fen: revenue.byKind.map(({ fen }) => fen) }],
        };
  return {
    ...{ kind: 'bars', title: '收入与最高准许收入' },
    description: '历年收入、扣除补贴后的成本与当年最高准许收入',
    ...{ by: '年度', categories: years.map((one) => String(one.year)) },
    series: [
      { name: '收入', fen: years.map((one) => one.revenueFen) },
      { name: '净成本', fen: years.map((one) => one.netCostFen) },
      { name: '最高准许收入', fen: years.map((one) => one.permittedFen), target: true },
    ],
  };
};
