// F1, F3, F6: no tariff above its ceiling, no charge on a free purpose, no product off the list; bad twins are caught.
import fc from 'fast-check';
import { decimals, madeLaw } from '../../../tests/support/made-prices.ts';
import { compare, fraction } from '../exact.ts';
import { customerClasses } from '../packs/topics/pricing.ts';
import { productPurposes } from '../packs/topics/product-egress.ts';
import { billsOf } from './bills.ts';
import { decimalText, quantityOf, rateOf, sumOf } from './money.ts';
import { createRater, type Usage, usageBook } from './rating.ts';
import { judgeServiceFee, servicePrice, tyingRefused } from './service-fee.ts';
import { judgeTariff, judgeTariffs, type PricedProduct, type Tariff } from './tariff.ts';

const call = { unit: 'call', ceiling: 100n } as const;
const tariff = (change: Partial<Tariff> = {}): Tariff => ({
  ...{ product: 'a', class: 'general', purpose: 'industry', fen: 100n, discount: fraction(0n) },
  ...change,
});
const reasons = (one: Tariff, product: PricedProduct | undefined) =>
  judgeTariff(one, product, madeLaw).map(({ code, at, article }) => `${code} ${at} ${article?.article}`);

describe('a tariff', () => {
  it.each<[string, Partial<Tariff>, PricedProduct | undefined, string[]]>([
    ['at its ceiling stands', {}, call, []],
    ['a fen above it does not', { fen: 101n }, call, ['aboveCeiling /fen 九']],
    [
      'is held against the ceiling before its discount',
      { fen: 101n, discount: rateOf('0.5') },
      call,
      ['aboveCeiling /fen 九'],
    ],
    ['of a product without a ceiling', { fen: 1n }, { ...call, ceiling: null }, ['noCeiling /product 九']],
    ['of nought needs no ceiling', { fen: 0n }, { ...call, ceiling: null }, []],
    ['of a product off the list', { fen: 0n }, undefined, ['notOnList /product 九']],
    [
      'by a unit that the rules do not know',
      {},
      { ...call, unit: 'megabyte' },
      ['unitNotAllowed /product 八'],
    ],
    ['on a free purpose', { purpose: 'publicWelfare', fen: 1n }, call, ['chargeOnFreePurpose /fen 一']],
    ['of nought on a free purpose', { purpose: 'publicGovernance', fen: 0n }, call, []],
    [
      'with every fault',
      { purpose: 'publicWelfare', class: 'smallFirm', fen: 101n },
      call,
      ['chargeOnFreePurpose /fen 一', 'aboveCeiling /fen 九'],
    ],
    [
      'for a favoured class without its discount',
      { class: 'smallFirm' },
      call,
      ['discountTooSmall /discount 十一'],
    ],
    [
      '… just under it',
      { class: 'welfare', discount: rateOf('0.099999999999') },
      call,
      ['discountTooSmall /discount 十一'],
    ],
    ['… and with it', { class: 'smallFirm', discount: rateOf('0.100') }, call, []],
    ['for a class that is not favoured', { class: 'government' }, call, []],
  ])('%s', (_name, change, product, expected) => {
    expect(reasons(tariff(change), product)).toEqual(expected);
  });

  it('asks for no discount where the rules favour nobody', () => {
    const law = { ...madeLaw, discounts: { ...madeLaw.discounts, value: 'none' as const } };
    expect(judgeTariff(tariff({ class: 'smallFirm' }), call, law)).toEqual([]);
  });

  it('of which two say different things is refused both times, whichever came first', () => {
    const products = new Map([['a', call]]);
    const list = [tariff(), tariff({ fen: 90n }), tariff({ class: 'government' }), tariff({ fen: 101n })];
    const codes = (all: Tariff[]) => judgeTariffs(all, products, madeLaw).map(([first]) => first?.code);
    expect(codes(list)).toEqual(['tariffAmbiguous', 'tariffAmbiguous', undefined, 'aboveCeiling']);
    expect(codes(list.toReversed())).toEqual(codes(list).toReversed());
    expect(codes([tariff(), tariff()])).toEqual([undefined, undefined]);
  });
});

const used = (id: string, change: Partial<Usage> = {}): Usage => ({
  ...{ id, product: 'a', qty: 3, merchant: 'm1', class: 'general', purpose: 'industry' },
  ...change,
});

describe('use', () => {
  const products = new Set(['a']);
  const rate = createRater([tariff({ fen: 33n, discount: rateOf('0.333') })], products, madeLaw);
  it.each<[string, Partial<Usage>, object]>([
    // 3 × 33 × 0.667 = 66.033
    ['is a line rounded down once', {}, { kind: 'charged', fen: 66n }],
    // 1.5 × 33 × 0.667 = 33.0165
    ['of an hour and a half', { qty: '1.5' }, { kind: 'charged', fen: 33n }],
    ['of a free purpose is free', { purpose: 'publicWelfare' }, { kind: 'free' }],
    ['of another class has no tariff', { class: 'welfare' }, { kind: 'unrated', code: 'noTariff' }],
    ['of a product off the list', { product: 'b' }, { kind: 'unrated', code: 'notOnList' }],
    [
      '… even for a free purpose',
      { product: 'b', purpose: 'publicWelfare' },
      { kind: 'unrated', code: 'notOnList' },
    ],
  ])('%s', (_name, change, expected) => {
    expect(rate(used('u', change))).toMatchObject(expected);
  });

  it('counts once under one id, and not at all with other content', () => {
    const book = usageBook();
    expect([used('1'), used('1', { qty: '3.0' }), used('1', { qty: 4 }), used('2')].map(book)).toEqual([
      ...['new', 'same', 'differs', 'new'],
    ]);
    expect(book(used('1', { merchant: 'm2' }))).toBe('differs');
    expect(book(used('1', { purpose: 'publicWelfare' }))).toBe('differs');
    expect(book(used('1'))).toBe('same');
  });

  it('makes bills by merchant, whatever the order', () => {
    const all = [
      used('2'),
      used('1', { merchant: 'm0', purpose: 'publicWelfare' }),
      used('10'),
      used('3', { class: 'welfare' }),
    ];
    const made = billsOf(all, rate);
    expect(billsOf(all.toReversed(), rate)).toEqual(made);
    expect(made).toMatchObject({
      bills: [
        { merchant: 'm0', total: 0n, lines: [{ usage: '1', unitFen: null, discount: null, fen: 0n }] },
        {
          merchant: 'm1',
          total: 132n,
          lines: [
            { usage: '10', discount: '0.333' },
            { usage: '2', qty: '3' },
          ],
        },
      ],
      unrated: [{ usage: { id: '3' }, code: 'noTariff' }],
      revenue: 132n,
    });
  });
});

describe('whatever is published and used', () => {
  const ids = ['a', 'b', 'c'];
  const place = {
    product: fc.constantFrom(...ids, 'off'),
    class: fc.constantFrom(...customerClasses),
    purpose: fc.constantFrom('industry' as const, ...productPurposes),
  };
  const period = fc.record({
    ceilings: fc.array(fc.option(fc.bigInt({ min: 0n, max: 300n })), { minLength: 3, maxLength: 3 }),
    tariffs: fc.array(
      fc.record({
        ...place,
        fen: fc.bigInt({ min: 0n, max: 320n }),
        discount: fc.constantFrom('0', '0.1', '0.333', '1').map(rateOf),
      }),
      { maxLength: 8 },
    ),
    usage: fc.array(
      fc.record({
        ...place,
        id: fc.constantFrom('1', '2', '3', '4', '5', '6'),
        qty: fc.oneof(fc.nat(500), decimals(50, 6)),
        merchant: fc.constantFrom('m1', 'm2'),
      }),
      { maxLength: 8 },
    ),
  });
  type Engine = { judge: typeof judgeTariffs; rater: typeof createRater; book: typeof usageBook };
  const engine: Engine = { judge: judgeTariffs, rater: createRater, book: usageBook };
  const lawful = ({ judge, rater, book }: Engine) =>
    fc.property(period, ({ ceilings, tariffs, usage }) => {
      const products = new Map(
        ids.map((id, at): [string, PricedProduct] => [id, { unit: 'call', ceiling: ceilings[at] ?? null }]),
      );
      const judged = judge(tariffs, products, madeLaw);
      const standing = tariffs.filter((_, at) => judged[at]?.length === 0);
      for (const { product, purpose, fen } of standing) {
        const ceiling = products.get(product)?.ceiling;
        if (!products.has(product) || (fen > 0n && (ceiling == null || fen > ceiling))) return false;
        if (purpose !== 'industry' && fen > 0n) return false;
      }
      const taken = book();
      const kept = usage.filter((one) => taken(one) === 'new');
      if (new Set(usage.map(({ id }) => id)).size !== kept.length) return false;
      const { bills, unrated, revenue } = billsOf(kept, rater(standing, products, madeLaw));
      const lines = bills.flatMap((bill) => bill.lines);
      if (lines.length + unrated.length !== kept.length) return false;
      if (revenue !== sumOf(lines.map(({ fen }) => fen))) return false;
      return lines.every(({ product, purpose, qty, fen }) => {
        const ceiling = products.get(product)?.ceiling ?? 0n;
        const { n, d } = quantityOf(qty);
        return (
          products.has(product) &&
          fen >= 0n &&
          fen * d <= ceiling * n &&
          (purpose === 'industry' || fen === 0n)
        );
      });
    });

  it('no line is above its ceiling, free is 0, nothing is lost: 15,000 periods', () => {
    expect(() => fc.assert(lawful(engine), { numRuns: 15_000, seed: 65 })).not.toThrow();
  });

  const without =
    (code: string): Engine['judge'] =>
    (...given) =>
      judgeTariffs(...given).map((found) => found.filter((reason) => reason.code !== code));
  it.each<[string, Partial<Engine>]>([
    ['lets a tariff above its ceiling pass', { judge: without('aboveCeiling') }],
    ['lets a charge on a free purpose pass', { judge: without('chargeOnFreePurpose') }],
    ['lets a product off the list pass', { judge: without('notOnList') }],
    ['lets a product without a ceiling pass', { judge: without('noCeiling') }],
    [
      'charges free purposes',
      {
        rater: (tariffs, products) =>
          createRater(
            tariffs.flatMap((one) => productPurposes.map((purpose) => ({ ...one, purpose }))),
            products,
            { freePurposes: { ...madeLaw.freePurposes, value: { purposes: [], unless: 'none' } } },
          ),
      },
    ],
    ['counts a record twice', { book: () => () => 'new' }],
  ])('a twin that %s is caught', (_name, twin) => {
    expect(fc.check(lawful({ ...engine, ...twin }), { numRuns: 5000, seed: 65 }).failed).toBe(true);
  });
});

describe('fees for services to merchants (F6, M4)', () => {
  const item = { kind: 'processing', cost: 10_001n, margin: rateOf('0.05') } as const;
  it('are cost plus a margin at most the maximum, rounded down', () => {
    // 10,001 × 1.05 = 10,501.05
    expect(servicePrice(item, madeLaw)).toEqual({ fen: 10_501n, cost: 10_001n, marginFen: 500n });
    expect(
      servicePrice({ ...item, margin: rateOf('0.050000000001'), kind: 'complianceSupport' }, madeLaw),
    ).toMatchObject({
      reasons: [
        { code: 'serviceKindNotAllowed', at: '/kind', article: { article: '十二' } },
        { code: 'marginOverMaximum', at: '/margin', article: { article: '十三' } },
      ],
    });
  });
  it('never take more margin than was said', () => {
    const within = fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), decimals(1, 12), (cost, text) => {
      const margin = rateOf(text);
      const price = servicePrice({ ...item, cost, margin }, madeLaw);
      if ('reasons' in price) return compare(margin, rateOf('0.05')) > 0;
      return price.marginFen * margin.d <= cost * margin.n && price.cost + price.marginFen === price.fen;
    });
    expect(() => fc.assert(within)).not.toThrow();
  });
  it('are those of the published list, for everyone', () => {
    const listed = new Map([['clean', 500n]]);
    expect(judgeServiceFee({ item: 'clean', fen: 500n }, listed, madeLaw)).toBeUndefined();
    expect(judgeServiceFee({ item: 'clean', fen: 499n }, listed, madeLaw)?.code).toBe('serviceFeeDiffers');
    expect(judgeServiceFee({ item: 'other', fen: 1n }, listed, madeLaw)).toMatchObject({
      ...{ code: 'serviceFeeNotListed', article: { article: '十二' } },
    });
    expect(tyingRefused(madeLaw)).toMatchObject({ code: 'serviceTied', article: { article: '十二' } });
    expect(decimalText(item.margin)).toBe(madeLaw.serviceMargin.value.maximum);
  });
});
