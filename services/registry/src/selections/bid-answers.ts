/**
 * What a bidder was answered under which Idempotency-Key, sealed like its bids: the kit keeps nothing of these requests,
 * since its rows would tell before the opening that a body bid, and how often.
 */
import type { SelectionTables } from '@gongshu/infra/selections/tables';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { SelectionDeps } from './deps.ts';

export const BidReceipt = z
  .object({
    caseNo: z.string(),
    envelopeHash: z.string().describe('SHA-256 of the envelope; the opening lists it again'),
    receivedAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'BidReceipt' });

export type Sender = { bidder: string; key: string };

const Answers = z.array(z.object({ key: z.string(), request: z.string(), receipt: BidReceipt }));
type Answers = z.output<typeof Answers>;

/** Where many bids replace one another, the first answers are forgotten. */
const keptAnswers = 200;

const aboutAnswers = (caseNo: string, bidder: string): string => `answers ${caseNo} ${bidder}`;

/** A bidder's answers so far, oldest first. Throws where the key is not that which sealed them. */
export const answersTo = async (
  trx: Kysely<SelectionTables>,
  { sealing }: Pick<SelectionDeps, 'sealing'>,
  caseNo: string,
  bidder: string,
): Promise<Answers> => {
  const row = await trx
    .selectFrom('sealed_bid')
    .select('answers')
    .where('case_no', '=', caseNo)
    .where('bidder', '=', bidder)
    .executeTakeFirst();
  if (!row) return [];
  const text = sealing.unseal(row.answers, aboutAnswers(caseNo, bidder));
  if (text === undefined) throw new Error('answers to a bidder do not open under this key');
  return Answers.parse(JSON.parse(text));
};

/** The receipt given under this key. Throws `idempotencyKeyReused` (422) where it was for another request. */
export const givenBefore = (
  answers: Answers,
  key: string,
  request: string,
): Answers[number]['receipt'] | undefined => {
  const given = answers.find((one) => one.key === key);
  if (given && given.request !== request) throw problem('idempotencyKeyReused');
  return given?.receipt;
};

/** The column that keeps them. */
export const sealAnswers = (
  { sealing }: Pick<SelectionDeps, 'sealing'>,
  { caseNo, bidder }: { caseNo: string; bidder: string },
  answers: Answers,
): string => sealing.seal(JSON.stringify(answers.slice(-keptAnswers)), aboutAnswers(caseNo, bidder));
