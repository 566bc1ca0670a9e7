import { businessDateOf, yearOf } from '@gongshu/shared/business-date';
import type { Transaction } from 'kysely';
import { nextNumber } from '../cases/number.ts';
import type { TariffTables } from './tables.ts';

/** The number of a tariff: area code, SF, year of Asia/Shanghai, number in it (`640500-SF-2024-000001`). */
export const nextTariffNo = async (
  trx: Transaction<TariffTables>,
  { jurisdiction, areaCode, at }: { jurisdiction: string; areaCode: string; at: Date },
): Promise<string> => {
  const year = yearOf(businessDateOf(at.getTime()));
  const number = await nextNumber(trx, 'procedure_number', { jurisdiction, year, series: 'SF' });
  return `${areaCode}-SF-${year}-${String(number).padStart(6, '0')}`;
};
