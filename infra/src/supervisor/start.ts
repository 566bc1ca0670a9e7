// `npm start`: the three backends, the services, the worker and the relay, the story; up until Ctrl-C.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createChildren } from '../backends/children.ts';
import { type Part, PartUnavailable, reason } from '../backends/part.ts';
import { ensureFolder, projectFolder, startFolder } from '../backends/places.ts';
import { applicationsMustBePossible, startApplications, urlsOf } from './applications.ts';
import { type Backends, startBackends } from './backends.ts';
import { type InstanceLock, takeInstanceLock } from './instance-lock.ts';
import { processes, stopWaves, type Urls } from './processes.ts';
import { elapsed, say, table } from './progress.ts';
import { loadSecrets } from './secrets.ts';
import { onStop } from './stop-signals.ts';
import { beginTime } from './time.ts';

const help = `npm start                     everything, with the story, until Ctrl-C
npm start -- --only backends  PostgreSQL, Temporal and Kafka alone
npm start -- --once           everything, the story, then stop; exit code 1 when the story failed
npm start -- --no-story       everything without the story
`;

/** A module of another room, named by its file: what it exports is agreed, and checked here. */
const roomModule = async <F>(file: string, exported: string): Promise<F> => {
  const path = join(projectFolder, file);
  if (!existsSync(path))
    throw new PartUnavailable(
      `The checkout is not whole: ${file} is missing; restore with: git checkout -- .`,
    );
  const found = ((await import(path)) as Record<string, unknown>)[exported];
  if (typeof found !== 'function') throw new Error(`${file} exports no function ${exported}`);
  return found as F;
};

const addresses = (backends: Backends, urls: Urls | undefined, folder: string): string => {
  const database = new URL(backends.postgres.address);
  const ownPassword = !process.env['GONGSHU_DATABASE_URL'];
  const rows = [
    [
      'PostgreSQL',
      `${database.host}${database.pathname}`,
      ownPassword ? `password in 密码见 ${join(folder, 'secrets.json')}` : '',
    ],
    ['Temporal', backends.temporal.address, ''],
    ...(backends.temporal.page ? [['Temporal UI', backends.temporal.page, '']] : []),
    ['Kafka', backends.kafka.address, ''],
  ];
  if (urls)
    for (const row of processes)
      rows.push([row.name, urls[row.name] + ('page' in row ? row.page : row.health), row.title]);
  return table(rows);
};

/** Everything that stands while the supervisor does, and how it goes down. */
const createStage = () => {
  const parts: Part[] = [];
  let lock: InstanceLock | undefined;
  const children = createChildren((running) =>
    lock?.remember(running.map((child) => ({ name: child.name, pid: child.pid() }))),
  );
  return {
    children,
    keep: (part: Part) => parts.push(part),
    take: (taken: InstanceLock) => {
      lock = taken;
    },
    down: async () => {
      await children.stopAll(stopWaves);
      for (const part of parts) await part.stop().catch((error: unknown) => say(reason(error))); // containers
      lock?.release();
    },
  };
};

const runStory = async (urls: Urls): Promise<boolean> => {
  try {
    const story = await roomModule<(urls: Urls) => Promise<void>>('infra/cli/src/story.ts', 'story');
    await story(urls);
    return true;
  } catch (error) {
    say(
      `the story stopped 演示中断: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return false;
  }
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      once: { type: 'boolean' },
      'no-story': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || (values.only !== undefined && values.only !== 'backends')) {
    process.stdout.write(help);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  const stage = createStage();
  const stop = onStop(stage);
  try {
    const folder = ensureFolder(startFolder());
    stage.take(await takeInstanceLock(folder, say));
    if (!values.only) await applicationsMustBePossible();
    const secrets = loadSecrets(folder);
    const backends = await startBackends(stage.children, folder, secrets.databasePassword, stage.keep);
    for (const part of [backends.postgres, backends.temporal, backends.kafka]) part.keepUp?.(say);
    let urls: Urls | undefined;
    let told = true;
    if (!values.only) {
      const migrate = await roomModule<(url: string) => Promise<string[]>>('infra/src/migrate.ts', 'migrate');
      const migrations = await migrate(backends.postgres.address);
      say(`database at its newest shape, ${migrations.length} migrations run 数据库结构已是最新`);
      await beginTime(backends.postgres.address);
      urls = urlsOf(backends);
      await startApplications(stage.children, urls, folder, secrets);
      if (!values['no-story'] && !stop.asked()) told = await runStory(urls);
    }
    if (stop.asked()) return;
    process.stdout.write(`\n${addresses(backends, urls, folder)}\n\n`);
    if (values.once) await stop.now(told ? 0 : 1);
    else say(`up after ${elapsed()} s; Ctrl-C stops everything 已就绪，Ctrl-C 停止`);
  } catch (error) {
    if (stop.asked()) return;
    const text =
      error instanceof PartUnavailable ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`\n${text}\n`);
    await stop.now(1);
  }
};

await main();
