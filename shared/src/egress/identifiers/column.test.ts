/** What a column says of numbers that pass a check by chance, or fit a form that has none. */
import { usccCheckDigit } from '../../uscc.ts';
import { isLuhn } from './bank-card.ts';
import { cells, mixed, share } from '../../../../tests/support/egress-columns.ts';
import { residentCheck } from './resident-id.ts';

const withLuhn = (first: string) => Array.from('0123456789', (one) => first + one).find(isLuhn) ?? '';

describe('resident identity numbers', () => {
  const serial = (at: number) => `640502${2020 + (at % 5)}0${1 + (at % 9)}1${at % 10}${mixed(at, 4)}`;
  it('case numbers of a division, a day and a running number come true one time in eleven: none counts', () =>
    expect(share(cells(500, serial), 'residentId')).toBe(0));
  it('unless the header says what they are', () =>
    expect(share(cells(500, serial), 'residentId', '身份证号')).toBeGreaterThan(0.05));
  it('half of a column with a wrong check character leaves the other half found', () => {
    const right = (at: number) => `64050219${60 + (at % 40)}0101${mixed(at, 3)}`;
    const column = cells(100, (at) => right(at) + (at % 2 ? residentCheck(right(at)) : '?'));
    expect(share(column, 'residentId')).toBe(0.5);
  });
});

describe('social credit codes', () => {
  const serial = (at: number) => `91640521${mixed(at, 10)}`;
  it('numbers of their form come true one time in 31: none counts', () =>
    expect(share(cells(2_000, serial), 'uscc')).toBe(0));
  it('a column of them counts', () =>
    expect(
      share(
        cells(200, (at) => `91640521MA${mixed(at, 7)}` + usccCheckDigit(`91640521MA${mixed(at, 7)}`)),
        'uscc',
      ),
    ).toBe(1));
});

describe('bank cards', () => {
  it.each([16, 17, 18, 19])('order numbers of %i digits are none, though one in ten passes Luhn', (length) =>
    expect(
      share(
        cells(1_000, (at) => mixed(at, length)),
        'bankCard',
      ),
    ).toBeLessThan(0.005),
  );
  it('nor are those that all begin with 62', () =>
    expect(
      share(
        cells(1_000, (at) => `62${mixed(at, 16)}`),
        'bankCard',
      ),
    ).toBe(0));
  it('a column of cards is one, and one card in a text is found beside any column', () => {
    expect(
      share(
        cells(200, (at) => withLuhn(`4392${mixed(at, 11)}`)),
        'bankCard',
      ),
    ).toBe(1);
    expect(
      share(
        cells(200, (at) => `付款 ${withLuhn(`6217${mixed(at, 14)}`)}`),
        'bankCard',
      ),
    ).toBe(1);
  });
});

describe('mobile numbers', () => {
  it('eleven digits drawn blindly are none', () =>
    expect(
      share(
        cells(2_000, (at) => mixed(at, 11)),
        'mobile',
      ),
    ).toBe(0));
  it('nor are those that all begin with 1', () =>
    expect(
      share(
        cells(2_000, (at) => `1${mixed(at, 10)}`),
        'mobile',
      ),
    ).toBe(0));
  it('nor a counter within a segment, under a header that numbers things', () => {
    for (const header of ['订单号', '设备编号', 'serial_no', 'user_id', 'id'])
      expect(
        share(
          cells(200, (at) => String(13_800_000_000 + at)),
          'mobile',
          header,
        ),
      ).toBe(0);
  });
  it('nor amounts, some of which happen to have eleven digits', () =>
    expect(
      share(
        cells(2_000, (at) => String(BigInt(mixed(at, 12)) / 10n ** BigInt(at % 6))),
        'mobile',
      ),
    ).toBe(0));
  it('a column of them is one, whatever its header', () =>
    expect(
      share(
        cells(200, (at) => `138${mixed(at, 8)}`),
        'mobile',
      ),
    ).toBe(1));
  it('a code with one in it is one where they all have', () => {
    expect(
      share(
        cells(200, (at) => `wx_138${mixed(at, 8)}`),
        'mobile',
      ),
    ).toBe(1);
    expect(
      share(
        cells(2_000, (at) => `SO-${mixed(at, 11)}`),
        'mobile',
      ),
    ).toBe(0);
  });
});

describe('landlines and passports', () => {
  it('codes that look like an area code and a number are none', () =>
    expect(
      share(
        cells(500, (at) => `0${mixed(at, 3)}-${mixed(at + 7, 7)}`),
        'landline',
      ),
    ).toBe(0));
  it('a column of fixed lines is one', () => {
    expect(
      share(
        cells(200, (at) => `0955-7${mixed(at, 6)}`),
        'landline',
      ),
    ).toBe(1);
    expect(
      share(
        cells(200, (at) => `09557${mixed(at, 6)}`),
        'landline',
      ),
    ).toBe(1);
  });
  it('codes of a letter and eight digits are no passports, a column of E numbers is', () => {
    expect(
      share(
        cells(500, (at) => `${'ABCDEFGHJK'[at % 10]}${mixed(at, 8)}`),
        'passport',
      ),
    ).toBe(0);
    expect(
      share(
        cells(200, (at) => `E${10_000_000 + at}`),
        'passport',
      ),
    ).toBe(0); // a counter
    expect(
      share(
        cells(200, (at) => `E${mixed(at, 8)}`),
        'passport',
        '产品编码',
      ),
    ).toBe(0);
    expect(
      share(
        cells(200, (at) => `E${mixed(at, 8)}`),
        'passport',
      ),
    ).toBeGreaterThan(0.97);
  });
});

describe('names', () => {
  const families = Array.from('王李张刘陈杨黄赵吴周');
  const given = ['伟', '秀英', '建国', '晓慧', '志强', '丽娟', '文俊', '雪梅'];
  const person = (at: number) => (families[at % 10] ?? '') + (given[(at * 7) % 8] ?? '');
  it('a column of names is one without a header', () =>
    expect(share(cells(80, person), 'name')).toBeGreaterThan(0.97));
  it('one name in five is enough under 联系人, and too few without', () => {
    const some = cells(80, (at) => (at % 5 ? '宁夏某某公司' : person(at)));
    expect(share(some, 'name', '联系人')).toBeGreaterThan(0.19);
    expect(share(some, 'name')).toBe(0);
  });
  it.each([
    ['levels', ['高等', '中等', '初级', '高级', '特级']],
    [
      'rivers and places',
      ['黄河', '长江', '金沙江', '石嘴山', '平罗县', '盐池县', '西吉县', '海原县', '江阴', '温州'],
    ],
    ['goods', ['马铃薯', '黄瓜', '白菜', '牛肉', '羊肉', '金针菇', '苹果', '石榴', '花生', '枸杞']],
    ['measures', ['温度', '高度', '金额', '成本', '单价', '平均', '万元', '方向', '时间', '常量']],
    [
      'words of administration',
      ['申请', '许可', '安全', '卫生', '计划', '经济', '农业', '林业', '水利', '教育'],
    ],
  ])('%s are none', (_what, words) =>
    expect(
      share(
        cells(200, (at) => words[at % words.length] ?? ''),
        'name',
      ),
    ).toBe(0),
  );
});
