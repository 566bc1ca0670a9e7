/** Ledger entries as rows and events: what was asked for, answered, held, and why a clock moved. */
import type { ApplicationTables, IntakeText, IntakeTable } from '@gongshu/infra/cases/tables';
import { jsonHash } from '@gongshu/infra/hash';
import type { Change } from '@gongshu/infra/record';
import type { Recorded, Turn } from '@gongshu/shared/application/types';
import { toInstantText } from '@gongshu/shared/business-date';
import type { ClockReading } from '@gongshu/shared/clock/ledger';
import type { Selectable, Transaction } from 'kysely';
import { actorOf, eventOf } from './deps.ts';

type Trx = Transaction<ApplicationTables>;
export type Received = Selectable<IntakeTable> & { text: IntakeText };

/** The act behind an entry, with its words; `undefined` for what no person entered. */
export const receivedAs = async (trx: Trx, receipt: string | null): Promise<Received | undefined> => {
  if (!receipt) return undefined;
  const row = await trx.selectFrom('intake').selectAll().where('receipt', '=', receipt).executeTakeFirst();
  if (!row) return undefined;
  const words = await trx
    .selectFrom('intake_text')
    .select('body')
    .where('receipt', '=', receipt)
    .executeTakeFirst();
  return { ...row, text: words?.body ?? {} };
};

/** `sha256:…` over canonical JSON; `null` for nothing. */
export const hashOf = (value: unknown): string | null =>
  value === undefined || (Array.isArray(value) && value.length === 0) ? null : jsonHash(value);

/** What every event of a turn says. */
export const turnData = (turn: Turn, packVersion: string) => ({
  caseNo: turn.caseNo,
  packVersion,
  turn: turn.step,
  reviewer: turn.organisation,
});

export const limitData = (clock: ClockReading) => ({
  deadline: clock.deadline === null ? null : toInstantText(clock.deadline),
  provisional: clock.provisional,
});

/** Writes what the entry stands for and returns its event; called once an entry, inside the clock's transaction. */
export const writeEntry = async (
  trx: Trx,
  turn: Turn,
  packVersion: string,
  entry: Recorded,
  position: number,
  now: { clock: ClockReading; before: Date | null; calendarVersion: string; lapseOn: string | null },
): Promise<Change[]> => {
  const received = await receivedAs(trx, entry.receipt);
  const change = (type: Change['type'], data: object): Change[] => [
    {
      key: `${turn.turnId}/entry/${position}`,
      type,
      subject: turn.caseNo,
      jurisdiction: turn.jurisdiction,
      at: new Date(entry.at),
      actor: actorOf(received),
      data,
      audit: entry.receipt ? { receipt: entry.receipt } : {},
    },
  ];
  const base = turnData(turn, packVersion);
  const limited = { ...base, ...limitData(now.clock) };
  const instant = toInstantText(entry.at);
  switch (entry.kind) {
    case 'started':
      return turn.step === 'review'
        ? change(eventOf(turn, 'reviewStarted'), { ...limited, startedAt: instant })
        : [];
    case 'returned': {
      const items = received?.text.items ?? [];
      await trx
        .insertInto('correction')
        .values({
          id: entry.id,
          turn_id: turn.turnId,
          case_no: turn.caseNo,
          kind: entry.correctionKind ?? null,
          items: JSON.stringify(items) as never,
          returned_at: new Date(entry.at),
          lapse_on: now.lapseOn,
          answered_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return change(eventOf(turn, 'correctionRequested'), {
        ...base,
        notice: entry.id,
        itemCodes: items.map(({ item }) => item),
        itemsHash: hashOf(items),
        deadline: null,
      });
    }
    case 'resubmitted': {
      await trx
        .updateTable('correction')
        .set({ answered_at: new Date(entry.at) })
        .where('id', '=', entry.id)
        .execute();
      const payload = received?.payload ?? {};
      await takeContents(trx, turn.caseNo, received);
      return change(eventOf(turn, 'resubmitted'), {
        caseNo: turn.caseNo,
        packVersion,
        notice: entry.id,
        receivedAt: instant,
        contentHash: payload['contentHash'],
        changedFields: payload['changed'] ?? [],
      });
    }
    case 'extensionRequested':
      await trx
        .insertInto('extension')
        .values({
          id: entry.receipt ?? `${turn.turnId}/${position}`,
          turn_id: turn.turnId,
          days: entry.days,
          reason: received?.text.reason ?? '',
          document_hash: (received?.payload['documentHash'] as string | undefined) ?? null,
          state: 'pending',
          granted_days: null,
          requested_at: new Date(entry.at),
          answered_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return change(eventOf(turn, 'extensionRequested'), {
        ...base,
        extension: entry.receipt,
        workingDays: entry.days,
        receivedAt: instant,
        documentHash: (received?.payload['documentHash'] as string | undefined) ?? null,
      });
    case 'extensionGranted':
      return change(eventOf(turn, 'extensionGranted'), {
        ...limited,
        extension: await answerExtension(trx, turn, 'granted', entry.at, entry.days),
        workingDays: entry.days,
      });
    case 'extensionRefused': {
      const reasons = received?.text.reasons ?? [];
      return change(eventOf(turn, 'extensionRefused'), {
        ...limited,
        extension: await answerExtension(trx, turn, 'refused', entry.at, null),
        reasonCodes: reasons.map(({ code }) => code),
        reasonsHash: hashOf(reasons),
      });
    }
    case 'calendarChanged':
      return change(eventOf(turn, 'clockRecomputed'), {
        ...limited,
        causeCode: 'calendarChanged',
        previousDeadline: now.before ? toInstantText(now.before.getTime()) : null,
        calendarVersion: now.calendarVersion,
      });
    case 'heldForIntake':
      return change(eventOf(turn, 'clockHeld'), {
        ...base,
        holdCode: 'intakeDown',
        deadline: instant,
        heldUntil: now.clock.deadline === null ? null : toInstantText(now.clock.deadline),
      });
    case 'succeeded':
      await trx
        .updateTable('turn')
        .set({ organisation: turn.organisation, organisation_name: turn.organisationName })
        .where('turn_id', '=', turn.turnId)
        .execute();
      return change(eventOf(turn, 'bodySucceeded'), { ...base, from: entry.from, to: entry.to });
    case 'heldForActs':
      return change(eventOf(turn, 'clockHeld'), {
        ...base,
        holdCode: 'actsOnTheWay',
        deadline: instant,
        heldUntil: null,
      });
    case 'overdue': {
      const type = (
        {
          acceptance: eventOf(turn, 'acceptanceOverdue'),
          check: eventOf(turn, 'checkOverdue'),
          review: eventOf(turn, 'reviewOverdue'),
        } as const
      )[turn.step];
      return change(type, limited);
    }
  }
};

/** Answers the pending request of a turn; its id. */
const answerExtension = async (trx: Trx, turn: Turn, state: string, at: number, days: number | null) => {
  const answered = await trx
    .updateTable('extension')
    .set({ state, granted_days: days, answered_at: new Date(at) })
    .where('turn_id', '=', turn.turnId)
    .where('state', '=', 'pending')
    .returning('id')
    .executeTakeFirst();
  return answered?.id ?? turn.turnId;
};

/** A corrected application is a new version of its contents; written once, whichever turn asked for it. */
const takeContents = async (trx: Trx, caseNo: string, received: Received | undefined): Promise<void> => {
  const contents = received?.text.contents;
  if (!received || !contents) return;
  const present = await trx
    .selectFrom('application_content')
    .select('version')
    .where('case_no', '=', caseNo)
    .where('receipt', '=', received.receipt)
    .executeTakeFirst();
  if (present) return;
  const { content_version: version } = await trx
    .updateTable('application')
    .set((eb) => ({ content_version: eb('content_version', '+', 1), version: eb('version', '+', 1) }))
    .where('case_no', '=', caseNo)
    .returning('content_version')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('application_content')
    .values({
      case_no: caseNo,
      version,
      contents: JSON.stringify(contents) as never,
      content_hash: String(received.payload['contentHash']),
      changed: (received.payload['changed'] as string[] | undefined) ?? [],
      receipt: received.receipt,
      submitted_at: received.received_at,
    })
    .execute();
};
