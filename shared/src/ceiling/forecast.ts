/** What all ceilings of an operator would bring in at the quantities expected, beside its permitted revenue (F2, F3). */
import { forecast } from '../pricing/forecast.ts';
import { quantityOf, toFen } from '../pricing/money.ts';

/** `fen` and the permitted revenue are whole fen; `overCap` warns and refuses nothing. */
export type CeilingForecast = {
  year: number;
  fen: number;
  /** Null where none is in force for the year: nothing to hold it against yet. */
  permittedRevenueFen: number | null;
  overCap: boolean;
  /** The permitted revenue is on trial: no full year of operation yet (65号); null where none is in force. */
  trial: boolean | null;
};

/**
 * The forecast of a year. @throws Problem `amountTooLarge` where the sum could not be written exactly; RangeError for
 * a quantity that is no exact decimal.
 */
export const forecastOf = (
  ceilings: readonly { product: string; fen: number; expectedQty: string }[],
  year: number,
  permitted: { fen: bigint; trial: boolean } | undefined,
): CeilingForecast => {
  const { fen, overCap } = forecast(
    ceilings.map((one) => ({
      ...{ id: one.product, ceiling: BigInt(one.fen), expected: quantityOf(one.expectedQty) },
    })),
    permitted?.fen ?? 0n,
  );
  return {
    ...{ year, fen: toFen(fen), overCap: permitted !== undefined && overCap },
    permittedRevenueFen: permitted ? toFen(permitted.fen) : null,
    trial: permitted?.trial ?? null,
  };
};
