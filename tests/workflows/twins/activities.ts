/** Activities gone wrong, or run as a lost answer makes them run. */
import { randomUUID } from 'node:crypto';
import type { Activities } from '@gongshu/activities';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { record } from '@gongshu/infra/record';
import type { Kysely } from 'kysely';

/** A hold that looks again every minute, however long it lasts. */
export const everyMinute = (ours: Activities): Partial<Activities> => ({
  lastLook: (input) => ours.lastLook({ ...input, looks: 0 }),
});

/** Every activity runs twice, as after an answer that was lost on its way. */
export const twice = (of: Activities): Activities => ({
  recordClock: async (input) => of.recordClock(input).then(() => of.recordClock(input)),
  recordReminder: async (input) => of.recordReminder(input).then(() => of.recordReminder(input)),
  lastLook: async (input) => of.lastLook(input).then(() => of.lastLook(input)),
  concludeTurn: async (input) => of.concludeTurn(input).then(() => of.concludeTurn(input)),
  recordStage: async (input) => of.recordStage(input).then(() => of.recordStage(input)),
  concludeApplication: async (input) =>
    of.concludeApplication(input).then(() => of.concludeApplication(input)),
  recordOnboardingStage: async (input) =>
    of.recordOnboardingStage(input).then(() => of.recordOnboardingStage(input)),
  concludeOnboarding: async (input) => of.concludeOnboarding(input).then(() => of.concludeOnboarding(input)),
  lookAtGrant: async (input) => of.lookAtGrant(input).then(() => of.lookAtGrant(input)),
  recordProcedure: async (input) => of.recordProcedure(input).then(() => of.recordProcedure(input)),
  lookAtPeriod: async (input) => of.lookAtPeriod(input).then(() => of.lookAtPeriod(input)),
  openEvaluation: async (input) => of.openEvaluation(input).then(() => of.openEvaluation(input)),
  reportLedger: async (input) => of.reportLedger(input).then(() => of.reportLedger(input)),
  actOnReportDue: async (input) => of.actOnReportDue(input).then(() => of.actOnReportDue(input)),
  lookAtRevenueYear: async (input) => of.lookAtRevenueYear(input).then(() => of.lookAtRevenueYear(input)),
  openAudit: async (input) => of.openAudit(input).then(() => of.openAudit(input)),
  lookAtDrill: async (input) => of.lookAtDrill(input).then(() => of.lookAtDrill(input)),
  lookAtEvidence: async (input) => of.lookAtEvidence(input).then(() => of.lookAtEvidence(input)),
  gatherEvidence: async (input) => of.gatherEvidence(input).then(() => of.gatherEvidence(input)),
  recordNoEvidence: async (input) => of.recordNoEvidence(input).then(() => of.recordNoEvidence(input)),
});

/** The end of a turn is told under a key of its own each time. */
export const toldAgain =
  (db: Kysely<ApplicationTables>) =>
  (ours: Activities): Activities => ({
    ...ours,
    concludeTurn: async (input) => {
      await ours.concludeTurn(input);
      const { turn, endedAt } = input;
      await db.transaction().execute((trx) =>
        record(trx, 'catalog', {
          key: `${turn.turnId}/ended/${randomUUID()}`,
          type: 'application.reviewApproved.v1',
          subject: turn.caseNo,
          jurisdiction: turn.jurisdiction,
          at: new Date(endedAt),
          actor: { id: 'clock', role: 'system', organisation: null },
          data: {
            caseNo: turn.caseNo,
            packVersion: `sha256:${'0'.repeat(64)}`,
            turn: turn.step,
            reviewer: turn.organisation,
            late: false,
            conditionCodes: [],
            conditionsHash: null,
          },
        }),
      );
    },
  });
