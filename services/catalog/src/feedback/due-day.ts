import { addDays, businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';

/** As far ahead as a day can be named by which something is to be done: no text sets one, a slip of the year is none. */
const farthestDays = 3 * 366;

/** Throws `dateOutside` (422) at `/body/due` for a day more than three years from now; the past is the machine's to refuse. */
export const mustBeNear = (due: string, now: Date): void => {
  const from = businessDateOf(now.getTime());
  const until = addDays(from, farthestDays);
  if (due > until)
    throw problem('dateOutside', {
      params: { from, until },
      errors: [
        {
          ...{ pointer: '/body/due', code: 'dateOutside' },
          message: { zh: '日期过远', en: 'The day is too far ahead' },
        },
      ],
    });
};
