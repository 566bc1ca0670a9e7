/**
 * Plays scenarios through the review workflow itself, on a real Temporal server. The scenario's clock stands still
 * between steps and goes from one due instant to the next, as the sandbox's does: any year may be played.
 */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Turn } from '@gongshu/shared/application/types';
import { toInstantText } from '@gongshu/shared/business-date';
import { Calendar, type CalendarData } from '@gongshu/shared/calendar';
import {
  type PlayedStep,
  type Scenario,
  type Step,
  actOf,
  calendarAfter,
  stateOf,
} from '@gongshu/shared/clock/scenario';
import { type TurnState, isOpen } from '@gongshu/shared/clock/turn';
import * as messages from '@gongshu/workflows/messages';
import {
  ApplicationFailure,
  Client,
  Connection,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { DefaultLogger, NativeConnection, Worker, bundleWorkflowCode } from '@temporalio/worker';
import { Table, playActivities } from './table.ts';

export type PlayOptions = {
  /** The calendar the scenarios start from. */
  calendar: CalendarData;
  /** A Temporal server that knows our search attributes. */
  address: string;
  /** A bundle made earlier; left out, the workflows are bundled now. */
  bundlePath?: string | undefined;
  /** Scenarios played side by side; each has its own turn, calendars and time. */
  atOnce?: number;
  /** Told after each scenario. */
  onPlayed?: (done: number, all: number) => void;
};

/** A list of steps for each scenario's name, in the order of the file. */
export const playScenarios = async (
  scenarios: Scenario[],
  { calendar, address, bundlePath, atOnce = 8, onPlayed }: PlayOptions,
): Promise<Record<string, PlayedStep[]>> => {
  const tables = new Map<string, Table>();
  const native = await NativeConnection.connect({ address });
  const connection = await Connection.connect({ address });
  const taskQueue = `play-${randomUUID()}`;
  try {
    const worker = await Worker.create({
      connection: native,
      taskQueue,
      workflowBundle: bundlePath
        ? { codePath: bundlePath }
        : await bundleWorkflowCode({
            workflowsPath: fileURLToPath(import.meta.resolve('@gongshu/workflows')),
            logger: new DefaultLogger('WARN'),
          }),
      activities: playActivities(tables),
      maxCachedWorkflows: 3 * atOnce,
    });
    return await worker.runUntil(async () => {
      const client = new Client({ connection });
      const indexed = new Calendar(calendar);
      const played: PlayedStep[][] = [];
      let done = 0;
      const playOne = async ({ pack, steps }: Scenario, index: number): Promise<void> => {
        const turnId = `${taskQueue}-${index}`;
        const table = new Table(calendar, indexed);
        tables.set(turnId, table);
        const player = new Player(client, taskQueue, turnId, table, pack);
        const answers: PlayedStep[] = [];
        for (const step of steps) answers.push(await player.play(step));
        await player.leave();
        tables.delete(turnId);
        played[index] = answers;
        done += 1;
        onPlayed?.(done, scenarios.length);
      };
      const waiting = scenarios.entries(); // one list that all lanes take from
      const lane = async (): Promise<void> => {
        for (const [index, scenario] of waiting) await playOne(scenario, index);
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      return Object.fromEntries(scenarios.map(({ name }, index) => [name, played[index] ?? []]));
    });
  } finally {
    await connection.close();
    await native.close();
  }
};

/** A turn may end between two looks at it. */
const unlessEnded = (error: unknown): void => {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
};

class Player {
  #handle: WorkflowHandle | undefined;
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #turnId: string;
  readonly #table: Table;
  readonly #pack: Scenario['pack'];
  #receipts = 0;

  constructor(client: Client, taskQueue: string, turnId: string, table: Table, pack: Scenario['pack']) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#turnId = turnId;
    this.#table = table;
    this.#pack = pack;
  }

  /** Goes to the step's instant, waiting at each due instant before it, then does what the step says. */
  async play(step: Step): Promise<PlayedStep> {
    const at = Date.parse(step.at);
    await this.#goTo(at);
    const code = await this.#do(step, at);
    const { clock, state } = this.#table;
    const silent = state.outcome === 'deemedApproved' || state.outcome === 'deemedRefused';
    return {
      accepted: code === null,
      code,
      state: clock ? stateOf(state, clock) : null,
      lastDay: clock?.lastDay ?? null,
      deadline: clock && clock.deadline !== null ? toInstantText(clock.deadline) : null,
      provisional: clock?.provisional ?? false,
      extension: silent && clock?.extension === 'pending' ? 'lapsed' : (clock?.extension ?? null),
    };
  }

  /** Ends a turn that is still open; terminating it amid an activity would stop the server's skipping of time. */
  async leave(): Promise<void> {
    if (!this.#handle || this.#table.concluded) return;
    await this.#handle.signal(messages.caseEndedSignal, {
      kind: 'withdraw',
      at: this.#table.now,
      receipt: '',
    });
    await this.#table.until(() => this.#table.concluded);
  }

  /** From one due instant to the next, in order, waiting at each until what falls due there has settled. */
  async #goTo(at: number): Promise<void> {
    const table = this.#table;
    for (let wake = table.wake; wake && wake.at <= at; wake = table.wake) {
      table.now = wake.at;
      await this.#handle?.signal(messages.lawTimeMovedSignal).catch(unlessEnded);
      await table.until(() => table.concluded || !table.wake || table.wake.at > table.now);
    }
    table.now = at;
  }

  async #do(step: Step, at: number): Promise<string | null> {
    const table = this.#table;
    switch (step.event) {
      case 'probe':
        return null;
      case 'calendar':
      case 'publishYear':
        await this.#changeCalendar(step, at);
        return null;
      case 'accept':
        if (this.#handle) return 'alreadyAccepted';
        this.#handle = await this.#client.workflow.start('turn', {
          workflowId: this.#turnId,
          taskQueue: this.#taskQueue,
          args: [this.#turn(at)],
        });
        await table.until(() => table.clock !== undefined);
        return null;
      case 'reopen':
        return this.#handle ? 'cannotReopen' : 'notAccepted';
      case 'return':
      case 'resubmit':
      case 'requestExtension':
      case 'grantExtension':
      case 'refuseExtension':
      case 'decide':
      case 'withdraw':
        return this.#act(step);
    }
  }

  async #act(step: Exclude<Step, { event: 'probe' | 'calendar' | 'publishYear' | 'accept' | 'reopen' }>) {
    const table = this.#table;
    if (!this.#handle || !table.clock) return 'notAccepted';
    const closed = closedCode[table.state.outcome];
    if (closed) return closed; // the workflow has completed and takes no update
    this.#receipts += 1;
    const act = { ...actOf(step, table.clock), receipt: String(this.#receipts) };
    try {
      if (act.kind === 'withdraw') {
        if (table.wake && act.at >= table.wake.at) return 'deadlinePassed';
        await this.#handle.signal(messages.caseEndedSignal, act);
        await table.until(() => table.concluded);
        return null;
      }
      await this.#handle.executeUpdate<TurnState, [typeof act]>(updates[act.kind].name, {
        args: [act],
        updateId: act.receipt,
      });
      if (!isOpen(table.state)) await table.until(() => table.concluded);
      return null;
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
        return error.cause.type ?? 'refused';
      throw error;
    }
  }

  async #changeCalendar(
    step: Extract<Step, { event: 'calendar' | 'publishYear' }>,
    at: number,
  ): Promise<void> {
    const table = this.#table;
    const last = table.calendars.at(-1) as CalendarData;
    table.addCalendar(calendarAfter(last, step));
    if (!this.#handle || table.concluded) return;
    const { entries } = table;
    await this.#handle.signal(messages.calendarChangedSignal, { at, calendarVersion: table.version });
    await table.until(() => table.entries > entries || table.concluded);
  }

  #turn(startedAt: number): Turn {
    return {
      turnId: this.#turnId,
      caseNo: this.#turnId,
      jurisdiction: 'play',
      jurisdictionTitle: '推演',
      authority: 'bureau',
      step: 'review',
      organisation: 'reviewer',
      organisationName: '审核单位',
      bodyKind: 'sourceDepartment',
      rules: { ...this.#pack, article: '推演规则', silenceArticle: '推演规则', instrument: '推演规则' },
      reminders: [],
      correctionLapse: { workingDays: 1 },
      startedAt,
      calendarVersion: this.#table.version,
    };
  }
}

const closedCode: Partial<Record<string, string>> = {
  approved: 'alreadyDecided',
  refused: 'alreadyDecided',
  deemedApproved: 'deadlinePassed',
  deemedRefused: 'deadlinePassed',
  withdrawn: 'withdrawn',
};

const updates = {
  decide: messages.recordDecisionUpdate,
  return: messages.returnForCorrectionUpdate,
  resubmit: messages.resubmitUpdate,
  requestExtension: messages.requestExtensionUpdate,
  grantExtension: messages.grantExtensionUpdate,
  refuseExtension: messages.refuseExtensionUpdate,
} as const;
