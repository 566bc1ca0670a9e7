/** A merchant disputes its bill; the operator answers, and what it upholds comes off the next bill (F1). */
import { record, recordAll, type Change } from '@gongshu/infra/record';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import { sql } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import { lockUsage } from '@gongshu/infra/revenues/lock';
import type { UsageDb, UsageTrx } from '../usage/record.ts';
import { reverseUsage } from '../usage/reverse.ts';
import type { BillRow, DisputeRow } from './queries.ts';

const told = (pack: ResolvedPack, { bill, operator, merchant, period }: BillRow) => ({
  ...{ bill, operator, merchant, period },
  ...restsOn(pack, 'pricing', 'tariffs'),
});

/** Throws `billDisputeOpen` (409) while another waits for its answer. `dispute` is the request's own number. */
export const raiseDispute = (
  db: UsageDb,
  pack: ResolvedPack,
  row: BillRow,
  { dispute, code, words }: { dispute: string; code: string; words: string },
  { actor, at }: Acting,
): Promise<DisputeRow> =>
  db.transaction().execute(async (trx) => {
    const again = await trx
      .selectFrom('bill_dispute')
      .selectAll()
      .where('dispute', '=', dispute)
      .executeTakeFirst();
    if (again) return again;
    const raised = await trx
      .insertInto('bill_dispute')
      .values({
        ...{ dispute, jurisdiction: row.jurisdiction, bill: row.bill, operator: row.operator },
        ...{ merchant: row.merchant, code, words, raised_at: at, raised_by: actor.id, outcome: null },
        ...{ answer: null, answered_at: null, answered_by: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!raised) throw problem('billDisputeOpen');
    await record(trx, 'pricing', {
      ...{ key: `${dispute}/raised`, type: 'bill.disputed.v1', subject: row.bill },
      ...{ jurisdiction: row.jurisdiction, at, actor },
      data: { ...told(pack, row), dispute, code },
    });
    return raised;
  });

const mustBeOfBill = async (trx: UsageTrx, bill: string, usage: readonly string[]): Promise<void> => {
  const { rows } = await sql<{ usage: string }>`
    select usage
    from unnest(${[...usage]}::text[]) as given (usage)
    where not exists (select from usage_charge where usage_charge.usage = given.usage and bill = ${bill})`.execute(
    trx,
  );
  if (rows.length > 0)
    throw problem('usageNotOfBill', {
      errors: rows.map(({ usage: one }) => ({
        ...{ pointer: `/body/reverse/${usage.indexOf(one)}`, code: 'usageNotOfBill' },
        message: { zh: '不属于该账单', en: 'Not of this bill' },
      })),
    });
};

/** What is upheld takes something back, what is rejected nothing. Throws `disputeReversalMissing` (422). */
const mustSayWhatIsReversed = ({
  outcome,
  reverse,
}: {
  outcome: 'upheld' | 'rejected';
  reverse: readonly string[];
}): void => {
  if ((outcome === 'upheld') === reverse.length > 0) return;
  throw problem('disputeReversalMissing', {
    errors: [
      {
        ...{ pointer: '/body/reverse', code: 'disputeReversalMissing' },
        message:
          outcome === 'upheld'
            ? { zh: '异议成立须列明', en: 'Needed where the dispute is upheld' }
            : { zh: '异议不成立不填', en: 'Empty where the dispute is rejected' },
      },
    ],
  });
};

/**
 * Answers a dispute, once; upheld, it takes back the records it names. Throws `disputeAnswered` (409),
 * `disputeReversalMissing`, `usageNotOfBill` (422), and what `reverseUsage` refuses.
 */
export const answerDispute = (
  db: UsageDb,
  pack: ResolvedPack,
  { bill, dispute }: { bill: BillRow; dispute: string },
  given: { outcome: 'upheld' | 'rejected'; words: string; reverse: readonly string[] },
  acting: Acting,
): Promise<DisputeRow> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction, operator } = bill;
    const { actor, at } = acting;
    await lockUsage(trx, { jurisdiction, operator });
    const open = await trx
      .selectFrom('bill_dispute')
      .select('outcome')
      .where('dispute', '=', dispute)
      .where('bill', '=', bill.bill)
      .forUpdate()
      .executeTakeFirst();
    if (!open) throw problem('notFound');
    if (open.outcome !== null) throw problem('disputeAnswered');
    mustSayWhatIsReversed(given);
    const reverse = [...new Set(given.reverse)];
    await mustBeOfBill(trx, bill.bill, reverse);
    const changes: Change[] = [];
    for (const usage of reverse)
      changes.push((await reverseUsage(trx, { jurisdiction, operator }, usage, acting, dispute)).change);
    const answered = await trx
      .updateTable('bill_dispute')
      .set({
        ...{ outcome: given.outcome, answer: given.words, answered_at: at, answered_by: actor.id },
        reversed: reverse.length,
      })
      .where('dispute', '=', dispute)
      .returningAll()
      .executeTakeFirstOrThrow();
    await recordAll(trx, 'pricing', [
      ...changes,
      {
        ...{ key: `${dispute}/answered`, type: 'bill.disputeAnswered.v1', subject: bill.bill },
        ...{ jurisdiction, at, actor },
        data: { ...told(pack, bill), dispute, outcome: given.outcome, reversed: reverse.length },
      },
    ]);
    return answered;
  });
