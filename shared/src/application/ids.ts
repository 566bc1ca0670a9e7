/** Numbers of cases and turns. A workflow's id is the number people know the case by. */

/** `<area code>-SQ-<year>-<six digits>`: 使用申请. */
export const applicationNo = (areaCode: string, year: number, sequence: number): string =>
  `${areaCode}-SQ-${year}-${String(sequence).padStart(6, '0')}`;

/** The turn of a body within a case; also the id of its workflow. */
export const turnId = (
  caseNo: string,
  step: 'acceptance' | 'check' | 'review',
  organisation: string,
): string => (step === 'review' ? `${caseNo}/review/${organisation}` : `${caseNo}/${step}`);
