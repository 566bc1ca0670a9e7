// Every property, asked in a process of its own; the outcome by name, as JSON. See invariants.test.ts.
import { checked, properties } from './properties.ts';

const outcomes = Object.fromEntries(
  Object.entries(properties).map(([name, property]) => [name, checked(property)]),
);
process.stdout.write(JSON.stringify(outcomes));
