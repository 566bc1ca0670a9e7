/**
 * Votes of the first lock (E1; 中卫 十七、二十三): each sealed as it is given, outside every workflow, event, view and log;
 * opened in the transaction of the last one, all together.
 */
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProductTables, VoteWords } from '@gongshu/infra/products/tables';
import type { Sealing } from '@gongshu/infra/selections/sealing';
import type { EgressRules } from '@gongshu/shared/product/rules';
import type { EgressAct, EgressState, OpenedVote } from '@gongshu/shared/product/types';
import { problem } from '@gongshu/shared/problems';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { type VoteBody, wholeVote, withoutWords } from './vote-body.ts';

type Trx = Transaction<ProductTables>;
type VoteRow = Selectable<ProductTables['egress_vote']>;

/** A seal opens at its own case, round and checker alone. */
export const aboutVote = (caseNo: string, round: number, checker: string): string =>
  `vote ${caseNo} ${round} ${checker}`;

/** Sealed texts fill whole blocks: their length tells nothing of a refusal's words. */
const block = 16_384;
const padded = (text: string): string => {
  const bytes = Buffer.byteLength(text);
  return text + ' '.repeat(Math.ceil(bytes / block) * block - bytes);
};

/** The case as it stands, its votes taken one after the other until the transaction ends. */
const heldCase = async (trx: Trx, caseNo: string): Promise<ProcedureRow> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`votes ${caseNo}`}, 0))`.execute(trx);
  return trx.selectFrom('procedure').selectAll().where('case_no', '=', caseNo).executeTakeFirstOrThrow();
};

/** Sources said to be lawfully public of the artefact that counts. */
const sourcesOf = async (trx: Trx, caseNo: string, attempt: number): Promise<string[]> => {
  const { contents } = await trx
    .selectFrom('product_artefact')
    .select('contents')
    .where('case_no', '=', caseNo)
    .where('attempt', '=', attempt)
    .executeTakeFirstOrThrow();
  return contents.publicSources.map(({ resource }) => resource);
};

/** Votes of a round that count: one whose act the case refused is none. */
const castIn = async (trx: Trx, caseNo: string, round: number): Promise<VoteRow[]> =>
  trx
    .selectFrom('egress_vote')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('round', '=', round)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('intake')
            .select('intake.receipt')
            .whereRef('intake.receipt', '=', 'egress_vote.receipt')
            .where('intake.state', '=', 'refused'),
        ),
      ),
    )
    .execute();

/** What lies under a seal: the vote, and the request it came with. */
type Sealed = { vote: VoteWords; given: string };

/** Throws `votesNotOpened` (409) where a seal is broken: others are named, and speak anew. */
const opened = (sealing: Sealing, caseNo: string, { round, checker, sealed }: VoteRow): VoteWords => {
  const text = sealing.unseal(sealed, aboutVote(caseNo, round, checker));
  if (text === undefined) throw problem('votesNotOpened');
  return (JSON.parse(text) as Sealed).vote;
};

/**
 * A key used again must bring the same vote: nothing of a sealed request is kept but under its seal. Throws
 * `idempotencyKeyReused` (422).
 */
export const mustBeSameVote = async (
  db: Kysely<ProductTables>,
  sealing: Sealing,
  receipt: string,
  body: VoteBody,
): Promise<void> => {
  const row = await db
    .selectFrom('egress_vote')
    .selectAll()
    .where('receipt', '=', receipt)
    .executeTakeFirst();
  if (!row) return;
  const text = sealing.unseal(row.sealed, aboutVote(row.case_no, row.round, row.checker));
  if (text !== undefined && (JSON.parse(text) as Sealed).given !== canonicalJson(body))
    throw problem('idempotencyKeyReused');
};

/**
 * Seals a vote inside its act's transaction; with the last one of the round all are opened, and the act carries their
 * codes. Throws `stepNotReached`, `voteDropped`, `alreadyVoted`, `votesNotOpened` (409), `notChecker` (403),
 * `checkersWrong`, `voteIncomplete` (422).
 */
export const sealVote = async (
  untyped: unknown,
  sealing: Sealing,
  { caseNo, checker, receipt, at }: { caseNo: string; checker: string; receipt: string; at: Date },
  body: VoteBody,
): Promise<Extract<EgressAct, { kind: 'castVote' }>> => {
  const trx = untyped as Trx;
  const row = await heldCase(trx, caseNo);
  const { fields, checkers: rule } = row.start.rules as EgressRules;
  if (row.stage !== 'egressCheck') throw problem('stepNotReached', { params: { stage: row.stage } });
  const { round, attempt, checkers, exceptions } = row.state as EgressState;
  if (!checkers.includes(checker)) throw problem('notChecker');
  if (body.round !== round) throw problem('voteDropped');
  if (checkers.length !== rule.number) throw problem('checkersWrong', { params: { number: rule.number } });
  const before = await castIn(trx, caseNo, round);
  if (before.some((one) => one.checker === checker)) throw problem('alreadyVoted');
  const sources = await sourcesOf(trx, caseNo, attempt);
  const vote = wholeVote(checker, { fields, exceptions, sources }, body);
  const sealed = {
    ...{ attempt, receipt, cast_at: at, opened: null, opened_at: null },
    sealed: sealing.seal(
      padded(JSON.stringify({ vote, given: canonicalJson(body) } satisfies Sealed)),
      aboutVote(caseNo, round, checker),
    ),
  };
  const own = await trx
    .insertInto('egress_vote')
    .values({ case_no: caseNo, round, checker, ...sealed })
    .onConflict((conflict) => conflict.columns(['case_no', 'round', 'checker']).doUpdateSet(sealed))
    .returningAll()
    .executeTakeFirstOrThrow();
  const cast = [...before, own].filter((one) => checkers.includes(one.checker));
  const all = cast.length === checkers.length ? cast.map((one) => opened(sealing, caseNo, one)) : null;
  for (const one of all ?? [])
    await trx
      .updateTable('egress_vote')
      .set({ opened: JSON.stringify(one) as never, opened_at: at })
      .where('case_no', '=', caseNo)
      .where('round', '=', round)
      .where('checker', '=', one.checker)
      .execute();
  return {
    kind: 'castVote',
    round,
    checker,
    opened: all?.map((one): OpenedVote => withoutWords(one)) ?? null,
  };
};
