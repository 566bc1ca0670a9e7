// Reports: any words become a page; what the font lacks is told; a long table stays within time and memory.
import { sha256 } from '@gongshu/infra/hash';
import { pressPaper } from '@gongshu/infra/paper/press';
import { type Block, type PaperContent, sealed } from '@gongshu/shared/paper/paper';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPdf } from '../support/pdf.ts';

const content: PaperContent = {
  kind: 'decision',
  number: 'JD-640500-SQ-2024-000001',
  jurisdiction: 'zhongwei',
  issuedBy: '中卫市数据局',
  issuedAt: '2024-03-01T10:00:00+08:00',
  title: { zh: '决定书', en: 'Decision' },
  addressee: '某数商',
  blocks: [],
  grounds: [{ instrument: '办法', article: '二十一' }],
};
const paragraph = (zh: string): Block => ({ kind: 'paragraph', text: { zh } });
const press = (...blocks: Block[]) => pressPaper(sealed({ ...content, blocks }));
const textOf = async (...blocks: Block[]): Promise<string> =>
  (await readPdf((await press(...blocks)).pdf)).text;
const city = (file: string) =>
  readFileSync(join(import.meta.dirname, '../../infra/sample-city', file), 'utf8');

describe('characters', () => {
  it('of the sample city are all in the font and come back as they went in', async () => {
    const characters = [...new Set(city('catalogue.csv') + city('city.json') + city('parties.ts'))]
      .filter((one) => /[\p{L}\p{N}\p{P}]/u.test(one))
      .sort()
      .join('');
    const { pdf, missing } = await press(paragraph(characters));
    expect(missing).toEqual([]);
    expect((await readPdf(pdf)).text).toContain(characters);
  });

  it('of surnames and of the second plane are shown, or named by their code points', async () => {
    const surnames = '王李张刘陈欧阳尉迟司马诸葛令狐亓官乜仉佘逄郄覃晁昝爨厍禤㙓䶮㛃堃喆龘𬭸𫟹';
    const { pdf, missing } = await press(paragraph(`${surnames}𠮷𪚥`));
    expect(missing).toEqual(['𠮷', '𪚥']);
    const { text } = await readPdf(pdf);
    expect(text).toContain(`${surnames}〔U+20BB7〕〔U+2A6A5〕`);
    expect(text).toContain('字库未收录或不可见的字符');
  });

  it.each([
    ['NUL and other controls', 'a\u0000b\u0007c', 'abc'],
    ['text from right to left', 'שלום', '〔U+05E9〕〔U+05DC〕〔U+05D5〕〔U+05DD〕'],
    ['an override of direction', '正\u202e反', '正反'],
    ['a family of emoji', '👩‍👧', '〔U+1F469〕〔U+1F467〕'],
    ['half a surrogate', 'x\ud83d', '〔U+FFFD〕'],
    ['private use and non-characters', '\ue000\uffff', '〔U+E000〕〔U+FFFF〕'],
    ['line breaks of three kinds', '甲\r\n乙\r丙\n丁', '甲乙丙丁'],
    ['a word of three thousand letters', 'w'.repeat(3_000), 'w'.repeat(3_000)],
    ['code of the typesetter', '#sys.inputs #import "x" = *_`$<a>@b\\', '#sys.inputs#import"x"=*_`$<a>@b\\'],
    ['nothing at all', '', '核验'],
  ])('%s do not break a page', async (_name, given, shown) => {
    const table: Block = {
      kind: 'table',
      columns: [{ title: given }, { title: '乙' }],
      rows: [[given], [given, given, given]],
    };
    const facts: Block = { kind: 'facts', rows: [{ label: given, value: given }] };
    expect(await textOf(paragraph(given), table, facts, { kind: 'list', items: [given] })).toContain(shown);
  });

  it('stand inside the page, however long the word', async () => {
    const { pages } = await readPdf((await press(paragraph('w'.repeat(3_000)))).pdf);
    const lines = pages.join('\n').match(/w+/g) ?? [];
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(80);
  });
});

describe('a paper', () => {
  it('is the same bytes each time, and dated by the law', async () => {
    const [one, two] = [await press(paragraph('甲')), await press(paragraph('甲'))];
    expect(Buffer.from(one.pdf).equals(Buffer.from(two.pdf))).toBe(true);
    expect(Buffer.from(one.pdf).equals(Buffer.from((await press(paragraph('乙'))).pdf))).toBe(false);
    const { info, pages } = await readPdf(one.pdf);
    expect(pages[0]).toContain('— 1 —');
    expect(info).toMatchObject({ Title: '决定书 JD-640500-SQ-2024-000001', Language: 'zh-CN' });
    expect(String(info['CreationDate'])).toContain('20240301020000');
  });

  it('of 5,000 rows is made within bounds, its head on every page and its sum at the end', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => [
      String(at + 1),
      `费用${at + 1}`,
      '平台建设',
      '1.00',
    ]);
    const columns = ['序号', '项目', '类别', '金额（元）'].map((title) => ({ title }));
    const began = Date.now();
    const { pdf, pages } = await press({
      kind: 'table',
      columns,
      rows,
      totals: ['合计', '', '', '5,000.00'],
    });
    expect(Date.now() - began).toBeLessThan(120_000); // 4 s on two quiet cores
    expect(pages).toBeGreaterThan(100);
    expect(pdf.length).toBeLessThan(5_000_000);
    const read = await readPdf(pdf);
    expect(read.pages).toHaveLength(pages);
    expect(read.pages[90]).toContain('金额（元）');
    expect(read.text).toContain('费用5000平台建设1.00合计5,000.00');
  }, 180_000);

  it('shows a chart with words in the font, and its table below', async () => {
    const chart: Block = {
      kind: 'chart',
      chart: {
        ...{
          kind: 'bars',
          title: '收入与最高准许收入',
          description: '',
          by: '年度',
          categories: ['2025年', '𠮷'],
        },
        series: [
          { name: '收入', fen: [123_456_789, 1] },
          { name: '最高准许收入', fen: [150_000_000, 150_000_000], target: true },
        ],
      },
    };
    const { pdf, missing } = await press(chart);
    expect(missing).toEqual(['𠮷']);
    const { text, fonts } = await readPdf(pdf);
    for (const words of [
      '年度收入（元）最高准许收入（元）2025年1,234,567.891,500,000.00',
      '合计1,234,567.90—',
    ])
      expect(text).toContain(words);
    expect(text.match(/1,234,567\.89/g)).toHaveLength(2); // beside the bar, and in the table
    expect(text.match(/〔U\+20BB7〕/g)?.length).toBeGreaterThanOrEqual(2);
    expect(fonts.every(({ embedded }) => embedded)).toBe(true);
  });

  it('that is longer than any paper is refused', async () => {
    const rows = Array.from({ length: 30_001 }, () => ['甲', '乙']);
    await expect(
      press({ kind: 'table', columns: [{ title: '甲' }, { title: '乙' }], rows }),
    ).rejects.toMatchObject({
      code: 'paperTooLarge',
    });
    await expect(press(paragraph('字'.repeat(2_000_001)))).rejects.toMatchObject({ code: 'paperTooLarge' });
  });

  it('that cannot be set is an error, and the next is made', async () => {
    const broken = { ...sealed(content), issuedAt: 'no instant' };
    await expect(pressPaper(broken)).rejects.toThrow('no paper');
    expect(await textOf(paragraph('甲'))).toContain('甲');
  });

  it('waits its turn, and the next is made after one', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, (_, at) => press(paragraph(`第${at}件`))));
    expect(new Set(made.map(({ pdf }) => sha256(pdf))).size).toBe(12);
    expect((await readPdf(made[11]?.pdf ?? new Uint8Array())).text).toContain('第11件');
  });
});
