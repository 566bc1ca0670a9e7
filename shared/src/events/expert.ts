/** Events. Pool of experts and the standing committee (O3, X3). */
export const expertEvents = {};
