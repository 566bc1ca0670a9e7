/** Events of merchants: enrolled, suspended, restored, exited. */
export const merchantEvents = {};
