import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockCites, lockFaults } from '@gongshu/infra/cites';
import { loadPacks, packsDir, readPackFiles } from '@gongshu/infra/packs';
import { PacksRefused, assemblePacks } from '@gongshu/shared/packs/assemble';
import type { Fault } from '@gongshu/shared/packs/parse';
import { diffPacks } from '@gongshu/shared/packs/diff';
import type { ResolvedRule } from '@gongshu/shared/packs/pack';
import { policyOf } from '@gongshu/shared/packs/policies';
import { type RequirementsTable, cellsWithoutTopic, tableFaults } from '@gongshu/shared/packs/table';
import { countTags, measure, printed } from './law-coverage.ts';
import { tableOf } from './requirements-table.ts';
import { tableText } from './table.ts';

/** What a command prints, and whether all is well. */
export type Outcome = { text: string; ok: boolean };

const root = join(import.meta.dirname, '../../..');
const tableFile = join(root, 'tests/packs/requirements-table.json');
const dueFile = join(root, 'tests/packs/due.json');

export const readTable = (): RequirementsTable =>
  JSON.parse(readFileSync(tableFile, 'utf8')) as RequirementsTable;
export const readDue = (): string[] => JSON.parse(readFileSync(dueFile, 'utf8')) as string[];

const shown = ({ file, line, reason }: Fault): string => `${file}:${line} ${reason}`;

/** Finds every cite in the texts of a folder and writes `cites.lock`; refused when one is not found. */
export const cite = ({ sourcesDir, dir = packsDir }: { sourcesDir: string; dir?: string }): Outcome => {
  const { lines, faults, unverified } = lockCites({ sourcesDir, dir });
  const found = lines.filter(({ place }) => place !== null).length;
  return {
    text: [
      `${found} of ${lines.length} cites found`,
      ...unverified.map((instrument) => `unverified, no text held: ${instrument}`),
      ...faults.map(shown),
    ].join('\n'),
    ok: faults.length === 0,
  };
};

/**
 * Every fault of a folder of packs, with file, line and reason: schema, inheritance, ownership, the table of
 * requirements, `cites.lock`, and its places where a folder of texts is given.
 */
export const packFaults = (
  options: { dir?: string; sourcesDir?: string; table?: RequirementsTable } = {},
): Fault[] => {
  const { dir = packsDir, table = readTable() } = options;
  try {
    const { packs, instruments } = assemblePacks(readPackFiles(dir));
    return [
      ...[...packs.values()].flatMap((pack) => tableFaults(pack, table, instruments)),
      ...lockFaults({ ...options, dir }),
    ];
  } catch (error) {
    if (error instanceof PacksRefused) return [...error.faults];
    throw error;
  }
};

/** `packFaults` for people; without faults, the versions. */
export const check = (options: { dir?: string; sourcesDir?: string } = {}): Outcome => {
  const faults = packFaults(options);
  if (faults.length > 0) return { text: faults.map(shown).join('\n'), ok: false };
  const packs = loadPacks(options.dir);
  const lines = packs.jurisdictions.map((name) => {
    const { status, version } = packs.resolve(name);
    return `${name}  ${status}  ${version}`;
  });
  return { text: lines.join('\n'), ok: true };
};

/** Rows × cities: tests, what is missing, or `due`. With the requirements paper, the copied table is compared first. */
export const coverage = ({ requirements }: { requirements?: string } = {}): Outcome => {
  const table = readTable();
  const due = readDue();
  const result = measure(table, loadPacks(), countTags(root), due);
  const faults = [...result.faults];
  for (const pack of assemblePacks(readPackFiles()).packs.values())
    for (const name of cellsWithoutTopic(pack, table).filter((cell) => !due.includes(cell)))
      faults.push(`${name} is filled and no pack speaks of it`);
  if (
    requirements !== undefined &&
    JSON.stringify(tableOf(readFileSync(requirements, 'utf8'))) !== JSON.stringify(table)
  )
    faults.push('the copied table differs from the requirements: gongshu packs table --requirements FILE');
  return { text: printed(table, { ...result, faults }), ok: faults.length === 0 };
};

/** Copies the table out of the requirements paper into the tests. */
export const table = ({ requirements }: { requirements: string }): Outcome => {
  if (!existsSync(requirements)) return { text: `There is no file ${requirements}`, ok: false };
  const rows = tableOf(readFileSync(requirements, 'utf8'));
  writeFileSync(tableFile, `${JSON.stringify(rows, null, 1)}\n`);
  return { text: `${rows.length} rows`, ok: rows.length > 0 };
};

const shownValue = (rule: ResolvedRule | null): string | null => rule && JSON.stringify(rule.value);
const shownBasis = (rule: ResolvedRule | null): string | null =>
  rule && (rule.basis.kind === 'cite' ? rule.basis.article : `（${rule.basis.reading}）`);

/**
 * On what two jurisdictions differ, key by key, in value (`basis`: in the words it rests on too). With `against` the
 * second is read from another folder: an earlier version of the same packs.
 */
export const diff = ({
  a,
  b,
  dir,
  against,
  basis = false,
  json = false,
}: {
  a: string;
  b: string;
  dir?: string;
  against?: string;
  basis?: boolean;
  json?: boolean;
}): Outcome => {
  const packs = loadPacks(dir);
  const others = against === undefined ? packs : loadPacks(against);
  const [one, other] = [policyOf(packs, a), policyOf(others, b)];
  if (!one || !other) {
    const held = one ? others : packs;
    return { text: `The packs are of ${held.jurisdictions.join(', ')}`, ok: false };
  }
  const found = diffPacks(one, other).filter(({ differs }) => basis || differs === 'value');
  if (json) return { text: JSON.stringify(found, null, 2), ok: true };
  if (found.length === 0) return { text: 'No value differs', ok: true };
  const rows = found.map(({ topic, key, differs, a: left, b: right }) => [
    topic,
    key,
    differs,
    shownValue(left),
    shownBasis(left),
    shownValue(right),
    shownBasis(right),
  ]);
  const [first, second] = a === b ? [`${a} now`, `${b} then`] : [a, b];
  const headings = ['topic', 'key', 'differs', first, 'article', second, 'article'];
  return { text: tableText(`${one.title} · ${other.title}`, headings, rows), ok: true };
};
