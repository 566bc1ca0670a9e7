/** What an operating agreement says, item by item (O5, 国家规范 十四); which items it needs, the pack says. */
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { placeOfEntry, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { AgreementItem } from '@gongshu/shared/packs/topics/operating-agreement';
import { MandateMode } from '@gongshu/shared/packs/topics/mandate';
import { type ArticleRef, problem, type ProblemPlace } from '@gongshu/shared/problems';
import { z } from 'zod';

const Item = z.strictObject({
  text: z.string().trim().min(1).max(20_000),
  documents: z.array(DocumentHash).max(20).default([]),
});

export const AgreementContents = z.strictObject({
  title: z.string().trim().min(1).max(200),
  items: z.partialRecord(AgreementItem, Item),
});
export type AgreementContents = z.output<typeof AgreementContents>;

const once = { params: { code: 'repeated' }, error: '重复 · stands twice' };
const unique = <T extends string>(list: readonly T[]): boolean => new Set(list).size === list.length;
const codes = z
  .array(z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/))
  .max(50)
  .refine(unique, once)
  .default([]);
const bodies = z.array(OrganisationId).max(20).refine(unique, once).default([]);

/** The whole names nothing; a mandate by field or by scenario names its own. */
export const MandateGiven = z
  .strictObject({ mode: MandateMode, fields: codes, scenarios: codes })
  .refine(
    ({ mode, fields, scenarios }) =>
      mode === 'whole'
        ? fields.length + scenarios.length === 0
        : (mode === 'byField' ? fields : scenarios).length > 0,
    { params: { code: 'extentByMode' }, error: '授权范围与授权方式不符 · the extent does not fit the mode' },
  );

/** What the bureau drafts; left out is what the selection chose, or what the agreement before it said. */
export const Draft = z.strictObject({
  contents: AgreementContents.optional(),
  mandate: MandateGiven.optional(),
  termMonths: z.int().min(1).max(600).optional(),
  ground: DocumentHash.optional().describe('The ground of a term over the maximum in principle'),
  coSignatories: bodies.describe('Line departments that sign beside the authority'),
  termSetters: bodies.describe('Source departments that set the term with the authority'),
});
export type Draft = z.output<typeof Draft>;

/** Every document the contents name. */
export const documentsOf = ({ items }: AgreementContents) =>
  Object.entries(items).flatMap(([item, { documents }]) =>
    documents.map((hash, index) => ({
      ...{ hash, role: item },
      pointer: `/body/contents/items/${item}/documents/${index}`,
    })),
  );

const missingPlace = (pointer: string, article: string): ProblemPlace => ({
  ...{ pointer, code: 'required' },
  message: { zh: `缺少此项（${article}）`, en: `This item is missing (${article})` },
});

/** What is missing, item by item, each with its article; where the plan is the core annex, its document too (O5). */
export const missingIn = (pack: ResolvedPack, { items }: Pick<AgreementContents, 'items'>) => {
  const rule = ruleOf(pack, 'operatingAgreement', 'contents');
  const annex = ruleOf(pack, 'operatorSelection', 'coreAnnex').value;
  return rule.value.flatMap(({ item, article }) => {
    const given = items[item];
    const needsDocument = item === annex && given !== undefined && given.documents.length === 0;
    if (given !== undefined && !needsDocument) return [];
    const pointer = `/body/contents/items/${item}${needsDocument ? '/documents' : ''}`;
    return [{ place: missingPlace(pointer, article), rests: placeOfEntry(rule, article) }];
  });
};

/** Throws `operatingAgreementIncomplete` (422) naming everything that is missing, at once, and the first one's article. */
export const mustBeComplete = (pack: ResolvedPack, contents: Pick<AgreementContents, 'items'>): void => {
  const missing = missingIn(pack, contents);
  const [first] = missing;
  if (!first) return;
  throw problem('operatingAgreementIncomplete', {
    errors: missing.map(({ place }) => place),
    ...('article' in first.rests && { article: first.rests as ArticleRef }),
  });
};
