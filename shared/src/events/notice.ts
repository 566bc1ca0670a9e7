/** Events of notices and their delivery. */
export const noticeEvents = {};
