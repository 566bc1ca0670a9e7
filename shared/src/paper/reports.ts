/** The papers of a year's disclosure and of a bulletin (S1–S3): what their content says, in words. */
import { tablesOfColumn } from '../code-tables/of-column.ts';
import type { BulletinFigure } from '../packs/topics/bulletin.ts';
import type { Cell, YearlyContent } from '../yearly-disclosure/content.ts';
import { type Block, type Ground, type Paper, sealed } from './paper.ts';
import { discountText, yuanText } from './words.ts';

/** Of a code in its table, the Chinese word; the code itself where it has none. */
export type WordOf = (table: string, code: string) => string;
/** Public names of bodies, by id. */
export type Names = ReadonlyMap<string, string>;
export type IssuedReport = { number: string; jurisdiction: string; issuedBy: string; issuedAt: string };

const ordinals = '一二三四五六七八九十'.split('');
const amount = (unit: 'count' | 'fen', value: number): string =>
  unit === 'fen' ? `${yuanText(value)}元` : String(value);
/** A cell as it is read: amounts in yuan, codes in words, bodies by their names where they have a public one. */
const cellText = (column: string, value: Cell, word: WordOf, names: Names): string => {
  if (value === null) return '—';
  // Versions of before kept the two words.
  if (typeof value === 'boolean' || value === 'yes' || value === 'no')
    return value === true || value === 'yes' ? '是' : '否';
  if (column === 'fen') return yuanText(Number(value));
  const text = String(value);
  if (column === 'discount') return discountText(text)?.zh ?? '—';
  const table = (tablesOfColumn[column] ?? []).find((one) => word(one, text) !== text);
  return table ? word(table, text) : (names.get(text) ?? text);
};
const columnWords: Readonly<Record<string, string>> = {
  ...{ agreement: '协议', operator: '运营机构', state: '状态', mode: '授权方式', fields: '领域' },
  ...{ scenarios: '场景', from: '起', until: '止', product: '产品', unit: '计价单位', fen: '金额（元）' },
  ...{ caseNo: '案件', resource: '资源', provider: '提供单位', publishedOn: '公布日期', supplied: '已供数' },
  ...{ registrationCode: '登记编码', version: '版次', class: '类别', purpose: '用途', owner: '单位' },
  ...{
    suspended: '暂停',
    item: '项目',
    kind: '类别',
    tariff: '编号',
    scenario: '适用场景',
    discount: '优惠',
  },
  ...{ year: '年度', round: '轮次', outcome: '结果', shown: '得分' },
};
const restsIn = (item: { article: string | null; instrument: string | null }): Ground[] =>
  item.article === null || item.instrument === null
    ? []
    : [{ instrument: item.instrument, article: item.article }];

/** 年度披露: every item in its order, with what is missing named as missing. */
export const disclosurePaper = (
  issued: IssuedReport,
  content: YearlyContent,
  word: WordOf,
  names: Names,
): Paper =>
  sealed({
    ...{ ...issued, kind: 'disclosure', addressee: null },
    title: {
      zh: `${content.year}年度公共数据资源授权运营${word('disclosureParts', content.part)}`,
      en: `Disclosure on authorised operation in ${content.year}`,
    },
    blocks: content.items.flatMap(({ item, state, ground, statement, figures, tables }, at): Block[] => [
      { kind: 'heading', text: { zh: `${ordinals[at] ?? at + 1}、${word('disclosureItems', item)}` } },
      {
        kind: 'paragraph',
        text: {
          zh:
            state === 'present'
              ? '本项已披露。'
              : `${state === 'missing' ? '本项缺，尚未提供' : '本项无内容'}：${word('itemGrounds', ground ?? '')}。`,
        },
      },
      ...(statement === null ? [] : [{ kind: 'paragraph', text: { zh: statement } } satisfies Block]),
      ...(figures.length === 0
        ? []
        : [
            {
              kind: 'facts',
              rows: figures.map(({ name, unit, value }) => ({
                label: word('disclosureFigures', name),
                value: amount(unit, value),
              })),
            } satisfies Block,
          ]),
      ...tables
        .filter(({ rows }) => rows.length > 0)
        .map(
          ({ columns, rows, of }): Block => ({
            kind: 'table',
            ...(of > rows.length && { caption: `共${of}项，列示前${rows.length}项` }),
            columns: columns.map((one) => ({ title: columnWords[one] ?? one })),
            rows: rows.map((row) =>
              row.map((value, index) => cellText(columns[index] ?? '', value, word, names)),
            ),
          }),
        ),
    ]),
    grounds: content.items.flatMap(restsIn),
  });

export type BulletinOnPaper = {
  from: string;
  until: string;
  smallest: number;
  departments: { department: string; figures: Record<string, number | null> }[];
};

/** 数源部门通报: a table for each group of figures, departments in the order of their ids, never ranked. */
export const bulletinPaper = (
  issued: IssuedReport & { grounds: Ground[] },
  { from, until, smallest, departments }: BulletinOnPaper,
  groups: readonly { group: BulletinFigure; figures: readonly string[] }[],
  word: WordOf,
  names: Names,
): Paper =>
  sealed({
    ...{ ...issued, kind: 'bulletin', addressee: null },
    title: {
      zh: `数源部门公共数据资源授权运营工作情况通报（${from}至${until}）`,
      en: `Bulletin on source departments, ${from} to ${until}`,
    },
    blocks: [
      {
        kind: 'paragraph',
        text: {
          zh: `现将${departments.length}个数源部门本期工作情况通报如下。按单位编号排列，不作排名；办结不足${smallest}件的，不列用时。`,
        },
      },
      ...groups.flatMap(({ group, figures }, at): Block[] => [
        { kind: 'heading', text: { zh: `${ordinals[at] ?? at + 1}、${word('bulletinFigures', group)}` } },
        {
          kind: 'table',
          columns: [
            { title: '单位', share: 2 },
            ...figures.map((name) => ({ title: word('departmentFigures', name), align: 'end' as const })),
          ],
          rows: departments.map(({ department, figures: own }) => [
            names.get(department) ?? department,
            ...figures.map((name) => String(own[name] ?? '—')),
          ]),
        },
      ]),
    ],
    grounds: issued.grounds,
  });
