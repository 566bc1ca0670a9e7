/**
 * Scenarios in which this product reads an open point otherwise than the oracle, with our reading. The list only
 * shrinks: everything else must be equal, step for step.
 */
export const knownDifferences: Readonly<Record<string, string>> = {
  'single-day-in-an-unknown-year': 'a local closure told before the notice stands when the notice comes',
  'random-1533': 'the day of resubmission is not counted, so at least one day follows it',
};
