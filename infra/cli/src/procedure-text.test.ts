import { procedureOf, procedureTables } from './procedure-text.ts';

it.each([
  ['640500-FA-2024-000001', 'plan'],
  ['640500-LX-2024-000001', 'selection'],
  ['640500-CY-2024-000001', 'productEgress'],
  ['640500-SQ-2024-000001', undefined],
  ['', undefined],
])('%s is a case of %s', (no, kind) => expect(procedureOf(no)).toBe(kind));

it('shows the row, what it waits for, its entries and the notices about it', () => {
  const procedure = {
    ...{
      caseNo: '640500-FA-2024-000001',
      kind: 'plan',
      authority: 'city-bureau',
      stage: 'filing',
      outcome: null,
    },
    ...{ openedAt: '2024-03-01T09:00:00+08:00', endedAt: null },
    waitsFor: [{ act: 'filePlan', role: 'bureau', body: null, lastDay: '2024-03-15', daysLeft: 3 }],
    entries: [{ kind: 'approved', at: '2024-03-12T10:00:00+08:00', receipt: 'SJ-1', by: 'city-government' }],
  };
  const notices = [
    {
      issuedAt: '2024-03-12T10:00:00+08:00',
      addressee: 'city-bureau',
      kind: 'governmentApproved',
      told: true,
    },
  ];
  const text = procedureTables({ procedure, notices } as never).join('\n');
  for (const part of [
    'filing',
    'filePlan',
    '2024-03-15',
    'plan.approved',
    'city-government',
    'governmentApproved',
  ])
    expect(text).toContain(part);
});
