import { fieldMark } from '@gongshu/infra/products/fields';
import { sql } from 'kysely';
import { productPeople, type Products, resource, startProducts } from '../support/products.ts';

let the: Products;
beforeAll(async () => {
  the = await startProducts(['national', 'wuhai']);
  await the.law.begin('2025-04-01T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

type Sets = {
  sets: { together: number; mostAlone: number; holdings: { id: string }[]; joins: { code: string }[] }[];
};
const risks = async (city: string, merchant: string) =>
  (await the.call(productPeople(city).bureau, 'GET', `/v1/linkage-risks/${merchant}`)).json<
    Sets & { article: { article: string }; holdings: number }
  >();
/** A grant as the catalog tells it, its fields by kind and mark. */
const grantOf = async (
  city: string,
  resource: string,
  holder: string,
  kinds: Record<string, string | null>,
) => {
  const number = await the.grant(city, { holder, resources: [], untilOn: '2025-12-31' });
  const fields = Object.entries(kinds).map(([name, kind]) => ({
    ...{ field: fieldMark(resource, name), grade: 'personal', kind },
  }));
  await sql`
    update product_grant set resources = ${JSON.stringify([{ resource, reviewer: 'dept-transport', fields }])}
    where grant_no = ${number}`.execute(the.db);
  return number;
};

describe('[X6 national] 二十一: what grants and products tell together is shown', () => {
  it('two grants with the same identifier cover more than either; the article is named', async () => {
    const a = await grantOf('national', 'R-medical', 'merchant-1', { 身份证号: 'residentId', 诊断: null });
    const b = await grantOf('national', 'R-social', 'merchant-1', {
      公民身份号码: 'residentId',
      缴费基数: null,
    });
    const { sets, article, holdings } = await risks('national', 'merchant-1');
    expect(article.article).toContain('二十一');
    expect(holdings).toBe(2);
    expect(sets).toHaveLength(1);
    expect(sets[0]).toMatchObject({ together: 3, mostAlone: 2, joins: [{ code: 'directIdentifier' }] });
    expect(sets[0]?.holdings.map(({ id }) => id)).toEqual([a, b].toSorted());
  });

  it('a product joins in through the field it was made from', async () => {
    await grantOf('national', 'R-bank', 'merchant-2', { 手机号: 'mobile', 授信额度: null });
    const caseNo = await the.submit('national', {
      who: 'rival',
      contents: {
        grants: [await the.grant('national', { holder: 'merchant-2', untilOn: '2025-12-31' })],
        quasiIdentifiers: ['district'],
        fields: [
          { name: 'district', from: [{ resource, field: '区县' }] },
          {
            ...{ name: 'phone', from: [{ resource, field: '车主电话' }] },
            treatment: { kind: 'desensitised', method: '加盐散列' },
          },
        ],
      },
    });
    const { product } = await the.productOf(caseNo);
    const { sets } = await risks('national', 'merchant-2');
    expect(sets.flatMap((set) => set.holdings.map(({ id }) => id))).toContain(`${product}/1`);
  });
});

describe('[X6 national refuses]', () => {
  it('a merchant does not look into what others hold, and nothing in common is no set', async () => {
    const { merchant } = productPeople('national');
    expect((await the.call(merchant, 'GET', '/v1/linkage-risks/merchant-2')).statusCode).toBe(403);
    await grantOf('wuhai', 'R-weather', 'merchant-1', { 气温: null });
    await grantOf('wuhai', 'R-parks', 'merchant-1', { 面积: null });
    expect((await risks('wuhai', 'merchant-1')).sets).toEqual([]);
  });
});
