import { agreementItems, type Law, refusalOf, startLaw } from './law-support.ts';

let law: Law;
jest.setTimeout(60_000);
beforeAll(async () => {
  law = await startLaw();
}, 60_000);
afterAll(() => law?.stop());

const fields = [{ name: '车位数', grade: 'general' }];

describe('[A7 zhongwei] [A7 shuozhou] one agreement a use, signed by both', () => {
  it.each(['zhongwei', 'shuozhou'] as const)(
    '%s: with every item of its text, it makes the grant',
    async (city) => {
      const caseNo = await law.approvedCase(city, await law.openEntry(city, 'a7', { fields }));
      const agreed = await law.signed(city, await law.agreement(city, caseNo, agreementItems));
      expect(agreed).toMatchObject({ state: 'signed', grantNo: expect.stringMatching(/-SY-2024-/) });
      expect(refusalOf(await law.agreement(city, caseNo, agreementItems))).toMatchObject({
        code: 'agreementSigned',
      });
    },
  );

  it('Shuozhou 一7 asks for the scenario alone, and so do we there', async () => {
    const caseNo = await law.approvedCase('shuozhou', await law.openEntry('shuozhou', 'a7-one', { fields }));
    expect((await law.agreement('shuozhou', caseNo, {})).statusCode).toBe(201);
  });
});

describe('[A7 zhongwei refuses] [A7 shuozhou refuses] an agreement that lacks an item, or a consent', () => {
  it.each(Object.keys(agreementItems))('Zhongwei 十九: without %s', async (item) => {
    const caseNo = await law.approvedCase(
      'zhongwei',
      await law.openEntry('zhongwei', `a7-${item}`, { fields }),
    );
    const { [item]: _, ...others } = agreementItems as Record<string, string>;
    expect(refusalOf(await law.agreement('zhongwei', caseNo, others))).toEqual({
      status: 422,
      code: 'agreementItemMissing',
      article: '十九',
      pointers: [`/body/items/${item}`],
    });
  });

  it('Shuozhou 一7: on no scenario', async () => {
    const entry = await law.openEntry('shuozhou', 'a7-bare', { fields });
    const term = { from: '2024-03-01', until: '2024-12-31' };
    const caseNo = await law.approvedCase('shuozhou', entry, { scope: '全市停车场', term });
    expect(refusalOf(await law.agreement('shuozhou', caseNo, {}))).toEqual({
      status: 422,
      code: 'agreementItemMissing',
      article: '一7',
      pointers: ['/body/items/scenario'],
    });
  });

  it.each([
    { city: 'zhongwei', article: '十九' },
    { city: 'shuozhou', article: '一7' },
  ] as const)('$city $article: before the application is approved', async ({ city, article }) => {
    const entry = await law.openEntry(city, 'a7-open', { fields });
    const caseNo = await law.approvedCase(city, entry, undefined, null);
    expect(refusalOf(await law.agreement(city, caseNo, agreementItems))).toMatchObject({
      code: 'notApproved',
      article,
    });
  });
});
