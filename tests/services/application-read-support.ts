import { createActivities } from '@gongshu/activities';
import { databaseDeps } from '@gongshu/activities/deps';
import type { ApplicationTables, CorrectionItem, Finding, Reason } from '@gongshu/infra/cases/tables';
import { ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { record } from '@gongshu/infra/record';
import { turnId } from '@gongshu/shared/application/ids';
import { applicationRules } from '@gongshu/shared/application/rules';
import type { Recorded, Step, Turn } from '@gongshu/shared/application/types';
import { computeClock } from '@gongshu/shared/clock/ledger';
import { openTurn, type TurnState } from '@gongshu/shared/clock/turn';
import type { Kysely } from 'kysely';
import { startCatalog } from './resources-support.ts';

const hash = `sha256:${'a'.repeat(64)}`;
export const at = (text: string): number => Date.parse(`2024-${text}+08:00`);
const receiptOf = (n: number): string => `SJ-00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

type Words = {
  reasons?: Reason[];
  findings?: Finding[];
  items?: CorrectionItem[];
  reason?: string;
  contents?: object;
};
type Person = { id: string; role: string; organisation: string | null };

/**
 * The catalog with cases written as intake and activities write them, and no workflow: each test says which entries a
 * turn's ledger has and how it ended.
 */
export const startReading = async (given: NonNullable<Parameters<typeof startCatalog>[0]> = {}) => {
  const catalog = await startCatalog(given);
  const db = catalog.db as unknown as Kysely<ApplicationTables>;
  await ensureShippedCalendar(db as never);
  const { version: calendarVersion, calendar } = await newestCalendar(db as never, 'zhongwei');
  const activities = createActivities(
    databaseDeps({ catalog: db, registry: db, pricing: db, disclosure: db }),
  );
  const rules = applicationRules(catalog.deps.packs.resolve('zhongwei'));
  let receipts = 0;

  /** An act as the intake holds it; its receipt. */
  const take = async (
    caseNo: string,
    act: string,
    {
      text,
      turn = null,
      when = at('03-01T09:00:00'),
      by = { id: 'm-1', role: 'merchant', organisation: 'merchant-1' },
      payload = {},
      jurisdiction = 'zhongwei',
      ...state
    }: {
      text?: Words;
      turn?: string | null;
      when?: number;
      by?: Person;
      payload?: object;
      jurisdiction?: string;
      state?: 'taken' | 'delivered' | 'refused' | 'parked';
      code?: string;
    } = {},
  ): Promise<string> => {
    const receipt = receiptOf((receipts += 1));
    await db
      .insertInto('intake')
      .values({
        receipt,
        act,
        jurisdiction,
        case_no: caseNo,
        turn_id: turn,
        workflow_id: turn ?? caseNo,
        payload: JSON.stringify(payload) as never,
        actor_id: by.id,
        actor_role: by.role,
        actor_organisation: by.organisation,
        received_at: new Date(when),
        state: state.state ?? 'delivered',
        code: state.code ?? null,
        settled_at: null,
        fault: null,
        settled_by: null,
      })
      .execute();
    if (text)
      await db
        .insertInto('intake_text')
        .values({ receipt, body: JSON.stringify(text) as never })
        .execute();
    return receipt;
  };

  /** A case of merchant-1 as it is taken in; two departments review. */
  const submit = async (
    caseNo: string,
    {
      jurisdiction = 'zhongwei',
      applicant = 'merchant-1',
      reviewers = ['dept-transport', 'dept-health'],
    } = {},
  ): Promise<void> => {
    const submitted = new Date(at('03-01T09:00:00'));
    await db
      .insertInto('application')
      .values({
        case_no: caseNo,
        jurisdiction,
        applicant_organisation: applicant,
        operator_organisation: 'operator',
        pack_version: rules.packVersion,
        rules: JSON.stringify(rules) as never,
        calendar_version: calendarVersion,
        stage: 'acceptance',
        outcome: null,
        submitted_by: 'm-1',
        submitted_at: submitted,
        accepted_at: null,
        ended_at: null,
      })
      .execute();
    const by = { id: 'm-1', role: 'merchant', organisation: applicant };
    const receipt = await take(caseNo, 'submitApplication', { by, jurisdiction });
    await db
      .insertInto('application_content')
      .values({
        case_no: caseNo,
        version: 1,
        contents: JSON.stringify({ scenario: '停车诱导', scope: '全市', manner: '接口' }) as never,
        content_hash: hash,
        changed: [],
        receipt,
        submitted_at: submitted,
      })
      .execute();
    for (const [index, organisation] of reviewers.entries())
      await db
        .insertInto('application_resource')
        .values({
          case_no: caseNo,
          resource_id: `ZY-${index}`,
          reviewer_kind: 'sourceDepartment',
          reviewer_organisation: organisation,
        })
        .execute();
    await db.transaction().execute((trx) =>
      record(trx, 'catalog', {
        key: `${caseNo}/submitted`,
        type: 'application.submitted.v1',
        subject: caseNo,
        jurisdiction,
        at: submitted,
        actor: by,
        data: {
          caseNo,
          packVersion: rules.packVersion,
          applicant,
          resources: ['ZY-0'],
          receivedAt: '2024-03-01T09:00:00+08:00',
          contentHash: hash,
        },
        audit: { receipt },
      }),
    );
  };

  const turnOf = (caseNo: string, step: Step, organisation: string, startedAt: number): Turn => ({
    turnId: turnId(caseNo, step, organisation),
    caseNo,
    jurisdiction: 'zhongwei',
    jurisdictionTitle: '中卫',
    authority: 'city-bureau',
    step,
    organisation,
    organisationName: organisation,
    bodyKind: step === 'review' ? 'sourceDepartment' : 'operator',
    rules: rules[step],
    reminders: rules.reminders,
    correctionLapse: rules.correctionLapse,
    startedAt,
    calendarVersion,
  });

  /** A turn with these entries after its start, and its end where it has one. */
  const play = async (
    caseNo: string,
    step: Step,
    organisation: string,
    {
      from = '03-01T10:00:00',
      entries = [],
      end,
    }: {
      from?: string;
      entries?: Recorded[];
      end?: { outcome: TurnState['outcome']; at: number; receipt: string | null };
    } = {},
  ): Promise<string> => {
    const turn = turnOf(caseNo, step, organisation, at(from));
    const ledger: Recorded[] = [
      { kind: 'started', at: turn.startedAt, calendarVersion, receipt: null },
      ...entries,
    ];
    await activities.recordClock({ turn, ledger, state: openTurn, done: [] });
    if (end) {
      const clock = computeClock(turn.rules, ledger, () => calendar);
      const state: TurnState = { outcome: end.outcome, overdue: false, late: false };
      await activities.concludeTurn({ turn, ledger, state, clock, endedAt: end.at, receipt: end.receipt });
    }
    return turn.turnId;
  };

  return { ...catalog, db, take, submit, play };
};
