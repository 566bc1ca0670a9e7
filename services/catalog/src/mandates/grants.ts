/** Running grants under a mandate: they rest, run again or end with it (O9). */
import type { Mandate } from '@gongshu/infra/mandates/competence';
import { type Change, recordAll } from '@gongshu/infra/record';
import type { SuspensionCause } from '@gongshu/shared/grant/types';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { Transaction } from 'kysely';
import { suspensionRests, type UseTrx } from '../grants/deps.ts';
import { ending, liftSuspension, suspending } from '../grants/standing.ts';

/** Who acts on what follows from another service's event. */
export const registry = { id: 'registry', role: 'system', organisation: null } as const;
type How = { pack: ResolvedPack; at: Date };
type Cause = Extract<SuspensionCause, 'mandateSuspended' | 'mandateEnded'>;

const reasonsOf = (cause: Cause) => [{ code: cause, text: '见授权运营协议' }];

/** Grants that have not ended of the cases under a mandate; of cases from before mandates, those of its operator. */
export const grantsUnder = async (
  trx: UseTrx,
  { agreement_no, operator, jurisdiction }: Mandate,
): Promise<string[]> => {
  const rows = await trx
    .selectFrom('use_grant')
    // One made on paper before has no application.
    .leftJoin('application', 'application.case_no', 'use_grant.case_no')
    .select('use_grant.grant_no')
    .where('use_grant.jurisdiction', '=', jurisdiction)
    .where('use_grant.state', '!=', 'ended')
    .where((eb) =>
      eb.or([
        eb('application.mandate', '=', agreement_no),
        eb.and([eb('application.mandate', 'is', null), eb('use_grant.operator', '=', operator)]),
      ]),
    )
    .orderBy('use_grant.grant_no')
    .execute();
  return rows.map(({ grant_no }) => grant_no);
};

/** Every grant under the mandate rests for this cause. */
export const grantsRest = async (
  anyTrx: Transaction<any>,
  mandate: Mandate,
  cause: Cause,
  { pack, at }: How,
): Promise<void> => {
  const trx = anyTrx as UseTrx;
  const changes: Change[] = [];
  for (const grantNo of await grantsUnder(trx, mandate)) {
    const done = await suspending(trx, {
      ...{ grantNo, cause, at, actor: registry },
      ...{ subject: mandate.agreement_no, reasons: reasonsOf(cause), rests: suspensionRests(pack, cause) },
    });
    changes.push(...(done?.changes ?? []));
  }
  await recordAll(trx, 'catalog', changes);
};

/** What rested for the mandate alone runs again; another cause holds on. */
export const grantsRunAgain = async (
  anyTrx: Transaction<any>,
  mandate: Mandate,
  cause: Cause,
  how: How,
): Promise<void> => {
  const trx = anyTrx as UseTrx;
  for (const grantNo of await grantsUnder(trx, mandate)) await runAgain(trx, grantNo, [cause], mandate, how);
};

/** Lifts what the mandate's standing suspended on one grant. */
export const runAgain = (
  trx: UseTrx,
  grantNo: string,
  causes: Cause[],
  { agreement_no: subject }: Mandate,
  { pack, at }: How,
): Promise<string | null> =>
  liftSuspension(trx, {
    ...{ grantNo, causes, subject, at, actor: registry },
    reasons: reasonsOf(causes[0] ?? 'mandateEnded'),
    rests: suspensionRests(pack, causes[0] ?? 'mandateEnded'),
  });

/** Every grant under the mandate ends with it, where the pack says so. */
export const grantsEnd = async (
  anyTrx: Transaction<any>,
  mandate: Mandate,
  { pack, at }: How,
): Promise<void> => {
  const trx = anyTrx as UseTrx;
  const changes: Change[] = [];
  for (const grantNo of await grantsUnder(trx, mandate)) {
    const done = await ending(trx, {
      ...{ grantNo, at, actor: registry, endKind: 'mandateEnded' },
      ...{ reasons: reasonsOf('mandateEnded'), rests: suspensionRests(pack, 'mandateEnded') },
    });
    changes.push(...(done?.changes ?? []));
  }
  await recordAll(trx, 'catalog', changes);
};
