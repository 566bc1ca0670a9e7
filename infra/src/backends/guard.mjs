// Outlives whoever started it by a few seconds: when its pipe closes, for whatever reason, it ends every process
// group it was told of. Lines: "+<pid> <signal>" to watch a group and how to end it, "-<pid>" to forget it.
import { createInterface } from 'node:readline';

const groups = new Map();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

const kill = (choose) => {
  for (const [group, signal] of groups) {
    try {
      process.kill(-group, choose(signal));
    } catch (error) {
      if (error.code === 'ESRCH') groups.delete(group);
    }
  }
};

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [pid, signal] = line.slice(1).split(' ');
    if (line[0] === '+') groups.set(Number(pid), signal);
    else groups.delete(Number(pid));
  })
  .on('close', () => void end());

const end = async () => {
  kill((signal) => signal);
  for (let i = 0; i < 80 && groups.size; i++) {
    await new Promise((done) => setTimeout(done, 100));
    kill(() => 0);
  }
  kill(() => 'SIGKILL');
  process.exit(0);
};
