import { usccCheckDigit } from '../../uscc.ts';
import { isLuhn } from './bank-card.ts';
import { detect } from './detect.ts';
import { residentCheck } from './resident-id.ts';

const types = (text: string, header = '') => detect(text, header).map(({ type }) => type);

/** Every other check character in place of the right one. */
const twins = (right: string, characters: string) =>
  Array.from(characters, (one) => right.slice(0, -1) + one).filter((twin) => twin !== right);

describe('GB 11643-1999: resident identity numbers', () => {
  it.each(['11010519491231002', '44052418800101001', '64050219900229001'.replace('19900229', '19920229')])(
    '%s and its check character are found, no other check character is',
    (first17) => {
      const right = first17 + residentCheck(first17);
      for (const text of [right, `身份证号${right}`, `张三，${right}。`, right.toLowerCase()])
        expect(types(text)).toContain('residentId');
      for (const twin of twins(right, '0123456789X'))
        for (const text of [twin, `证件 ${twin} 号`]) expect(types(text)).not.toContain('residentId');
    },
  );

  it.each(['11010519491231002X', '440524188001010014'])("finds the standard's own example %s", (example) =>
    expect(types(example)).toEqual(['residentId']),
  );

  it.each([
    ['a province that is none', '19010519491231002'],
    ['a day that is none', '11010519490230002'],
    ['a month that is none', '11010519491331002'],
    ['a year too early', '11010518001231002'],
    ['a year to come', '11010521491231002'],
  ])('%s makes no resident, whatever the check character', (_what, first17) =>
    expect(types(first17 + residentCheck(first17))).not.toContain('residentId'),
  );

  it('finds the old form of fifteen digits by division and date of birth, where that stood for a person', () => {
    expect(types('640502850312123')).toEqual(['residentId']);
    expect(types('证件号码640502850312123')).toEqual(['residentId']);
    expect(types('640502851312123')).toEqual([]); // month 13
    expect(types('649902850312123')).toEqual([]); // no such division
  });

  it('finds permanent residence cards of foreigners (2023 form)', () => {
    const first17 = '91115619900101123';
    expect(types(first17 + residentCheck(first17))).toContain('residentId');
  });

  it('reads no number inside a longer run of digits', () => {
    expect(types('1101051949123100214')).toEqual([]);
    expect(types('9411010519491231002X')).toEqual([]);
  });
});

describe('GB 32100-2015: unified social credit codes', () => {
  const first = '91350100M000100Y4';
  it('finds the right check character and no other', () => {
    const right = first + usccCheckDigit(first);
    for (const text of [right, `统一社会信用代码：${right}`, right.toLowerCase(), '91350100 M000 100Y43'])
      expect(types(text)).toContain('uscc');
    for (const twin of twins(right, '0123456789ABCDEFGHJKLMNPQRTUWXY'))
      for (const text of [twin, `代码${twin}。`]) expect(types(text)).not.toContain('uscc');
  });

  it('finds codes all of digits by their division', () => {
    const codes = Array.from({ length: 60 }, (_, at) => `91640521${123_456_700 + at * 7}`);
    const right = codes.map((one) => one + usccCheckDigit(one)).filter((one) => /^\d+$/.test(one));
    expect(right.length).toBeGreaterThan(5);
    for (const one of right) expect(types(one)).toContain('uscc');
  });

  it('takes no code for a place that is none', () => {
    const nowhere = '91990100M000100Y4';
    expect(types(nowhere + usccCheckDigit(nowhere))).not.toContain('uscc');
  });
});

describe('ISO/IEC 7812 and Luhn: bank cards', () => {
  const withCheck = (digits: string) => Array.from('0123456789', (one) => digits + one).find(isLuhn) ?? '';
  it.each(['622202123456789', '6217001234567890', '62284801234567890', '621700123456789012'])(
    'UnionPay %s is found with its check digit alone',
    (digits) => {
      const right = withCheck(digits);
      for (const text of [right, `卡号${right}`, `开户行建行 ${right}`])
        expect(types(text)).toContain('bankCard');
      for (const twin of twins(right, '0123456789')) expect(types(`卡号${twin}`)).not.toContain('bankCard');
    },
  );
  it.each([
    '4111111111111111',
    '5555555555554444',
    '3530111333300000',
    '378282246310005',
    '2223003122003222',
  ])("the networks' own test card %s is found", (card) => {
    expect(types(card)).toContain('bankCard');
    expect(types(`付款卡 ${card.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}。`)).toContain('bankCard');
  });
  it('a number of no issuer is no card, nor one said to be an order', () => {
    expect(types(withCheck('742202123456789'))).not.toContain('bankCard');
    expect(types('订单号4111111111111111已发货')).not.toContain('bankCard');
  });
});

describe('telephones of the mainland', () => {
  it.each([
    '13812345678',
    '14512345678',
    '15912345678',
    '16612345678',
    '17812345678',
    '18712345678',
    '19912345678',
  ])('mobile %s', (number) => {
    for (const text of [
      number,
      `+86${number}`,
      `0086-${number}`,
      `86 ${number}`,
      `电话:${number}`,
      `手机${number}(微信同号)`,
    ])
      expect(types(text)).toContain('mobile');
  });
  it.each([
    '12812345678',
    '10812345678',
    '15412345678',
    '1381234567',
    '138123456789',
    '01381234567',
    '11112345678',
  ])('%s is no mobile', (number) => {
    expect(types(number)).not.toContain('mobile');
    expect(types(`编号${number}。`)).not.toContain('mobile');
  });
  it.each(['138.12345678', '1.3812345678', '2024-03-15 138', '138.200.100.15'.replace('138', '38')])(
    'the decimal, date or address %s is no mobile',
    (text) => expect(types(text)).toEqual([]),
  );
  it.each([
    '0955-7012345',
    '(0955)7012345',
    '010-65529988',
    '+86 10 6552 9988',
    '0755-83765432-801',
    '021 6552 9988转12',
    '传真：0951-6041234',
    '电话：7012345',
  ])('landline %s', (text) => expect(types(text)).toContain('landline'));
  it.each([
    '0950-7012345',
    '0955-1012345',
    '010-6552998',
    '400-820-8820',
    '800-820-8820',
    '95588',
    '12345',
    '2024-0315',
    '7012345',
  ])('%s is no landline', (text) => expect(types(text)).not.toContain('landline'));
  it('a local number counts under a header that says telephone', () => {
    expect(types('7012345', '联系电话')).toEqual(['landline']);
    expect(types('7012345', '金额')).toEqual([]);
  });
});

describe('passports, plates, e-mail', () => {
  it.each(['E12345678', 'EA1234567', 'G12345678', 'DE1234567', '护照号P1234567', 'e12345678'])(
    'passport %s',
    (text) => expect(types(text)).toContain('passport'),
  );
  it.each([
    'E1234567',
    'EI1234567',
    'A12345678',
    'E20240315',
    'SE123456789',
    '产品E12345678型',
    'xE12345678',
  ])('%s is no passport', (text) => expect(types(text)).not.toContain('passport'));
  it.each([
    '宁A12345',
    '宁E·1A2B3',
    '京AD12345',
    '京A12345D',
    '粤Z1234港',
    '宁A1234警',
    '宁A1234学',
    '沪a12345',
    '车牌宁 E 12345',
  ])('plate %s', (text) => expect(types(text)).toContain('plate'));
  it.each([
    '宁A1234',
    '国A12345',
    '京B2-20090059',
    '宁AIO234',
    '京ICP备12345678号',
    '宁A1234567',
    '宁夏A12345',
  ])('%s is no plate', (text) => expect(types(text)).not.toContain('plate'));
  it.each(['zhang.san@163.com', '联系 li_si+1@mail.gov.cn。', '王@公司.cn', 'ＡＢ＠ｅｘａｍｐｌｅ．ｃｏｍ'])(
    'e-mail %s',
    (text) => expect(types(text)).toContain('email'),
  );
  it.each(['logo@2x.png', '@babel', 'user@host', 'a@b', '3@5.6'])('%s is no e-mail', (text) =>
    expect(types(text)).not.toContain('email'),
  );
});
