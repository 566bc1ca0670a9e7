import { join } from 'node:path';
import { projectFolder } from '../backends/places.ts';
import { checkCompose } from './compose-check.ts';

const bin = (name: string) => join(projectFolder, 'node_modules/.bin', name);

/** A check counts as one test: it passes, or says why not. */
export type CheckGroup = {
  name: string;
  check: { command: string; args: string[] } | (() => Promise<string[]>);
};
/** A folder of jest tests; `folders` are patterns of paths below the checkout. */
export type JestGroup = {
  name: string;
  folders: string[];
  /** Parts begun before its first test (see tests/support/global-setup.ts); the others come when first used. */
  parts: string[];
  /** How many files run side by side; the machine of a small city has two cores. */
  workers: number;
  /** `light`: workflows run without the SDK's aids (see tests/support/light-sandbox.cjs). */
  sandbox?: 'light';
};
export type Group = CheckGroup | JestGroup;

/** Everything `npm test` runs, in this order: what fails fastest and cheapest first. */
export const groups: readonly Group[] = [
  { name: 'format', check: { command: bin('biome'), args: ['format', '.'] } },
  { name: 'typecheck', check: { command: bin('tsc'), args: ['-p', 'tsconfig.json'] } },
  { name: 'lint', check: { command: bin('oxlint'), args: ['--type-aware'] } },
  { name: 'compose', check: checkCompose },
  {
    name: 'pure',
    folders: [
      'shared/src',
      'infra/src',
      'infra/cli',
      'infra/sample-city',
      'services/[a-z]+/src',
      'activities/src',
      'workflows/src',
    ],
    parts: [],
    workers: 2,
  },
  { name: 'parts', folders: ['tests/support'], parts: [], workers: 1 },
  { name: 'packs', folders: ['tests/packs'], parts: [], workers: 2 },
  { name: 'oracle', folders: ['tests/oracle'], parts: [], workers: 2 },
  { name: 'egress', folders: ['tests/egress'], parts: [], workers: 2 },
  {
    name: 'workflows',
    folders: ['tests/workflows'],
    parts: ['timeskipping', 'bundle'],
    workers: 2,
    sandbox: 'light',
  },
  { name: 'services', folders: ['tests/services'], parts: ['postgres'], workers: 2 },
  // A browser and the services behind its pages: one file at a time fills two cores.
  { name: 'pages', folders: ['tests/pages'], parts: ['postgres'], workers: 1 },
  { name: 'replay', folders: ['tests/replay'], parts: ['bundle'], workers: 1, sandbox: 'light' },
  // Whole installations begin and are killed here: beside one another on two cores a worker’s start takes over a minute.
  { name: 'faults', folders: ['tests/faults'], parts: ['postgres', 'kafka', 'temporal'], workers: 1 },
  // A journey takes its Temporal and its Kafka away and brings them back, so it starts its own.
  { name: 'journeys', folders: ['tests/journeys'], parts: ['postgres'], workers: 2 },
];
