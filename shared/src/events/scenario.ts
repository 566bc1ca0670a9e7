/** Events. Scenarios before data is asked for (A0). */
export const scenarioEvents = {};
