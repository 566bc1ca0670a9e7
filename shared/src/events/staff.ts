/** Events. People who process data (D4). */
export const staffEvents = {};
