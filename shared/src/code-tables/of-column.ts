/** From which code tables the values of a column, or under a name, may be in what is published (S1–S3). */
export const tablesOfColumn: Readonly<Record<string, readonly string[]>> = {
  item: ['disclosureItems'],
  unit: ['chargeUnits'],
  class: ['productClasses', 'customerClasses'],
  purpose: ['productPurposes'],
  kind: ['serviceFeeKinds'],
  mode: ['selectionModes', 'mandateModes'],
  part: ['disclosureParts'],
  state: ['itemStates', 'mandateStates'],
  ground: ['itemGrounds'],
  outcome: ['evaluationOutcomes'],
  indicator: ['evaluationIndicators'],
};
