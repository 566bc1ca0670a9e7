/** What bidders are told (O1): the contents the pack asks of an announcement, or of the papers of an invitation. */
import { jsonHash } from '@gongshu/infra/hash';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import { isBusinessDate } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { caseOf, clauseOf, type RegistrySelectionTables, type SelectionDeps } from './deps.ts';

const words = z.string().trim().min(1).max(20_000);
const items = ['mode', 'scope', 'conditions', 'assessmentCriteria', 'agreementTerms', 'other'] as const;

export const Papers = z.strictObject({
  title: z.string().trim().min(1).max(200),
  contents: z.partialRecord(z.enum(items), words),
  closesOn: z.iso
    .date()
    .refine(isBusinessDate, {
      params: { code: 'dateOutOfRange' },
      error: '年份须在 1900 至 2999 之间 · a year between 1900 and 2999',
    })
    .nullable()
    .default(null)
    .describe('Last day for bids; the shortest period when left out'),
});
export type Papers = z.output<typeof Papers>;

/** Throws `announcementIncomplete` (422) naming everything that is missing, at once. */
export const mustTellAll = ({ packs }: SelectionDeps, row: ProcedureRow, { contents }: Papers): void => {
  const missing = caseOf(row).rules.announcementContents.filter((item) => contents[item] === undefined);
  if (missing.length === 0) return;
  throw problem('announcementIncomplete', {
    errors: missing.map((item) => ({
      ...{ pointer: `/body/contents/${item}`, code: 'required' },
      message: { zh: '缺少此项', en: 'This item is missing' },
    })),
    ...clauseOf(packs.resolve(row.jurisdiction), 'announcementContents'),
  });
};

/** The papers as they are kept and told: by item, with their title. */
export const kept = ({ title, contents }: Papers): Record<string, string> => ({ title, ...contents });
export const hashOf = (papers: Papers): string => jsonHash(kept(papers));

export const keepPapers = async (
  trx: Transaction<RegistrySelectionTables>,
  caseNo: string,
  papers: Papers,
  at: Date,
): Promise<void> => {
  await trx
    .insertInto('selection_paper')
    .values({
      ...{ case_no: caseNo, content_hash: hashOf(papers), given_at: at },
      contents: JSON.stringify(kept(papers)) as never,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};
