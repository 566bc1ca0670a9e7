import { type AgreementTerms, agreementItemCodes, agreementItems, renderAgreement } from './render.ts';

const terms: AgreementTerms = {
  agreementNo: '640500-XY-2024-000001',
  version: 1,
  caseNo: '640500-SQ-2024-000001',
  jurisdictionTitle: '中卫市',
  basis: '《办法》第十九条',
  kind: 'new',
  replaces: null,
  merchant: 'merchant-1',
  operator: 'operator',
  purpose: 'parkingGuidance',
  term: { from: '2024-07-01', until: '2025-06-30' },
  resources: [
    {
      resource: 'ZY-1',
      title: '停车位',
      reviewer: 'dept-transport',
      fields: ['停车场名称'],
      masked: ['车牌号码'],
    },
  ],
  conditions: [
    { organisation: 'dept-transport', code: 'fieldsMasked', text: '隐去车牌', fields: ['车牌号码'] },
  ],
  itemOrder: [...agreementItemCodes],
};
const items = Object.fromEntries(agreementItemCodes.map((code) => [code, `${code} 的约定`]));
const render = (change: Partial<AgreementTerms> = {}, words = items) =>
  renderAgreement({ ...terms, ...change }, words, `sha256:${'0'.repeat(64)}`);

describe('Zhongwei art. 19: the text of the standard agreement', () => {
  it('is the same for the same agreement, whatever order its items were given in', () => {
    const turned = Object.fromEntries(Object.entries(items).toReversed());
    expect(render({}, turned)).toBe(render());
  });

  it('has the ten items in the order of the pack, numbered to the last', () => {
    const text = render();
    const places = agreementItemCodes.map((code) => text.indexOf(`、${agreementItems[code]}\n`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('十二、违约责任');
  });

  it.each([
    { name: 'the purpose', change: { purpose: 'other' } },
    { name: 'the term', change: { term: { from: '2024-07-01', until: '2025-07-01' } } },
    { name: 'a field', change: { resources: [{ ...terms.resources[0], fields: ['剩余车位'] }] } },
    { name: 'a condition', change: { conditions: [] } },
    { name: 'a party', change: { merchant: 'merchant-2' } },
    { name: 'the grant it replaces', change: { kind: 'renewal', replaces: '640500-SY-2024-000001' } },
  ])('$name shows in it', ({ change }) => {
    expect(render(change as Partial<AgreementTerms>)).not.toBe(render());
  });

  it('two words that differ in line ends alone are one text', () => {
    expect(render({}, { ...items, liability: '一\r\n二 ' })).toBe(
      render({}, { ...items, liability: '一\n二' }),
    );
  });
});
