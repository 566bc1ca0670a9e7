/** What the Schedule of a period does (X5): its case is taken in as a person's opening is, once, and the next foreseen. */
import { foreseeAudits, settleAudit } from '@gongshu/infra/audits/due';
import { auditOpening } from '@gongshu/infra/audits/open';
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { receiptFor } from '@gongshu/infra/intake/take';
import { openProcedure } from '@gongshu/infra/procedures/open';
import type { AuditOpeningActivities } from '@gongshu/shared/audit/period';
import type { AuditKind } from '@gongshu/shared/packs/topics/audit';
import { Problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import { type ApplicationDeps, time } from '../application/deps.ts';
import { packs } from '../packs.ts';

/** Where there is nothing to open: it has been, or the pack no longer asks for it. */
const settled: Readonly<Record<string, 'opened' | 'cancelled'>> = {
  ...{ auditPeriodTaken: 'opened', auditKindUnknown: 'cancelled', lifecycleNotInPack: 'cancelled' },
  ...{ policyExpired: 'cancelled', policyNotYetInForce: 'cancelled' },
};

/** Runs at least once: the second run finds the period taken, or its own receipt. */
export const createOpenAudit =
  (deps: ApplicationDeps): AuditOpeningActivities['openAudit'] =>
  async (ask) => {
    const { jurisdiction, operator, audit, from, until } = ask;
    const db = deps.db.disclosure as unknown as Kysely<AuditTables>;
    const { now } = await deps.time();
    const lawNow = new Date(now);
    const pack = packs().resolve(jurisdiction);
    const next = (settle: 'opened' | 'cancelled') =>
      db.transaction().execute(async (trx) => {
        await settleAudit(trx, ask, settle);
        await foreseeAudits(trx, pack, { jurisdiction, operator }, lawNow);
      });
    try {
      const facts = { audit: audit as AuditKind, operator, from, until, scheduled: true };
      const opening = {
        ...(await auditOpening(db as never, pack, facts, lawNow)),
        ...{ by: time, lawNow, calendarVersion: await deps.calendars.newest(jurisdiction) },
      };
      const key = `${operator}/${audit}/${from}`;
      const { caseNo } = await openProcedure(db as never, opening, receiptFor(time.id, key, jurisdiction));
      await next('opened');
      return { opened: caseNo };
    } catch (error) {
      const to = error instanceof Problem ? settled[error.code] : undefined;
      if (to === undefined) throw error;
      await next(to);
      return { opened: (error as Problem).code };
    }
  };
