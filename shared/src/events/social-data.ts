/** Events. Social data brought in (D3). */
export const socialDataEvents = {};
