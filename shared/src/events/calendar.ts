import { z } from 'zod';
import { Count, Hash, publicEvent } from './define.ts';

/** Events of the statutory calendar. */
export const calendarEvents = {
  'calendar.loaded.v1': publicEvent(
    'catalog',
    '节假日安排已载入',
    'A calendar year or a change of days was loaded',
    {
      years: z.array(z.int().min(1900).max(2999)),
      changes: Count,
      calendarVersion: Hash,
    },
  ),
};
