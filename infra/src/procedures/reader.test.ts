// O4: a selection's bidders compete; words are for those they are meant for.
import type { Role } from '@gongshu/shared/may';
import { readerOf, readsWords, seesBody, seesDocumentsOf, stateFor } from './reader.ts';

const entry = (kind: string, actor_role: string, organisation: string | null, data = {}) => ({
  ...{ kind, actor_role, actor_organisation: organisation, data },
});
const entries = [
  entry('announced', 'bureau', 'city-bureau'),
  entry('objectionRaised', 'bidder', 'bidder-a', { objection: 1 }),
  entry('objectionRaised', 'bidder', 'bidder-b', { objection: 2 }),
  entry('objectionAnswered', 'bureau', 'city-bureau', { objection: 1 }),
  entry('objectionAnswered', 'bureau', 'city-bureau', { objection: 2 }),
  entry('bidsClosed', 'system', null),
];
const handlers = ['bidder-a', 'bidder-b'];
const reader = (role: Role, organisation: string) =>
  readerOf({ id: 'someone', roles: [role], organisation, jurisdiction: 'wuhai' }, 'readSelections', handlers);
const read = (kind: 'selection' | 'operatingAgreement', role: Role, organisation: string) =>
  entries.filter(readsWords(kind, reader(role, organisation), entries)).map((one) => entries.indexOf(one));

describe('words', () => {
  it.each([
    ['bureau', 'city-bureau', [0, 1, 2, 3, 4, 5]],
    ['government', 'city-government', [0, 1, 2, 3, 4, 5]],
    ['bidder', 'bidder-a', [1, 3]],
    ['bidder', 'bidder-b', [2, 4]],
    ['bidder', 'bidder-c', []],
    ['expert', 'institute', []],
    ['auditor', 'audit-office', []],
    ['supervision', 'internet-office', []],
  ] as const)('of a selection: %s of %s', (role, organisation, expected) => {
    expect(read('selection', role, organisation)).toEqual(expected);
  });

  it.each([
    ['operator', 'bidder-a', [0, 1, 3, 4]],
    ['operator', 'another-operator', []],
    ['sourceDepartment', 'dept-transport', []],
    ['auditor', 'audit-office', []],
  ] as const)(
    'of an agreement, %s of %s: the authority’s for who takes part',
    (role, organisation, expected) => {
      expect(read('operatingAgreement', role, organisation)).toEqual(expected);
    },
  );
});

it.each([
  ['bureau', 'city-bureau', [0, 1, 2, 3, 4, 5]],
  ['sourceDepartment', 'dept', [1]],
  ['sourceDepartment', 'heir', [1]],
  ['operator', 'operator', [2, 4]],
  ['sourceDepartment', 'other', []],
  ['auditor', 'audit-office', []],
] as const)('of a complaint, %s of %s: what it was asked, and its own', (role, organisation, expected) => {
  const told = [
    entry('opened', 'public', null),
    entry('bodyAsked', 'bureau', 'city-bureau', { body: 'dept' }),
    entry('bodyAsked', 'bureau', 'city-bureau', { body: 'operator' }),
    entry('bodyReplaced', 'system', null, { body: 'dept', by: 'heir' }),
    entry('bodyAnswered', 'operator', 'operator', { body: 'operator' }),
    entry('answered', 'bureau', 'city-bureau'),
  ];
  const who = { id: 'someone', roles: [role], organisation, jurisdiction: 'wuhai' };
  const asked = readerOf(who, 'readComplaints', ['dept', 'heir', 'operator']);
  expect(told.filter(readsWords('complaint', asked, told)).map((one) => told.indexOf(one))).toEqual(expected);
});

it.each([
  ['sourceDepartment', 'heir', ['dept', 'heir']],
  ['operator', 'operator', ['operator']],
  ['bureau', 'city-bureau', ['city-bureau', 'dept', 'heir', 'operator']],
  ['auditor', 'audit-office', ['city-bureau', 'dept', 'heir', 'operator']],
] as const)(
  'documents of a complaint, %s of %s: its own, and of those it stands for',
  (role, organisation, expected) => {
    const told = [entry('bodyReplaced', 'system', null, { body: 'dept', by: 'heir' })];
    const who = { id: 'someone', roles: [role], organisation, jurisdiction: 'wuhai' };
    const asked = readerOf(who, 'readComplaints', ['dept', 'heir', 'operator']);
    const bodies = ['city-bureau', 'dept', 'heir', 'operator'];
    expect(bodies.filter(seesDocumentsOf('complaint', asked, told))).toEqual(expected);
    // Twin: who acted may be seen by all who take part; whose paper it is may not.
    expect(bodies.filter(seesBody('complaint', asked, told))).toEqual(bodies);
  },
);

describe('who acted', () => {
  const bodies = ['city-bureau', 'bidder-a', 'bidder-b', null];
  it.each([
    ['bidder', 'bidder-a', ['city-bureau', 'bidder-a', null]],
    ['expert', 'institute', ['city-bureau', null]],
    ['bureau', 'city-bureau', bodies],
    ['auditor', 'audit-office', bodies],
    ['supervision', 'internet-office', bodies],
  ] as const)('in a selection, as %s of %s', (role, organisation, expected) => {
    expect(bodies.filter(seesBody('selection', reader(role, organisation), entries))).toEqual(expected);
  });

  it('elsewhere nobody competes', () => {
    expect(bodies.filter(seesBody('operatingAgreement', reader('bidder', 'bidder-a'), entries))).toEqual(
      bodies,
    );
  });
});

it('accounts of people in the state are for who oversees the city', () => {
  const state = { stage: 'answered', answeredBy: 'bureau@city-bureau', decidedBy: 'bureau@city-bureau' };
  expect(stateFor({ partOnly: true }, state)).toEqual({ stage: 'answered' });
  expect(stateFor({ partOnly: false }, state)).toEqual(state);
});
