// E2–E4 in every city: the second lock by its own word, the code before release, the list and nothing beside it.
import { loadPacks } from '@gongshu/infra/packs';
import { clauseIn, valuesOf } from '@gongshu/shared/packs/pack';
import type { ProductEgressRules } from '@gongshu/shared/packs/topics/product-egress';
import { isRegistrationCode } from '@gongshu/shared/product/registration-code';
import { productSteps } from '../support/product-list.ts';
import { type Products, startProducts } from '../support/products.ts';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];
const packs = loadPacks();
const rules = (city: City) => valuesOf(packs.resolve(city), 'productEgress');
const articleOf = (city: City, key: keyof ProductEgressRules) =>
  clauseIn(packs.resolve(city), 'productEgress', key).article;

let the: Products;
const on = {} as Record<City, ReturnType<typeof productSteps>>;
beforeAll(async () => {
  the = await startProducts([...cities]);
  for (const city of cities) on[city] = productSteps(the, city, 2025); // the national text is in force then
  await the.law.begin('2025-03-03T09:00:00');
}, 180_000);
afterAll(() => the.stop());

/** What a refused act says: its code, and the article it names. */
const refused = async (answer: ReturnType<Products['call']>) => {
  const { statusCode } = await answer;
  const { code, article } = (await answer).json<{ code: string; article?: object }>();
  return { statusCode, code, article };
};
const ask = (city: City, who: 'bureau' | 'operator', caseNo: string, path: string, body: object = {}) =>
  the.call(on[city].who[who], 'POST', `/v1/egress-cases/${caseNo}/${path}`, body);
const inbox = async (city: City, who: 'bureau' | 'operator', caseNo: string, kind: string) => {
  const answer = await the.call(on[city].who[who], 'GET', `/v1/notices?caseNo=${caseNo}`);
  const { items } = answer.json<{
    items: { kind: string; text: { zh: string }; article: string | null }[];
  }>();
  return items.find((one) => one.kind === kind);
};
const named = (article: string | undefined): string =>
  /^[一二三四五六七八九十]+$/.test(article ?? '') ? `第${article}条` : (article ?? '');

describe('[E2 zhongwei] [E2 shuozhou] [E2 wuhai] checked, and sent to the authority, a product leaves', () => {
  it.each([
    ['zhongwei', '备案', '出域核查'],
    ['shuozhou', '备案', '产品合规性审核'],
    ['wuhai', '同意', '出域审核'],
  ] as const)('in %s by %s, after %s', async (city, lock, localTerm) => {
    const caseNo = await on[city].released();
    const [agreed] = await the.told(caseNo, 'productEgress.agreed.v1');
    expect(agreed).toMatchObject({
      article: named(articleOf(city, 'secondLock')?.article),
      articleInstrument: articleOf(city, 'secondLock')?.instrument,
    });
    expect((await inbox(city, 'bureau', caseNo, 'productFiled'))?.text.zh).toContain(`产品已报送${lock}`);
    expect((await inbox(city, 'operator', caseNo, 'egressCheckPassed'))?.text.zh).toContain(
      `${localTerm}通过`,
    );
    expect(await the.row(caseNo)).toMatchObject({ stage: 'released' });
  });
});

describe('[E2 zhongwei refuses] [E2 shuozhou refuses] [E2 wuhai refuses] one lock alone lets nothing out', () => {
  it.each(['zhongwei', 'shuozhou', 'wuhai'] as const)(
    '%s: unchecked it is not sent; unsent it is not agreed to',
    async (city) => {
      const article = articleOf(city, 'secondLock');
      const grants = [await the.grant(city, { untilOn: '2025-12-31' })];
      const unchecked = await the.submit(city, { contents: { grants } });
      expect(await refused(ask(city, 'operator', unchecked, 'filing'))).toEqual({
        ...{ statusCode: 409, code: 'stepNotReached', article },
      });
      const caseNo = await on[city].checked();
      const document = await on[city].paper('city-bureau', '同意');
      expect(await refused(ask(city, 'bureau', caseNo, 'agreement', { document }))).toEqual({
        ...{ statusCode: 409, code: 'noFilingPending', article },
      });
      await on[city].file(caseNo);
      expect(await refused(ask(city, 'operator', caseNo, 'agreement', { document }))).toMatchObject({
        statusCode: 403,
      });
      expect(await refused(ask(city, 'operator', caseNo, 'release'))).toMatchObject({ statusCode: 409 });
      expect(await the.row(caseNo)).toMatchObject({ stage: 'filing', state: { registrationCode: null } });
    },
  );
});

describe('[E3 national] [E3 shuozhou] [E3 wuhai] a product is registered under one code', () => {
  it.each([
    ['national', '100000'],
    ['shuozhou', '140600'],
    ['wuhai', '150300'],
  ] as const)('%s: its code bears the area %s and a check character', async (city, area) => {
    const caseNo = await on[city].listed();
    const [registered] = await the.told(caseNo, 'productEgress.registered.v1');
    const code = String(registered?.['registrationCode']);
    expect(code).toMatch(new RegExp(`^GS-${area}-P-2025-\\d{6}-[\\dX]$`));
    expect(isRegistrationCode(code)).toBe(true);
    expect(registered?.['article']).toBe(named(articleOf(city, 'registration')?.article));
    const { product } = await the.productOf(caseNo);
    const one = await the.call(null, 'GET', `/v1/products/${product}`);
    expect(one.json()).toMatchObject({ registrationCode: code, nationalCode: null });
  });
});

describe('[E3 national refuses] [E3 shuozhou refuses] [E3 wuhai refuses] without its code nothing is released', () => {
  it.each(['national', 'shuozhou', 'wuhai'] as const)('%s', async (city) => {
    const caseNo = await on[city].checked();
    await on[city].file(caseNo);
    expect(await refused(ask(city, 'operator', caseNo, 'release'))).toEqual({
      ...{ statusCode: 409, code: 'notRegistered', article: articleOf(city, 'registration') },
    });
  });
});

describe('[E4 national] [E4 shuozhou] [E4 wuhai] the list is public and moves with what is done', () => {
  it.each(['national', 'shuozhou', 'wuhai'] as const)('%s', async (city) => {
    const caseNo = await on[city].listed({ contents: { purpose: 'industry' } });
    const { product } = await the.productOf(caseNo);
    const find = async (query: string) => {
      const answer = await the.call(null, 'GET', `/v1/products?jurisdiction=${city}&limit=200${query}`);
      const { items } = answer.json<{ items: { product: string; listKind: string | null }[] }>();
      return items.find((one) => one.product === product);
    };
    const listKind = rules(city).list.kinds === 'two' ? 'industry' : null;
    expect(await find('&kind=industry')).toMatchObject({ state: 'listed', listKind });
    expect(await find('&kind=public')).toBeUndefined();
    const published = await the.call(null, 'GET', `/v1/publications?kind=productListed&subject=${caseNo}`);
    expect(published.json()).toMatchObject({ items: [{ jurisdiction: city }] });
    await on[city].release(caseNo);
    expect(await find('')).toMatchObject({ state: 'released' });
    await on[city].recall(caseNo);
    expect(await find('')).toBeUndefined();
    expect(await find('&state=recalled')).toMatchObject({ reasons: ['reidentified'] });
  });
});

describe('[E4 national refuses] [E4 shuozhou refuses] [E4 wuhai refuses] nothing outside the list is offered', () => {
  it.each(['national', 'shuozhou', 'wuhai'] as const)('%s', async (city) => {
    const article = articleOf(city, 'outsideList');
    const outside = { statusCode: 409, code: 'notOnList', article };
    const caseNo = await on[city].checked();
    const handed = async () => refused(on[city].deliver(caseNo));
    expect(await handed()).toEqual(outside);
    await on[city].file(caseNo);
    await on[city].agree(caseNo);
    expect(await handed()).toEqual({ ...outside, code: 'notReleased' });
    await on[city].release(caseNo);
    expect((await on[city].deliver(caseNo)).statusCode).toBe(201);
    const document = await on[city].paper('operator', '风险');
    await ask(city, 'operator', caseNo, 'suspension', { ground: 'leakRisk', document });
    expect(await handed()).toEqual(outside);
    await on[city].recall(caseNo);
    expect(await handed()).toEqual(outside);
  });
});
