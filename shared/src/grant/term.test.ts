import { beginsOn, isWithin, shortened, termDues } from './term.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);

describe('what falls due in a grant’s term', () => {
  it('is told thirty and five days before its last day, and ends at 24:00 of it', () => {
    expect(termDues('2025-06-30', [30, 5], at('2024-07-01T00:00'))).toEqual([
      { kind: 'warning', at: at('2025-05-31T09:00'), daysLeft: 30 },
      { kind: 'warning', at: at('2025-06-25T09:00'), daysLeft: 5 },
      { kind: 'expiry', at: at('2025-07-01T00:00'), daysLeft: 0 },
    ]);
  });

  it('leaves out a warning whose time lay before the grant was made', () => {
    expect(termDues('2025-06-30', [30, 5], at('2025-06-01T10:00')).map(({ daysLeft }) => daysLeft)).toEqual([
      5, 0,
    ]);
  });
});

describe('the term of a grant', () => {
  const approved = { from: '2024-07-01', until: '2029-06-30' };

  it('is shortened by the strictest condition and never prolonged by one', () => {
    expect(shortened(approved, ['2026-12-31', undefined, '2025-06-30']).until).toBe('2025-06-30');
    expect(shortened(approved, ['2035-01-01']).until).toBe('2029-06-30');
  });

  it.each([
    ['within', '2024-07-01', '2029-06-30', true],
    ['beginning before', '2024-06-30', '2029-06-30', false],
    ['ending after', '2024-07-01', '2029-07-01', false],
    ['turned round', '2025-02-01', '2025-01-31', false],
  ])('%s', (_name, from, until, within) => {
    expect(isWithin({ from, until }, approved)).toBe(within);
  });

  it.each([
    ['a first grant as agreed', '2024-07-01', null, '2024-08-01', '2024-07-01'],
    ['a renewal after the old one’s last day', '2024-07-01', '2025-06-30', '2025-06-01', '2025-07-01'],
    ['a renewal signed later, on that day', '2024-07-01', '2025-06-30', '2025-07-10', '2025-07-10'],
    ['a renewal agreed for later still', '2025-09-01', '2025-06-30', '2025-07-10', '2025-09-01'],
  ])('begins: %s', (_name, agreed, old, signed, begins) => {
    expect(beginsOn(agreed, old, signed)).toBe(begins);
  });
});
