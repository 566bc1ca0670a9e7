/** What an implementation plan says, item by item (P1, 国家规范 九、十); which items it needs, the pack says. */
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { placeOfEntry, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { FeasibilityTopic, PlanItem } from '@gongshu/shared/packs/topics/implementation-plan';
import { MandateMode } from '@gongshu/shared/packs/topics/mandate';
import { problem, type ProblemPlace } from '@gongshu/shared/problems';
import { z } from 'zod';

const words = z.string().trim().min(1).max(20_000);
const Item = z.strictObject({ text: words, documents: z.array(DocumentHash).max(20).default([]) });
const name = z.string().trim().min(1).max(60);

export const PlanContents = z.strictObject({
  title: z.string().trim().min(1).max(200),
  items: z.partialRecord(PlanItem, Item),
  /** Beside the item `mode`: how operation is authorised, and over which fields or scenarios. */
  mode: z
    .strictObject({
      mode: MandateMode,
      fields: z.array(name).max(50).default([]),
      scenarios: z.array(name).max(50).default([]),
    })
    .optional(),
  /** Beside the item on the term. */
  termMonths: z.int().min(1).max(600).optional(),
  feasibility: z.partialRecord(FeasibilityTopic, words).default({}),
});
export type PlanContents = z.output<typeof PlanContents>;

/** Every document the contents name. */
export const documentsOf = ({ items }: PlanContents) =>
  Object.entries(items).flatMap(([item, { documents }]) =>
    documents.map((hash, index) => ({
      ...{ hash, role: item },
      pointer: `/body/contents/items/${item}/documents/${index}`,
    })),
  );

const missingPlace = (pointer: string, article: string | undefined): ProblemPlace => ({
  pointer,
  code: 'required',
  message: {
    zh: article ? `缺少此项（${article}）` : '缺少此项',
    en: article ? `This item is missing (${article})` : 'This item is missing',
  },
});

/** What is missing, item by item, each with the article that asks for it; an empty list: the plan is whole (P1). */
export const missingIn = (pack: ResolvedPack, contents: PlanContents): ProblemPlace[] => {
  const rule = ruleOf(pack, 'implementationPlan', 'contents');
  const feasibility = ruleOf(pack, 'implementationPlan', 'feasibility');
  const items = rule.value
    .filter(({ item }) => contents.items[item] === undefined)
    .map(({ item, article }) => missingPlace(`/body/contents/items/${item}`, article));
  const { basis } = feasibility;
  const topics = feasibility.value
    .filter((topic) => contents.feasibility[topic] === undefined)
    .map((topic) =>
      missingPlace(`/body/contents/feasibility/${topic}`, basis.kind === 'cite' ? basis.article : undefined),
    );
  return [...items, ...topics];
};

/** Throws `planIncomplete` (422) naming everything that is missing, at once, and the first one's article. */
export const mustBeComplete = (pack: ResolvedPack, contents: PlanContents): void => {
  const errors = missingIn(pack, contents);
  if (errors.length === 0) return;
  const rule = ruleOf(pack, 'implementationPlan', 'contents');
  const first = rule.value.find(({ item }) => contents.items[item] === undefined);
  const place = placeOfEntry(rule, first?.article ?? rule.value[0]?.article ?? '');
  throw problem('planIncomplete', { errors, ...('article' in place && { article: place }) });
};
