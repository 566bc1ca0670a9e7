/**
 * What stood in the tables before events told its words (decision 0027): told once, when a service starts. What an event
 * has told already is passed over, so that a second start, or two at once, tell nothing twice.
 */
import type { ServiceName } from '@gongshu/shared/events';
import { type Kysely, sql, type Transaction } from 'kysely';
import { recordAll } from '../record.ts';
import type { Described } from './described.ts';
import { nameParties, unnamedParties } from './parties.ts';
import { checkRecords, describeProducts, untoldCheckRecords, untoldProducts } from './products.ts';
import { titleFees, untitledFees, unwordedPublications, wordPublications } from './publications.ts';
import { describeResources, untoldResources } from './resources.ts';

// biome-ignore lint/suspicious/noExplicitAny: bound to the schema of the service
type Trx = Transaction<any>;
/** The next lot of what is untold, after a place; the place it reached, `null` at the end. */
type Lot = (trx: Trx, after: string, limit: number) => Promise<{ told: Described[]; next: string | null }>;

const lotOf =
  (
    untold: (trx: Trx, after: string, limit: number) => Promise<string[]>,
    describe: (trx: Trx, ids: readonly string[]) => Promise<Described[]>,
  ): Lot =>
  async (trx, after, limit) => {
    const ids = await untold(trx, after, limit);
    return { told: await describe(trx, ids), next: ids.at(-1) ?? null };
  };

const parties: Lot = async (trx, after, limit) => {
  const found = await unnamedParties(trx, after, limit);
  const refs = found.map(({ ref }) => ref);
  return { told: await nameParties(trx, refs, { known: false }), next: found.at(-1)?.key ?? null };
};
const records: Lot = async (trx, after, limit) => {
  const found = await untoldCheckRecords(trx, after, limit);
  const keys = found.map(({ key }) => key);
  return { told: await checkRecords(trx, keys), next: found.at(-1)?.number ?? null };
};

const lots: Readonly<Record<ServiceName, readonly Lot[]>> = {
  catalog: [lotOf(untoldResources, describeResources)],
  registry: [
    parties,
    lotOf(untoldProducts, describeProducts),
    records,
    lotOf(unwordedPublications, wordPublications),
  ],
  pricing: [lotOf(untitledFees, titleFees)],
  disclosure: [],
};

const system = { id: 'catchUp', role: 'system', organisation: null } as const;

/** Tells what is public and was never told; answers with how much that was. `at` is the law's now. */
export const tellWhatStands = async (
  // biome-ignore lint/suspicious/noExplicitAny: bound to the schema of the service
  db: Kysely<any>,
  service: ServiceName,
  at: Date,
  limit = 200,
): Promise<number> => {
  let count = 0;
  for (const lot of lots[service]) {
    let after = '';
    for (;;) {
      const { told, next } = await db.transaction().execute(async (trx) => {
        // One at a time: another start waits, and then finds nothing left.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`tellWhatStands:${service}`}, 0))`.execute(
          trx,
        );
        const one = await lot(trx, after, limit);
        const changes = one.told.map((data) => ({
          ...data,
          key: `${data.type}:${data.subject}/standing`,
          ...{ at, actor: system },
        }));
        return { told: await recordAll(trx, service, changes), next: one.next };
      });
      count += told;
      if (next === null) break;
      after = next;
    }
  }
  return count;
};
