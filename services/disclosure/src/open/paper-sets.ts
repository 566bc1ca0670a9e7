/** Notices, reports and bulletins to download: each line of what was published, in JSON with what it says. */
import { listDisclosed, listNotices, type Shelf } from '../public/queries/papers.ts';
import { disclosedTexts, noticeTexts } from '../public/queries/texts.ts';
import { paging } from './paging.ts';
import { columnsOf, type Key, type OpenSet, rests } from './set.ts';

/** What each says may be long: so many are held at a time. */
const pageSize = 50;

const shelfSet = (name: string, shelf: Shelf, title: OpenSet['title']): OpenSet => ({
  ...{ name, title },
  columns: columnsOf({
    ...{ document: '编号', kind: '类别', subject: '事项编号', titleZh: '标题', issuer: '发布机构编号' },
    ...{ year: '年度', hash: '散列', from: '起始之日', until: '截止之日', publishedAt: '公布时间' },
    ...{ withdrawnAt: '撤回时间', withdrawnCode: '撤回事由', replacedBy: '替代件编号', ...rests },
  }),
  async *pages(db, city) {
    for await (const page of paging((after: Key<typeof listDisclosed>) =>
      listDisclosed(db, shelf, city, { after, limit: pageSize }),
    )) {
      const texts = await disclosedTexts(
        db,
        shelf,
        page.map(({ document }) => document),
      );
      yield page.map(({ title: words, withdrawn, ...row }) => ({
        ...{ ...row, title: words, titleZh: words.zh, withdrawnAt: withdrawn?.at ?? null },
        ...{ withdrawnCode: withdrawn?.code ?? null, replacedBy: withdrawn?.by ?? null },
        content: texts.get(row.document) ?? null,
      }));
    }
  },
});

export const paperSets: readonly OpenSet[] = [
  {
    name: 'notices',
    title: { zh: '公示公告', en: 'Public notices' },
    columns: columnsOf({
      ...{
        number: '编号',
        kind: '类别',
        subject: '事项编号',
        titleZh: '标题',
        hash: '散列',
        from: '起始之日',
      },
      ...{ until: '截止之日', publishedAt: '公布时间', withdrawnAt: '撤回时间', ...rests },
    }),
    async *pages(db, city) {
      for await (const page of paging((after: Key<typeof listNotices>) =>
        listNotices(db, city, {}, { after, limit: pageSize }),
      )) {
        const texts = await noticeTexts(
          db,
          page.map(({ number }) => number),
        );
        yield page.map(({ title, withdrawn, ...row }) => ({
          ...{ ...row, title, titleZh: title.zh, withdrawnAt: withdrawn?.at ?? null },
          content: texts.get(row.number) ?? null,
        }));
      }
    },
  },
  shelfSet('reports', 'public_report', { zh: '年度报告', en: 'Yearly reports' }),
  shelfSet('bulletins', 'public_bulletin', { zh: '数源部门通报', en: 'Bulletins on source departments' }),
];
