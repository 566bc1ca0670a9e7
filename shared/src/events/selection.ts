/** Events. Selection of the operator (O1–O4). */
export const selectionEvents = {};
