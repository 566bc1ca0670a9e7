/** Events. Partners of the operator (M1). */
export const partnerEvents = {};
