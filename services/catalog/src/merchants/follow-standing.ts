/** What a merchant's standing does to its open applications and running grants, as the pack reads it (M1). */
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { takeWithin } from '@gongshu/infra/intake/take';
import { type Change, recordAll } from '@gongshu/infra/record';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { MerchantOnboardingRules } from '@gongshu/shared/packs/topics/merchant-onboarding';
import type { Transaction } from 'kysely';
import { suspensionRests, type UseTrx } from '../grants/deps.ts';
import { ending, liftSuspension, suspending } from '../grants/standing.ts';

/** The registry's event, as far as it matters here. `at` is when the merchant's standing changed. */
export type StandingChange = {
  jurisdiction: string;
  merchant: string;
  reasonCodes: readonly string[];
  at: Date;
};

/** Who acts on what follows from another service's event. */
const registry = { id: 'registry', role: 'system', organisation: null } as const;

/** Reasons reach other services as codes; their words stand in the registry. */
const asReasons = (codes: readonly string[]) => codes.map((code) => ({ code, text: '见数商登记' }));

const runningGrants = async (trx: UseTrx, { jurisdiction, merchant }: StandingChange): Promise<string[]> => {
  const rows = await trx
    .selectFrom('use_grant')
    .select('grant_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('merchant', '=', merchant)
    .where('state', '!=', 'ended')
    .orderBy('grant_no')
    .execute();
  return rows.map(({ grant_no }) => grant_no);
};

/** Every running grant rests until the merchant is restored. */
export const suspendGrants = async (
  trx: UseTrx,
  pack: ResolvedPack,
  change: StandingChange,
): Promise<void> => {
  const changes: Change[] = [];
  for (const grantNo of await runningGrants(trx, change)) {
    const done = await suspending(trx, {
      ...{ grantNo, at: change.at, actor: registry },
      cause: 'merchantSuspended',
      rests: suspensionRests(pack, 'merchantSuspended'),
      subject: change.merchant,
      reasons: asReasons(change.reasonCodes),
    });
    changes.push(...(done?.changes ?? []));
  }
  await recordAll(trx, 'catalog', changes);
};

/** What rested for the merchant alone runs again; another cause holds on. */
export const restoreGrants = async (
  trx: UseTrx,
  pack: ResolvedPack,
  change: StandingChange,
): Promise<void> => {
  for (const grantNo of await runningGrants(trx, change))
    await liftSuspension(trx, {
      ...{ grantNo, at: change.at, actor: registry },
      causes: ['merchantSuspended'],
      rests: suspensionRests(pack, 'merchantSuspended'),
      reasons: asReasons(change.reasonCodes),
    });
};

const endGrants = async (trx: UseTrx, pack: ResolvedPack, change: StandingChange): Promise<void> => {
  const changes: Change[] = [];
  for (const grantNo of await runningGrants(trx, change)) {
    const done = await ending(trx, {
      ...{ grantNo, at: change.at, actor: registry },
      endKind: 'merchantExited',
      rests: restsOn(pack, 'merchantOnboarding', 'onExit'),
      reasons: asReasons(change.reasonCodes),
    });
    changes.push(...(done?.changes ?? []));
  }
  await recordAll(trx, 'catalog', changes);
};

/** Open applications are withdrawn as the merchant's own act would be: taken in, and delivered to their workflows. */
const withdrawApplications = async (
  trx: Transaction<ApplicationTables>,
  { jurisdiction, merchant }: StandingChange,
): Promise<void> => {
  const open = await trx
    .selectFrom('application')
    .select('case_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('applicant_organisation', '=', merchant)
    .where('outcome', 'is', null)
    .orderBy('case_no')
    .execute();
  for (const { case_no: caseNo } of open)
    await takeWithin(trx, caseNo, async () => ({
      ...{ act: 'withdrawApplication', jurisdiction, caseNo },
      ...{ turnId: null, workflowId: caseNo },
      payload: { act: { kind: 'withdraw' }, cause: 'merchantStanding' },
      actor: registry,
    }));
};

/** The pack's reading of a suspension or an exit, carried out; acts taken in come last, close to the commit. */
export const carryOut = async (
  trx: UseTrx,
  pack: ResolvedPack,
  reading: MerchantOnboardingRules['whileSuspended'] | MerchantOnboardingRules['onExit'],
  change: StandingChange,
): Promise<void> => {
  if (reading.grants === 'suspended') await suspendGrants(trx, pack, change);
  if (reading.grants === 'ended') await endGrants(trx, pack, change);
  if (reading.applications === 'withdrawn')
    await withdrawApplications(trx as unknown as Transaction<ApplicationTables>, change);
};
