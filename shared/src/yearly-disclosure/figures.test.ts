// S1, S2: of two operators each discloses its own; a file of traces counts as the traces that it holds.
import { startOfDay } from '../business-date.ts';
import { type Fact, isFactType } from '../disclosure-facts/fact.ts';
import { type FigureName, figureOf } from './figures.ts';

const span = { from: '2024-01-01', until: '2024-12-31' };
let told = 0;
const fact = (type: string, on: string, data: Record<string, unknown>): Fact => {
  if (!isFactType(type)) throw new Error(`${type} is not kept`);
  told += 1;
  return { id: `f-${told}`, type, subject: `s-${told}`, sequence: 1, at: startOfDay(on) + 36_000_000, data };
};
const mandate = (operator: string, mode: string, fields: string[]) =>
  fact('operatingAgreement.inForce.v1', '2024-02-01', {
    ...{ agreement: `YY-${operator}`, operator, mode, fields, scenarios: [] },
    ...{ from: '2024-02-01', until: '2027-01-31' },
  });
const resource = (id: string) =>
  fact('resource.published.v1', '2024-03-01', { resource: id, provider: 'd', publishedOn: '2024-03-01' });
const supply = (id: string) => fact('supply.recorded.v1', '2024-03-02', { resource: id, supply: `GS-${id}` });
const grant = (grantNo: string, operator: string, ...resources: string[]) =>
  fact('grant.granted.v1', '2024-04-01', { grantNo, operator, merchant: 'm', resources });
const enrolled = (merchant: string, operator: string | null) => [
  ...(operator === null
    ? []
    : [fact('onboarding.checkPassed.v1', '2024-03-04', { caseNo: `JZ-${merchant}`, reviewer: operator })]),
  fact('merchant.enrolled.v1', '2024-03-05', { merchant, caseNo: operator && `JZ-${merchant}` }),
];
const city = [
  ...['R-1', 'R-2', 'R-3', 'R-4'].map(resource),
  ...['R-1', 'R-2'].map(supply),
  ...[grant('SY-1', 'op-a', 'R-1', 'R-3'), grant('SY-2', 'op-b', 'R-2'), grant('SY-3', 'op-b', 'R-4')],
  fact('grant.endedEarly.v1', '2024-06-01', { grantNo: 'SY-3', operator: 'op-b' }),
  ...[...enrolled('m-1', 'op-a'), ...enrolled('m-2', 'op-b'), ...enrolled('m-3', 'op-b')],
  ...enrolled('m-4', null),
  fact('merchant.exited.v1', '2024-09-01', { merchant: 'm-2' }),
];
const byField = [...city, mandate('op-a', 'byField', ['transport']), mandate('op-b', 'byField', ['health'])];
const of = (facts: readonly Fact[], operator: string | null, name: FigureName) =>
  figureOf(facts.toReversed(), { span, operator }, name);
const values = (facts: readonly Fact[], operator: string | null) =>
  (
    [
      ...(['resourcesPublished', 'resourcesOpen', 'resourcesSupplied'] as const),
      ...(['merchantsEnrolled', 'merchantsExited'] as const),
    ] as const
  ).map((name) => of(facts, operator, name).cases.join(' '));

it('by field: what was granted under each and runs still, and whom it checked', () => {
  expect(values(byField, 'op-a')).toEqual(['R-1 R-3', 'R-1 R-3', 'R-1', 'm-1', '']);
  expect(values(byField, 'op-b')).toEqual(['R-2', 'R-2', 'R-2', 'm-2 m-3', 'm-2']);
});

it('of the city everything; of one operator with the whole of it every resource, and whom it checked or took from paper', () => {
  const all = ['R-1 R-2 R-3 R-4', 'R-1 R-2 R-3 R-4', 'R-1 R-2'];
  expect(values(byField, null)).toEqual([...all, 'm-1 m-2 m-3 m-4', 'm-2']);
  const whole = [...city, mandate('op-a', 'whole', [])];
  expect(values(whole, 'op-a')).toEqual([...all, 'm-1 m-4', '']);
  // Without a mandate it tells of nothing but what it did.
  expect(values(whole, 'op-c')).toEqual(['', '', '', '', '']);
});

it('accesses: those told by themselves, and those that a file holds; other acts and other operators are none', () => {
  const file = (batch: string, on: string, counts: Record<string, number>) =>
    fact('trace.imported.v1', on, {
      ...{ operator: 'm-1', batch, entries: 9 },
      accesses: Object.entries(counts).map(([operator, count]) => ({ operator, count })),
    });
  const facts = [
    fact('trace.recorded.v1', '2024-05-01', { operator: 'op-a', act: 'access', subject: 'SY-1' }),
    fact('trace.recorded.v1', '2024-05-01', { operator: 'op-a', act: 'export', subject: 'SY-1' }),
    file('LH-1', '2024-05-02', { 'op-a': 7 }),
    file('LH-2', '2024-05-02', {}),
    file('LH-3', '2024-05-02', { 'op-b': 2 }),
    file('LH-4', '2025-01-02', { 'op-a': 2 }),
    // Told before files said what they hold.
    fact('trace.imported.v1', '2024-05-03', { operator: 'op-a', batch: 'LH-5', entries: 9 }),
  ];
  expect(of(facts, 'op-a', 'accesses')).toMatchObject({ value: 8, cases: ['LH-1', 'SY-1'] });
  expect(of(facts, null, 'accesses')).toMatchObject({ value: 10, cases: ['LH-1', 'LH-3', 'SY-1'] });
});

it('released in the year is released, whatever became of it since, and by whichever operator released it', () => {
  const egress = (
    name: string,
    product: string,
    on: string,
    of: { grants?: string[]; version?: number } = {},
  ) =>
    fact(`productEgress.${name}.v1`, on, {
      ...{ caseNo: `CP-${product}-${of.version ?? 1}`, product, version: of.version ?? 1 },
      ...(of.grants && { grants: of.grants, owner: 'm', class: 'api', purpose: 'industry' }),
    });
  const facts = [
    ...[grant('SY-1', 'op-a', 'R-1'), grant('SY-2', 'op-b', 'R-2')],
    egress('submitted', 'P-1', '2024-05-01', { grants: ['SY-1'] }),
    egress('released', 'P-1', '2024-05-08'),
    egress('recalled', 'P-1', '2024-09-01'),
    egress('submitted', 'P-2', '2024-05-01', { grants: ['SY-2'] }),
    egress('released', 'P-2', '2024-05-08'),
    // Its second version was released on the other's platform, in the next year.
    egress('submitted', 'P-2', '2025-02-01', { grants: ['SY-1'], version: 2 }),
    egress('released', 'P-2', '2025-02-08', { version: 2 }),
  ];
  expect([null, 'op-a', 'op-b'].map((one) => of(facts, one, 'productsReleased').cases)).toEqual([
    ...[['P-1', 'P-2'], ['P-1'], ['P-2']],
  ]);
  expect([null, 'op-a', 'op-b'].map((one) => of(facts, one, 'productsListed').cases)).toEqual([
    ...[['P-2'], [], ['P-2']],
  ]);
  const next = { from: '2025-01-01', until: '2025-12-31' };
  expect(figureOf(facts, { span: next, operator: 'op-b' }, 'productsReleased').cases).toEqual([]);
  expect(figureOf(facts, { span: next, operator: 'op-a' }, 'productsReleased').cases).toEqual(['P-2']);
});
