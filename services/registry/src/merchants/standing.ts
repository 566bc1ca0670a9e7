/** Suspension, restoration and exit of a merchant (M1, 中卫 18): each with reasons, each told. */
import { randomUUID } from 'node:crypto';
import type { Reason } from '@gongshu/infra/cases/tables';
import { type MerchantRow, merchantSubject, type Standing } from '@gongshu/infra/merchants/standing';
import { record } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import type { RestsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import type { StandingTables } from './tables.ts';

/** What each act makes of a merchant, and of which it may be made. */
export const standingActs = {
  suspended: { from: ['enrolled'], to: 'suspended' },
  restored: { from: ['suspended'], to: 'enrolled' },
  exited: { from: ['enrolled', 'suspended'], to: 'exited' },
} as const satisfies Record<string, { from: readonly Standing[]; to: Standing }>;
export type StandingAct = keyof typeof standingActs;

/** One merchant of a city, whoever asks; `undefined` where it was never enrolled. */
export const findMerchant = (
  db: Kysely<StandingTables>,
  jurisdiction: string,
  organisation: string,
): Promise<MerchantRow | undefined> =>
  db
    .selectFrom('merchant')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', organisation)
    .executeTakeFirst();

/**
 * Changes how a merchant stands at `at` on the law's clock: row, act with its reasons and event in one transaction.
 * Throws `merchantStandingDiffers` (409) where it does not stand so that the act is possible.
 */
export const changeStanding = (
  db: Kysely<StandingTables>,
  act: StandingAct,
  {
    merchant: { jurisdiction, organisation },
    reasons,
    rests,
    at,
    actor,
  }: {
    merchant: Pick<MerchantRow, 'jurisdiction' | 'organisation'>;
    reasons: Reason[];
    rests: RestsOn;
    at: Date;
    actor: { id: string; role: string; organisation: string | null };
  },
): Promise<MerchantRow> =>
  db.transaction().execute(async (trx) => {
    const { from, to } = standingActs[act];
    const row = await trx
      .updateTable('merchant')
      .set((eb) => ({ standing: to, since: at, version: eb('version', '+', 1) }))
      .where('jurisdiction', '=', jurisdiction)
      .where('organisation', '=', organisation)
      .where('standing', 'in', [...from])
      .returningAll()
      .executeTakeFirst();
    if (!row) {
      const standing = (await findMerchant(trx, jurisdiction, organisation))?.standing ?? 'notEnrolled';
      throw problem('merchantStandingDiffers', { params: { standing } });
    }
    const id = `ZT-${randomUUID()}`;
    await trx
      .insertInto('merchant_act')
      .values({
        ...{ id, jurisdiction, organisation, act, at },
        reasons: JSON.stringify(reasons) as never,
        acted_by: actor.id,
        acting_organisation: actor.organisation,
      })
      .execute();
    await record(trx, 'registry', {
      key: id,
      type: `merchant.${act}.v1`,
      subject: merchantSubject(jurisdiction, organisation),
      ...{ jurisdiction, at, actor },
      data: {
        merchant: organisation,
        at: toInstantText(at.getTime()),
        reasonCodes: reasons.map(({ code }) => code),
        ...rests,
      },
    });
    return row;
  });
