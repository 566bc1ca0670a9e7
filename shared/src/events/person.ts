/** Events of people, their absences and substitutes. */
export const personEvents = {};
