import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type PlayedStep, type Scenario, ScenarioFile } from '@gongshu/shared/clock/scenario';

const read = (file: string): unknown =>
  JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, file))).toString());

/** How many of the scenarios are written by hand; they stand first, the random ones after them. */
export const writtenByHand = 122;

/** The committed scenarios, through the schema that `gongshu clock play` reads a file by. */
export const readScenarios = (): Scenario[] => ScenarioFile.parse(read('clock-scenarios.json.gz'));

/** The oracle's answers by scenario; before acceptance it calls nothing provisional. */
export const readClockAnswers = (): Record<string, PlayedStep[]> => {
  const answers = read('clock-answers.json.gz') as Record<
    string,
    (Omit<PlayedStep, 'provisional'> & { provisional: boolean | null })[]
  >;
  return Object.fromEntries(
    Object.entries(answers).map(([name, steps]) => [
      name,
      steps.map((step) => ({ ...step, provisional: step.provisional ?? false })),
    ]),
  );
};
