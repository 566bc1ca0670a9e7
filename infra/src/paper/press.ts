/** Papers made into PDF/A by one process beside this one: in turn, bounded in time and memory. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Paper } from '@gongshu/shared/paper/paper';
import { problem } from '@gongshu/shared/problems';

export type Pressed = {
  pdf: Uint8Array;
  pages: number;
  /** Characters that the font lacks, each shown by its code point; or left out, where nothing of them is seen. */
  missing: string[];
};
type Answer = { ready: true } | { pressed: Pressed; rss: number } | { fault: string; rss: number };

/** What a paper may hold: about 300 pages of a table. */
const mostCells = 60_000;
const mostCharacters = 2_000_000;
const pressMillis = 120_000;
/** A process that has grown beyond this is replaced after its paper. */
const mostResidentBytes = 600_000_000;
const idleMillis = 60_000;
const mostWaiting = 50;

const sizeOf = ({ blocks }: Paper) => {
  const texts = blocks.flatMap((block): string[] => {
    if (block.kind === 'table') return [...block.rows.flat(), ...(block.totals ?? [])];
    if (block.kind === 'facts') return block.rows.flatMap(({ label, value }) => [label, value]);
    if (block.kind === 'chart') return block.chart.series.flatMap(({ fen }) => fen.map(String));
    return block.kind === 'list' ? block.items : [block.text.zh, block.text.en ?? ''];
  });
  return { texts: texts.length, characters: texts.reduce((sum, { length }) => sum + length, 0) };
};

let child: ChildProcess | undefined;
let idle: NodeJS.Timeout | undefined;
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

const letGo = (): void => {
  clearTimeout(idle);
  child?.kill('SIGKILL');
  child = undefined;
};

/** The process, which holds nobody up: neither it nor its pipe keeps this one alive while no paper is made. */
const pressProcess = (): ChildProcess => {
  if (child?.connected) return child;
  const started = fork(join(import.meta.dirname, 'press-process.ts'), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {}, // it needs nothing of what this process knows
  });
  started.on('error', () => started.kill('SIGKILL')); // whoever waits hears that it ended
  started.once('exit', () => {
    if (child === started) child = undefined;
  });
  child = started;
  return started;
};

const pressed = (paper: Paper): Promise<Pressed> =>
  new Promise((resolve, reject) => {
    clearTimeout(idle);
    const running = pressProcess();
    running.ref();
    running.channel?.ref();
    const timer = setTimeout(() => {
      settle();
      letGo();
      reject(new Error(`a paper took longer than ${pressMillis} ms`));
    }, pressMillis);
    const settle = (): void => {
      clearTimeout(timer);
      running.off('message', hear);
      running.off('exit', gone);
      running.unref();
      running.channel?.unref();
      idle = setTimeout(letGo, idleMillis).unref();
    };
    const gone = (): void => {
      settle();
      reject(new Error('the process that makes papers ended'));
    };
    const hear = (answer: Answer): void => {
      if ('ready' in answer) return;
      settle();
      if ('fault' in answer) {
        letGo();
        reject(new Error(`no paper: ${answer.fault}`));
        return;
      }
      if (answer.rss > mostResidentBytes) letGo();
      resolve(answer.pressed);
    };
    running.on('message', hear);
    running.once('exit', gone);
    running.send(paper, (error) => error && gone());
  });

/**
 * The PDF/A of a paper: fonts embedded as subsets, text that can be searched and copied, the same bytes for the same
 * paper. Throws `paperTooLarge` (422), `unavailable` (503) where too many wait; Error where the page could not be set.
 */
export const pressPaper = async (paper: Paper): Promise<Pressed> => {
  const { texts, characters } = sizeOf(paper);
  if (texts > mostCells || characters > mostCharacters) throw problem('paperTooLarge');
  if (waiting >= mostWaiting) throw problem('unavailable');
  waiting += 1;
  const turn = last.then(() => pressed(paper));
  last = turn.catch(() => {});
  try {
    return await turn;
  } finally {
    waiting -= 1;
  }
};
