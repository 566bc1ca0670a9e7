/**
 * Records the replay corpus anew: `node tests/replay/record.ts` plays tests/workflows and keeps the history of every
 * path, each shape of a turn once. A released version's folder is never recorded over: its histories still run.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '@gongshu/infra/backends/places';

type Event = {
  eventType: string;
  activityTaskScheduledEventAttributes?: { activityType?: { name?: string } };
  workflowExecutionUpdateAcceptedEventAttributes?: { acceptedRequest?: { input?: { name?: string } } };
  workflowExecutionStartedEventAttributes?: { workflowType?: { name?: string } };
};
type History = { events: Event[] };

/** What an event says of the code that it replays: a procedure's acts all run the same activity, and differ by their update. */
const nameOf = (event: Event): string =>
  event.workflowExecutionStartedEventAttributes?.workflowType?.name ??
  event.activityTaskScheduledEventAttributes?.activityType?.name ??
  event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name ??
  event.eventType;

/** Two histories of one shape replay the same code in the same order. */
const shapeOf = ({ events }: History): string => events.map(nameOf).join(' ');

/** Gathered by a run of the tests with GONGSHU_RECORD_HISTORIES set, where a folder is given; else played now. */
const [given] = process.argv.slice(2);
const gathered = given ?? join(projectFolder, '.cache/histories');
if (given === undefined) {
  rmSync(gathered, { recursive: true, force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      join(projectFolder, 'node_modules/jest/bin/jest.js'),
      '-i',
      'tests/workflows',
      '--testPathIgnorePatterns',
      'sabotage',
    ],
    {
      cwd: projectFolder,
      stdio: 'inherit',
      env: { ...process.env, GONGSHU_RECORD_HISTORIES: gathered },
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}

const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
  version: string;
};
const corpus = join(projectFolder, 'workflows/histories', version);
rmSync(corpus, { recursive: true, force: true });
mkdirSync(corpus, { recursive: true });
const seen = new Set<string>();
for (const path of readdirSync(gathered).sort()) {
  const workflows = readdirSync(join(gathered, path))
    .sort()
    .map((file) => ({
      workflow: file.slice(0, -'.json'.length),
      history: JSON.parse(readFileSync(join(gathered, path, file), 'utf8')) as History,
    }))
    .filter(({ history }) => {
      const shape = shapeOf(history);
      return !seen.has(shape) && seen.add(shape);
    });
  if (workflows.length > 0) writeFileSync(join(corpus, `${path}.json`), `${JSON.stringify(workflows)}\n`);
}
rmSync(gathered, { recursive: true, force: true });
