import {
  addDays,
  businessDateOf,
  fromEpochDay,
  isBusinessDate,
  isWeekend,
  toEpochDay,
} from './business-date.ts';

describe('business dates', () => {
  it('are the same days as the machine’s own calendar, 1900 to 2999', () => {
    const first = Date.UTC(1900, 0, 1) / 86_400_000;
    for (let day = first, date = '1900-01-01'; day < first + 401_766; day += 97, date = addDays(date, 97)) {
      const machine = new Date(day * 86_400_000);
      expect([fromEpochDay(day), toEpochDay(date), isWeekend(date)]).toEqual([
        machine.toISOString().slice(0, 10),
        day,
        [0, 6].includes(machine.getUTCDay()),
      ]);
    }
  });

  it.each([
    '2025-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-04-31',
    '2025-1-1',
    '1899-12-31',
    '3000-01-01',
    'today',
    '',
  ])('%s is none', (text) => {
    expect(isBusinessDate(text)).toBe(false);
  });

  it('change at midnight in Shanghai', () => {
    expect(businessDateOf(Date.parse('2025-03-03T23:59:59.999+08:00'))).toBe('2025-03-03');
    expect(businessDateOf(Date.parse('2025-03-04T00:00:00+08:00'))).toBe('2025-03-04');
  });
});
