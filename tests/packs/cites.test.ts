import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folded, placeOf, searchable } from '@gongshu/infra/cite-text';
import { lockCites, lockFaults, readLock } from '@gongshu/infra/cites';
import { packsDir } from '@gongshu/infra/packs';

const sourcesDir = process.env['GONGSHU_SOURCES_DIR'];
const norm = Array.from({ length: 12 }, (_, index) => index)
  .map((index) => ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'][index])
  .map((name) => `第${name}条 应在 ${name === '三' ? '10 个工- 7 - \n作日内' : '合理期限内'}作出（审核）。`)
  .join('\n');

/** Made-up texts that hold every cite of the lock: one `<instrument>.txt` each, norm or plan as its cites are numbered. */
const writeTexts = (dir: string): void => {
  const lock = readLock();
  for (const instrument of new Set(lock.map((line) => line.instrument))) {
    const cites = lock.filter((line) => line.instrument === instrument);
    const plan = /方案|说明/.test(instrument);
    // 十一（三）6: the number of a paragraph is no heading.
    const headed = cites.map(({ article, quote }) => ({ article: article.replace(/\d+$/, ''), quote }));
    const sections = [...new Set(headed.map(({ article }) => article))].map((article) => {
      const quotes = headed.filter((line) => line.article === article).map(({ quote }) => quote);
      const [name = '', part] = article.replace('）', '').split('（');
      const head = plan ? `${name}、` : `第${name}条`;
      return [head, ...(plan && part ? [`（${part}）`] : []), ...quotes].join('\n');
    });
    const others = plan ? [] : Array.from({ length: 10 }, () => '第九十条');
    writeFileSync(join(dir, `${instrument}.txt`), [...sections, ...others].join('\n'));
  }
};

describe('finding words in a text', () => {
  it('white space, page numbers, mark-up and character width make no difference', () => {
    expect(folded('应在 10 个工- 7 - \n作日内（**审核**）')).toBe(folded('应在１０个工作日内(审核)'));
  });

  it.each([
    { article: '三', quote: '10个工作日内作出(审核)', found: true },
    { article: '三', quote: '１０ 个工作日内', found: true },
    { article: '四', quote: '10 个工作日内', found: false },
    { article: '四', quote: '第五条', found: false },
    { article: '十三', quote: '合理期限内', found: false },
  ])('$quote in article $article: $found', ({ article, quote, found }) => {
    expect(placeOf(searchable(norm), article, quote) !== undefined).toBe(found);
  });

  it('sections of a plan are told apart by their headings, parts within them too', () => {
    const plan = searchable('六、流程\n（一）授权\n评审公告\n（三）开发\n进行审核\n七、资源\n目录');
    expect(placeOf(plan, '六（三）', '进行审核')).toBeDefined();
    expect(placeOf(plan, '六（一）', '进行审核')).toBeUndefined();
    expect(placeOf(plan, '六', '进行审核')).toBeDefined();
    expect(placeOf(plan, '七', '进行审核')).toBeUndefined();
  });
});

describe('cites.lock', () => {
  let dir: string;
  const file = () => join(dir, 'packs/zhongwei/norms.yaml');
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'packs-'));
    cpSync(packsDir, join(dir, 'packs'), { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('has a line for every cite, and every line a cite', () => {
    expect(lockFaults()).toEqual([]);
  });

  it('has a text and a place for every line, save of instruments that are not held', () => {
    const unverified = readLock().filter(({ place, text }) => place === null || text === null);
    expect([...new Set(unverified.map(({ instrument }) => instrument))].toSorted()).toEqual([
      '公共数据资源授权运营实施规范（试行）',
      '国家发展改革委 国家数据局关于建立公共数据资源授权运营价格形成机制的通知',
      '国家数据局综合司关于做好公共数据资源授权运营信息披露工作的通知',
    ]);
  });

  it('a cite that was changed without looking it up is told with file and line, and so is its old line', () => {
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('制定目录对接技术标准', '制定目录技术标准'));
    const faults = lockFaults({ dir: join(dir, 'packs') });
    expect(faults).toEqual([
      { file: 'zhongwei/norms.yaml', line: 15, reason: 'cites.lock has no line for 制定目录技术标准' },
      { file: 'cites.lock', line: expect.any(Number), reason: 'no pack cites 制定目录对接技术标准' },
    ]);
  });

  it('a folder without the texts verifies nothing and writes nothing', () => {
    const before = readFileSync(join(dir, 'packs/cites.lock'), 'utf8');
    const report = lockCites({ dir: join(dir, 'packs'), sourcesDir: join(dir, 'packs/wuhai') });
    expect(report.faults[0]?.reason).toMatch(/^the folder of texts lacks /);
    expect(readFileSync(join(dir, 'packs/cites.lock'), 'utf8')).toBe(before);
  });

  it('every place is found again where the texts are present', () => {
    expect(lockFaults(sourcesDir === undefined ? {} : { sourcesDir })).toEqual([]);
  });

  it('locks every cite with its place, under any text that holds the words', () => {
    writeTexts(dir);
    const report = lockCites({ dir: join(dir, 'packs'), sourcesDir: dir });
    expect(report.faults).toEqual([]);
    expect(report.unverified).toEqual([]);
    expect(lockFaults({ dir: join(dir, 'packs'), sourcesDir: dir })).toEqual([]);
  });

  it('words that do not stand in the article are refused with file and line, and nothing is written', () => {
    writeTexts(dir);
    const before = readFileSync(join(dir, 'packs/cites.lock'), 'utf8');
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('制定目录对接技术标准', '制定目录技术标准'));
    expect(lockCites({ dir: join(dir, 'packs'), sourcesDir: dir }).faults).toEqual([
      {
        file: 'zhongwei/norms.yaml',
        line: 15,
        reason: 'not found in 中卫市公共数据资源授权运营管理办法（试行）（征求意见稿） 八: 制定目录技术标准',
      },
    ]);
    expect(readFileSync(join(dir, 'packs/cites.lock'), 'utf8')).toBe(before);
  });

  it('a text that has changed since is told, line by line', () => {
    writeTexts(dir);
    lockCites({ dir: join(dir, 'packs'), sourcesDir: dir });
    const text = join(dir, '乌海市公共数据资源授权运营实施方案（征求意见稿）.txt');
    writeFileSync(text, `新的序言\n${readFileSync(text, 'utf8')}`);
    const faults = lockFaults({ dir: join(dir, 'packs'), sourcesDir: dir });
    expect(faults).not.toHaveLength(0);
    for (const { reason } of faults)
      expect(reason).toMatch(/^the words stand elsewhere or in another text: /);
  });
});
