/** Events. Ownership and control links between parties (O3, O10). */
export const ownershipEvents = {};
