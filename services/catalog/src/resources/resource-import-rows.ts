import { sha256 } from '@gongshu/infra/hash';
import { businessDateOf } from '@gongshu/shared/business-date';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import type { CatalogRow } from '@gongshu/shared/import/catalog-csv';
import { type ReviewerKind, reviewerKinds } from '@gongshu/shared/resource';
import type { ResourceRow } from '../queries/resource.ts';
import { columnsOf, contentOf, numbered, rowOfDraft } from './resource-model.ts';
import { EntryDraft } from './resource-schema.ts';

/** A row that was not taken: number (1 = first after the header), column, value and why. */
export type ImportError = {
  row: number;
  column: string;
  value: string;
  code: string;
  reason: { zh: string; en: string };
};

const refused = (row: CatalogRow, column: string, value: string, code: string, zh: string, en: string) => ({
  error: { row: row.row, column, value: value.slice(0, 60).toWellFormed(), code, reason: { zh, en } },
});

/** `sourceDepartment`, meaning the provider itself, or `<kind>:<organisation>`. */
const reviewerOf = (
  text: string,
  provider: string,
): { kind: ReviewerKind; organisation: string } | undefined => {
  const [kindText, organisation] = text.split(':', 2);
  const kind = reviewerKinds.find((one) => one === kindText);
  if (kind === 'sourceDepartment' && !organisation) return { kind, organisation: provider };
  return kind && organisation ? { kind, organisation } : undefined;
};

const sourceKeys = ['format', 'license', 'theme', 'keywords', 'note', 'sourceUpdatedAt'] as const;
const sourceOf = (row: CatalogRow): Record<string, string> =>
  Object.fromEntries(sourceKeys.flatMap((key) => (row[key] === undefined ? [] : [[key, row[key]]])));

/** An entry as the file has it, with the hash by which the same row is known again. */
export type ImportedEntry = { row: number; draft: EntryDraft; source: Record<string, string>; hash: string };

/**
 * A row of the file as an entry. What the file doesn't say stays unknown: no grade, class, level or reviewer is ever
 * filled in. `organisation` is the provider's id.
 */
export const entryOfRow = (
  row: CatalogRow,
  organisation: string,
): { entry: ImportedEntry } | { error: ImportError } => {
  const reviewer = row.reviewer === undefined ? null : reviewerOf(row.reviewer, organisation);
  if (reviewer === undefined)
    return refused(
      row,
      'reviewer',
      row.reviewer ?? '',
      'valueUnknown',
      '审核方读不出',
      'The reviewer cannot be read.',
    );
  const draft = EntryDraft.safeParse({
    sourceKey: row.key,
    provider: { organisation, code: row.providerCode, name: row.providerName },
    title: row.title,
    abstract: row.abstract,
    fields: row.fields.map(({ name, description }) => ({ name, description: description || null })),
    updateFrequency: row.updateFrequency,
    classification: row.classification ?? null,
    grade: row.grade ?? null,
    level: row.level ?? null,
    reviewer,
    dataUpdatedOn: row.sourceUpdatedAt ? businessDateOf(Date.parse(row.sourceUpdatedAt)) : null,
  });
  if (!draft.success) {
    const column = String(draft.error.issues[0]?.path[0] ?? '');
    return refused(row, column, '', 'valueRefused', '内容不合格式', 'The value does not fit the entry.');
  }
  const source = sourceOf(row);
  const hash = sha256(canonicalJson({ draft: draft.data, source }));
  return { entry: { row: row.row, draft: draft.data, source, hash } };
};

export type ImportOutcome =
  | { kind: 'created' | 'changed'; row: ResourceRow }
  | { kind: 'unchanged' }
  | { kind: 'refused'; error: ImportError };

/** What people have set stays; the file fills only what is still unknown. */
const merged = (known: ResourceRow, { draft }: ImportedEntry) => {
  const before = contentOf(known);
  const grades = new Map(before.fields.map(({ name, grade }) => [name, grade]));
  return {
    ...before,
    title: draft.title,
    abstract: draft.abstract,
    fields: draft.fields.map((field) => ({ ...field, grade: grades.get(field.name) ?? null })),
    updateFrequency: draft.updateFrequency,
    dataUpdatedOn: draft.dataUpdatedOn ?? before.dataUpdatedOn,
    level: before.level ?? draft.level,
    classification: before.classification ?? draft.classification,
    grade: before.grade ?? draft.grade,
    reviewer: before.reviewer ?? draft.reviewer,
  };
};

/** The key is another body's. What that body has under it, and how far it is, is not told. */
const otherProvider = ({ row, draft }: ImportedEntry): ImportOutcome => ({
  kind: 'refused',
  error: {
    ...{ row, column: 'provider', value: draft.provider.code, code: 'providerDiffers' },
    reason: {
      zh: '该编号的目录由另一提供单位编制，不随导入更换提供单位',
      en: 'The entry of this key is another provider’s; an import does not change the provider',
    },
  },
});

const underWay = (entry: ImportedEntry, { id, state }: ResourceRow, column: string): ImportOutcome => ({
  kind: 'refused',
  error: {
    row: entry.row,
    column,
    value: id,
    code: 'entryUnderWay',
    reason: {
      zh: `目录已进入${state}，内容变化须由数源部门修改，不随导入更改`,
      en: `The entry is ${state}: its department edits it, an import does not`,
    },
  },
});

/** What a file says of an entry, but for the day of its data. */
const textKeys = [
  'title',
  'abstract',
  'fields',
  'updateFrequency',
  'level',
  'classification',
  'grade',
  'reviewer',
] as const;

/**
 * What an import does with one entry. The same row again: nothing. A new key: compiled. A compiled entry takes the
 * file's text and keeps the class, grade, level and reviewer it has. An entry further on takes only the day its data
 * were updated; any other difference is refused and told, so that nothing public changes unseen.
 */
export const importOutcome = (
  known: ResourceRow | undefined,
  entry: ImportedEntry,
  run: { id: string; jurisdiction: string; areaCode: string; at: Date },
): ImportOutcome => {
  const mark = { imported_hash: entry.hash, import_id: run.id, source: entry.source };
  if (!known) return { kind: 'created', row: { ...rowOfDraft(entry.draft, run), ...mark } };
  if (known.imported_hash === entry.hash) return { kind: 'unchanged' };
  const { draft } = entry;
  if (known.provider_organisation !== draft.provider.organisation) return otherProvider(entry);
  const content = merged(known, entry);
  if (known.state !== 'compiled') {
    const before = contentOf(known);
    const differing = textKeys.find((key) => canonicalJson(content[key]) !== canonicalJson(before[key]));
    if (differing) return underWay(entry, known, differing);
  }
  const changed = {
    ...columnsOf(content),
    fields: numbered(content.fields),
    provider_code: draft.provider.code,
    provider_name: draft.provider.name,
  };
  return {
    kind: 'changed',
    row: { ...known, ...changed, ...mark, version: known.version + 1, updated_at: run.at },
  };
};
