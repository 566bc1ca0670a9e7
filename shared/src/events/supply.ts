/** Events of supply of resources to the platform (D1). */
export const supplyEvents = {};
