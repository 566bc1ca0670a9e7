/** Feeds of a city: what was published last. */
import type { Kysely } from 'kysely';
import { newestResources } from '../public/queries/full-resources.ts';
import { listDisclosed, listNotices, type Shelf } from '../public/queries/papers.ts';
import { newestProducts } from '../public/queries/products.ts';
import type { DisclosureTables } from '../tables.ts';
import type { FeedEntry } from './atom.ts';

type Db = Kysely<DisclosureTables>;
export type OpenFeed = {
  /** Of its address `/zhongwei/feeds/<name>.atom`. */
  name: string;
  title: { zh: string; en: string };
  /** The newest entries; `at` makes a path of the city absolute. */
  entries: (db: Db, city: string, at: (path: string) => string) => Promise<FeedEntry[]>;
};

/** Readers ask often; who wants all takes the files. */
const newest = 50;

const shelfFeed = (name: string, shelf: Shelf, title: OpenFeed['title']): OpenFeed => ({
  ...{ name, title },
  entries: async (db, city, at) => {
    const { items } = await listDisclosed(db, shelf, city, { limit: newest });
    return items.map(({ document, title: words, publishedAt, withdrawn }) => ({
      ...{ id: document, title: words.zh, link: at(`/${name}/${document}`) },
      updatedAt: withdrawn?.at ?? publishedAt,
      ...(withdrawn && { summary: withdrawn.by === null ? '已撤回' : `已被 ${withdrawn.by} 替代` }),
    }));
  },
});

export const openFeeds: readonly OpenFeed[] = [
  {
    name: 'notices',
    title: { zh: '公示公告', en: 'Public notices' },
    entries: async (db, city, at) => {
      const { items } = await listNotices(db, city, {}, { limit: newest });
      return items.map(({ number, title, publishedAt, withdrawn, from, until }) => ({
        ...{ id: number, title: title.zh, link: at(`/notices/${number}`) },
        updatedAt: withdrawn?.at ?? publishedAt,
        summary: withdrawn ? '已撤回' : `${from} 至 ${until ?? '撤回之日'}`,
      }));
    },
  },
  {
    name: 'catalog',
    title: { zh: '资源目录', en: 'Catalog' },
    entries: async (db, city, at) =>
      (await newestResources(db, city, newest)).map(({ id, title, abstract, changedAt }) => ({
        ...{
          id,
          title,
          link: at(`/catalog/${encodeURIComponent(id)}`),
          updatedAt: changedAt,
          summary: abstract,
        },
      })),
  },
  {
    name: 'products',
    title: { zh: '产品清单', en: 'Product list' },
    entries: async (db, city, at) =>
      (await newestProducts(db, city, newest)).map(({ product, title, description, changedAt }) => ({
        ...{
          id: product,
          title,
          link: at(`/products/${product}`),
          updatedAt: changedAt,
          summary: description,
        },
      })),
  },
  shelfFeed('reports', 'public_report', { zh: '年度报告', en: 'Yearly reports' }),
  shelfFeed('bulletins', 'public_bulletin', { zh: '数源部门通报', en: 'Bulletins on source departments' }),
];
