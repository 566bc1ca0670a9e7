/** Taking records of use back: a record of its own says so, and what was billed comes off the next bill (F1). */
import type { UsageRow } from '@gongshu/infra/settlements/tables';
import type { Change } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '@gongshu/infra/http/acting';
import type { Owner, UsageTrx } from './record.ts';

/** The number of what takes a record back. */
export const reversalId = (usage: string): string => `${usage}~CX`;

/**
 * Takes one record back, of today. Throws `notFound`, `usageIsReversal`, `usageReversed` (409). A record that was not
 * billed is never rated then; one that was comes off the next bill with the very fen of its charge.
 */
export const reverseUsage = async (
  trx: UsageTrx,
  { jurisdiction, operator }: Owner,
  usage: string,
  { actor, at }: Acting,
  dispute: string | null = null,
): Promise<{ row: UsageRow; change: Change }> => {
  const found = await trx
    .selectFrom('usage_record')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('id', '=', usage)
    .executeTakeFirst();
  if (!found) throw problem('notFound');
  if (found.reverses !== null) throw problem('usageIsReversal');
  const row = await trx
    .insertInto('usage_record')
    .values({
      ...{ ...found, id: reversalId(usage), reverses: usage, used_on: businessDateOf(at.getTime()) },
      ...{ source: dispute === null ? found.source : 'dispute', recorded_at: at, recorded_by: actor.id },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) throw problem('usageReversed');
  return {
    row,
    change: {
      key: `${jurisdiction}/${operator}/${row.id}`,
      ...{
        type: 'usage.reversed.v1',
        subject: `${jurisdiction}/${operator}/${usage}`,
        jurisdiction,
        at,
        actor,
      },
      data: { usage, reversal: row.id, operator, merchant: found.merchant, dispute },
    },
  };
};
