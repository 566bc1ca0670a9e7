import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHome } from '@gongshu/infra/backends/account';
import { ensureFolder } from '@gongshu/infra/backends/places';
import { freePort } from '@gongshu/infra/backends/ports';
import { withClient } from '@gongshu/infra/backends/postgres-database';
import { identityOf } from '@gongshu/infra/backends/process-identity';
import { ownFolderName, testFolder } from '../support/test-folder.ts';

const root = join(import.meta.dirname, '../..');
const variables = ['POSTGRES', 'TEMPORAL', 'TEMPORAL_UI', 'KAFKA', 'KAFKA_CONTROLLER'];

type Process = { name: string; pid: number; identity: string };
type Started = {
  starter: ChildProcess;
  said: () => string;
  supervisor: Process;
  children: Process[];
  code: Promise<number | null>;
};

describe('npm start leaves nothing behind', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const starters: ChildProcess[] = [];
  const survived: string[] = []; // rows committed before each end; each start must find them all

  beforeAll(async () => {
    folder = ensureFolder(join(testFolder, ownFolderName('start')));
    env = { ...process.env, GONGSHU_DATA_DIR: folder };
    for (const name of ['GONGSHU_DATABASE_URL', 'GONGSHU_TEMPORAL_ADDRESS', 'GONGSHU_KAFKA_BROKERS'])
      delete env[name];
    for (const name of variables) env[`GONGSHU_${name}_PORT`] = String(await freePort());
  });

  afterAll(() => {
    for (const starter of starters) starter.kill('SIGTERM');
    for (const home of [folder, openHome(folder)])
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  const launch = (more: NodeJS.ProcessEnv = {}) => {
    const starter = spawn('npm', ['start', '--', '--only', 'backends'], {
      cwd: root,
      detached: true, // a terminal of its own, as it were: Ctrl-C goes to this group
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    starters.push(starter);
    let text = '';
    for (const stream of [starter.stdout, starter.stderr])
      stream?.on('data', (chunk) => {
        text += chunk;
      });
    const code = new Promise<number | null>((done) => starter.once('exit', (exit) => done(exit)));
    return { starter, code, said: () => text };
  };

  const started = async (): Promise<Started> => {
    const begun = launch();
    let ended = false;
    void begun.code.then(() => {
      ended = true;
    });
    while (!begun.said().includes('Ctrl-C stops everything')) {
      if (ended) throw new Error(`npm start ended: ${begun.said()}`);
      await sleep(100);
    }
    const { children, ...supervisor } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'));
    return { ...begun, supervisor, children };
  };

  const gone = async (processes: Process[]): Promise<number> => {
    const begun = performance.now();
    while (processes.some(({ pid, identity }) => identityOf(pid) === identity)) await sleep(50);
    return performance.now() - begun;
  };

  const database = async (query: string): Promise<Record<string, unknown>[]> => {
    const { databasePassword } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'));
    const url = `postgres://gongshu:${databasePassword}@127.0.0.1:${env['GONGSHU_POSTGRES_PORT']}/gongshu`;
    return await withClient(url, async (client) => (await client.query(query)).rows);
  };

  it.each([
    {
      event: 'SIGTERM to npm',
      act: ({ starter }: Started) => starter.kill('SIGTERM'),
      code: 0,
      orderly: true,
    },
    {
      event: 'Ctrl-C',
      act: ({ starter }: Started) => process.kill(-(starter.pid as number), 'SIGINT'),
      code: 0,
      orderly: true,
    },
    {
      event: 'kill -9 of npm',
      act: ({ starter }: Started) => starter.kill('SIGKILL'),
      code: null,
      orderly: true,
    },
    {
      event: 'kill -9 of the supervisor',
      act: ({ supervisor }: Started) => process.kill(supervisor.pid, 'SIGKILL'),
      code: 1,
      orderly: false,
    },
  ])(
    'after $event every process is gone, and the next start finds what was committed',
    async ({ event, act, code, orderly }) => {
      const begun = performance.now();
      const run = await started();
      const upAfter = performance.now() - begun;
      expect(run.children.map(({ name }) => name).sort()).toEqual(['Kafka', 'PostgreSQL', 'Temporal']);
      await database('create table if not exists kept (event text)');
      expect(await database('select event from kept')).toEqual(survived.map((one) => ({ event: one })));
      await database(`insert into kept values ('${event}')`);
      survived.push(event);
      act(run);
      const goneAfter = await gone([run.supervisor, ...run.children]);
      process.stdout.write(
        `${event}: up ${(upAfter / 1000).toFixed(1)} s, gone ${(goneAfter / 1000).toFixed(1)} s\n`,
      );
      expect(goneAfter).toBeLessThan(15_000);
      expect(await run.code).toBe(code);
      expect(existsSync(join(folder, 'running.json'))).toBe(!orderly);
    },
    120_000,
  );

  it('a second start on the same data is refused in one sentence', async () => {
    const first = await started();
    expect(await database('select event from kept')).toEqual(survived.map((event) => ({ event })));
    const second = launch();
    expect(await second.code).toBe(1);
    expect(second.said()).toContain(`Gongshu is running on ${folder} since`);
    expect(second.said()).toContain(`kill ${first.supervisor.pid}`);
    first.starter.kill('SIGTERM');
    await gone([first.supervisor, ...first.children]);
  }, 60_000);

  it('a port in use is named, with what to do', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    const refused = launch({ GONGSHU_POSTGRES_PORT: String(port) });
    expect(await refused.code).toBe(1);
    expect(refused.said()).toContain(`Port ${port}, needed for PostgreSQL, is in use by another program`);
    expect(refused.said()).toContain('GONGSHU_POSTGRES_PORT=');
    expect(refused.said()).not.toContain('    at ');
    other.close();
  }, 60_000);

  it('a backend that does not answer at the address given is named', async () => {
    const port = await freePort();
    const refused = launch({ GONGSHU_KAFKA_BROKERS: `127.0.0.1:${port}` });
    expect(await refused.code).toBe(1);
    expect(refused.said()).toContain(`Kafka does not answer at GONGSHU_KAFKA_BROKERS (127.0.0.1:${port})`);
    expect(existsSync(join(folder, 'running.json'))).toBe(false);
  }, 60_000);
});
