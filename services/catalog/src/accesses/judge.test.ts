import { type GrantFacts, type Judge, judge, type Question } from './judge.ts';

const now = Date.parse('2024-03-01T10:00:00+08:00');
const law = { suspendedStops: true, exitedStops: true };
const supplied = [{ fields: ['a', 'b', 'm'], suspended: false }];
const granted: GrantFacts = {
  grantNo: '640500-SY-2024-000001',
  jurisdiction: 'zhongwei',
  merchant: 'merchant-1',
  handlers: ['operator'],
  purpose: '便民查询',
  startsAt: now - 1000,
  endsAt: now + 1000,
  state: 'active',
  endKind: null,
  suspended: false,
  operatorHeld: false,
  standing: 'enrolled',
  resources: [{ resource: 'r', fields: ['a', 'b', 'c'], masked: ['m'], entry: 'public', supplies: supplied }],
};
const resource = (change: object) => ({ resources: [{ ...granted.resources[0], ...change }] });

type Row = { name: string; code?: string; grant?: object; asked?: Partial<Question>; law?: object };
const rows: Row[] = [
  { name: 'within everything' },
  { name: 'stated five minutes ago', asked: { at: now - 300_000 } },
  { name: 'stated five minutes and a moment ago', asked: { at: now - 300_001 }, code: 'atTooFar' },
  { name: 'stated five minutes and a moment ahead', asked: { at: now + 300_001 }, code: 'atTooFar' },
  { name: 'the first instant of the term', grant: { startsAt: now } },
  { name: 'a moment before the term', grant: { startsAt: now + 1 }, code: 'grantNotStarted' },
  { name: 'the last instant of the term', grant: { endsAt: now + 1 } },
  { name: 'the end of the term, the row still active', grant: { endsAt: now }, code: 'grantExpired' },
  {
    name: 'recorded as expired',
    grant: { state: 'ended', endKind: 'expired', endsAt: now - 1 },
    code: 'grantExpired',
  },
  { name: 'ended early', grant: { state: 'ended', endKind: 'endedEarly' }, code: 'grantEnded' },
  { name: 'withdrawn', grant: { state: 'ended', endKind: 'withdrawn' }, code: 'grantEnded' },
  { name: 'suspended', grant: { state: 'suspended' }, code: 'grantSuspended' },
  { name: 'a suspension is open', grant: { suspended: true }, code: 'grantSuspended' },
  { name: 'merchant suspended', grant: { standing: 'suspended' }, code: 'merchantSuspended' },
  {
    name: 'merchant suspended where grants go on',
    grant: { standing: 'suspended' },
    law: { suspendedStops: false },
  },
  { name: 'merchant exited', grant: { standing: 'exited' }, code: 'merchantExited' },
  { name: 'merchant exited where grants go on', grant: { standing: 'exited' }, law: { exitedStops: false } },
  { name: 'the purpose with blanks around', asked: { purpose: ' 便民查询 ' } },
  { name: 'another purpose', asked: { purpose: '营销' }, code: 'purposeBeyondGrant' },
  { name: 'two fields', asked: { fields: [{ resource: 'r', fields: ['a', 'b'] }] } },
  {
    name: 'a field not granted',
    asked: { fields: [{ resource: 'r', fields: ['a', 'z'] }] },
    code: 'fieldBeyondGrant',
  },
  {
    name: 'a resource not granted',
    asked: { fields: [{ resource: 's', fields: ['a'] }] },
    code: 'fieldBeyondGrant',
  },
  { name: 'a masked field', asked: { fields: [{ resource: 'r', fields: ['m'] }] }, code: 'fieldMasked' },
  {
    name: 'a field both masked and named',
    grant: resource({ fields: ['a', 'm'] }),
    asked: { fields: [{ resource: 'r', fields: ['m'] }] },
    code: 'fieldMasked',
  },
  {
    name: 'granted and not supplied',
    asked: { fields: [{ resource: 'r', fields: ['c'] }] },
    code: 'supplyMissing',
  },
  { name: 'no supply at all', grant: resource({ supplies: [] }), code: 'supplyMissing' },
  {
    name: 'its supply is suspended',
    grant: resource({ supplies: [{ fields: ['a'], suspended: true }] }),
    code: 'supplySuspended',
  },
  { name: 'its operator is supplied with nothing', grant: { operatorHeld: true }, code: 'supplySuspended' },
  {
    name: 'another field’s supply is suspended',
    grant: resource({
      supplies: [
        { fields: ['b'], suspended: true },
        { fields: ['a'], suspended: false },
      ],
    }),
  },
  { name: 'the entry is suspended (C4)', grant: resource({ entry: 'suspended' }), code: 'supplySuspended' },
  { name: 'the entry is closed', grant: resource({ entry: 'closed' }), code: 'supplyMissing' },
  {
    name: 'raw to a person where raw data stays unseen',
    asked: { person: 'RY-1', view: 'raw' },
    law: { rawHidden: true },
    code: 'rawNotVisible',
  },
  {
    name: 'to a person, nothing said of how',
    asked: { person: 'RY-1' },
    law: { rawHidden: true },
    code: 'rawNotVisible',
  },
  {
    name: 'desensitised to a person',
    asked: { person: 'RY-1', view: 'desensitised' },
    law: { rawHidden: true },
  },
  { name: 'raw to a person where no text forbids it', asked: { person: 'RY-1', view: 'raw' } },
  { name: 'raw to no person', asked: { view: 'raw' }, law: { rawHidden: true } },
  {
    name: 'raw to a person, and beyond the grant: what was never granted weighs more',
    asked: { person: 'RY-1', fields: [{ resource: 'r', fields: ['z'] }] },
    law: { rawHidden: true },
    code: 'fieldBeyondGrant',
  },
  { name: 'the entry is registered', grant: resource({ entry: 'registered' }) },
];

const ask = (by: Judge, { grant = {}, asked = {}, law: change = {} }: Row) => {
  const question = { fields: [{ resource: 'r', fields: ['a'] }], purpose: '便民查询', at: now, ...asked };
  return by({ ...granted, ...grant }, question, { ...law, ...change }, now);
};
/** Rows that a judge answers otherwise. */
const wrong = (by: Judge): string[] =>
  rows
    .filter((row) => {
      const verdict = ask(by, row);
      return (verdict.permitted ? undefined : verdict.code) !== row.code;
    })
    .map(({ name }) => name);

describe('[A8, D1; 中卫 22] within scope, purpose, term and supply, or refused', () => {
  it.each(rows)('$name: $code', (row) => {
    expect(ask(judge, row)).toMatchObject(
      row.code === undefined ? { permitted: true } : { permitted: false, code: row.code },
    );
  });

  it('every field that the refusal is about is named, and no other', () => {
    const fields = [
      { resource: 'r', fields: ['a', 'x', 'm', 'y'] },
      { resource: 's', fields: ['q'] },
    ];
    expect(ask(judge, { name: '', asked: { fields } })).toEqual({
      permitted: false,
      code: 'fieldBeyondGrant',
      beyond: [
        { resource: 'r', fields: ['x', 'y'] },
        { resource: 's', fields: ['q'] },
      ],
    });
  });
});

describe('sabotaged judges are caught by the rows above', () => {
  const over =
    (change: (grant: GrantFacts) => GrantFacts): Judge =>
    (grant, ...rest) =>
      judge(change(grant), ...rest);
  const eachResource = (change: (one: GrantFacts['resources'][number]) => GrantFacts['resources'][number]) =>
    over((grant) => ({ ...grant, resources: grant.resources.map(change) }));
  const twins: Record<string, Judge> = {
    'without the look at masks': eachResource((one) => ({ ...one, masked: [] })),
    'without the look at fields': eachResource((one) => ({ ...one, fields: [...one.fields, 'z', 'm'] })),
    'without the look at suspensions of the supply': eachResource((one) => ({
      ...one,
      supplies: one.supplies.map((supply) => ({ ...supply, suspended: false })),
    })),
    'without the look at the entry': eachResource((one) => ({ ...one, entry: 'public' })),
    'without the look at suspensions of the grant': over((grant) => ({ ...grant, suspended: false })),
    'without the look at its end': over((grant) => ({ ...grant, state: 'active', endKind: null })),
    'without the look at the term': over((grant) => ({ ...grant, endsAt: Number.MAX_SAFE_INTEGER })),
    'without the look at the merchant': over((grant) => ({ ...grant, standing: 'enrolled' })),
    'that believes any purpose': (grant, question, ...rest) =>
      judge(grant, { ...question, purpose: grant.purpose }, ...rest),
    'that believes any time stated': (grant, question, standing, at) =>
      judge(grant, { ...question, at }, standing, at),
  };
  it.each(Object.entries(twins))('%s', (_name, twin) => {
    expect(wrong(twin)).not.toEqual([]);
  });
  it('the judge itself is not', () => {
    expect(wrong(judge)).toEqual([]);
  });
});
