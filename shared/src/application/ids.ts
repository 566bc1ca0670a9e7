/** Numbers of cases and turns. A workflow's id is the number people know the case by. */

/** `<area code>-SQ-<year>-<six digits>`: 使用申请. */
export const applicationNo = (areaCode: string, year: number, sequence: number): string =>
  `${areaCode}-SQ-${year}-${String(sequence).padStart(6, '0')}`;

/** `<area code>-RZ-<year>-<six digits>`: 进驻. */
export const onboardingNo = (areaCode: string, year: number, sequence: number): string =>
  `${areaCode}-RZ-${year}-${String(sequence).padStart(6, '0')}`;

/** `<area code>-XY-<year>-<six digits>`: 开发利用协议. */
export const agreementNo = (areaCode: string, year: number, sequence: number): string =>
  `${areaCode}-XY-${year}-${String(sequence).padStart(6, '0')}`;

/** `<area code>-SY-<year>-<six digits>`: 使用授权; also the id of the workflow that watches its term. */
export const grantNo = (areaCode: string, year: number, sequence: number): string =>
  `${areaCode}-SY-${year}-${String(sequence).padStart(6, '0')}`;

/** `<area code>-GS-<year>-<six digits>`: 供数. */
export const supplyNo = (areaCode: string, year: number, sequence: number): string =>
  `${areaCode}-GS-${year}-${String(sequence).padStart(6, '0')}`;

/** The turn of a body within a case; also the id of its workflow. */
export const turnId = (
  caseNo: string,
  step: 'acceptance' | 'check' | 'review',
  organisation: string,
): string => (step === 'review' ? `${caseNo}/review/${organisation}` : `${caseNo}/${step}`);
