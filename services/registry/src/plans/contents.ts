/** What an implementation plan says, item by item (P1, 国家规范 九、十); which items it needs, the pack says. */
import { DocumentHash, linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { FeasibilityTopic, PlanItem } from '@gongshu/shared/packs/topics/implementation-plan';
import { MandateMode } from '@gongshu/shared/packs/topics/mandate';
import type { PlanRules } from '@gongshu/shared/plan/rules';
import { type ArticleRef, problem, type ProblemPlace } from '@gongshu/shared/problems';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';

const words = z.string().trim().min(1).max(20_000);
const Item = z.strictObject({ text: words, documents: z.array(DocumentHash).max(20).default([]) });
const name = z.string().trim().min(1).max(60);

export const PlanContents = z
  .strictObject({
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
  })
  .meta({ id: 'PlanContents' });
export type PlanContents = z.output<typeof PlanContents>;

/** Every document the contents name. */
const documentsOf = ({ items }: PlanContents) =>
  Object.entries(items).flatMap(([item, { documents }]) =>
    documents.map((hash, index) => ({
      ...{ hash, role: item },
      pointer: `/body/contents/items/${item}/documents/${index}`,
    })),
  );

type Missing = { pointer: string; rests: ArticleRef | null };

const placeOf = ({ pointer, rests }: Missing): ProblemPlace => ({
  pointer,
  code: 'required',
  message: {
    zh: rests ? `缺少此项（${rests.article}）` : '缺少此项',
    en: rests ? `This item is missing (${rests.article})` : 'This item is missing',
  },
});

/** What is missing, each with the article that asks for it; an empty list: the plan is whole (P1). */
export const missingIn = (
  { contents: needed, feasibility }: Pick<PlanRules, 'contents' | 'feasibility'>,
  contents: PlanContents,
): Missing[] => [
  ...needed
    .filter(({ item }) => contents.items[item] === undefined)
    .map(({ item, rests }) => ({ pointer: `/body/contents/items/${item}`, rests })),
  ...feasibility.topics
    .filter((topic) => contents.feasibility[topic] === undefined)
    .map((topic) => ({
      pointer: `/body/contents/feasibility/${topic}`,
      rests: feasibility.rests,
    })),
];

/** Throws `planIncomplete` (422) naming everything that is missing, at once, and the first one's article. */
export const mustBeComplete = (
  rules: Pick<PlanRules, 'contents' | 'feasibility'>,
  contents: PlanContents,
): void => {
  const missing = missingIn(rules, contents);
  if (missing.length === 0) return;
  const article = missing.find(({ rests }) => rests)?.rests;
  throw problem('planIncomplete', { errors: missing.map(placeOf), ...(article && { article }) });
};

export type Kept = {
  caseNo: string;
  jurisdiction: string;
  organisation: string | null;
  contents: PlanContents;
  at: Date;
};

/**
 * Contents are kept beside the case, and go by their hash: handed in again after others they are its newest revision.
 * Throws `documentUnknown` (422) at each place.
 */
export const keepContents = async (
  trx: Transaction<ProcedureTables>,
  { caseNo, jurisdiction, organisation, contents, at }: Kept,
): Promise<string> => {
  const contentHash = jsonHash(contents);
  const cited = documentsOf(contents);
  await mustAllBeStored(trx, { cited, organisation, jurisdiction });
  await trx
    .insertInto('plan_content')
    .values({
      ...{ case_no: caseNo, content_hash: contentHash, given_at: at },
      contents: JSON.stringify(contents) as never,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['case_no', 'content_hash'])
        .doUpdateSet({ given_at: at, seq: sql`default` })
        // The newest handed in once more is no revision.
        .where('plan_content.seq', '<', (eb) =>
          eb
            .selectFrom('plan_content as other')
            .select(({ fn }) => fn.max('other.seq').as('newest'))
            .where('other.case_no', '=', caseNo),
        ),
    )
    .execute();
  for (const { hash, role } of cited)
    await linkDocument(trx, { hash, jurisdiction, caseNo, role, by: organisation ?? '', at });
  return contentHash;
};
