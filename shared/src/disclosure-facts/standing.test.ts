import { startOfDay } from '../business-date.ts';
import { figureOf } from '../yearly-disclosure/figures.ts';
import type { Fact } from './fact.ts';
import { productsAt } from './products.ts';
import { mandatesIn, resourcesAt, tariffsAt } from './standing.ts';

const day = (date: string): number => startOfDay(date) + 9 * 3_600_000;
let told = 0;
const fact = (type: string, subject: string, sequence: number, on: string, data: object): Fact => {
  told += 1;
  return { id: `f-${told}`, type, subject, sequence, at: day(on), data: { ...data } };
};

const grant = (on: string) =>
  fact('grant.granted.v1', 'C-SY-1', 1, on, { grantNo: 'C-SY-1', operator: 'op-1' });
const egress = (name: string, sequence: number, on: string, version = 1) =>
  fact(`productEgress.${name}.v1`, 'C-CY-1', sequence, on, {
    ...{ caseNo: 'C-CY-1', product: 'C-CP-1', version, owner: 'merchant-1', class: 'dataset' },
    ...{ purpose: 'commercial', grants: ['C-SY-1'], registrationCode: 'R-1' },
  });

/** Every order in which facts can arrive. */
const orders = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one, at) =>
        orders([...all.slice(0, at), ...all.slice(at + 1)]).map((rest) => [one, ...rest]),
      );

describe('products on the list (清单)', () => {
  it('are of the operator of their grant, though grant, submission and listing fall on one instant', () => {
    const facts = [
      grant('2025-04-14'),
      egress('submitted', 1, '2025-04-14'),
      egress('listed', 14, '2025-04-14'),
    ];
    for (const arrived of orders(facts)) {
      expect(productsAt(arrived, '2025-12-31')).toMatchObject([
        { product: 'C-CP-1', operator: 'op-1', suspended: false },
      ]);
      const span = { from: '2025-01-01', until: '2025-12-31' };
      expect(figureOf(arrived, { span, operator: 'op-1' }, 'productsListed').value).toBe(1);
      expect(figureOf(arrived, { span, operator: 'op-2' }, 'productsListed').value).toBe(0);
    }
  });

  it('stand suspended, and leave it by recall of the version that is listed only', () => {
    const listed = [egress('submitted', 1, '2025-04-14'), egress('listed', 2, '2025-04-15')];
    const suspended = egress('suspended', 3, '2025-05-01');
    expect(productsAt([...listed, suspended], '2025-05-01')).toMatchObject([{ suspended: true }]);
    expect(productsAt([...listed, suspended], '2025-04-30')).toMatchObject([{ suspended: false }]);
    expect(productsAt([...listed, egress('recalled', 4, '2025-06-01', 2)], '2025-06-01')).toHaveLength(1);
    expect(productsAt([...listed, egress('recalled', 4, '2025-06-01')], '2025-06-01')).toEqual([]);
    expect(productsAt([...listed, egress('recalled', 4, '2025-06-01')], '2025-05-31')).toHaveLength(1);
  });
});

describe('mandates of a span', () => {
  const agreement = (name: string, sequence: number, on: string, until = '2027-12-31') =>
    fact(`operatingAgreement.${name}.v1`, 'C-XY-1', sequence, on, {
      ...{ agreement: 'C-XY-1', operator: 'op-1', mode: 'whole', from: '2025-01-01', until },
    });

  it('amended while suspended they stay suspended; ended within the span they still ran in it', () => {
    const year = { from: '2025-01-01', until: '2025-12-31' };
    const facts = [agreement('inForce', 1, '2025-01-01'), agreement('suspended', 2, '2025-03-01')];
    const amended = agreement('amended', 3, '2025-04-01', '2028-12-31');
    expect(mandatesIn([...facts, amended], year)).toMatchObject([
      { state: 'suspended', until: '2028-12-31' },
    ]);
    expect(mandatesIn([...facts, agreement('restored', 3, '2025-04-01')], year)).toMatchObject([
      { state: 'inForce' },
    ]);
    const ended = [...facts, agreement('ended', 3, '2025-06-01')];
    expect(mandatesIn(ended, year)).toMatchObject([{ state: 'ended' }]);
    expect(mandatesIn(ended, { from: '2026-01-01', until: '2026-12-31' })).toEqual([]);
  });
});

describe('resources and tariffs of a day', () => {
  it('a resource is supplied while one of its supplies runs', () => {
    const published = fact('resource.published.v1', 'C-ZY-1', 1, '2025-02-01', {
      ...{ resource: 'C-ZY-1', provider: 'dept-1', publishedOn: '2025-02-01' },
    });
    const supply = (name: string, no: string, on: string) =>
      fact(`supply.${name}.v1`, `s-${no}`, 1, on, { resource: 'C-ZY-1', supply: no });
    const two = [published, supply('recorded', '1', '2025-02-02'), supply('recorded', '2', '2025-02-02')];
    const supplied = (facts: Fact[]) => resourcesAt(facts, '2025-12-31').map((one) => one.supplied);
    expect(supplied([published])).toEqual([false]);
    expect(supplied([...two, supply('suspended', '1', '2025-03-01')])).toEqual([true]);
    expect(
      supplied([...two, supply('suspended', '1', '2025-03-01'), supply('ended', '2', '2025-03-02')]),
    ).toEqual([false]);
  });

  it('a tariff ends the day before the one that replaces it applies', () => {
    const tariff = (no: string, sequence: number, from: string, replaces: string[]) =>
      fact('tariff.published.v1', `T-${no}`, sequence, '2025-04-14', {
        ...{ tariff: `T-${no}`, product: 'C-CP-1', operator: 'op-1', unit: 'call', class: 'all' },
        ...{ purpose: 'commercial', fen: 900, from, replaces },
      });
    const facts = [tariff('1', 1, '2025-05-15', []), tariff('2', 1, '2025-07-01', ['T-1'])];
    expect(tariffsAt(facts, '2025-06-30').map((one) => one.tariff)).toEqual(['T-1']);
    expect(tariffsAt(facts, '2025-07-01').map((one) => one.tariff)).toEqual(['T-2']);
    expect(tariffsAt(facts, '2025-05-14')).toEqual([]);
  });
});
