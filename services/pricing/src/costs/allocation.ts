/** The key by which shared cost of a year is laid on products: stated with its ground, the newest counts (F4). */
import { randomUUID } from 'node:crypto';
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { Acting } from '@gongshu/infra/http/acting';
import { costChange } from './change.ts';
import { mustKnowProducts } from './items.ts';
import { holdOpenPeriod, mustHaveArisen } from './period.ts';
import type { AllocationKeyGiven } from './schema.ts';
import type { AllocationKeyRow, CostDb, Weights } from './tables.ts';

/** Equal parts weigh one; own cost comes off the ledger; every other key is given its figures. */
const weightsOf = ({ key, products, weights }: AllocationKeyGiven): Weights =>
  weights ?? (products ?? []).map((product) => ({ product, weight: key === 'equal' ? '1' : null }));

/** Throws `costProductUnknown`, `costYearWrong` (422), `costPeriodClosed` (409): the key is frozen with the report. */
export const stateAllocationKey = (
  db: CostDb,
  pack: ResolvedPack,
  given: AllocationKeyGiven,
  acting: Acting,
): Promise<AllocationKeyRow> => {
  const { year, key, ground } = given;
  mustHaveArisen(year, null, acting.at);
  const { organisation: operator, id: by } = acting.actor;
  const period = { jurisdiction: pack.jurisdiction, operator, year };
  const weights = weightsOf(given);
  const place = (at: number) => (given.weights ? `/body/weights/${at}/product` : `/body/products/${at}`);
  return db.transaction().execute(async (trx) => {
    await mustKnowProducts(
      trx,
      pack.jurisdiction,
      weights.map(({ product }, at) => ({ product, pointer: place(at) })),
    );
    await holdOpenPeriod(trx, period);
    const before = await trx
      .selectFrom('allocation_key')
      .select(({ fn }) => fn.max('version').as('version'))
      .where('jurisdiction', '=', pack.jurisdiction)
      .where('operator', '=', operator)
      .where('year', '=', year)
      .executeTakeFirst();
    const row = await trx
      .insertInto('allocation_key')
      .values({
        ...{ id: `FT-${randomUUID()}`, ...period, version: (before?.version ?? 0) + 1, key, ground },
        ...{ weights: JSON.stringify(weights), recorded_by: by, recorded_at: acting.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = {
      ...{ allocationKey: row.id, version: row.version, key, products: weights.length },
      hash: jsonHash(weights),
    };
    const told = { type: 'allocationKey.stated.v1', subject: row.id, rule: 'costReport' } as const;
    await record(trx, 'pricing', costChange(pack, period, acting, { ...told, data }));
    return row;
  });
};
