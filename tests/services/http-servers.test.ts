import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestDatabase, testDatabase, testKafka } from '../support/parts.ts';

const project = join(import.meta.dirname, '..', '..');

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

const textOf = async (stream: NodeJS.ReadableStream | null): Promise<string> => {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
};

describe.each(['registry', 'pricing', 'disclosure'])('the process of %s', (service) => {
  let database: TestDatabase;
  let brokers: string[];
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    database = await testDatabase();
    ({ brokers } = await testKafka());
  }, 60_000); // the run's first use of Kafka starts it
  afterAll(async () => {
    child?.kill('SIGKILL');
    await database.drop();
  });

  const begin = (env: NodeJS.ProcessEnv): ChildProcess =>
    spawn(
      process.execPath,
      ['--disable-warning=TimeoutNegativeWarning', join(project, 'services', service, 'src', 'server.ts')],
      {
        env: { ...env, GONGSHU_MODE: 'development', GONGSHU_ISSUER_URL: 'http://127.0.0.1:1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );

  it('listens, is ready on its database, and stops in order on SIGTERM', async () => {
    const port = await freePort();
    child = begin({
      GONGSHU_DATABASE_URL: database.url,
      GONGSHU_KAFKA_BROKERS: brokers.join(),
      // Away: nothing is handed on here.
      GONGSHU_TEMPORAL_ADDRESS: '127.0.0.1:1',
      GONGSHU_PORT: String(port),
    });
    const said = textOf(child.stdout);
    const failed = textOf(child.stderr);
    let ready: Response | undefined;
    while (!ready && child.exitCode === null) {
      ready = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
      if (!ready) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const answer = await ready?.json();
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    expect([answer, child.exitCode, await failed]).toEqual([
      { status: 'ok', checks: { database: 'ok' } },
      0,
      '',
    ]);
    expect(await said).toMatch(/"msg":"listening"[\s\S]*"msg":"stopping"/);
  }, 30_000);

  it('says in a sentence each what its environment lacks', async () => {
    const refused = begin({});
    const [said, [code]] = await Promise.all([textOf(refused.stderr), once(refused, 'exit')]);
    expect([code, said]).toEqual([
      1,
      expect.stringMatching(/^GONGSHU_DATABASE_URL is not set; .*\nGONGSHU_PORT is not set; .*\n$/),
    ]);
  });
});
