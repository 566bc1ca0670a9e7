import { sha256 } from '@gongshu/infra/hash';
import { toInstantText } from '@gongshu/shared/business-date';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { foldChinese } from '@gongshu/shared/chinese-text';
import type { ActObject } from '@gongshu/shared/may';
import { frequencyOf, freshUntil, isPublished, resourceNo } from '@gongshu/shared/resource';
import type { EntryFacts } from '@gongshu/shared/resource-flow';
import type { ResourceRow } from '../queries/resource.ts';
import type { EntryContent, EntryDraft, EntryPatch, ResourceView } from './resource-schema.ts';

/** What people look for is found in title, abstract and field names; descriptions of fields stay out. */
const searchText = (entry: {
  title: string;
  abstract: string;
  fields: readonly { name: string }[];
}): string => foldChinese([entry.title, entry.abstract, ...entry.fields.map(({ name }) => name)].join('\n'));

/** The columns of an entry's content. */
export const columnsOf = (content: EntryContent) => ({
  title: content.title,
  abstract: content.abstract,
  update_frequency: content.updateFrequency,
  data_quality: content.dataQuality,
  scenario: content.scenario,
  level: content.level,
  authority_organisation: content.authority,
  classification: content.classification,
  grade: content.grade,
  reviewer_kind: content.reviewer?.kind ?? null,
  reviewer_organisation: content.reviewer?.organisation ?? null,
  exclusions: content.exclusions,
  other_law: content.otherLaw,
  other_law_basis: content.otherLawBasis,
  obtained_by_sharing: content.obtainedBySharing,
  data_updated_on: content.dataUpdatedOn,
  search_text: searchText(content),
});

export const contentOf = (row: ResourceRow): EntryContent => ({
  title: row.title,
  abstract: row.abstract,
  fields: row.fields.map(({ name, description, grade }) => ({
    name,
    description,
    grade,
  })) as EntryContent['fields'],
  updateFrequency: row.update_frequency as EntryContent['updateFrequency'],
  dataQuality: row.data_quality,
  scenario: row.scenario,
  level: row.level,
  authority: row.authority_organisation,
  classification: row.classification,
  grade: row.grade,
  reviewer:
    row.reviewer_kind && row.reviewer_organisation
      ? { kind: row.reviewer_kind, organisation: row.reviewer_organisation }
      : null,
  exclusions: row.exclusions,
  otherLaw: row.other_law,
  otherLawBasis: row.other_law_basis,
  obtainedBySharing: row.obtained_by_sharing,
  dataUpdatedOn: row.data_updated_on,
});

export const numbered = (fields: EntryContent['fields']) =>
  fields.map(({ name, description, grade }, position) => ({ position, name, description, grade }));

/** The number of the entry that has this key in its department's list. */
export const numberOf = (areaCode: string, sourceKey: string): string =>
  resourceNo(areaCode, sourceKey, sha256(sourceKey).slice(7, 19));

/** A new entry, compiled, as a row. `areaCode` is the jurisdiction's (GB/T 2260). */
export const rowOfDraft = (
  draft: EntryDraft,
  { jurisdiction, areaCode, at }: { jurisdiction: string; areaCode: string; at: Date },
): ResourceRow => ({
  id: numberOf(areaCode, draft.sourceKey),
  jurisdiction,
  source_key: draft.sourceKey,
  provider_organisation: draft.provider.organisation,
  provider_code: draft.provider.code,
  provider_name: draft.provider.name,
  ...columnsOf(draft),
  fields: numbered(draft.fields),
  state: 'compiled',
  resume_state: null,
  closed_reason: null,
  batch: null,
  registration_code: null,
  source: {},
  imported_hash: null,
  import_id: null,
  version: 1,
  created_at: at,
  updated_at: at,
});

/** The row after an edit, and which parts of it differ; none when the edit says what stands already. */
export const editedRow = (row: ResourceRow, patch: EntryPatch): { row: ResourceRow; changed: string[] } => {
  const before = contentOf(row);
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const after: EntryContent = { ...before, ...given };
  const changed = (Object.keys(after) as (keyof EntryContent)[]).filter(
    (part) => canonicalJson(before[part]) !== canonicalJson(after[part]),
  );
  return { row: { ...row, ...columnsOf(after), fields: numbered(after.fields) }, changed };
};

/** Hash of what the entry says, for events and auditors; state, version and instants stay out. */
export const contentHash = (row: ResourceRow): string =>
  sha256(
    canonicalJson({
      ...contentOf(row),
      id: row.id,
      sourceKey: row.source_key,
      provider: { organisation: row.provider_organisation, code: row.provider_code, name: row.provider_name },
    }),
  );

/** What the pack's rules look at. */
export const factsOf = (row: ResourceRow, consented: boolean): EntryFacts => ({
  ...contentOf(row),
  providerName: row.provider_name,
  fieldNames: row.fields.map(({ name }) => name),
  consented,
});

/** What permission depends on: whose entry it is, which county's bureau it belongs to, whether everyone sees it. */
export const actObjectOf = (row: ResourceRow): ActObject => ({
  jurisdiction: row.jurisdiction,
  owner: row.provider_organisation,
  assignee: row.authority_organisation,
  handlers: [row.provider_organisation],
  published: isPublished(row.state),
});

const freshDayOf = ({ data_updated_on, update_frequency }: ResourceRow): string | null => {
  const frequency = update_frequency === null ? undefined : frequencyOf(update_frequency);
  return data_updated_on !== null && frequency ? freshUntil(data_updated_on, frequency) : null;
};

/** The entry as it is read. */
export const viewOf = (row: ResourceRow): ResourceView => ({
  id: row.id,
  jurisdiction: row.jurisdiction,
  sourceKey: row.source_key,
  provider: { organisation: row.provider_organisation, code: row.provider_code, name: row.provider_name },
  ...contentOf(row),
  source: row.source,
  state: row.state,
  closedReason: row.closed_reason,
  batch: row.batch,
  registrationCode: row.registration_code,
  freshUntil: freshDayOf(row),
  openToApplication: isPublished(row.state),
  version: row.version,
  createdAt: toInstantText(row.created_at.getTime()),
  updatedAt: toInstantText(row.updated_at.getTime()),
});
