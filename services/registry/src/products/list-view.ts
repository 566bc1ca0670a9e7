/** What of a version the public reads, and what its owner, the operator and the authorities read beside it. */
import { instantOrNull } from '@gongshu/infra/cases/view-time';
import type { CsvColumn } from '@gongshu/infra/http/csv';
import { valuesOf } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { ListKind, listKindOf } from '@gongshu/shared/product/codes';
import { z } from 'zod';
import type { BroughtInRow, VersionRow } from '../queries/product-list.ts';

const Instant = z.iso.datetime({ offset: true });

export const ListedProduct = z
  .object({
    product: z.string(),
    version: z.int().nullable().describe('Null for one let out on paper before'),
    jurisdiction: z.string(),
    name: z.string(),
    class: z.string().nullable(),
    purpose: z.string().nullable(),
    listKind: ListKind.nullable().describe('Where the city’s list has two kinds'),
    owner: z.string().nullable(),
    operator: z.string(),
    registrationCode: z.string().nullable(),
    nationalCode: z.string().nullable().describe('Of the national platform, once it is on record'),
    state: z.string(),
    reasons: z.array(z.string()).describe('Why it was suspended, recalled or retired, by code'),
    listedAt: Instant.nullable(),
    releasedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    broughtIn: z.boolean().describe('Let out on paper: a new version goes through its own case'),
  })
  .meta({ id: 'ListedProduct' });
export type ListedProduct = z.output<typeof ListedProduct>;

/** The kind of the list, where the pack of the city divides it in two. */
const kindIn = (packs: PackSet, jurisdiction: string, purpose: string): ListKind | null => {
  if (!packs.jurisdictions.includes(jurisdiction)) return null;
  const pack = packs.resolve(jurisdiction);
  if (!pack.rules['productEgress']) return null;
  return valuesOf(pack, 'productEgress').list.kinds === 'two' ? listKindOf(purpose) : null;
};

export const listedView = (packs: PackSet, row: VersionRow): ListedProduct => ({
  ...{ product: row.product, version: row.version, jurisdiction: row.jurisdiction, name: row.name },
  ...{ class: row.class, purpose: row.purpose, owner: row.owner, operator: row.operator },
  listKind: kindIn(packs, row.jurisdiction, row.purpose),
  ...{ registrationCode: row.registrationCode, nationalCode: row.nationalCode },
  ...{ state: row.state, reasons: row.reasons },
  ...{
    listedAt: instantOrNull(row.listedAt),
    releasedAt: instantOrNull(row.releasedAt),
    endedAt: instantOrNull(row.endedAt),
  },
  broughtIn: false,
});

export const broughtInView = (row: BroughtInRow): ListedProduct => ({
  ...{ product: row.id, version: null, jurisdiction: row.jurisdiction, name: row.name },
  ...{ class: null, purpose: null, listKind: null, owner: null, operator: row.operator },
  ...{ registrationCode: null, nationalCode: null, state: 'broughtIn', reasons: [] },
  ...{ listedAt: null, releasedAt: null, endedAt: null, broughtIn: true },
});

export const listedCsv: { name: string; columns: CsvColumn<ListedProduct>[] } = {
  name: 'products',
  columns: [
    { title: '产品编号', value: ({ product }) => product },
    { title: '版本', value: ({ version }) => version },
    { title: '地区', value: ({ jurisdiction }) => jurisdiction },
    { title: '名称', value: ({ name }) => name },
    { title: '类别', value: (one) => one.class },
    { title: '用途', value: ({ purpose }) => purpose },
    { title: '清单类别', value: ({ listKind }) => listKind },
    { title: '登记编码', value: ({ registrationCode }) => registrationCode },
    { title: '国家登记编码', value: ({ nationalCode }) => nationalCode },
    { title: '提供单位', value: ({ owner }) => owner },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '状态', value: ({ state }) => state },
    { title: '理由', value: ({ reasons }) => reasons.join(' ') },
    { title: '列入时间', value: ({ listedAt }) => listedAt },
    { title: '发布时间', value: ({ releasedAt }) => releasedAt },
    { title: '补录', value: ({ broughtIn }) => broughtIn },
  ],
};
