import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Answer, Period } from './period.ts';

export type Scenario = { id: string; features: string[]; period: Period };

const read = (name: string): unknown =>
  JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, name))).toString());

/** The committed questions of make_price_scenarios.py; see `isPlain` for what the type says of them. */
export const scenariosOfOracle = (): Scenario[] => read('pricing-scenarios.json.gz') as Scenario[];

const loose = new Set(['left_out', 'json_numbers', 'fine_quantities', 'no_ceiling']);
/** Whether a period says everything in the form that `Period` has: rates as text, whole quantities, nothing left out. */
export const isPlain = ({ features }: Scenario): boolean => !features.some((name) => loose.has(name));

/** The committed answers of price_oracle.py, by the scenario's id. */
export const answersByOracle = (): Record<string, Answer> =>
  read('pricing-answers.json.gz') as Record<string, Answer>;
