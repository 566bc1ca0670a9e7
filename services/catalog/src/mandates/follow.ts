/** Mandates as the registry's agreements tell of them, and what that does to open cases and running grants (O9, O12). */
import { type Mandate, mandatesOf, standsOn } from '@gongshu/infra/mandates/competence';
import type { MandateTables } from '@gongshu/infra/mandates/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { Transaction } from 'kysely';
import { grantsEnd, grantsRest, grantsRunAgain } from './grants.ts';
import { handOver, mayTakeOver } from './hand-over.ts';

const stateOf = {
  'operatingAgreement.inForce.v1': 'inForce',
  'operatingAgreement.amended.v1': 'amended',
  'operatingAgreement.suspended.v1': 'suspended',
  'operatingAgreement.restored.v1': 'inForce',
  'operatingAgreement.ended.v1': 'ended',
} as const;
type Told = keyof typeof stateOf;
export const isMandateEvent = (type: string | undefined): type is Told =>
  type !== undefined && type in stateOf;

/** The event's data, as far as it matters here; `at` is when it happened, on the law's clock. */
export type MandateTold = {
  agreement: string;
  at: string;
  operator?: string;
  mode?: Mandate['mode'];
  fields?: string[];
  scenarios?: string[];
  from?: string;
  until?: string;
};

/** The mandate's row as the event leaves it; `undefined` for one never heard of, of which the event tells too little. */
const written = async (
  trx: Transaction<MandateTables>,
  jurisdiction: string,
  type: Told,
  told: MandateTold,
): Promise<Mandate | undefined> => {
  const known = await trx
    .selectFrom('mandate')
    .selectAll()
    .where('agreement_no', '=', told.agreement)
    .forUpdate()
    .executeTakeFirst();
  const { operator = known?.operator, mode = known?.mode } = told;
  const { from = known?.from_on, until = known?.until_on } = told;
  if (!operator || !mode || !from || !until) return undefined;
  const state = stateOf[type];
  const row: Mandate = {
    ...{ agreement_no: told.agreement, jurisdiction, operator, mode },
    fields: told.fields ?? known?.fields ?? [],
    scenarios: told.scenarios ?? known?.scenarios ?? [],
    ...{ from_on: from, until_on: until },
    // A change of the agreement leaves it suspended or running as it was.
    state: state === 'amended' ? (known?.state ?? 'inForce') : state,
  };
  await trx
    .insertInto('mandate')
    .values(row)
    .onConflict((conflict) => conflict.column('agreement_no').doUpdateSet(row))
    .execute();
  return row;
};

/**
 * Keeps the mandate and carries out what follows. Suspended: grants under it rest until it is restored. Ended: what is
 * open and running passes to the mandate that covers it; where none does, grants rest until one begins, or end, as the
 * pack says. In force: takes over what rests from mandates before it.
 */
export const followMandate = async (
  anyTrx: Transaction<any>,
  pack: ResolvedPack,
  type: Told,
  told: MandateTold,
): Promise<void> => {
  const trx = anyTrx as Transaction<MandateTables>;
  const { jurisdiction } = pack;
  const mandate = await written(trx, jurisdiction, type, told);
  if (!mandate) return;
  const at = new Date(told.at);
  const on = businessDateOf(at.getTime());
  const how = { pack, at };
  if (type === 'operatingAgreement.suspended.v1') await grantsRest(anyTrx, mandate, 'mandateSuspended', how);
  if (type === 'operatingAgreement.restored.v1')
    await grantsRunAgain(anyTrx, mandate, 'mandateSuspended', how);
  const others = (await mandatesOf(trx, jurisdiction)).filter(
    ({ agreement_no }) => agreement_no !== mandate.agreement_no,
  );
  if (mandate.state === 'inForce')
    for (const ended of others.filter((one) => standsOn(one, on) === 'ended'))
      if (mayTakeOver(mandate, ended)) await handOver(anyTrx, { from: ended, to: mandate }, how);
  if (type !== 'operatingAgreement.ended.v1') return;
  for (const next of others.filter((one) => standsOn(one, on) === 'inForce'))
    if (mayTakeOver(next, mandate)) await handOver(anyTrx, { from: mandate, to: next }, how);
  const rule = pack.rules['operatingAgreement']?.['runningGrantsOnExit'];
  if (rule?.value === 'ended') await grantsEnd(anyTrx, mandate, how);
  else await grantsRest(anyTrx, mandate, 'mandateEnded', how);
};
