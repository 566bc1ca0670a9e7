// E1 and O10 in every city: two checkers of the operator's, every field of the pack; operator and merchants kept apart.
import { loadPacks } from '@gongshu/infra/packs';
import { clauseIn, valuesOf } from '@gongshu/shared/packs/pack';
import type { ProductEgressRules } from '@gongshu/shared/packs/topics/product-egress';
import { checkSteps, publicSource } from '../support/egress-check.ts';
import { productPeople, type Products, startProducts } from '../support/products.ts';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];
const packs = loadPacks();
const rules = (city: City) => valuesOf(packs.resolve(city), 'productEgress');
const clause = (city: City, key: keyof ProductEgressRules) =>
  clauseIn(packs.resolve(city), 'productEgress', key).article;

let the: Products;
const on = {} as Record<City, ReturnType<typeof checkSteps>>;
beforeAll(async () => {
  the = await startProducts([...cities]);
  for (const city of cities) on[city] = checkSteps(the, city);
  await the.law.begin('2025-03-03T09:00:00'); // the national text is in force then
}, 180_000);
afterAll(() => the?.stop());

const refusalOf = async (asked: ReturnType<Products['call']>) => {
  const { statusCode: status } = await asked;
  const {
    code,
    article,
    errors = [],
  } = (await asked).json<{
    code?: string;
    article?: { article: string };
    errors?: { pointer: string; code: string; message: string }[];
  }>();
  return { status, code, article: article?.article, errors };
};
const ask = (city: City, caseNo: string, path: string, body: object = {}) =>
  refusalOf(the.call(on[city].who.operator, 'POST', `/v1/egress-cases/${caseNo}/${path}`, body));
const submission = async (city: City, who: 'merchant' | 'operator' = 'merchant', contents: object = {}) => {
  const asked = await the.asked(city, { contents });
  const seat = productPeople(city)[who];
  if (who === 'operator')
    asked.artefact = await the.file(city, 'operator', 'district,day,spaces\nD1,2024-01-01,5\n');
  return refusalOf(the.call(seat, 'POST', '/v1/egress-cases', asked));
};

describe('[E1 national] [E1 zhongwei] [E1 shuozhou] [E1 wuhai] two vetted people of the operator pass every field', () => {
  it.each(cities)('%s', async (city) => {
    const { caseNo, first, second } = await on[city].underCheck();
    const { fields } = await on[city].ballot(caseNo);
    expect(fields.map(({ field }) => field)).toEqual(rules(city).fields);
    expect(await on[city].vote(caseNo, first)).toMatchObject({ status: 200 });
    expect(await on[city].vote(caseNo, second)).toMatchObject({ status: 200 });
    expect((await the.row(caseNo)).stage).toBe('filing');
    expect((await the.told(caseNo, 'productEgress.checkPassed.v1'))[0]).toMatchObject({ late: false });
  });
});

describe('[E1 national refuses] [E1 zhongwei refuses] [E1 shuozhou refuses] [E1 wuhai refuses] what one of them refuses', () => {
  it.each(cities)('%s: each field is enough, and one who was not vetted does not check', async (city) => {
    const { caseNo, first, second } = await on[city].underCheck();
    const unvetted = await on[city].person(`unvetted-${city}`, { vetting_result: 'failed' });
    const fit = await on[city].person(`fit-${city}`);
    expect(await ask(city, caseNo, 'checkers', { checkers: [fit, unvetted] })).toMatchObject({
      ...{ status: 422, code: 'checkerUnfit', article: clause(city, 'checkers')?.article },
    });
    await on[city].vote(caseNo, first);
    const fields = await on[city].refusing(caseNo, '可还原出原始数据');
    expect(await on[city].vote(caseNo, second, { fields })).toMatchObject({ status: 200 });
    expect((await the.row(caseNo)).stage).toBe('returned');
    expect((await the.told(caseNo, 'productEgress.checkFailed.v1'))[0]).toMatchObject({
      refusedFields: [rules(city).fields[0]],
    });
    expect(await ask(city, caseNo, 'filing')).toMatchObject({ status: 409, code: 'stepNotReached' });
  });
});

describe('lawfully public sources', () => {
  it.each(['zhongwei', 'shuozhou'] as const)(
    '[E1 zhongwei unused] [E1 shuozhou unused] %s: where no source is said to be public none is asked about',
    async (city) => {
      const { caseNo, first } = await on[city].underCheck();
      expect((await on[city].ballot(caseNo)).sources).toEqual([]);
      const sources = [{ source: publicSource.resource, confirmed: true }];
      expect(await on[city].vote(caseNo, first, { sources })).toMatchObject({ code: 'voteIncomplete' });
    },
  );
});

/** A link that counts: recorded by one account of the bureau, confirmed by another; what it told is handed on. */
let links = 0;
const recorder = (city: City, subject: string) => ({ ...on[city].who.bureau, subject });
const recorded = async (
  city: City,
  owner: string,
  owned: string,
  shareBasisPoints: number | null,
): Promise<string> => {
  links += 1;
  const document = await the.upload(city, 'city-bureau', `登记档案 ${links}`);
  const made = await the.call(recorder(city, 'a-1'), 'POST', '/v1/ownership-links', {
    ...{ owner, owned, document, from: '2024-01-02' },
    ...(shareBasisPoints === null ? { kind: 'control' } : { kind: 'share', shareBasisPoints }),
  });
  return made.json<{ link: string }>().link;
};
const linked = async (...[city, ...of]: Parameters<typeof recorded>): Promise<string> => {
  const link = await recorded(city, ...of);
  const done = await the.call(recorder(city, 'a-2'), 'POST', `/v1/ownership-links/${link}/confirmation`, {});
  if (done.statusCode !== 200) throw new Error(done.body);
  return link;
};
const ended = (city: City, link: string) =>
  the.call(recorder(city, 'a-1'), 'POST', `/v1/ownership-links/${link}/end`, { until: '2025-03-02' });

describe('[O10 national] [O10 zhongwei] [O10 wuhai] [O10 shuozhou] operator and merchant have nothing to do with each other', () => {
  it.each(cities)('%s: a share below the threshold does not count, nor one only recorded', async (city) => {
    const { shareBasisPoints } = rules(city).separation;
    const link = await linked(city, 'operator', 'merchant-1', shareBasisPoints - 1);
    await recorded(city, 'merchant-1', 'operator', null);
    const { caseNo, first, second } = await on[city].underCheck();
    await on[city].vote(caseNo, first);
    await on[city].vote(caseNo, second);
    expect(await ask(city, caseNo, 'filing')).toMatchObject({ status: 200 });
    expect((await ended(city, link)).statusCode).toBe(200);
  });
});

describe('[O10 national refuses] [O10 zhongwei refuses] [O10 wuhai refuses] [O10 shuozhou refuses] through a chain of any depth', () => {
  it.each(cities)('%s: named link by link at submission, with share, date and document', async (city) => {
    const { shareBasisPoints } = rules(city).separation;
    const chain = [
      await linked(city, 'holding-1', 'merchant-1', null),
      await linked(city, 'holding-2', 'holding-1', shareBasisPoints),
      await linked(city, 'operator', 'holding-2', 5_100),
    ];
    const found = await submission(city);
    const forbidden = clauseIn(packs.resolve(city), 'operatingAgreement', 'forbidden').article;
    expect(found).toMatchObject({ status: 422, code: 'notSeparated', article: forbidden?.article });
    expect(found.errors.map(({ code }) => code)).toEqual(chain);
    expect(found.errors.map(({ message }) => message).at(-1)).toMatch(
      /^operator 持有 51% 于 holding-2，自 2024-01-02，依据 sha256:[0-9a-f]{64}$/,
    );
    for (const link of chain) await ended(city, link);
    expect(await submission(city)).toMatchObject({ status: 201 });
  });

  it.each(['zhongwei'] as const)('%s: one house above both counts too', async (city) => {
    const both = [
      await linked(city, 'group-1', 'operator', null),
      await linked(city, 'group-1', 'merchant-1', 3_000),
    ];
    expect(await submission(city)).toMatchObject({ code: 'notSeparated' });
    for (const link of both) await ended(city, link);
  });

  it.each(cities)(
    '%s: a link that comes to light later: checked anew, by others, once it has ended',
    async (city) => {
      const { caseNo, first, second } = await on[city].underCheck();
      await on[city].vote(caseNo, first);
      await on[city].vote(caseNo, second);
      await ask(city, caseNo, 'filing');
      const document = await the.upload(city, 'city-bureau', `回执 ${caseNo}`);
      expect(await the.act(on[city].who.bureau, caseNo, 'agreement', { document })).toMatchObject({
        status: 200,
      });
      expect(await the.productOf(caseNo)).toBeDefined();
      const state = async () =>
        (
          await the.db
            .selectFrom('product_version')
            .select('state')
            .where('case_no', '=', caseNo)
            .executeTakeFirstOrThrow()
        ).state;
      expect(await state()).toBe('listed');
      const link = await linked(city, 'operator', 'merchant-1', null);
      await the.quiet(caseNo);
      expect((await the.story(caseNo)).at(-1)).toBe('reopened');
      expect((await the.told(caseNo, 'productEgress.reopened.v1'))[0]).toMatchObject({
        link,
        wasListed: true,
      });
      expect(await state()).toBe('underWay');
      const others = [await on[city].person(`c-${caseNo}`), await on[city].person(`d-${caseNo}`)];
      expect(await ask(city, caseNo, 'checkers', { checkers: others })).toMatchObject({
        code: 'notSeparated',
      });
      expect(await ask(city, caseNo, 'release')).toMatchObject({ status: 409 });
      await ended(city, link);
      expect(await ask(city, caseNo, 'checkers', { checkers: others })).toMatchObject({ status: 200 });
      expect(await on[city].vote(caseNo, first)).toMatchObject({ code: 'notChecker' });
    },
  );
});

describe('the operator builds on nothing delivered already', () => {
  it.each(['national', 'shuozhou'] as const)(
    '[O10 national refuses] %s: re-development is refused, its own product is not',
    async (city) => {
      const { product } = await the.productOf((await on[city].underCheck()).caseNo);
      const redeveloped = await submission(city, 'operator', { builtOn: [product] });
      expect(redeveloped).toMatchObject({
        ...{ status: 422, code: 'operatorRedevelops' },
        errors: [{ pointer: '/body/contents/builtOn/0' }],
      });
      expect(await submission(city, 'merchant', { builtOn: ['000000-CP-2024-999999'] })).toMatchObject({
        ...{ code: 'productUnknown' },
      });
      expect(await submission(city, 'merchant', { builtOn: [product] })).toMatchObject({ status: 201 });
      expect(await submission(city, 'operator')).toMatchObject({ status: 201 });
    },
  );
});
