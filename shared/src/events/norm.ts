/** Events of norms that must stand before work starts (M2). */
export const normEvents = {};
