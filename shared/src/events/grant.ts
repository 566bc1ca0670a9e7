/** Events of grants of use, their agreements and accesses. */
export const grantEvents = {};
