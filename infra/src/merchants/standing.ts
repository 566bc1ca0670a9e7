/** How a merchant stands (中卫 18): enrolled, suspended or exited; without a row it was never enrolled. */
import type { Generated, Selectable, Transaction } from 'kysely';

export const standings = ['enrolled', 'suspended', 'exited'] as const;
export type Standing = (typeof standings)[number];

export type MerchantTable = {
  jurisdiction: string;
  organisation: string;
  standing: Standing;
  since: Date;
  /** The onboarding it was last enrolled by. */
  case_no: string | null;
  version: Generated<number>;
};
export type MerchantTables = { merchant: MerchantTable };
export type MerchantRow = Selectable<MerchantTable>;

/** The subject of a merchant's events: its party, within its city. */
export const merchantSubject = (jurisdiction: string, organisation: string): string =>
  `${jurisdiction}:${organisation}`;

/** Enrols a merchant by its onboarding, as of an instant of the law's clock; one that had exited stands anew. */
export const enrol = async (
  trx: Transaction<MerchantTables>,
  {
    jurisdiction,
    organisation,
    caseNo,
    at,
  }: Record<'jurisdiction' | 'organisation' | 'caseNo', string> & {
    at: Date;
  },
): Promise<void> => {
  const enrolled = { standing: 'enrolled' as const, since: at, case_no: caseNo };
  await trx
    .insertInto('merchant')
    .values({ jurisdiction, organisation, ...enrolled })
    .onConflict((conflict) =>
      conflict
        .columns(['jurisdiction', 'organisation'])
        .doUpdateSet((eb) => ({ ...enrolled, version: eb('merchant.version', '+', 1) })),
    )
    .execute();
};
