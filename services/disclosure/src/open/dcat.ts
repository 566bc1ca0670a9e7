/**
 * The catalog after DCAT 3 as JSON-LD, by the application profile DCAT-AP 3: one file that stands by itself, its context
 * in it. Data are not downloaded here: an entry says where its use is applied for (`landingPage`), and that access is
 * restricted.
 */
import { plain } from './plain-text.ts';

const iri = (term: string) => ({ '@id': term, '@type': '@id' });
const typed = (term: string, type: string) => ({
  '@id': term,
  '@type': `http://www.w3.org/2001/XMLSchema#${type}`,
});
/** Inlined: nothing is loaded from another host to read the file. */
export const context = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  title: { '@id': 'dct:title', '@language': 'zh' },
  description: { '@id': 'dct:description', '@language': 'zh' },
  keyword: { '@id': 'dcat:keyword', '@language': 'zh' },
  name: { '@id': 'foaf:name', '@language': 'zh' },
  identifier: 'dct:identifier',
  issued: typed('dct:issued', 'date'),
  modified: typed('dct:modified', 'dateTime'),
  language: iri('dct:language'),
  license: iri('dct:license'),
  accessRights: iri('dct:accessRights'),
  frequency: iri('dct:accrualPeriodicity'),
  publisher: iri('dct:publisher'),
  landingPage: iri('dcat:landingPage'),
  homepage: iri('foaf:homepage'),
  dataset: iri('dcat:dataset'),
};

/** The frequency vocabulary of the European Publications Office, which DCAT-AP asks for. */
const frequencies: Readonly<Record<string, string>> = {
  realTime: 'UPDATE_CONT',
  daily: 'DAILY',
  weekly: 'WEEKLY',
  monthly: 'MONTHLY',
  quarterly: 'QUARTERLY',
  halfYearly: 'ANNUAL_2',
  yearly: 'ANNUAL',
  irregular: 'IRREG',
};
const authority = 'http://publications.europa.eu/resource/authority';

export type DcatEntry = {
  id: string;
  title: string;
  abstract: string | null;
  provider: string;
  providerName: string;
  fields: readonly { name: string }[];
  updateFrequency: string | null;
  registrationCode: string | null;
  publishedOn: string | null;
  changedAt: Date;
};
/** `address` makes a path of the portal absolute. */
export type Site = { city: string; title: string; publisher: string; address: (path: string) => string };

const bodyIri = ({ city, address }: Site, body: string): string =>
  address(`/${city}/catalog?provider=${encodeURIComponent(body)}`);

/** An entry as a dataset, its department as its publisher. */
export const datasetOf = (site: Site, entry: DcatEntry): object => {
  const page = site.address(`/${site.city}/catalog/${encodeURIComponent(entry.id)}`);
  const frequency = entry.updateFrequency === null ? undefined : frequencies[entry.updateFrequency];
  return {
    '@id': page,
    '@type': 'dcat:Dataset',
    title: plain(entry.title),
    description: plain(entry.abstract?.trim() ? entry.abstract : entry.title),
    identifier: [entry.id, ...(entry.registrationCode === null ? [] : [entry.registrationCode])],
    ...(entry.fields.length > 0 && { keyword: entry.fields.map(({ name }) => plain(name)) }),
    ...(frequency !== undefined && { frequency: `${authority}/frequency/${frequency}` }),
    ...(entry.publishedOn !== null && { issued: entry.publishedOn }),
    modified: entry.changedAt.toISOString(),
    accessRights: `${authority}/access-right/RESTRICTED`,
    language: `${authority}/language/ZHO`,
    landingPage: page,
    publisher: {
      '@id': bodyIri(site, entry.provider),
      '@type': 'foaf:Agent',
      name: plain(entry.providerName),
    },
  };
};

/** The catalog without its datasets, as an object that they are written into: `dataset` is the last key. */
export const catalogOf = (site: Site): object => ({
  '@context': context,
  '@id': site.address(`/${site.city}/open-data/catalog.jsonld`),
  '@type': 'dcat:Catalog',
  title: `${plain(site.title)}公共数据资源授权运营目录`,
  description: `${plain(site.title)}可申请授权运营的公共数据资源目录，依公开事件生成。`,
  language: `${authority}/language/ZHO`,
  homepage: site.address(`/${site.city}`),
  publisher: {
    '@id': site.address(`/${site.city}#publisher`),
    '@type': 'foaf:Agent',
    name: plain(site.publisher),
  },
});
