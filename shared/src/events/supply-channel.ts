/** Events. Channels that stood before (O11). */
export const supplyChannelEvents = {};
