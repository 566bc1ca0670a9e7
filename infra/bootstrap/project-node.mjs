// Runs on the machine's own Node (20 or later) with built-ins alone: brings the dependencies, then hands over to the
// project's Node 24, which stands in node_modules.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const node = join(root, 'node_modules/.bin/node');
const marker = join(root, 'node_modules/.gongshu-installed');
const pnpm = 'pnpm@12.21.0';
const begun = Date.now();

const say = (line) => console.log(`[${((Date.now() - begun) / 1000).toFixed(1).padStart(5)} s] ${line}`);

const stopWith = (sentence) => {
  console.error(`\n${sentence}`);
  process.exit(1);
};

/** Changes whenever the lock file or a package.json does. */
const wanted = () => {
  const hash = createHash('sha256');
  const folders = ['.', 'workflows', 'activities', 'shared', 'infra', 'infra/cli', 'tests'];
  for (const service of readdirSync(join(root, 'services'))) folders.push(join('services', service));
  const files = folders.map((folder) => join(root, folder, 'package.json'));
  for (const file of [...files, join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml')])
    if (existsSync(file)) hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex');
};

const installed = () => existsSync(node) && existsSync(marker) && readFileSync(marker, 'utf8') === wanted();

/**
 * The ways to run pnpm; an own one only when it is new enough for this workspace.
 * @returns {{ command: string, before: string[] }[]}
 */
const ways = () => {
  const asked = spawnSync('pnpm', ['--version'], { cwd: '/', encoding: 'utf8' });
  const major = asked.status === 0 ? Number.parseInt(asked.stdout, 10) : 0;
  const npx = { command: 'npx', before: ['-y', pnpm] };
  const own = major >= 12 ? [{ command: 'pnpm', before: [] }] : [];
  return [...own, npx, npx, { command: 'corepack', before: [pnpm] }];
};

const attempt = (command, args) =>
  new Promise((done) => {
    let said = '';
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk) => {
      said = (said + chunk).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => done(error.message));
    child.once('close', (code, signal) =>
      done(code === 0 ? undefined : said.trim() || `ended with ${signal ?? code}`),
    );
  });

const install = async () => {
  if (installed()) return;
  let failed;
  for (const { command, before } of ways()) {
    say(`installing dependencies with ${command} 安装依赖`);
    const waiting = setInterval(() => say('still installing 仍在安装'), 10_000);
    failed = await attempt(command, [...before, 'install', '--frozen-lockfile']);
    clearInterval(waiting);
    if (!failed) break;
    say(`that did not work 未成功: ${failed.split('\n').filter(Boolean).at(-1)}`);
  }
  if (failed || !existsSync(node))
    stopWith(
      `The dependencies could not be installed: ${(failed ?? 'no Node 24 in node_modules').split('\n').filter(Boolean).slice(-3).join(' ')}\nCheck that npm reaches its registry (npm ping), then run: npx -y ${pnpm} install`,
    );
  writeFileSync(marker, wanted());
  say('dependencies installed 依赖已就绪');
};

const tell = (child, signal) => {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
};

/**
 * Installs when needed, runs `file` on Node 24 in the same process group, and ends with its exit code. Ctrl-C
 * reaches it from the terminal; TERM, HUP and the death of whoever started us are passed on.
 */
export const runOnProjectNode = async (file, args = process.argv.slice(2)) => {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20)
    stopWith(`Gongshu needs Node 20 or later and this is ${process.version}; install a newer Node.`);
  if (process.platform === 'win32')
    stopWith('Gongshu runs on Linux and macOS; on Windows run it inside WSL 2.');
  const parent = process.ppid;
  await install();
  const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`;
  const child = spawn(node, ['--disable-warning=TimeoutNegativeWarning', join(root, file), ...args], {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, PATH: path, GONGSHU_BEGUN: String(begun) },
  });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => tell(child, signal));
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    tell(child, 'SIGTERM');
  }, 500);
  child.once('error', (error) => stopWith(`Node 24 in node_modules does not run: ${error.message}`));
  child.once('exit', (code, signal) => {
    clearInterval(watch);
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
};
