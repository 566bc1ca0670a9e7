/** One scenario's calendars, clock and virtual time, between the player and the activities it gives the workflow. */
import type {
  ClockView,
  LastLook,
  Recorded,
  Turn,
  TurnActivities,
  Wake,
} from '@gongshu/shared/application/types';
import { Calendar, type CalendarData } from '@gongshu/shared/calendar';
import { type ClockReading, computeClock } from '@gongshu/shared/clock/ledger';
import { type TurnState, isOpen, openTurn } from '@gongshu/shared/clock/turn';

/** What the player reads back; the workflow writes it through its activities. */
export class Table {
  /** The scenario's time; stands still between steps, so that acts are judged by their own stamps alone. */
  now = 0;
  readonly calendars: CalendarData[];
  readonly #indexed: Calendar[];
  clock: ClockReading | undefined;
  wake: Wake | null = null;
  state: TurnState = openTurn;
  /** Ledger entries that the newest clock was computed from. */
  entries = 0;
  concluded = false;
  #changed: (() => void)[] = [];

  constructor(base: CalendarData, indexed: Calendar) {
    this.calendars = [base];
    this.#indexed = [indexed];
  }

  /** The version of the newest calendar. */
  get version(): string {
    return String(this.calendars.length - 1);
  }

  addCalendar(data: CalendarData): void {
    this.calendars.push(data);
    this.#indexed.push(new Calendar(data));
  }

  calendar(version: string): Calendar {
    const found = this.#indexed[Number(version)];
    if (!found) throw new RangeError(`no calendar version ${version}`);
    return found;
  }

  tell(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const go of waiting) go();
  }

  /** Resolves once `holds`; looked at again whenever the workflow wrote something. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((go) => this.#changed.push(go));
  }
}

const wakeOf = (table: Table, clock: ClockReading, state: TurnState): Wake | null => {
  if (!isOpen(state) || clock.overdue || clock.deadline === null) return null;
  return {
    kind: 'deadline',
    at: clock.deadline,
    inMillis: clock.deadline <= table.now ? 0 : null,
    key: 'deadline',
  };
};

/** The turn's activities over tables in memory: a play is a rehearsal and records nothing. */
export const playActivities = (tables: ReadonlyMap<string, Table>): TurnActivities => {
  const tableOf = (turn: Turn): Table => {
    const table = tables.get(turn.turnId);
    if (!table) throw new RangeError(`no scenario ${turn.turnId}`);
    return table;
  };
  return {
    async recordClock({ turn, ledger, state }): Promise<ClockView> {
      const table = tableOf(turn);
      const clock = computeClock(turn.rules, ledger satisfies Recorded[], (version) =>
        table.calendar(version),
      );
      const wake = wakeOf(table, clock, state);
      Object.assign(table, { clock, wake, state, entries: ledger.length });
      table.tell();
      return { clock, wake };
    },
    async recordReminder() {},
    async lastLook({ turn, wake }): Promise<LastLook> {
      return wake.at <= tableOf(turn).now ? { speak: true } : { speak: false, lookAgainInMillis: 1 };
    },
    async concludeTurn({ turn, state, clock }) {
      const table = tableOf(turn);
      Object.assign(table, { clock, state, wake: null, concluded: true });
      table.tell();
    },
  };
};
