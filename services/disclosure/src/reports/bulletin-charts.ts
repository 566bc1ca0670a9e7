/** Charts of a bulletin (S3): departments in the order of their ids, what the table says and nothing more; never ranked. */
import type { BulletinContent } from '@gongshu/infra/disclosures/bulletin';
import type { Chart } from '@gongshu/shared/charts/chart';
import { codeTables } from '@gongshu/shared/code-tables';

export const bulletinCharts = ['catalog', 'reviews', 'times', 'quality'] as const;
export type BulletinChart = (typeof bulletinCharts)[number];

type Words = { zh: string; en: string };
type Language = keyof Words;

const word = (name: string, language: Language): string =>
  codeTables['departmentFigures']?.codes[name]?.[language] ?? name;

const says: Record<BulletinChart, { title: Words; unit: Words; figures: readonly string[] }> = {
  catalog: {
    title: { zh: '目录公布与数据挂接', en: 'Catalog published and data attached' },
    unit: { zh: '条', en: 'entries' },
    figures: ['published', 'attached'],
  },
  reviews: {
    title: { zh: '审核办结', en: 'Reviews ended' },
    unit: { zh: '件', en: 'cases' },
    figures: ['reviewsEnded', 'reviewsSilent', 'reviewsLate'],
  },
  times: {
    title: { zh: '审核用时', en: 'Time of reviews' },
    unit: { zh: '工作日', en: 'days' },
    figures: ['reviewMedian', 'reviewTail'],
  },
  quality: {
    title: { zh: '质量反馈', en: 'Feedback on quality' },
    unit: { zh: '件', en: 'cases' },
    figures: ['feedbackReceived', 'feedbackAnswered', 'feedbackOpen'],
  },
};
const around = {
  by: { zh: '单位', en: 'Department' },
  described: { zh: '按单位编号排列，不作排名', en: 'by the number of each department, not ranked' },
} satisfies Record<string, Words>;

/** By name, where each has its own; a body of a name that another bears too, by its id. */
const categoriesOf = (ids: readonly string[], names: ReadonlyMap<string, string> | undefined): string[] => {
  const called = ids.map((id) => (names?.get(id) ?? id).slice(0, 60));
  return called.map((name, at) =>
    called.indexOf(name) === called.lastIndexOf(name) ? name : (ids[at] ?? name).slice(0, 60),
  );
};

/** Undefined where the bulletin says nothing of it. A picture holds 60 departments: the table holds all. */
export const bulletinChart = (
  name: BulletinChart,
  content: Pick<BulletinContent, 'from' | 'until' | 'departments'>,
  { language = 'zh', names }: { language?: Language; names?: ReadonlyMap<string, string> } = {},
): Chart | undefined => {
  const { title, unit, figures } = says[name];
  const shown = content.departments
    .filter(({ figures: own }) => figures.some((one) => one in own))
    .slice(0, 60);
  if (shown.length === 0) return undefined;
  return {
    ...{ kind: 'bars', by: around.by[language], unit: unit[language] },
    title:
      language === 'zh'
        ? `${title.zh}（${content.from}至${content.until}）`
        : `${title.en}, ${content.from} to ${content.until}`,
    description:
      language === 'zh'
        ? `各数源部门${title.zh}，${around.described.zh}`
        : `${title.en}, ${around.described.en}`,
    categories: categoriesOf(
      shown.map(({ department }) => department),
      names,
    ),
    series: figures.map((figure) => ({
      name: word(figure, language)
        .replace(/（.*）$/, '')
        .slice(0, 60),
      fen: shown.map(({ figures: own }) => {
        const value = own[figure];
        return value === null || value === undefined ? null : Math.round(value * 100);
      }),
    })),
  };
};
