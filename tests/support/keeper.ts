// The keeper of the tests' real parts: one process a run, that starts each part when it is first asked for and stops
// all when its standard input closes, that is when the run ends, however it ends. Many test files, many workers and
// several jest runs may share one: GONGSHU_TEST_KEEPER carries its address.
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openHome } from '@gongshu/infra/backends/account';
import { createChildren } from '@gongshu/infra/backends/children';
import { startKafka } from '@gongshu/infra/backends/kafka';
import { dockerWish } from '@gongshu/infra/backends/options';
import { type Part, reason } from '@gongshu/infra/backends/part';
import { freePort } from '@gongshu/infra/backends/ports';
import { startPostgres } from '@gongshu/infra/backends/postgres';
import { startTemporal } from '@gongshu/infra/backends/temporal';
import { timeSkippingServerPath } from '@gongshu/infra/backends/test-server';
import { makeTemplate } from './template.ts';
import { leftFolders, ownFolderName, testFolder } from './test-folder.ts';
import { bundleWorkflows } from './workflow-bundle.ts';

const forget = (folder: string) => {
  for (const home of [folder, openHome(folder)])
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
};

for (const left of leftFolders()) forget(left);
const folder = join(testFolder, ownFolderName('run'));
mkdirSync(folder, { recursive: true });
const children = createChildren();
const say = (line: string) => process.stderr.write(`${line}\n`);
const options = { children, folder, say, docker: dockerWish() };
const parts: Part[] = [];

/** An address in the environment is for `npm start`; tests clone, drop and stop, so they have parts of their own. */
for (const name of ['GONGSHU_DATABASE_URL', 'GONGSHU_TEMPORAL_ADDRESS', 'GONGSHU_KAFKA_BROKERS']) {
  const own = process.env[name.replace('GONGSHU_', 'GONGSHU_TEST_')];
  if (own) process.env[name] = own;
  else delete process.env[name];
}

const begun = async (starting: Promise<Part>): Promise<Part> => {
  const part = await starting;
  parts.push(part);
  return part;
};

const providers: Record<string, () => Promise<Record<string, string>>> = {
  postgres: async () => {
    const password = randomBytes(12).toString('hex');
    const port = await freePort();
    const { address } = await begun(startPostgres({ ...options, port, password, fast: true }));
    return { url: address, template: await makeTemplate(address) };
  },
  kafka: async () => {
    const [port, controllerPort] = [await freePort(), await freePort()];
    return { brokers: (await begun(startKafka({ ...options, port, controllerPort, keep: false }))).address };
  },
  temporal: async () => {
    const [port, uiPort] = [await freePort(), await freePort()];
    const { address, page } = await begun(startTemporal({ ...options, port, uiPort, keep: false }));
    return { address, ...(page ? { page } : {}) };
  },
  timeskipping: async () => {
    const path = await timeSkippingServerPath(say);
    return path ? { path } : {};
  },
  bundle: async () => ({ path: await bundleWorkflows(folder) }),
};

const given = new Map<string, Promise<Record<string, string>>>();

const server = createServer((request, response) => {
  response.setHeader('connection', 'close'); // a busy test would ask again on a connection that has been idle too long
  const name = request.url?.slice(1) ?? '';
  const provide = providers[name];
  if (!provide) {
    response.writeHead(404).end();
    return;
  }
  const answer = given.get(name) ?? provide();
  given.set(name, answer);
  answer.then(
    (body) => response.end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(503).end(JSON.stringify({ sentence: reason(error) })),
  );
});

let stopping = false;
const stopAll = async () => {
  if (stopping) return;
  stopping = true;
  server.close();
  server.closeAllConnections();
  for (const part of parts.reverse()) await part.stop().catch(() => {});
  await children.stopAll();
  forget(folder);
  process.exit(0);
};

const stop = () => void stopAll();
process.stdin.on('end', stop).on('close', stop).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {}); // the run's end stops us
children.onGuardLost(stop);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
