/** Events. Packages filed with a body above (P2, O7). */
export const filingEvents = {};
