import { z } from 'zod';

/** A body's id: letters, digits, `_`, `.` and `-`, so that it may stand in an address, an event and a number of ours. */
export const OrganisationId = z.string().regex(/^[\w.-]{1,80}$/);
