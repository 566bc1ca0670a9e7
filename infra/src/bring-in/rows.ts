/** Lists of what stood on paper (bring-in): each row for itself, the good ones kept or none, as asked. */
import { type Language, Problem, problem, type ProblemPlace, problemTable } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';

/** `good`: rows that pass are kept; `none`: one that does not, and nothing is. */
export const Keep = z
  .enum(['good', 'none'])
  .default('none')
  .describe('good: rows that pass are kept; none: all, or nothing');
export type Keep = z.output<typeof Keep>;

const Fault = z.object({ pointer: z.string(), code: z.string(), message: z.string() });
export const RowsAnswer = z
  .object({
    kept: z.array(z.object({ row: z.int(), subject: z.string() })),
    refused: z.array(
      z.object({
        row: z.int(),
        code: z.string(),
        message: z.string(),
        article: z.object({ instrument: z.string(), article: z.string() }).nullable(),
        errors: z.array(Fault),
      }),
    ),
  })
  .meta({ id: 'BroughtIn' });
export type RowsAnswer = z.output<typeof RowsAnswer>;

const inLanguage = (message: ProblemPlace['message'], language: Language): string =>
  typeof message === 'string' ? message : message[language];

/** A place of the row's own body, within the list. */
const within = (pointer: string, at: string): string => `${at}${pointer.replace(/^\/body/, '')}`;

/**
 * Writes row after row in one transaction, each behind its own savepoint. Throws `rowsRefused` (422), with every row's
 * faults, where one is refused and none is to be kept; what is no refusal is thrown as it is.
 */
export const inRows = async <DB, R>(
  db: Kysely<DB>,
  rows: readonly R[],
  { list, keep, language = 'zh' }: { list: string; keep: Keep; language?: Language },
  write: (trx: Transaction<DB>, row: R) => Promise<string>,
): Promise<RowsAnswer> => {
  const refused: { row: number; why: Problem }[] = [];
  const kept: RowsAnswer['kept'] = [];
  await db.transaction().execute(async (trx) => {
    for (const [index, row] of rows.entries()) {
      await sql`savepoint brought_in`.execute(trx);
      try {
        kept.push({ row: index, subject: await write(trx, row) });
        await sql`release savepoint brought_in`.execute(trx);
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error;
        await sql`rollback to savepoint brought_in`.execute(trx);
        refused.push({ row: index, why: error });
      }
    }
    if (keep === 'none' && refused.length > 0) throw rowsRefused(refused, list);
  });
  return {
    kept,
    refused: refused.map(({ row, why }) => ({
      ...{ row, code: why.code, message: problemTable[why.code].title[language] },
      article: why.article ?? null,
      errors: why.errors.map(({ pointer, code, message }) => ({
        ...{ pointer: within(pointer, `/body/${list}/${row}`), code },
        message: inLanguage(message, language),
      })),
    })),
  };
};

const rowsRefused = (refused: readonly { row: number; why: Problem }[], list: string): Problem => {
  const article = refused.find(({ why }) => why.article)?.why.article;
  return problem('rowsRefused', {
    ...(article && { article }),
    errors: refused.flatMap(({ row, why }): ProblemPlace[] => {
      const at = `/body/${list}/${row}`;
      return why.errors.length === 0
        ? [{ pointer: at, code: why.code, message: problemTable[why.code].title }]
        : why.errors.map((error) => ({ ...error, pointer: within(error.pointer, at) }));
    }),
  });
};
