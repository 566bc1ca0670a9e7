/** A permitted revenue open into its parts, as it is kept, shown and hashed (F2): whole fen, rates as exact decimals. */
import { z } from 'zod';
import { Fen } from '../pricing/money.ts';

export const PermittedParts = z
  .object({
    acceptedFen: Fen.describe('Cost that counts'),
    subsidyFen: Fen.describe('Government subsidies of the year'),
    usedSubsidyFen: Fen.describe('Taken off the cost'),
    netFen: Fen.describe('Cost net of subsidy, the base of the permitted profit'),
    permittedRate: z.string().describe('Bond yield and points, an exact decimal'),
    profitFen: Fen,
    taxFen: Fen,
    capBeforeFen: Fen.describe('Cost, profit and tax, rounded down to the fen once'),
    previousExcessFen: Fen.describe('What earlier years took over their permitted revenue'),
    consumedFen: Fen.describe('Of that, taken off this year'),
    carriedOnFen: Fen.describe('Of that, left for the next'),
    permittedRevenueFen: Fen,
    costFenByKind: z.record(z.string(), Fen),
    refusedCosts: z.array(z.object({ id: z.string(), code: z.string() })).max(100_000),
  })
  .meta({ id: 'PermittedParts' });
export type PermittedParts = z.infer<typeof PermittedParts>;
