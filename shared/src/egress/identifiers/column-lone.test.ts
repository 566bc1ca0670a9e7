/** Numbers that follow each other, and one among others: neither is put down to chance where chance would not make it. */
import { usccCheckDigit } from '../../uscc.ts';
import { isLuhn } from './bank-card.ts';
import { residentCheck } from './resident-id.ts';
import { cells, mixed, share } from '../../../../tests/support/egress-columns.ts';

const mobileAt = (at: number) => String(13_800_000_000 + at * 3);
const residentAt = (at: number) => {
  const first = `64050219850312${String(at).padStart(3, '0')}`;
  return first + residentCheck(first);
};
const usccAt = (at: number) => {
  const first = `91640521MA${String(7_000_000 + at)}`;
  return first + usccCheckDigit(first);
};
const withLuhn = (first: string) => Array.from('0123456789', (one) => first + one).find(isLuhn) ?? '';
const cardAt = (at: number) => withLuhn(`62170012${String(at).padStart(10, '0')}`);

/** `lone` among `others`, in the 43rd cell. */
const among = (lone: string, others: (at: number) => string, number = 500) =>
  cells(number, (at) => (at === 42 ? lone : others(at)));
const one = 1 / 500;

describe('mobile numbers that follow each other', () => {
  it.each([
    'contact',
    'contact_no',
    'tel',
    'phone',
    '电话',
    '号码',
    '联系',
    '联系方式',
    'col1',
    'c',
    '备注',
    '号码1',
  ])('are found under %j', (header) => {
    expect(share(cells(60, mobileAt), 'mobile', header)).toBe(1);
    expect(
      share(
        cells(60, (at) => String(13_812_345_600 + at)),
        'mobile',
        header,
      ),
    ).toBe(1);
  });
  it.each(['订单号', '流水号', '序列号', '设备编号', '工单号', 'order_no', 'serial', 'id', 'device_id'])(
    'are a counter under %j, and numbers there that do not count up are found',
    (header) => {
      expect(share(cells(60, mobileAt), 'mobile', header)).toBe(0);
      expect(
        share(
          cells(60, (at) => `138${mixed(at, 8)}`),
          'mobile',
          header,
        ),
      ).toBe(1);
    },
  );
  it('are found with one in ten of another form beside them, and are none outside the segments', () => {
    expect(
      share(
        cells(100, (at) => (at % 10 ? mobileAt(at) : `09557${mixed(at, 6)}`)),
        'mobile',
      ),
    ).toBe(0.9);
    expect(
      share(
        cells(60, (at) => String(12_812_345_600 + at)),
        'mobile',
        'contact',
      ),
    ).toBe(0);
  });
});

describe('numbers with a check that follow each other', () => {
  it.each([
    ['residentId', residentAt],
    ['uscc', usccAt],
    ['bankCard', cardAt],
  ] as const)('%s are found under no telling header; with the check spoilt, none is', (type, make) => {
    expect(share(cells(60, make), type)).toBe(1);
    const spoilt = (at: number) => make(at).replace(/.$/, (last) => String((Number(last) + 1) % 10 || 1));
    expect(
      share(
        cells(60, (at) => (/\d$/.test(make(at)) ? spoilt(at) : make(at + 1000).slice(0, -1) + '?')),
        type,
      ),
    ).toBe(0);
  });
  it('one identity number in five that is true is more than chance makes, one in eleven is not', () => {
    const wrong = (at: number) => residentAt(at).replace(/.$/, (last) => (last === '7' ? '8' : '7'));
    expect(
      share(
        cells(500, (at) => (at % 5 ? wrong(at) : residentAt(at))),
        'residentId',
      ),
    ).toBe(0.2);
    expect(
      share(
        cells(500, (at) => (at % 11 ? wrong(at) : residentAt(at))),
        'residentId',
      ),
    ).toBe(0);
  });
});

describe('one among other numbers', () => {
  const others: readonly (readonly [string, (at: number) => string])[] = [
    ['order numbers', (at) => `${1 + (at % 9)}${mixed(at, 17)}`],
    ['numbers with a date', (at) => `20240${1 + (at % 9)}1${at % 10}${mixed(at, 10)}`],
    ['small numbers', (at) => mixed(at, 8)],
    ['case numbers of today', (at) => `640502${2020 + (at % 5)}0${1 + (at % 9)}1${at % 10}${mixed(at, 4)}`],
  ];
  it.each(others)('an identity number or a credit code is found among %s', (_what, other) => {
    for (const number of [100, 500, 20_000])
      expect(share(among(residentAt(7), other, number), 'residentId')).toBeGreaterThanOrEqual(1 / number);
    expect(share(among(usccAt(7), other), 'uscc')).toBe(one);
    const digits = Array.from({ length: 90 }, (_, at) => `9164052100${String(7_000_000 + at)}`)
      .map((first) => first + usccCheckDigit(first))
      .find((code) => /^\d+$/.test(code));
    expect(share(among(digits ?? '', other), 'uscc')).toBe(one);
  });
  it.each(others)('%s without one are none, or hardly any', (_what, other) => {
    expect(share(cells(500, other), 'residentId')).toBe(0);
    expect(share(cells(500, other), 'uscc')).toBeLessThanOrEqual(0.004);
  });
  it('an identity number among case numbers of its own century cannot be told from them', () => {
    const late = '64050220230312123';
    const column = among(late + residentCheck(late), others[3]?.[1] ?? String);
    expect(share(column, 'residentId')).toBe(0);
  });

  it.each([
    ['words', () => '暂无'],
    ['mixed words and numbers', (at: number) => (at % 3 ? `件${at}` : mixed(at, 9))],
    ['amounts', (at: number) => mixed(at, 6)],
    ['long numbers', (at: number) => `2024${mixed(at, 13)}`],
    ['eleven digits that begin with another', (at: number) => `${2 + (at % 8)}${mixed(at, 10)}`],
    ['eleven digits that all begin with 10', (at: number) => `10${mixed(at, 9)}`],
  ])('a mobile number is found among %s', (_what, other) => {
    expect(share(among('13812345678', other), 'mobile')).toBe(one);
    expect(share(among('12812345678', other), 'mobile')).toBe(0);
  });
  it('among eleven digits drawn blindly it is what chance makes', () => {
    expect(
      share(
        among('13812345678', (at) => mixed(at, 11)),
        'mobile',
      ),
    ).toBe(0);
    expect(
      share(
        among('13812345678', (at) => `1${mixed(at, 10)}`),
        'mobile',
      ),
    ).toBe(0);
  });

  it('a card is found where the others begin as no card does, and is what chance makes among 62…', () => {
    for (const card of [cardAt(7), withLuhn('439225123456789')]) {
      expect(
        share(
          among(card, (at) => `2024${mixed(at, 12)}`),
          'bankCard',
        ),
      ).toBe(one);
      expect(
        share(
          among(card, (at) => mixed(at, 8)),
          'bankCard',
        ),
      ).toBe(one);
    }
    expect(
      share(
        among(cardAt(7), (at) => `62${mixed(at, 16)}`),
        'bankCard',
      ),
    ).toBe(0);
  });
});
