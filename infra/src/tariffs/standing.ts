/** A tariff's row as what customers pay is told from it (F1). */
import type { Standing } from '@gongshu/shared/pricing/favour';
import { rateOf } from '@gongshu/shared/pricing/money';
import type { Selectable } from 'kysely';
import type { TariffTable } from './tables.ts';

type Row = Pick<
  Selectable<TariffTable>,
  'tariff' | 'class' | 'scenario' | 'fen' | 'discount' | 'from_on' | 'until_on'
>;

export const standingOf = ({ fen, discount, from_on: from, until_on: until, ...row }: Row): Standing => ({
  ...{ tariff: row.tariff, class: row.class, scenario: row.scenario, from, until },
  ...{ fen: BigInt(fen), discount: rateOf(discount) },
});
