#!/usr/bin/env node
// Any Node from 20 on starts this; the work itself is done by the project's own Node 24, which reads TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..', '..');
const node = join(project, 'node_modules', '.bin', 'node');
if (!existsSync(node)) {
  process.stderr.write('gongshu is not set up yet; run: npm start\n');
  process.exit(1);
}
const main = join(here, '..', 'src', 'main.ts');
const quiet = ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'];
const child = spawn(node, [...quiet, main, ...process.argv.slice(2)], { stdio: 'inherit' });
// The terminal's Ctrl-C reaches the child by itself; TERM and HUP are for this process and go on.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`gongshu cannot start ${node}: ${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
