import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shippedCalendar } from '@gongshu/infra/shipped-calendar';
import { toInstantText } from '@gongshu/shared/business-date';
import { Calendar } from '@gongshu/shared/calendar';
import { previewDeadline } from '@gongshu/shared/clock/preview';
import type { Comparison } from './preview-script.ts';

const node = join(import.meta.dirname, '../../node_modules/.bin/node');
const script = join(import.meta.dirname, 'preview-script.ts');

/** The whole comparison in a process whose own time zone is `zone`. */
const compareIn = async (zone: string, ...args: string[]): Promise<Comparison> => {
  const { stdout } = await promisify(execFile)(node, [script, ...args], {
    env: { ...process.env, TZ: zone },
  });
  return JSON.parse(stdout) as Comparison;
};

describe('the preview equals the oracle for every day 2007–2026 and 1–60 working days', () => {
  it('in processes that live in UTC, Shanghai and Los Angeles', async () => {
    const zones = { UTC: 0, 'Asia/Shanghai': -480, 'America/Los_Angeles': 480 };
    const compared = await Promise.all(Object.keys(zones).map((zone) => compareIn(zone)));
    expect(compared).toEqual(
      Object.values(zones).map((offsetMinutes) => ({
        offsetMinutes,
        asked: 438_300,
        provisional: expect.any(Number),
        differing: 0,
        first: [],
      })),
    );
  }, 90_000);

  it('catches a calendar that takes an unknown year for an ordinary one', async () => {
    const { provisional, differing, first } = await compareIn('UTC', '--ordinary');
    expect(provisional).toBe(0);
    expect(differing).toBeGreaterThan(1000);
    expect(first[0]).toMatchObject({ expected: null, got: expect.stringMatching(/^2027-/) });
  });
});

describe('counted by hand', () => {
  const calendar = new Calendar(shippedCalendar());
  const preview = (from: string, workingDays: number) => {
    const { lastDay, deadline, days } = previewDeadline(calendar, Date.parse(from), workingDays);
    return {
      lastDay,
      deadline: toInstantText(deadline ?? 0),
      counted: days.filter((day) => day.counted).map(({ date }) => date.slice(5)),
      skipped: days.filter((day) => !day.counted).map(({ date }) => date.slice(5)),
    };
  };

  // 2020: free 24 to 30 January by 国办发明电〔2019〕16号; on 26 January 国办发明电〔2020〕1号 made it free to Sunday
  // 2 February, so that Saturday 1 February, until then to be worked, was free and work began on Monday 3 February.
  // Accepted on Tuesday the 21st: Wednesday 22 and Thursday 23 January are one and two, 3 and 4 February three and four.
  it('Spring Festival 2020, as amended', () => {
    expect(preview('2020-01-21T15:00:00+08:00', 4)).toEqual({
      lastDay: '2020-02-04',
      deadline: '2020-02-05T00:00:00+08:00',
      counted: ['01-22', '01-23', '02-03', '02-04'],
      skipped: [
        ...['01-24', '01-25', '01-26', '01-27', '01-28', '01-29', '01-30', '01-31'],
        ...['02-01', '02-02'],
      ],
    });
  });

  // 2025: National Day and Mid-Autumn free from 1 to 8 October; Sunday 28 September and Saturday 11 October are worked.
  // Accepted on Friday 26 September: the 28th, 29th and 30th, then 9, 10 and 11 October; the 12th is a Sunday, the 13th
  // the seventh day.
  it('National Day 2025', () => {
    expect(preview('2025-09-26T09:00:00+08:00', 7)).toEqual({
      lastDay: '2025-10-13',
      deadline: '2025-10-14T00:00:00+08:00',
      counted: ['09-28', '09-29', '09-30', '10-09', '10-10', '10-11', '10-13'],
      skipped: ['09-27', '10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07', '10-08', '10-12'],
    });
  });

  // Sunday 7 April 2024 is worked for the Qingming days, 4 to 6 April. Accepted on Wednesday the 3rd: it is day one.
  it('a working weekend day', () => {
    expect(preview('2024-04-03T10:00:00+08:00', 1)).toEqual({
      lastDay: '2024-04-07',
      deadline: '2024-04-08T00:00:00+08:00',
      counted: ['04-07'],
      skipped: ['04-04', '04-05', '04-06'],
    });
  });

  // Accepted on Thursday 2 May 2024, in the Labour Day holiday (1 to 5 May): Monday the 6th is day one, Friday the 10th
  // day five, Saturday the 11th is worked for the holiday and is day six.
  it('acceptance on a holiday', () => {
    expect(preview('2024-05-02T10:00:00+08:00', 6)).toEqual({
      lastDay: '2024-05-11',
      deadline: '2024-05-12T00:00:00+08:00',
      counted: ['05-06', '05-07', '05-08', '05-09', '05-10', '05-11'],
      skipped: ['05-03', '05-04', '05-05'],
    });
  });

  // Monday 3 March 2025, a minute before midnight: still the 3rd, so Tuesday is day one and the fifth is Monday the
  // 10th; a minute later it is the 4th, and the fifth day is Tuesday the 11th.
  it('acceptance at 23:59', () => {
    expect(preview('2025-03-03T23:59:00+08:00', 5)).toMatchObject({
      lastDay: '2025-03-10',
      counted: ['03-04', '03-05', '03-06', '03-07', '03-10'],
    });
    expect(preview('2025-03-04T00:00:00+08:00', 5).lastDay).toBe('2025-03-11');
    expect(preview('2025-03-03T15:59:00Z', 5).lastDay).toBe('2025-03-10');
  });
});
