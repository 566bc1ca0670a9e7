import { agreementNo, grantNo } from '@gongshu/shared/application/ids';
import type { UseTrx } from './deps.ts';

const numbers = { agreement: agreementNo, grant: grantNo } as const;

/** The next number of a series in a jurisdiction and year; without a gap, since it goes back with its transaction. */
export const nextNo = async (
  trx: UseTrx,
  series: keyof typeof numbers,
  { jurisdiction, areaCode, year }: { jurisdiction: string; areaCode: string; year: number },
): Promise<string> => {
  const { last } = await trx
    .insertInto('grant_number')
    .values({ jurisdiction, series, year, last: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['jurisdiction', 'series', 'year'])
        .doUpdateSet((eb) => ({ last: eb('grant_number.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return numbers[series](areaCode, year, last);
};
