/** Names that services and workflows must agree on: updates, signals, search attributes. */

/** The update an act reaches its workflow as, by the act's name in the intake. */
export const updateNames = {
  recordDecision: 'recordDecision',
  returnForCorrection: 'returnForCorrection',
  resubmit: 'resubmit',
  requestExtension: 'requestExtension',
  grantExtension: 'grantExtension',
  refuseExtension: 'refuseExtension',
  withdrawApplication: 'withdraw',
} as const;

/** The acts that reach a workflow as an update. */
export type UpdateAct = keyof typeof updateNames;
export const isUpdateAct = (act: string): act is UpdateAct => Object.hasOwn(updateNames, act);

export const signalNames = {
  calendarChanged: 'calendarChanged',
  lawTimeMoved: 'lawTimeMoved',
  /** A grant was ended, suspended or restored by an act. */
  grantChanged: 'grantChanged',
  /** A body's work went to its successor: merged or renamed. */
  bodySucceeded: 'bodySucceeded',
} as const;

/** Search attributes of every workflow, as the operations people filter by them. */
export const searchAttributeNames = {
  jurisdiction: 'GongshuJurisdiction',
  kind: 'GongshuKind',
  stage: 'GongshuStage',
  organisation: 'GongshuOrganisation',
  caseNo: 'GongshuCaseNo',
  dueAt: 'GongshuDueAt',
  silence: 'GongshuSilence',
} as const;
