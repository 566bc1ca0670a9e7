// Design 5: the desk speaks Chinese first: no field of an answer or an event is shown by its name in code.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelOf } from '@gongshu/service-disclosure/desk/words';
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
