/** Words of codes on pages, from the same tables that the API serves. */
import { codeTables } from '@gongshu/shared/code-tables';
import { wordIn } from '@gongshu/shared/code-tables/word';
import { type View, type Words } from '../html/view.ts';

/** What a code of a list is called; a code the list does not know stands as it is. */
export const called = ({ language }: Pick<View, 'language'>, list: string, code: string | null): string =>
  code === null ? '—' : (wordIn([list], code, language) ?? code);

/** The codes of a list as options of a filter, all of them first. */
export const optionsOf = (view: View, list: string): [string, string][] => [
  ['', view.language === 'zh' ? '全部' : 'all'],
  ...Object.entries(codeTables[list]?.codes ?? {}).map(([code, words]): [string, string] => [
    code,
    words[view.language],
  ]),
];

/** Words that many pages share. */
export const shared = {
  search: { zh: '查询', en: 'Search' },
  number: { zh: '编号', en: 'Number' },
  state: { zh: '状态', en: 'State' },
  operator: { zh: '运营机构', en: 'Operator' },
  rests: { zh: '依据', en: 'Rests on' },
  hash: { zh: '校验值（SHA-256）', en: 'Hash (SHA-256)' },
  from: { zh: '起始日', en: 'From' },
  until: { zh: '截止日', en: 'Until' },
  openEnded: { zh: '长期', en: 'open-ended' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  replaced: { zh: '已被替代', en: 'Replaced' },
  inForce: { zh: '有效', en: 'In force' },
  ended: { zh: '已期满', en: 'Ended' },
  ahead: { zh: '尚未开始', en: 'Not begun' },
  published: { zh: '发布日期', en: 'Published' },
  title: { zh: '标题', en: 'Title' },
} satisfies Record<string, Words>;
