/** A list of records as one request brings it: each for itself, the good ones kept or none, as asked (F1). */
import { jsonHash } from '@gongshu/infra/hash';
import type { Keep } from '@gongshu/infra/bring-in/rows';
import { record } from '@gongshu/infra/record';
import { type ArticleRef, problem, type ProblemPlace, problemTable } from '@gongshu/shared/problems';
import type { UsageGiven } from '@gongshu/shared/settlement/usage';
import { z } from 'zod';
import type { Acting } from '@gongshu/infra/http/acting';
import type { Owner, Taken, UsageTrx } from './record.ts';

/** Rows named in an answer at most; all are counted. */
export const namedRows = 1_000;

export type RefusedRow = {
  /** 1 is the first row (after the header, in a file). */
  row: number;
  id: string | null;
  code: string;
  /** The field or column. */
  at: string;
  message: { zh: string; en: string };
  article: ArticleRef | null;
};

const Count = z.int().min(0);
export const UsageReport = z
  .object({
    batch: z.string(),
    total: Count,
    recorded: Count.describe('Records that are new'),
    same: Count.describe('Records that stood before, with the same content: they count once'),
    refused: Count,
    errors: z
      .array(
        z.object({
          row: z.int(),
          id: z.string().nullable(),
          code: z.string(),
          at: z.string(),
          message: z.object({ zh: z.string(), en: z.string() }),
          article: z.object({ instrument: z.string(), article: z.string() }).nullable(),
        }),
      )
      .describe(`The first ${namedRows} refused rows`),
    hash: z.string().describe('Over the ids that are new, in order'),
  })
  .meta({ id: 'UsageReport' });
export type UsageReport = z.output<typeof UsageReport>;

type Refusal = {
  reason: Extract<Taken, { kind: 'refused' }>['reason'] | { code: 'usageMalformed'; at: string };
};

export const refusedRow = (row: number, id: string | null, { reason }: Refusal): RefusedRow => ({
  ...{ row, id, code: reason.code, at: reason.at.slice(1), message: problemTable[reason.code].title },
  article: ('article' in reason ? reason.article : undefined) ?? null,
});

/** Counts what came of rows, and remembers the first refused ones. */
export const createTally = () => {
  const errors: RefusedRow[] = [];
  const fresh: string[] = [];
  const counts = { total: 0, recorded: 0, same: 0, refused: 0 };
  const refuse = (row: RefusedRow): void => {
    counts.total += 1;
    counts.refused += 1;
    if (errors.length < namedRows) errors.push(row);
  };
  const take = (row: number, { id }: UsageGiven, taken: Taken): void => {
    if (taken.kind === 'refused') return refuse(refusedRow(row, id, taken));
    counts.total += 1;
    counts[taken.kind === 'new' ? 'recorded' : 'same'] += 1;
    if (taken.kind === 'new') fresh.push(id);
  };
  return { counts, errors, fresh, refuse, take };
};
export type Tally = ReturnType<typeof createTally>;

/**
 * Ends a list inside its transaction: what was new is told in one event. Throws `rowsRefused` (422), with every named row,
 * where one is refused and none is to be kept.
 */
export const conclude = async (
  trx: UsageTrx,
  { jurisdiction, operator }: Owner,
  { counts, errors, fresh }: Tally,
  { keep, batch, source, list }: { keep: Keep; batch: string; source: 'rest' | 'file'; list: string },
  { actor, at }: Acting,
): Promise<UsageReport> => {
  if (keep === 'none' && counts.refused > 0) {
    const article = errors.find((one) => one.article)?.article;
    throw problem('rowsRefused', {
      ...(article && { article }),
      errors: errors.map(
        ({ row, at: field, code, message }): ProblemPlace => ({
          pointer: `/body/${list}/${row}${field === '' ? '' : `/${field}`}`,
          ...{ code, message },
        }),
      ),
    });
  }
  const hash = jsonHash(fresh);
  if (counts.recorded > 0)
    await record(trx, 'pricing', {
      ...{ key: `${batch}/recorded`, type: 'usage.recorded.v1', subject: batch, jurisdiction, at, actor },
      data: {
        ...{ batch, operator, source, records: counts.recorded, same: counts.same, refused: counts.refused },
        hash,
      },
    });
  return { batch, ...counts, errors, hash };
};
