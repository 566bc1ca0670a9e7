// Design 5: the desk speaks Chinese first: no field of an answer or an event is shown by its name in code.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelOf } from '@gongshu/service-disclosure/desk/words';
import { codeTables } from '@gongshu/shared/code-tables';
import { projectFolder } from '@gongshu/infra/backends/places';

const events = join(projectFolder, 'infra/generated/events');
const files = [
  ...readdirSync(events)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(events, name)),
  ...['catalog', 'registry', 'pricing', 'disclosure'].map((name) =>
    join(projectFolder, `services/${name}/openapi.json`),
  ),
];

const namesIn = (schema: unknown): string[] => {
  if (schema === null || typeof schema !== 'object') return [];
  const { properties } = schema as { properties?: unknown };
  const own = properties !== null && typeof properties === 'object' ? Object.keys(properties) : [];
  return [...own, ...Object.values(schema).flatMap(namesIn)];
};
const withoutWords = (names: Iterable<string>): string[] =>
  [...names].filter((name) => !/\p{Script=Han}/u.test(labelOf(name)));

it('every field of the APIs and of the events has its words', () => {
  const names = new Set(files.flatMap((file) => namesIn(JSON.parse(readFileSync(file, 'utf8')))));
  expect(names.size).toBeGreaterThan(900);
  expect(withoutWords(names)).toEqual([]);
});

it('a field that nobody has words for is found', () => {
  expect(withoutWords(namesIn({ items: [{ properties: { caseNo: {}, unheardOfField: {} } }] }))).toEqual([
    'unheardOfField',
  ]);
});

it('every document is listed with its use in words', () => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8' });
  const sources = git('ls-files', 'services/*.ts', 'infra/src/*.ts', 'activities/src/*.ts')
    .trim()
    .split('\n')
    .filter((name) => !name.includes('.test.'));
  const filedAs =
    /hash[^\n]{0,80}\brole: '(\w+)'|\brole: '(\w+)',? ?(?:pointer|by)|filed\(\w+, '(\w+)'\)|letterRole = '(\w+)'/g;
  const roles = new Set(
    sources.flatMap((name) =>
      [...readFileSync(join(projectFolder, name), 'utf8').matchAll(filedAs)].map(
        ([, ...found]) => found.find((one) => one !== undefined) ?? '',
      ),
    ),
  );
  expect(roles.size).toBeGreaterThan(50);
  const words = codeTables['documentRoles']?.codes ?? {};
  expect([...roles].filter((role) => !Object.hasOwn(words, role))).toEqual([]);
});
