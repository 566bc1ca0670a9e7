/** What a Schedule of reports does on its day (S1–S3, M3, M5): opens, publishes, asks, or says that something is late. */
import { bulletinOpening } from '@gongshu/infra/disclosures/bulletin';
import { foreseeNext, reopenReportDue, settleReportDue } from '@gongshu/infra/disclosures/due';
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import { askReport, lookAtReport } from '@gongshu/infra/disclosures/work-reports';
import { waitForCase } from '@gongshu/infra/disclosures/waiting';
import { draftYearly, keepDraft, yearlyOpening } from '@gongshu/infra/disclosures/yearly';
import { receiptFor } from '@gongshu/infra/intake/take';
import { openProcedure } from '@gongshu/infra/procedures/open';
import { tellProcedure } from '@gongshu/infra/procedures/tell';
import { yearOf } from '@gongshu/shared/business-date';
import type { ReportDue, ReportDueActivities } from '@gongshu/shared/disclosure-facts/due';
import { Problem } from '@gongshu/shared/problems';
import type { DisclosurePart, YearlyRules } from '@gongshu/shared/yearly-disclosure/rules';
import type { YearlyFacts } from '@gongshu/shared/yearly-disclosure/types';
import type { Kysely, Transaction } from 'kysely';
import { type ApplicationDeps, time } from '../application/deps.ts';
import { packs } from '../packs.ts';

type Db = Kysely<DisclosureCaseTables>;
/** Where there is nothing to open any more. */
const settled: readonly string[] = ['disclosureExists', 'bulletinExists'];
/** No such duty in that year: the instrument was not in force yet, or is no more; the next year is looked at in its turn. */
const never: readonly string[] = ['lifecycleNotInPack', 'policyExpired', 'policyNotYetInForce'];

const isPeriodic = (kind: ReportDue['kind']): kind is 'merchants' | 'work' =>
  kind === 'merchants' || kind === 'work';

const openCase = async (deps: ApplicationDeps, db: Db, due: ReportDue): Promise<void> => {
  const { jurisdiction, kind, operator, from, until } = due;
  const pack = packs().resolve(jurisdiction);
  const lawNow = new Date((await deps.time()).now);
  const base = { db: db as never, calendarVersion: deps.calendars.newest };
  const by = time;
  const opening =
    kind === 'bulletin'
      ? await bulletinOpening(
          base,
          pack,
          await deps.calendars.at(await deps.calendars.newest(jurisdiction)),
          { jurisdiction, from, until, by, lawNow },
        )
      : await yearlyOpening(base, pack, {
          ...{ jurisdiction, part: kind as DisclosurePart, operator: operator || null },
          ...{ year: yearOf(from), by, lawNow },
        });
  const key = `${jurisdiction}/${kind}/${operator}/${from}`;
  await openProcedure(db as never, opening as never, receiptFor(time.id, key, 'report'));
};

/** On the last day what stands is published, by the city's clock; what is missing is named in it as missing. */
const publish = async (trx: Transaction<DisclosureCaseTables>, due: ReportDue, at: Date): Promise<string> => {
  const { jurisdiction, kind: part, operator, from } = due;
  const row = await trx
    .selectFrom('yearly')
    .innerJoin('procedure', 'procedure.case_no', 'yearly.case_no')
    .select(['yearly.case_no', 'procedure.start', 'procedure.stage'])
    .where('yearly.jurisdiction', '=', jurisdiction)
    .where('part', '=', part as DisclosurePart)
    .where('operator', '=', operator)
    .where('year', '=', yearOf(from))
    .executeTakeFirst();
  if (!row || row.stage === 'opened') return 'notOpened';
  if (row.stage === 'published' || row.stage === 'closed') return 'published';
  const { rules, facts } = row.start as { rules: YearlyRules; facts: YearlyFacts };
  const { year, body, operator: of } = facts;
  const made = await draftYearly(
    trx,
    { jurisdiction, part: facts.part, year, body, operator: of },
    rules,
    row.case_no,
  );
  const act = { kind: 'publishDisclosure', draft: made.draft, bySchedule: true };
  const receipt = await tellProcedure(trx, { jurisdiction, caseNo: row.case_no, act }, time, at);
  await keepDraft(trx, receipt, row.case_no, made);
  return 'published';
};

/** Runs at least once: the row is done in the transaction that does the work, or the work knows itself done. */
export const createActOnReportDue =
  (deps: ApplicationDeps): ReportDueActivities['actOnReportDue'] =>
  async (due) => {
    const { jurisdiction, kind, step } = due;
    const db = deps.db.disclosure as unknown as Db;
    const pack = packs().resolve(jurisdiction);
    const at = new Date((await deps.time()).now);
    let done: string = step;
    if (step === 'open' && !isPeriodic(kind))
      try {
        await openCase(deps, db, due);
      } catch (error) {
        if (!(error instanceof Problem) || ![...settled, ...never].includes(error.code)) throw error;
        done = error.code;
      }
    const calendar = await deps.calendars.at(await deps.calendars.newest(jurisdiction));
    await db.transaction().execute(async (trx) => {
      const cancelled = never.includes(done);
      const row = await settleReportDue(trx, due, cancelled ? 'cancelled' : 'opened');
      if (!row) {
        done = 'before';
        return;
      }
      if (row.opens_at > at) {
        // Foreseen for a later day meanwhile: its Schedule still knows the first.
        await reopenReportDue(trx, due);
        done = 'early';
        return;
      }
      if (cancelled) await settleReportDue(trx, { ...due, step: 'publish' }, 'cancelled');
      if (step === 'publish') {
        done = await publish(trx, due, at);
        // A missed year is gathered first, then published: the row waits until its case stands.
        if (done === 'notOpened') {
          await waitForCase(trx, pack, due, { actor: time, at });
          return;
        }
      }
      const acting = { actor: time, at };
      if (isPeriodic(kind) && step === 'open') await askReport(trx, pack, calendar, { ...due, kind }, acting);
      if (isPeriodic(kind) && step === 'late') await lookAtReport(trx, pack, { ...due, kind }, acting);
      await foreseeNext(trx, pack, due, acting);
    });
    return { done };
  };
