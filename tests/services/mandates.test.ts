import { agreementNo, inOperation } from '../support/in-operation.ts';
import { documentNo, type RegistryCity, startRegistryCity } from './onboarding-support.ts';
import { bodiesOf } from './resources-support.ts';

let city: RegistryCity;
const zhongwei = bodiesOf('zhongwei');
const shuozhou = bodiesOf('shuozhou');
jest.setTimeout(60_000);
beforeAll(async () => {
  city = await startRegistryCity();
  await inOperation(city.db, 'shuozhou');
});
afterAll(() => city?.stop());

const transfer = (change: object = {}) => ({
  kind: 'subLicence',
  recipient: '某科技公司',
  matters: '数据产品核查',
  ...change,
});

describe('mandates over REST', () => {
  it('[O12 national] 九（四）: who operates what, since when, and how it stands today', async () => {
    await inOperation(city.db, 'zhongwei', {
      agreement: agreementNo('zhongwei', 2),
      ...{ operator: 'operator-2', mode: 'byField', fields: ['health'], until: '2024-02-29' },
    });
    expect(await city.get(zhongwei.operator, '/v1/mandates')).toMatchObject({
      status: 200,
      items: [
        { agreement: agreementNo('zhongwei'), operator: 'operator', mode: 'whole', state: 'inForce' },
        { mode: 'byField', fields: ['health'], untilOn: '2024-02-29', state: 'ended' },
      ],
    });
  });

  it('as CSV too, page by page; another city’s stay its own', async () => {
    const csv = await city.call(zhongwei.bureau, 'GET', '/v1/mandates', { headers: { accept: 'text/csv' } });
    expect(csv.body).toContain('协议编号');
    const { items, next } = await city.get(zhongwei.bureau, '/v1/mandates?limit=1');
    expect(items).toHaveLength(1);
    expect(await city.get(zhongwei.bureau, `/v1/mandates?limit=1&cursor=${next}`)).toMatchObject({
      items: [{ agreement: agreementNo('zhongwei', 2) }],
    });
    expect(await city.get(bodiesOf('wuhai').bureau, '/v1/mandates')).toMatchObject({
      items: [{ agreement: agreementNo('wuhai') }],
    });
  });
});

describe('no sub-licence, no subcontract, no transfer in disguise (O10)', () => {
  const at = (jurisdiction: string) => `/v1/mandates/${agreementNo(jurisdiction)}/transfers`;

  it.each(['subLicence', 'subcontracting', 'disguisedTransfer'])(
    '[O10 shuozhou refuses] 十一（三）7: %s is refused with the article',
    async (kind) => {
      expect(await city.post(shuozhou.operator, at('shuozhou'), transfer({ kind }))).toMatchObject({
        ...{ status: 409, code: 'subLicenceForbidden' },
        article: { article: '十一（三）7' },
      });
    },
  );

  it('[O10 shuozhou] 十一（三）7: the attempt stands for the bureau, and in an event without words', async () => {
    const { items } = await city.get(shuozhou.bureau, at('shuozhou'));
    expect(items).toHaveLength(3);
    expect(items[0]).toMatchObject({ recipient: '某科技公司', matters: '数据产品核查' });
    const events = await city.events('mandate.transferRefused.v1');
    expect(events.at(-1)).toMatchObject({ agreement: agreementNo('shuozhou'), operator: 'operator' });
    expect(JSON.stringify(events)).not.toContain('科技');
  });

  it.each(['zhongwei', 'wuhai'] as const)('%s, where the text is silent, by our reading too', async (one) => {
    const answer = await city.post(bodiesOf(one).operator, at(one), transfer());
    expect(answer).toMatchObject({ status: 409, code: 'subLicenceForbidden', article: {} });
  });

  it.each([
    ['by a body that is not its operator', { ...shuozhou.operator, organisation: 'other' }, {}, 404],
    ['by the bureau', shuozhou.bureau, {}, 403],
    ['by another city’s operator', bodiesOf('wuhai').operator, {}, 404],
    ['of a kind that is none', shuozhou.operator, { kind: 'gift' }, 400],
    ['with a document nobody uploaded', shuozhou.operator, { document: documentNo(4) }, 422],
    ['with a NUL character', shuozhou.operator, { matters: 'a\u0000' }, 400],
  ])('%s nothing is recorded', async (_, who, change, status) => {
    const before = await city.count('mandate_transfer');
    expect((await city.post(who, at('shuozhou'), transfer(change))).status).toBe(status);
    expect(await city.count('mandate_transfer')).toBe(before);
  });
});

describe('an onboarding is with the operator of a mandate', () => {
  const apply = async (n: number, more: object = {}) => {
    const { materialOf, merchantNo } = await import('./onboarding-support.ts');
    return city.post(merchantNo(n), '/v1/onboardings', { contents: materialOf(n), ...more });
  };
  const operatorOf = async (caseNo: unknown) =>
    await city.db
      .selectFrom('application')
      .select(['operator_organisation', 'mandate'])
      .where('case_no', '=', String(caseNo))
      .executeTakeFirstOrThrow();

  it('the one that runs, without being named', async () => {
    await city.approveNorm();
    const { caseNo, status } = await apply(1);
    expect(status).toBe(202);
    expect(await operatorOf(caseNo)).toEqual({
      ...{ operator_organisation: 'operator', mandate: agreementNo('zhongwei') },
    });
  });

  it('several: the one it names, else refused; each operator’s norm is its own (M2)', async () => {
    await inOperation(city.db, 'zhongwei', {
      agreement: agreementNo('zhongwei', 3),
      ...{ operator: 'operator-2', mode: 'byField', fields: ['transport'] },
    });
    expect(await apply(2)).toMatchObject({
      status: 409,
      code: 'mandateAmbiguous',
      article: { article: '四' },
    });
    expect(await apply(2, { mandate: agreementNo('zhongwei', 3) })).toMatchObject({
      ...{ status: 409, code: 'normNotApproved' },
    });
    expect(await apply(2, { mandate: agreementNo('zhongwei') })).toMatchObject({ status: 202 });
    expect(await apply(3, { mandate: agreementNo('zhongwei', 9) })).toMatchObject({ code: 'mandateMissing' });
    expect(await apply(3, { mandate: agreementNo('zhongwei', 2) })).toMatchObject({ code: 'mandateEnded' });
    expect(await apply(3, { mandate: 'none' })).toMatchObject({ status: 400 });
  });
});
