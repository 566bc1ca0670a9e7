// E2–E4: both locks before the list, the list before anything goes out; what is taken back is told to who holds it.
import { isRegistrationCode } from '@gongshu/shared/product/registration-code';
import { loadPacks } from '@gongshu/infra/packs';
import { mustStayListed } from '@gongshu/infra/products/listed';
import { sql } from 'kysely';
import { productSteps } from '../support/product-list.ts';
import { type Products, startProducts } from '../support/products.ts';
import { until } from '../support/turns.ts';

let the: Products;
let on: ReturnType<typeof productSteps>;
beforeAll(async () => {
  the = await startProducts(['zhongwei']);
  on = productSteps(the, 'zhongwei');
  await the.law.begin('2024-03-01T09:00:00');
}, 180_000);
afterAll(() => the.stop());

const publicList = async (query = '') => {
  const answer = await the.call(null, 'GET', `/v1/products${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ items: { product: string; version: number; state: string; reasons: string[] }[] }>()
    .items;
};
const current = async (caseNo: string) => {
  const answer = await the.call(null, 'GET', `/v1/publications?kind=productListed&subject=${caseNo}`);
  return answer.json<{ items: { publication: string }[] }>().items.length;
};
const noticesOf = async (caseNo: string, kind: string) => {
  const { rows } = await sql<{ addressee: string }>`
    select addressee from platform.notice where case_no = ${caseNo} and kind = ${kind} order by addressee`.execute(
    the.db,
  );
  return rows.map(({ addressee }) => addressee);
};

/** Until somebody waits for a lock on a row of the table. */
const waiting = (table: string): Promise<void> =>
  until(`a wait for ${table}`, async () => {
    const { rows } = await sql`
      select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like ${`%${table}%`}`.execute(
      the.db,
    );
    return rows.length > 0;
  });

it('goes through both locks, under one code, onto the list and out', async () => {
  const caseNo = await on.checked({ path: 'product-released' });
  const { product } = await the.productOf(caseNo);
  expect(await on.agree(caseNo)).toMatchObject({ status: 409, code: 'noFilingPending' });
  expect(await on.release(caseNo)).toMatchObject({ status: 409, code: 'notRegistered' });
  expect(await on.file(caseNo)).toMatchObject({ status: 200 });
  expect(await publicList()).toEqual([]);
  expect(await on.agree(caseNo)).toMatchObject({ status: 200 });
  const [listed] = await publicList();
  expect(listed).toMatchObject({ product, version: 1, state: 'listed', listKind: 'public' });
  expect(await on.deliver(caseNo)).toMatchObject({ statusCode: 409 });
  expect(await on.release(caseNo)).toMatchObject({ status: 200 });
  expect(await the.story(caseNo)).toEqual([
    ...['submitted', 'evidenceRecorded', 'checkersNamed', 'voteCast', 'voteCast', 'checkPassed'],
    ...['filed', 'agreed', 'registered', 'listed', 'released'],
  ]);
  const [{ registrationCode = '' } = {}] = (await the.told(caseNo, 'productEgress.registered.v1')) as {
    registrationCode?: string;
  }[];
  expect(registrationCode).toMatch(/^GS-640500-P-2024-\d{6}-[\dX]$/);
  expect(isRegistrationCode(registrationCode)).toBe(true);
  expect(await current(caseNo)).toBe(1);
  expect(await noticesOf(caseNo, 'productReleased')).toEqual(['city-bureau', 'dept-transport', 'merchant-1']);
});

it('a second click on each act changes nothing', async () => {
  const caseNo = await on.checked();
  const document = await on.paper('city-bureau', '回执');
  const acts = [
    [on.who.operator, 'filing', {}],
    [on.who.bureau, 'agreement', { document }],
    [on.who.operator, 'release', {}],
    [on.who.operator, 'suspension', { ground: 'leakRisk', document: await on.paper('operator', '风险报告') }],
    [on.who.bureau, 'restoration', { document }],
    [on.who.bureau, 'recall', { document, reasons: [{ code: 'leak', text: '泄露' }] }],
  ] as const;
  for (const [who, path, body] of acts) {
    const url = `/v1/egress-cases/${caseNo}/${path}`;
    const key = `twice-${path}`;
    const clicks = await Promise.all([
      the.call(who, 'POST', url, body, key),
      the.call(who, 'POST', url, body, key),
    ]);
    const again = await the.call(who, 'POST', url, body, key);
    const codes = clicks.map(({ statusCode }) => statusCode);
    expect(codes).toContain(200);
    expect([200, 409]).toEqual(expect.arrayContaining(codes)); // the other may be told that the first is under way
    const done = clicks.find(({ statusCode }) => statusCode === 200);
    expect([again.statusCode, again.body]).toEqual([200, done?.body]);
  }
  expect((await the.story(caseNo)).slice(6)).toEqual([
    ...['filed', 'agreed', 'registered', 'listed', 'released', 'suspended', 'restored', 'recalled'],
  ]);
  const { rows } = await sql`
    select 1 from product_code join product_version using (product_no) where case_no = ${caseNo}`.execute(
    the.db,
  );
  expect(rows).toHaveLength(1);
});

it('is returned twice with reasons, changed each time, and agreed to late', async () => {
  const caseNo = await on.checked({ path: 'product-returned' });
  const document = await on.paper('city-bureau', '退回');
  const back = { document, reasons: [{ code: 'contentsIncomplete', text: '说明不完整' }] };
  expect(await the.act(on.who.bureau, caseNo, 'filing-return', back)).toMatchObject({
    ...{ status: 409, code: 'noFilingPending' },
  });
  for (const round of [1, 2]) {
    expect(await on.file(caseNo)).toMatchObject({ status: 200 });
    expect(await the.act(on.who.bureau, caseNo, 'filing-return', { ...back, reasons: [] })).toMatchObject({
      status: 400,
    });
    expect(await the.act(on.who.bureau, caseNo, 'filing-return', back)).toMatchObject({ status: 200 });
    expect(await the.row(caseNo)).toMatchObject({
      stage: 'returned',
      state: { filed: false, checked: null },
    });
    const next = await the.asked('zhongwei', {
      artefact: `district,day,spaces\nD${round},2024-01-01,${round}\n`,
    });
    const { grants } = (await the.row(caseNo)).start.facts as { grants: string[] };
    expect(
      await the.act(on.who.merchant, caseNo, 'artefact', {
        ...next,
        contents: { ...next.contents, grants },
      }),
    ).toMatchObject({ status: 200 });
    await the.evidenced(caseNo);
    await on.passAgain(caseNo);
  }
  expect(await on.file(caseNo)).toMatchObject({ status: 200 });
  await the.goTo('2024-04-01T09:00:00', caseNo);
  expect(await the.story(caseNo)).toContain('overdue');
  expect(await on.agree(caseNo)).toMatchObject({ status: 200 });
  expect(await the.told(caseNo, 'productEgress.agreed.v1')).toMatchObject([{ late: true }]);
  expect(await the.row(caseNo)).toMatchObject({ stage: 'listed' });
});

it('a released next version supersedes the one before, under the same code', async () => {
  const first = await on.released();
  const { product } = await the.productOf(first);
  expect(await on.deliver(first)).toMatchObject({ statusCode: 201 });
  const second = await on.checked({ product });
  expect(await on.release(second)).toMatchObject({ status: 409, code: 'notOnList' });
  expect((await on.file(second)).status + (await on.agree(second)).status).toBe(400);
  const versions = async () =>
    (await publicList(`?jurisdiction=zhongwei`)).filter((one) => one.product === product);
  expect(await versions()).toMatchObject([
    { version: 1, state: 'released' },
    { version: 2, state: 'listed' },
  ]);
  expect(await on.release(second)).toMatchObject({ status: 200 });
  await on.settled(first);
  expect(await the.row(first)).toMatchObject({ outcome: 'retired' });
  expect(await the.told(first, 'productEgress.retired.v1')).toMatchObject([{ ground: 'superseded' }]);
  expect(await noticesOf(first, 'productRetired')).toContain('merchant-2');
  expect(await versions()).toMatchObject([{ version: 2, state: 'released' }]);
  expect([await current(first), await current(second)]).toEqual([0, 1]);
  const codes = await Promise.all(
    [first, second].map((caseNo) => the.told(caseNo, 'productEgress.registered.v1')),
  );
  expect(new Set(codes.flat().map((data) => data['registrationCode'])).size).toBe(1);
});

describe('what is wrong is taken off the list', () => {
  it('suspended on a risk, restored after rectification by the authority alone', async () => {
    const caseNo = await on.released({ path: 'product-suspended' });
    expect(await on.deliver(caseNo)).toMatchObject({ statusCode: 201 });
    const risk = { ground: 'leakRisk', document: await on.paper('operator', '风险报告') };
    expect(
      await the.act(on.who.operator, caseNo, 'suspension', { ...risk, ground: 'noSuchGround' }),
    ).toMatchObject({ status: 400 });
    expect(await the.act(on.who.merchant, caseNo, 'suspension', risk)).toMatchObject({ status: 403 });
    expect(await the.act(on.who.operator, caseNo, 'suspension', risk)).toMatchObject({ status: 200 });
    expect(await current(caseNo)).toBe(0);
    const { product } = await the.productOf(caseNo);
    expect((await publicList()).map((one) => one.product)).not.toContain(product);
    expect(await publicList('?state=suspended')).toContainEqual(
      expect.objectContaining({ product, reasons: ['leakRisk'] }),
    );
    expect((await on.deliver(caseNo)).json()).toMatchObject({ code: 'notOnList' });
    expect(await noticesOf(caseNo, 'productSuspended')).toEqual([
      ...['city-bureau', 'dept-transport', 'merchant-1', 'merchant-2', 'operator'],
    ]);
    const rectified = { document: await on.paper('operator', '整改报告') };
    expect(await the.act(on.who.operator, caseNo, 'restoration', rectified)).toMatchObject({ status: 403 });
    expect(await the.act(on.who.bureau, caseNo, 'restoration', rectified)).toMatchObject({
      ...{ status: 422, code: 'documentUnknown' }, // the operator's paper is not the bureau's
    });
    const document = await on.paper('city-bureau', '整改核验');
    expect(await the.act(on.who.bureau, caseNo, 'restoration', { document })).toMatchObject({ status: 200 });
    expect(await current(caseNo)).toBe(1);
    expect((await publicList()).find((one) => one.product === product)).toMatchObject({ state: 'released' });
    expect(await on.deliver(caseNo)).toMatchObject({ statusCode: 201 });
  });

  it('recalled with reasons: the list says why, every holder is told', async () => {
    const caseNo = await on.released({ path: 'product-recalled' });
    const { product } = await the.productOf(caseNo);
    expect(await on.deliver(caseNo)).toMatchObject({ statusCode: 201 });
    const outside = '91350100M000100Y43'; // GB 32100's own example: nobody's inbox
    expect(await on.deliver(caseNo, { holder: outside })).toMatchObject({ statusCode: 201 });
    expect((await on.deliver(caseNo, { holder: '91350100M000100Y44' })).json()).toMatchObject({
      code: 'holderUnknown',
    });
    const document = await on.paper('city-bureau', '决定');
    expect(await the.act(on.who.bureau, caseNo, 'recall', { document, reasons: [] })).toMatchObject({
      status: 400,
    });
    expect(await on.recall(caseNo)).toMatchObject({ status: 200 });
    expect(await noticesOf(caseNo, 'productRecalled')).toContain('merchant-2');
    expect(await publicList('?state=recalled')).toContainEqual(
      expect.objectContaining({ product, reasons: ['reidentified'] }),
    );
    const one = await the.call(null, 'GET', `/v1/products/${product}`);
    expect(one.json()).toMatchObject({ versions: [{ state: 'recalled', reasons: ['reidentified'] }] });
    const url = `/v1/products/${product}/deliveries`;
    const untold = (await the.call(on.who.operator, 'GET', `${url}?untold=true`)).json<{
      items: { delivery: string; holder: string }[];
    }>().items;
    expect(untold).toMatchObject([{ holder: outside }]);
    const shown = await on.paper('operator', '告知函');
    const tell = () => the.post(on.who.operator, `${url}/${untold[0]?.delivery}/told`, { document: shown });
    expect(await tell()).toMatchObject({ status: 200 });
    expect(await tell()).toMatchObject({ status: 409, code: 'holderTold' });
    const all = await the.call(on.who.bureau, 'GET', url);
    expect(
      all.json<{ items: { toldAt: string | null }[] }>().items.map(({ toldAt }) => toldAt),
    ).not.toContain(null);
  });

  it('recall and delivery at once: whoever was handed it is told, nobody is handed it after', async () => {
    const caseNo = await on.released();
    const [recalled, ...deliveries] = await Promise.all([
      on.recall(caseNo),
      ...Array.from({ length: 8 }, (_, at) =>
        on.deliver(caseNo, { holderName: `用户${at}` }, `delivery-at-recall-${at}`),
      ),
    ]);
    expect(recalled).toMatchObject({ status: 200 });
    const handed = deliveries.filter(({ statusCode }) => statusCode === 201);
    for (const one of deliveries) expect([201, 409]).toContain(one.statusCode);
    const rows = await the.db
      .selectFrom('product_delivery')
      .selectAll()
      .where('case_no', '=', caseNo)
      .execute();
    expect(rows).toHaveLength(handed.length);
    for (const { told_at } of rows) expect(told_at).not.toBeNull();
    expect(await on.deliver(caseNo)).toMatchObject({ statusCode: 409 });
  });

  it('a delivery under way holds the recall back, and its holder is told', async () => {
    const caseNo = await on.released();
    const { product } = await the.productOf(caseNo);
    const pack = loadPacks().resolve('zhongwei');
    const recalling = await the.db.transaction().execute(async (trx) => {
      await mustStayListed(trx, { jurisdiction: 'zhongwei', product }, pack);
      const answer = on.recall(caseNo);
      await waiting('product_version');
      await trx
        .insertInto('product_delivery')
        .values({
          ...{ id: 'JF-race', case_no: caseNo, jurisdiction: 'zhongwei', holder: 'merchant-2' },
          ...{ holder_name: '另一数商公司', contact: '李四', document: null, delivered_by: 'someone' },
          ...{ delivered_at: new Date('2024-05-01'), told_at: null, told_by: null },
        })
        .execute();
      return { answer };
    });
    expect(await recalling.answer).toMatchObject({ status: 200 });
    expect(
      await the.db.selectFrom('product_delivery').selectAll().where('id', '=', 'JF-race').executeTakeFirst(),
    ).toMatchObject({ told_by: 'notice' });
    expect(await noticesOf(caseNo, 'productRecalled')).toContain('merchant-2');
  });

  it.each([
    ['recalled', 409],
    ['released', 201],
  ] as const)('a row that leaves the lock as %s answers a waiting delivery %d', async (state, status) => {
    const caseNo = await on.released();
    const delivering = await the.db.transaction().execute(async (trx) => {
      await trx.updateTable('product_version').set({ state }).where('case_no', '=', caseNo).execute();
      const answer = on.deliver(caseNo);
      await waiting('product_version');
      return { answer };
    });
    expect(await delivering.answer).toMatchObject({ statusCode: status });
  });

  it('retired by its owner; the operator’s rival and another city find nothing', async () => {
    const caseNo = await on.listed();
    const wish = { ground: 'ownWish' };
    expect(await the.act(on.who.rival, caseNo, 'retirement', wish)).toMatchObject({ status: 404 });
    const away = { ...on.who.bureau, jurisdiction: 'wuhai' };
    expect(
      await the.act(away, caseNo, 'suspension', { ground: 'leakRisk', document: `sha256:${'0'.repeat(64)}` }),
    ).toMatchObject({ status: 404 });
    expect(await the.act(on.who.merchant, caseNo, 'retirement', { ground: 'superseded' })).toMatchObject({
      status: 400,
    });
    expect(await the.act(on.who.merchant, caseNo, 'retirement', wish)).toMatchObject({ status: 200 });
    expect(await the.row(caseNo)).toMatchObject({ outcome: 'retired' });
    expect(await current(caseNo)).toBe(0);
    expect(await on.release(caseNo)).toMatchObject({ status: 409, code: 'notOnList' });
  });
});

describe('what a release rests on', () => {
  it('a grant that has ended meanwhile refuses it', async () => {
    const caseNo = await on.listed();
    const { grants } = (await the.row(caseNo)).start.facts as { grants: string[] };
    await the.db
      .updateTable('product_grant')
      .set({ state: 'ended' })
      .where('grant_no', 'in', grants)
      .execute();
    expect(await on.release(caseNo)).toMatchObject({ status: 422, code: 'grantNotRunning' });
    await the.db
      .updateTable('product_grant')
      .set({ state: 'running' })
      .where('grant_no', 'in', grants)
      .execute();
    expect(await on.release(caseNo)).toMatchObject({ status: 200 });
  });

  it('its national code is recorded once, and is nobody else’s', async () => {
    const [one, other] = [await on.listed(), await on.checked()];
    const document = await on.paper('city-bureau', '登记平台回执');
    const give = async (caseNo: string, nationalCode: string) => {
      const { product } = await the.productOf(caseNo);
      return the.post(on.who.bureau, `/v1/products/${product}/national-code`, { nationalCode, document });
    };
    expect(await give(other, 'N-1')).toMatchObject({ status: 409, code: 'notRegistered' });
    expect(await give(one, 'N-1')).toMatchObject({ status: 200 });
    expect(await give(one, 'N-2')).toMatchObject({ status: 409, code: 'nationalCodeRecorded' });
    await on.file(other);
    await on.agree(other);
    expect(await give(other, 'N-1')).toMatchObject({ status: 409, code: 'nationalCodeTaken' });
    const racing = await Promise.all([give(other, 'N-3'), give(other, 'N-4')]);
    expect(racing.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
    const { product } = await the.productOf(one);
    expect((await the.call(null, 'GET', `/v1/products/${product}`)).json()).toMatchObject({
      nationalCode: 'N-1',
    });
  });
});

describe('the public list', () => {
  it('is paged, filtered, and comes as CSV', async () => {
    await on.listed({ contents: { purpose: 'industry' } });
    const all = await publicList('?limit=200');
    const seen: unknown[] = [];
    let next: string | null = '';
    while (next !== null) {
      const url: string = `/v1/products?limit=2${next && `&cursor=${encodeURIComponent(next)}`}`;
      const page: { items: unknown[]; next: string | null } = (await the.call(null, 'GET', url)).json();
      seen.push(...page.items);
      next = page.next;
    }
    expect(seen).toEqual(all);
    const industry = await publicList('?kind=industry');
    expect(industry).toHaveLength(1);
    expect(await publicList('?purpose=industry')).toEqual(industry);
    expect(await publicList('?kind=public')).toHaveLength(all.length - 1);
    expect(await publicList('?class=model')).toEqual([]);
    expect(await publicList('?jurisdiction=wuhai')).toEqual([]);
    const csv = await the.app.inject({ url: '/v1/products', headers: { accept: 'text/csv' } });
    expect(csv.body.split('\n')[0]).toContain('登记编码');
    for (const query of ['?class=thing', '?cursor=x', '?limit=0', '?nobody=knows', '?kind=both'])
      expect((await the.call(null, 'GET', `/v1/products${query}`)).statusCode).toBe(400);
  });

  it('what is under way is its owner’s, the operator’s and the authorities’ to see', async () => {
    const caseNo = await on.checked();
    const { product } = await the.productOf(caseNo);
    const seen = async (who: Parameters<Products['call']>[0]) =>
      (await the.call(who, 'GET', `/v1/products/${product}`)).statusCode;
    expect(await Promise.all([null, on.who.rival].map(seen))).toEqual([404, 404]);
    const { merchant, operator, bureau, auditor } = on.who;
    expect(await Promise.all([merchant, operator, bureau, auditor].map(seen))).toEqual([200, 200, 200, 200]);
  });

  it('a product let out on paper stands on it, marked, and is not delivered without a case', async () => {
    await sql`
      insert into brought_in_product (id, jurisdiction, name, operator, document, checked_on, recorded_by, recorded_at)
      values ('CP-00000000-0000-4000-8000-000000000001', 'zhongwei', '旧产品', 'operator', 'sha256:0', '2023-05-01',
        'someone', now())`.execute(the.db);
    const answer = await the.call(null, 'GET', '/v1/products?broughtIn=true');
    expect(answer.json()).toMatchObject({ items: [{ name: '旧产品', broughtIn: true, version: null }] });
    const delivered = await the.call(
      on.who.operator,
      'POST',
      '/v1/products/CP-00000000-0000-4000-8000-000000000001/deliveries',
      { holder: 'merchant-2', holderName: '某单位', contact: '某人' },
    );
    expect(delivered.json()).toMatchObject({ status: 409, code: 'notOnList' });
  });

  it('a holder’s name and contact stand in the tables alone', async () => {
    const caseNo = await on.released();
    await on.deliver(caseNo, { holderName: '甲乙丙公司', contact: '王五 13900139000' });
    await on.recall(caseNo);
    const { rows } = await sql<{ text: string }>`
      select payload::text as text from outbox
      union all select data::text from platform.notice
      union all select entry::text from audit_entry`.execute(the.db);
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(({ text }) => /甲乙丙|王五|13900139000/.test(text))).toEqual([]);
    const { product } = await the.productOf(caseNo);
    const contact = async (who: Parameters<Products['call']>[0]) =>
      (await the.call(who, 'GET', `/v1/products/${product}/deliveries`)).json<{
        items: { contact: string | null }[];
      }>().items[0]?.contact;
    expect(await contact(on.who.operator)).toContain('王五');
    expect(await contact(on.who.merchant)).toBeNull();
  });
});
