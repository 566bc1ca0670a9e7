/** Votes as they are read: before all of a round have spoken how many did and nothing else, whoever asks (E1). */
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProductTables, VoteWords } from '@gongshu/infra/products/tables';
import { toInstantText } from '@gongshu/shared/business-date';
import type { EgressState } from '@gongshu/shared/product/types';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Shown } from './object.ts';

const Because = z.object({
  on: z.enum(['field', 'exception', 'source']),
  of: z.string(),
  code: z.string(),
  text: z.string(),
});
export const VotesView = z
  .object({
    round: z.int().describe('The round a vote is cast in now'),
    attempt: z.int(),
    checkers: z.array(z.string()).nullable().describe('Who is named now; null for who need not know'),
    spoken: z.int().describe('How many have'),
    rounds: z
      .array(
        z.object({
          ...{ round: z.int(), attempt: z.int(), passed: z.boolean() },
          decidedAt: z.iso.datetime({ offset: true }),
          votes: z.array(
            z.object({
              checker: z.string().nullable().describe('Null for who need not know'),
              fields: z.array(
                z.object({ field: z.string(), pass: z.boolean(), reasonCodes: z.array(z.string()) }),
              ),
              exceptions: z.array(z.int()).describe('Accepted'),
              sources: z.array(z.string()).describe('Confirmed as lawfully public'),
              reasons: z.array(Because),
            }),
          ),
        }),
      )
      .describe('Rounds that were decided, by their number'),
  })
  .meta({ id: 'EgressVotes' });
export type VotesView = z.output<typeof VotesView>;

const decided = ['checkPassed', 'checkFailed'] as const;

/** Rounds count from the case's own entries: what was opened for a round that was dropped meanwhile is not shown. */
const roundsOf = async (db: Kysely<ProductTables>, caseNo: string) =>
  db
    .selectFrom('procedure_entry')
    .select(['kind', 'at', 'data'])
    .where('case_no', '=', caseNo)
    .where('kind', 'in', [...decided])
    .orderBy('position')
    .execute();

const voteView = ({ checker, fields, exceptions, sources, reasons }: VoteWords, shown: Shown) => ({
  ...{ checker: shown === 'inner' ? checker : null, fields, exceptions, sources, reasons },
});

/** Shown to the operator, the authorities and the product's owner; a source department reads how many have spoken. */
export const votesView = async (
  db: Kysely<ProductTables>,
  row: ProcedureRow,
  shown: Shown,
): Promise<VotesView> => {
  const { round = 1, attempt = 1, checkers = [], spoken = [] } = row.state as Partial<EgressState>;
  const open = { round, attempt, spoken: spoken.length, checkers: shown === 'inner' ? checkers : null };
  if (shown === 'outer') return { ...open, rounds: [] };
  const entries = await roundsOf(db, row.case_no);
  const votes = await db
    .selectFrom('egress_vote')
    .select(['round', 'opened'])
    .where('case_no', '=', row.case_no)
    .where('opened', 'is not', null)
    .orderBy('cast_at')
    .orderBy('checker')
    .execute();
  return {
    ...open,
    rounds: entries.map(({ kind, at, data }) => ({
      ...{ round: Number(data['round']), attempt: Number(data['attempt']) },
      ...{ passed: kind === 'checkPassed', decidedAt: toInstantText(at.getTime()) },
      votes: votes.flatMap((one) =>
        one.round === Number(data['round']) && one.opened ? [voteView(one.opened, shown)] : [],
      ),
    })),
  };
};
