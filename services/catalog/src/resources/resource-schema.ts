import { line } from '@gongshu/shared/line';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import {
  fieldGrades,
  resourceLevels,
  resourceStates,
  reviewerKinds,
  updateFrequencies,
} from '@gongshu/shared/resource';
import { z } from 'zod';

/** A number or code of a document, a batch or a registration: visible ASCII, so that it may stand in an event. */
export const Reference = z.string().regex(/^[\x21-\x7e]{1,100}$/);
const Code = z.string().regex(/^[a-z][A-Za-z0-9]{0,79}$/);
const words = (max: number) => z.string().trim().min(1).max(max);
const SourceKey = words(100).describe('The key of the entry in the department’s own list');
/** Class or grade by the city's own guide (分类分级指南). */
const GuideTerm = words(60);

export const ResourceNo = z.string().regex(/^[\x21-\x7e]{1,160}$/);
export const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const Field = z.strictObject({
  name: words(2_000),
  description: words(10_000).nullable().default(null),
  grade: z.enum(fieldGrades).nullable().default(null),
});

export const Provider = z.strictObject({ organisation: OrganisationId, code: line(60), name: line(200) });
export const Reviewer = z.strictObject({ kind: z.enum(reviewerKinds), organisation: OrganisationId });

const content = {
  title: line(500),
  abstract: z.string().trim().max(20_000),
  fields: z.array(Field).max(2_000),
  updateFrequency: z.enum(updateFrequencies).nullable(),
  dataQuality: words(2_000).nullable(),
  scenario: words(2_000).nullable(),
  level: z.enum(resourceLevels).nullable(),
  authority: OrganisationId.nullable().describe('Bureau of the entry’s own level, where that is a county’s'),
  classification: GuideTerm.nullable(),
  grade: GuideTerm.nullable(),
  reviewer: Reviewer.nullable(),
  exclusions: z
    .array(Code)
    .max(20)
    .describe('Grounds on which it never enters (national norm art. 5), when found'),
  otherLaw: z.array(Code).max(20).describe('What other law governs first (Zhongwei art. 2)'),
  otherLawBasis: Reference.nullable().describe('Document that shows that this law allows the use'),
  obtainedBySharing: z.boolean(),
  dataUpdatedOn: z.iso.date().nullable(),
};

/** A new entry. What is left out is unknown; nothing is filled in, least of all a grade. */
export const EntryDraft = z.strictObject({
  sourceKey: SourceKey,
  provider: Provider,
  title: content.title,
  abstract: content.abstract.default(''),
  fields: content.fields.default([]),
  updateFrequency: content.updateFrequency.default(null),
  dataQuality: content.dataQuality.default(null),
  scenario: content.scenario.default(null),
  level: content.level.default(null),
  authority: content.authority.default(null),
  classification: content.classification.default(null),
  grade: content.grade.default(null),
  reviewer: content.reviewer.default(null),
  exclusions: content.exclusions.default([]),
  otherLaw: content.otherLaw.default([]),
  otherLawBasis: content.otherLawBasis.default(null),
  obtainedBySharing: content.obtainedBySharing.default(false),
  dataUpdatedOn: content.dataUpdatedOn.default(null),
});
export type EntryDraft = z.output<typeof EntryDraft>;

/** An edit: only the parts that change. Key and provider stay. */
export const EntryPatch = z
  .strictObject(content)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Nothing to change');
export type EntryPatch = z.output<typeof EntryPatch>;
export type EntryContent = Omit<EntryDraft, 'sourceKey' | 'provider'>;

/** An entry as it is read. */
export const ResourceView = z.object({
  id: ResourceNo,
  jurisdiction: z.string(),
  sourceKey: z.string(),
  title: z.string(),
  provider: z.object({ organisation: z.string(), code: z.string(), name: z.string() }),
  abstract: z.string(),
  fields: z.array(
    z.object({ name: z.string(), description: z.string().nullable(), grade: z.string().nullable() }),
  ),
  updateFrequency: z.string().nullable(),
  dataQuality: z.string().nullable(),
  scenario: z.string().nullable(),
  level: z.enum(resourceLevels).nullable(),
  authority: z.string().nullable(),
  classification: z.string().nullable(),
  grade: z.string().nullable(),
  reviewer: z.object({ kind: z.enum(reviewerKinds), organisation: z.string() }).nullable(),
  exclusions: z.array(z.string()),
  otherLaw: z.array(z.string()),
  otherLawBasis: z.string().nullable(),
  obtainedBySharing: z.boolean(),
  dataUpdatedOn: z.string().nullable(),
  source: z.record(z.string(), z.string()).describe('What the department’s file says besides'),
  state: z.enum(resourceStates),
  closedReason: z.string().nullable(),
  batch: z.string().nullable(),
  registrationCode: z.string().nullable(),
  freshUntil: z.string().nullable().describe('Last day on which the data are fresh, by their own frequency'),
  openToApplication: z.boolean(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type ResourceView = z.output<typeof ResourceView>;
