import { agreementNo, grantNo } from '@gongshu/shared/application/ids';
import { nextNumber } from '@gongshu/infra/cases/number';
import type { UseTrx } from './deps.ts';

const numbers = { agreement: agreementNo, grant: grantNo } as const;

/** The next number of an agreement or a grant. */
export const nextNo = async (
  trx: UseTrx,
  series: keyof typeof numbers,
  { jurisdiction, areaCode, year }: { jurisdiction: string; areaCode: string; year: number },
): Promise<string> => {
  const last = await nextNumber(trx, 'grant_number', { jurisdiction, series, year });
  return numbers[series](areaCode, year, last);
};
