import fc from 'fast-check';
import { foldChinese, simplifyChinese } from './chinese-text.ts';

const finds = (query: string, text: string) => foldChinese(text).includes(foldChinese(query));

describe('search in Chinese text', () => {
  it.each([
    ['停车', '桃園市路邊停車格'],
    ['停車', '路边停车格'],
    ['车', '公共停車場'],
    ['臺', '台北'],
    ['台', '檯燈'],
    ['计划', '都市計畫'],
    ['了解', '瞭解'],
    ['干燥', '乾燥'],
    ['每周', '每週'],
    ['里', '公里'],
    ['里', '屋裡'],
    ['ｓｈｐ', 'SHP 資料'],
    ['pm2.5', 'ＰＭ２.５'],
    ['神', '精神'],
  ])('%s finds %s', (query, text) => expect(finds(query, text)).toBe(true));

  it.each([
    ['停车', '火車站停靠'],
    ['空气', '空調'],
  ])('%s does not find %s', (query, text) => expect(finds(query, text)).toBe(false));

  it('keeps what it does not know: characters outside the basic plane, an empty text', () => {
    expect(foldChinese('𠮷野家')).toBe('𠮷野家');
    expect(foldChinese('')).toBe('');
  });

  it('unifies white space, also the ideographic one', () => {
    expect(foldChinese(' 名稱\u3000 地址\r\n')).toBe('名称 地址');
  });

  const han = fc.string({
    unit: fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)),
  });

  it('any part of a text finds the text', () => {
    const holds = fc.property(han, han, han, (before, part, after) => finds(part, before + part + after));
    expect(fc.check(holds).counterexample).toBeNull();
  });

  it('folding twice changes nothing, for every character', () => {
    const characters = Array.from({ length: 0xa000 - 0x3400 }, (_, index) =>
      String.fromCodePoint(0x3400 + index),
    );
    expect(characters.filter((one) => foldChinese(foldChinese(one)) !== foldChinese(one))).toEqual([]);
  });
});

it('text to read is simplified by phrases', () => {
  expect(simplifyChinese('乾隆年間的資訊軟體、網路停車')).toBe('乾隆年间的信息软件、网络停车');
});
