/** The end of a turn: its row, its decision or certificate, its event. */
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { type Change, recordAll } from '@gongshu/infra/record';
import type { Turn, TurnActivities } from '@gongshu/shared/application/types';
import { toInstantText } from '@gongshu/shared/business-date';
import type { ClockReading } from '@gongshu/shared/clock/ledger';
import type { TurnState } from '@gongshu/shared/clock/turn';
import type { Transaction } from 'kysely';
import { certify } from './certificate.ts';
import { type ApplicationDeps, actorOf, eventOf, serviceOf } from './deps.ts';
import { type Received, hashOf, limitData, receivedAs, turnData } from './entries.ts';
import { versionOf } from '@gongshu/shared/clock/ledger-calendars';

type Trx = Transaction<ApplicationTables>;

/** Runs at least once: the second run finds the turn closed and adds nothing. */
export const createConcludeTurn =
  (deps: ApplicationDeps): TurnActivities['concludeTurn'] =>
  async ({ turn, ledger, state, clock, endedAt, receipt }): Promise<void> => {
    const calendar = await deps.calendars.at(versionOf(ledger));
    await deps.db[serviceOf(turn)].transaction().execute(async (trx) => {
      const closed = await closeTurn(trx, turn, state, endedAt, receipt);
      if (!closed) return;
      const { pack_version: packVersion } = await trx
        .selectFrom('application')
        .select('pack_version')
        .where('case_no', '=', turn.caseNo)
        .executeTakeFirstOrThrow();
      const received = await receivedAs(trx, receipt);
      if (state.outcome === 'approved' || state.outcome === 'refused')
        await writeDecision(trx, turn, state, endedAt, received);
      const silent = state.outcome === 'deemedApproved' || state.outcome === 'deemedRefused';
      const lapsed = silent ? await lapseExtension(trx, turn, clock, packVersion, endedAt) : [];
      const certificate = silent
        ? await certify(trx, { turn, ledger, state, clock, calendar, packVersion, endedAt })
        : [];
      await recordAll(trx, serviceOf(turn), [
        ...lapsed,
        ...endEvents(turn, state, clock, packVersion, endedAt, versionOf(ledger), received),
        ...certificate,
      ]);
    });
  };

/** Closes an open turn, once. `undefined` means it was closed already. */
const closeTurn = (trx: Trx, turn: Turn, state: TurnState, endedAt: number, receipt: string | null) =>
  trx
    .updateTable('turn')
    .set({
      outcome: state.outcome,
      overdue: state.overdue,
      late: state.late,
      held: false,
      wake_at: null,
      wake_kind: null,
      ended_at: new Date(endedAt),
      ended_receipt: receipt === '' ? null : receipt,
    })
    .where('turn_id', '=', turn.turnId)
    .where('outcome', '=', 'open')
    .returning('turn_id')
    .executeTakeFirst();

const writeDecision = async (
  trx: Trx,
  turn: Turn,
  state: TurnState,
  at: number,
  received: Received | undefined,
) => {
  await trx
    .insertInto('decision')
    .values({
      turn_id: turn.turnId,
      outcome: state.outcome,
      findings: JSON.stringify(received?.text.findings ?? []) as never,
      reasons: JSON.stringify(received?.text.reasons ?? []) as never,
      conditions: JSON.stringify(received?.text.conditions ?? []) as never,
      decided_by: received?.actor_id ?? 'unknown',
      decided_at: new Date(at),
      receipt: received?.receipt ?? turn.turnId,
    })
    .onConflict((conflict) => conflict.column('turn_id').doNothing())
    .execute();
};

/** Nobody answered the request and its date has passed. */
const lapseExtension = async (
  trx: Trx,
  turn: Turn,
  clock: ClockReading,
  packVersion: string,
  at: number,
): Promise<Change[]> => {
  const pending = await trx
    .updateTable('extension')
    .set({ state: 'lapsed', answered_at: new Date(at) })
    .where('turn_id', '=', turn.turnId)
    .where('state', '=', 'pending')
    .returning('id')
    .executeTakeFirst();
  if (!pending) return [];
  await trx.updateTable('turn').set({ extension: 'lapsed' }).where('turn_id', '=', turn.turnId).execute();
  return [
    {
      key: `${turn.turnId}/extension/${pending.id}/lapsed`,
      type: eventOf(turn, 'extensionLapsed'),
      subject: turn.caseNo,
      jurisdiction: turn.jurisdiction,
      at: new Date(at),
      actor: actorOf(undefined),
      data: { ...turnData(turn, packVersion), ...limitData(clock), extension: pending.id },
    },
  ];
};

const endEvents = (
  turn: Turn,
  state: TurnState,
  clock: ClockReading,
  packVersion: string,
  endedAt: number,
  calendarVersion: string,
  received: Received | undefined,
): Change[] => {
  const ended = (type: Change['type'], data: object): Change[] => [
    {
      key: `${turn.turnId}/ended`,
      type,
      subject: turn.caseNo,
      jurisdiction: turn.jurisdiction,
      at: new Date(endedAt),
      actor: actorOf(received),
      data,
      audit: received ? { receipt: received.receipt } : {},
    },
  ];
  const base = turnData(turn, packVersion);
  const { reasons = [], findings = [], conditions = [] } = received?.text ?? {};
  const reasoned = { reasonCodes: reasons.map(({ code }) => code), reasonsHash: hashOf(reasons) };
  const findingCodes = findings.map(({ field, finding }) => `${field}.${finding}`);
  const silent = { ...base, ...limitData(clock), article: turn.rules.silenceArticle, calendarVersion };
  const { late } = state;
  const acceptedAt = { caseNo: turn.caseNo, packVersion, acceptedAt: toInstantText(endedAt) };
  switch (`${turn.step}.${state.outcome}` as string) {
    case 'acceptance.approved':
      return ended(eventOf(turn, 'accepted'), acceptedAt);
    case 'acceptance.deemedApproved':
      // Accepted on the day the material was received.
      return ended(eventOf(turn, 'deemedAccepted'), {
        ...acceptedAt,
        acceptedAt: toInstantText(turn.startedAt),
        article: turn.rules.silenceArticle,
      });
    case 'acceptance.refused':
      return ended(eventOf(turn, 'notAccepted'), { ...base, ...reasoned });
    case 'check.approved':
      return ended(eventOf(turn, 'checkPassed'), { ...base, findingCodes, late });
    case 'check.refused':
      return ended(eventOf(turn, 'checkFailed'), { ...base, findingCodes, ...reasoned, late });
    case 'review.approved':
      return ended(eventOf(turn, 'reviewApproved'), {
        ...base,
        late,
        conditionCodes: conditions.map(({ code }) => code),
        conditionsHash: hashOf(conditions),
      });
    case 'review.refused':
      return ended(eventOf(turn, 'reviewRefused'), { ...base, late, ...reasoned });
    case 'review.deemedApproved':
      return ended(eventOf(turn, 'reviewDeemedApproved'), silent);
    case 'review.deemedRefused':
      return ended(eventOf(turn, 'reviewDeemedRefused'), silent);
    default:
      return []; // withdrawn, lapsed: the case says so
  }
};
