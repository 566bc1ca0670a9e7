// D1, X1, X2: the registry obeys orders for what is its own: products on the list, merchants, agreements in force.
import { obeyOrder } from '@gongshu/service-registry/supply-orders/obey';
import { readOrder } from '@gongshu/infra/supply-orders/keep';
import { noScope } from '@gongshu/shared/holds';
import type { ToldScope } from '@gongshu/shared/supply-order';
import { sql } from 'kysely';
import { drafted, signedBoth } from '../support/agreements.ts';
import { productSteps } from '../support/product-list.ts';
import { type Products, startProducts } from '../support/products.ts';

let the: Products;
let on: ReturnType<typeof productSteps>;
const jurisdiction = 'zhongwei';
beforeAll(async () => {
  the = await startProducts([jurisdiction, 'wuhai']);
  on = productSteps(the, jurisdiction);
  await the.law.begin('2024-03-01T09:00:00');
}, 180_000);
afterAll(() => the?.stop());

const types = {
  incident: ['incident.suspensionOrdered.v1', 'incident.restorationOrdered.v1'],
  sanction: ['sanction.applied.v1', 'sanction.lifted.v1'],
  evidence: ['evidence.suspensionOrdered.v1', 'evidence.restorationOrdered.v1'],
} as const;
type Told = {
  scope: Partial<ToldScope>;
  by?: keyof typeof types;
  lifted?: boolean;
  city?: string;
  measure?: string;
};
/** An order, or its lifting, as disclosure's event brings it. */
const tell = (
  order: string,
  { scope, by = 'incident', lifted = false, city = jurisdiction, measure }: Told,
) => {
  const read = readOrder({
    ...{ type: `cn.gongshu.${types[by][lifted ? 1 : 0]}`, jurisdiction: city },
    lawtime: '2024-03-01T10:00:00+08:00',
    data: {
      ...{ order, ground: 'securityIncident', scope: { ...noScope, ...scope } },
      ...{ article: '第二十七条', articleInstrument: '某办法', ...(measure !== undefined && { measure }) },
    },
  });
  if (!read) throw new Error('no order');
  return the.db.transaction().execute((trx) => obeyOrder(trx as never, read.move, read.told));
};
const lift = (order: string, given: Told) => tell(order, { ...given, lifted: true });
const answers = async (order: string) =>
  (await the.told(order, 'listOrder.obeyed.v1')).map(({ move, held, rested, missed }) => ({
    ...{ move, held, rested, missed },
  }));
const publicly = async (product: string): Promise<boolean> =>
  (await the.call(null, 'GET', '/v1/products'))
    .json<{ items: { product: string }[] }>()
    .items.some((one) => one.product === product);
const stageOf = async (caseNo: string) => (await the.row(caseNo)).stage;

describe('[D1] a product on the list', () => {
  let caseNo: string;
  let product: string;
  const reach = () => ({ scope: { products: [product] } });
  beforeAll(async () => {
    caseNo = await on.released();
    ({ product } = await the.productOf(caseNo));
  }, 60_000);

  it('is taken off while the order stands, nobody gets it, and it is put back', async () => {
    expect(await publicly(product)).toBe(true);
    await tell('AQ-1/1', reach());
    await on.settled(caseNo);
    expect([await stageOf(caseNo), await publicly(product)]).toEqual(['suspended', false]);
    expect((await on.deliver(caseNo)).statusCode).toBe(409);
    await lift('AQ-1/1', reach());
    await on.settled(caseNo);
    expect([await stageOf(caseNo), await publicly(product)]).toEqual(['released', true]);
    expect((await on.deliver(caseNo)).statusCode).toBe(201);
    expect(await the.told(caseNo, 'productEgress.suspended.v1')).toMatchObject([
      { order: 'AQ-1/1', ground: 'securityIncident', document: null },
    ]);
    expect(await answers('AQ-1/1')).toEqual([
      { move: 'ordered', held: 1, rested: 1, missed: [] },
      { move: 'lifted', held: 1, rested: 1, missed: [] },
    ]);
  });

  it('of several orders it is put back with the last; told twice each is told once', async () => {
    await tell('AQ-2/1', reach());
    await tell('AQ-2/1', reach());
    await on.settled(caseNo);
    await tell('ZM-2', { scope: { all: true }, by: 'evidence' });
    await on.settled(caseNo);
    await lift('AQ-2/1', reach());
    await lift('AQ-2/1', reach());
    await on.settled(caseNo);
    expect(await stageOf(caseNo)).toBe('suspended');
    expect((await answers('AQ-2/1')).map(({ move, rested }) => [move, rested])).toEqual([
      ['ordered', 1],
      ['lifted', 0],
    ]);
    await lift('ZM-2', { scope: { all: true }, by: 'evidence' });
    await on.settled(caseNo);
    expect(await stageOf(caseNo)).toBe('released');
  });

  it('what a hand suspended no order lifts; what an order holds no hand restores', async () => {
    const { bureau, operator } = on.who;
    const risk = { ground: 'leakRisk', document: await on.paper('operator', '风险报告') };
    const mended = { document: await on.paper('city-bureau', '整改验收') };
    expect(await the.act(operator, caseNo, 'suspension', risk)).toMatchObject({ status: 200 });
    await tell('AQ-3/1', reach());
    await on.settled(caseNo);
    await lift('AQ-3/1', reach());
    await on.settled(caseNo);
    expect(await stageOf(caseNo)).toBe('suspended');
    expect(await the.act(bureau, caseNo, 'restoration', mended)).toMatchObject({ status: 200 });
    expect(await stageOf(caseNo)).toBe('released');
    await tell('AQ-4/1', reach());
    await on.settled(caseNo);
    expect(await the.act(bureau, caseNo, 'restoration', mended)).toMatchObject({
      ...{ status: 409, code: 'heldByOrder' },
    });
    await lift('AQ-4/1', reach());
    await on.settled(caseNo);
    expect(await stageOf(caseNo)).toBe('released');
  });

  it('told after its lifting, or of another city, an order holds nothing', async () => {
    await lift('AQ-5/1', reach());
    await tell('AQ-5/1', reach());
    await tell('AQ-6/1', { scope: { all: true }, city: 'wuhai' });
    await on.settled(caseNo);
    expect(await stageOf(caseNo)).toBe('released');
    expect(await answers('AQ-6/1')).toMatchObject([{ held: 0 }]);
  });

  it('one that comes onto the list under a standing order is held from then on', async () => {
    await tell('AQ-7/1', { scope: { all: true } });
    await on.settled(caseNo);
    const later = await on.listed();
    await on.settled(later);
    const { product: held } = await the.productOf(later);
    expect([await stageOf(later), await publicly(held)]).toEqual(['suspended', false]);
    await lift('AQ-7/1', { scope: { all: true } });
    await on.settled(later);
    await on.settled(caseNo);
    expect([await stageOf(later), await publicly(held)]).toEqual(['listed', true]);
    expect(await stageOf(caseNo)).toBe('released');
  });

  it('of an operator rest its products, those listed meanwhile too; not by an order over another operator', async () => {
    const own: Told = { scope: { operators: ['operator'] }, by: 'evidence' };
    await tell('ZD-1', { ...own, scope: { operators: ['operator-b'] } });
    await on.settled(caseNo);
    expect(await stageOf(caseNo)).toBe('released');
    await tell('ZD-2', own);
    await on.settled(caseNo);
    expect(await stageOf(caseNo)).toBe('suspended');
    const later = await on.listed();
    await on.settled(later);
    expect(await stageOf(later)).toBe('suspended');
    await lift('ZD-2', own);
    for (const one of [caseNo, later]) await on.settled(one);
    expect([await stageOf(caseNo), await stageOf(later)]).toEqual(['released', 'listed']);
  });

  it('what is not known, or not on the list, is told back, once each', async () => {
    const parties = [{ id: 'price-office', kind: 'price', name: '示例市发展改革委' }];
    expect(await the.post(on.who.bureau, '/v1/parties/imports', { parties })).toMatchObject({ status: 201 });
    const waiting = await on.checked();
    const { product: unlisted } = await the.productOf(waiting);
    const products = ['640500-CP-none', unlisted, product, '640500-CP-none'];
    await tell('AQ-8/1', { scope: { products, bodies: ['nobody', 'dept-transport', 'price-office'] } });
    const [{ missed, ...counts } = { missed: [] }] = await answers('AQ-8/1');
    expect(counts).toEqual({ move: 'ordered', held: 1, rested: 1 });
    expect(
      (missed as { id: string; code: string }[]).map(({ id, code }) => `${id} ${code}`).toSorted(),
    ).toEqual(
      [
        ...['640500-CP-none unknown', 'nobody unknown', `${unlisted} notListed`],
        'price-office nothingToSuspend',
      ].toSorted(),
    );
    await lift('AQ-8/1', { scope: { products } });
    await on.settled(caseNo);
    expect(await stageOf(caseNo)).toBe('released');
  });
});

describe('[X1] a merchant', () => {
  const scope = { bodies: ['merchant-2'] };
  const suspension = { scope, by: 'sanction', measure: 'suspension' } as const;
  const standing = async () =>
    (
      await the.db
        .selectFrom('merchant' as never)
        .select('standing' as never)
        .where('jurisdiction' as never, '=', jurisdiction as never)
        .where('organisation' as never, '=', 'merchant-2' as never)
        .executeTakeFirstOrThrow()
    )['standing'];
  const byHand = (act: 'suspension' | 'restoration') =>
    the.post(on.who.bureau, `/v1/merchants/merchant-2/${act}`, { reasons: [{ code: 'risk', text: '风险' }] });

  it('is suspended by a sanction and restored with it; named twice, once', async () => {
    await tell('CJ-1/1', { ...suspension, scope: { bodies: ['merchant-2', 'merchant-2'] } });
    expect(await standing()).toBe('suspended');
    expect(await answers('CJ-1/1')).toEqual([{ move: 'ordered', held: 1, rested: 1, missed: [] }]);
    expect(await byHand('restoration')).toMatchObject({ status: 409, code: 'heldByOrder' });
    await lift('CJ-1/1', suspension);
    expect(await standing()).toBe('enrolled');
  });

  it('of two orders and a hand, each holds until it lets go', async () => {
    await tell('CJ-2/1', suspension);
    await tell('AQ-9/1', { scope });
    expect(await byHand('suspension')).toMatchObject({ status: 200 });
    await lift('CJ-2/1', suspension);
    await lift('AQ-9/1', { scope });
    expect(await standing()).toBe('suspended');
    expect(await byHand('restoration')).toMatchObject({ status: 200 });
    expect(await standing()).toBe('enrolled');
  });

  it('`all` is never a body', async () => {
    await tell('AQ-10/1', { scope: { all: true } });
    expect(await standing()).toBe('enrolled');
    await lift('AQ-10/1', { scope: { all: true } });
  });
});

const byField = (code: string) => ({ mode: 'byField', fields: [code], scenarios: [] });

describe('[X1] an operating agreement', () => {
  const scope = { bodies: ['operator'] };
  const suspension = { scope, by: 'sanction', measure: 'suspension' } as const;

  it('rests while its operator is suspended, and no longer; one that begins meanwhile rests with it', async () => {
    const { caseNo, hash } = await drafted(the, jurisdiction, { mandate: byField('transport') });
    await signedBoth(the, jurisdiction, caseNo, hash);
    expect(await stageOf(caseNo)).toBe('inForce');
    // What an operator is supplied with rests without its mandate (X4).
    await tell('ZD-3', { scope: { operators: ['operator'] }, by: 'evidence' });
    await on.settled(caseNo);
    expect(await stageOf(caseNo)).toBe('inForce');
    expect((await answers('ZD-3'))[0]?.missed).toEqual([]);
    await lift('ZD-3', { scope: { operators: ['operator'] }, by: 'evidence' });
    await tell('CJ-3/1', suspension);
    await on.settled(caseNo);
    expect(await stageOf(caseNo)).toBe('suspended');
    expect(await the.told(caseNo, 'operatingAgreement.suspended.v1')).toMatchObject([{ order: 'CJ-3/1' }]);
    const later = await drafted(the, jurisdiction, { mandate: byField('health') });
    await signedBoth(the, jurisdiction, later.caseNo, later.hash);
    await on.settled(later.caseNo);
    expect(await stageOf(later.caseNo)).toBe('suspended');
    await lift('CJ-3/1', suspension);
    for (const one of [caseNo, later.caseNo]) {
      await on.settled(one);
      expect(await stageOf(one)).toBe('inForce');
    }
    expect(await answers('CJ-3/1')).toEqual([
      { move: 'ordered', held: 1, rested: 1, missed: [] },
      { move: 'lifted', held: 2, rested: 2, missed: [] },
    ]);
  });

  it('rests under an end of its mandate, which the bureau then makes here', async () => {
    const { caseNo, hash } = await drafted(the, 'wuhai');
    await signedBoth(the, 'wuhai', caseNo, hash);
    await tell('CJ-4/1', { ...suspension, city: 'wuhai', measure: 'termination' });
    await on.settled(caseNo);
    expect(await the.row(caseNo)).toMatchObject({ stage: 'suspended', state: { terminateFor: 'CJ-4/1' } });
    await lift('CJ-4/1', { ...suspension, city: 'wuhai', measure: 'termination' });
    await on.settled(caseNo);
    const { stage, state } = await the.row(caseNo);
    expect([stage, state]).toEqual(['inForce', expect.not.objectContaining({ terminateFor: 'CJ-4/1' })]);

    // Opened under rules that know no suspension, it is told back and goes on.
    await sql`update procedure set start = jsonb_set(start, '{rules,suspendable}', 'false')
      where case_no = ${caseNo}`.execute(the.db);
    await tell('CJ-5/1', { ...suspension, city: 'wuhai' });
    await on.settled(caseNo);
    expect(await answers('CJ-5/1')).toMatchObject([
      { held: 0, missed: [{ kind: 'agreement', id: caseNo, code: 'suspensionNotInPack' }] },
    ]);
    expect(await stageOf(caseNo)).toBe('inForce');
  });
});
