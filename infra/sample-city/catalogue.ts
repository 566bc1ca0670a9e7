/** The real list made into the list of a city that does not exist. */
import type { CatalogRow } from '@gongshu/shared/import/catalog-csv';
import type { ColumnMapping } from '@gongshu/shared/import/mapping';
import type { ResourceField } from '@gongshu/shared/import/fields';
import { isNeutral, neutral } from './neutral.ts';
import { departments, type Party } from './parties.ts';

export type SampleEntry = {
  key: string;
  title: string;
  provider: Party;
  classification: string;
  abstract: string;
  fields: ResourceField[];
  updateFrequency: CatalogRow['updateFrequency'];
  format: string;
  theme: string;
  updatedOn: string;
};

/** The newest entry of the source becomes this day, all others keep their distance to it. */
const newest = Date.parse('2024-02-29T00:00:00Z');

const words: Readonly<Record<CatalogRow['updateFrequency'], string>> = {
  realTime: '实时',
  daily: '每日',
  weekly: '每周',
  monthly: '每月',
  quarterly: '每季度',
  halfYearly: '每半年',
  yearly: '每年',
  irregular: '不定期',
};

/** Separators and unmatched brackets would make another list of it. */
const plainName = (name: string): string => {
  const text = neutral(name)
    .replace(/[、,，;；:："“”\t]+/g, '_')
    .replace(/[[［【「『]/g, '(')
    .replace(/[\]］】」』]/g, ')');
  const balanced = /^[^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*$/.test(text) && !/[)）]$/.test(text);
  return (balanced ? text : text.replace(/[()（）]/g, '_')).replace(/^[\s_]+|[\s_。.]+$/g, '');
};

const plainDescription = (description: string): string => {
  const text = neutral(description);
  return text.length <= 30 && isNeutral(text) && !/[()（）[\]［］「」『』【】、"“”;；:：]/.test(text)
    ? text
    : '';
};

const fieldsOf = (row: CatalogRow): ResourceField[] =>
  row.fields.flatMap((field, index) => {
    const read = plainName(field.name);
    const name = read !== '' && read.length <= 40 && isNeutral(read) ? read : `字段${index + 1}`;
    const description = plainDescription(field.description).replace(/[。.，,]+$/, '');
    return [{ name, description: description === name ? '' : description }];
  });

/** The entries, in the order of the source. Throws for a provider that has no neutral name. */
export const sampleEntries = (rows: readonly CatalogRow[], parties: readonly Party[]): SampleEntry[] => {
  const dates = rows.map(({ sourceUpdatedAt = '' }) =>
    Date.parse(`${sourceUpdatedAt.slice(0, 10)}T00:00:00Z`),
  );
  const shift = newest - Math.max(...dates);
  return rows.map((row, index) => {
    const department = departments[row.providerName];
    const provider = parties.find(({ id }) => id === department?.[0]);
    if (!department || !provider) throw new Error(`no neutral name for ${row.providerName}`);
    const title = neutral(row.title).replace(/^[\s_]+/, '');
    const abstract = neutral(row.abstract);
    return {
      key: row.key,
      title,
      provider,
      classification: department[2],
      abstract: abstract.length <= 120 && isNeutral(abstract) ? abstract : `${title}。`,
      fields: fieldsOf(row),
      updateFrequency: row.updateFrequency,
      format: row.format ?? '',
      theme: neutral(row.theme ?? '').replace(/\s*\(\d+\)$/, ''),
      updatedOn: new Date((dates[index] ?? newest) + shift).toISOString().slice(0, 10),
    };
  });
};

const columns = {
  key: '编号',
  title: '数据资源名称',
  provider: '提供部门',
  abstract: '数据摘要',
  fields: '信息项',
  updateFrequency: '更新频率',
  format: '格式',
  sourceUpdatedAt: '最近更新',
  theme: '主题',
} as const;

/** How the sample list is read: the same import that a city's own file goes through. */
export const sampleMapping: ColumnMapping = { name: '示例市公共数据资源清单', columns };

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The list as a CSV file in UTF-8 with a byte order mark, as spreadsheets want it. */
export const catalogueCsv = (entries: readonly SampleEntry[]): string => {
  const lines = entries.map((entry) =>
    [
      entry.key,
      entry.title,
      `${entry.provider.uscc} 【${entry.provider.name}】`,
      entry.abstract,
      entry.fields
        .map(({ name, description }) => (description === '' ? name : `${name}(${description})`))
        .join('、'),
      words[entry.updateFrequency],
      entry.format,
      entry.updatedOn,
      entry.theme,
    ]
      .map(cell)
      .join(','),
  );
  return `\ufeff${[Object.values(columns).join(','), ...lines].join('\r\n')}\r\n`;
};
