import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanReport } from '@gongshu/shared/egress/report';

const folder = mkdtempSync(join(tmpdir(), 'gongshu-egress-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const main = join(import.meta.dirname, '../../infra/cli/src/main.ts');
const gongshu = (...words: string[]) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', main, 'egress', ...words],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });

const rows = Array.from(
  { length: 40 },
  (_, at) => `${at % 2 ? '男' : '女'},${30 + (at % 4)},C${at % 2}`,
).join('\n');
const clean = written('clean.csv', `性别,年龄,类别\n${rows}\n`);
const found = written('found.csv', '编号,证件\n1,11010519491231002X\n');
const uneven = written('uneven.csv', '编号,数量\n1,2\n1,2,3\n');

describe('gongshu egress scan: the exit code is the verdict (E1)', () => {
  it('0: nothing found; stdout is the report and nothing else', async () => {
    const { code, out } = await gongshu('scan', clean, '--json');
    expect(code).toBe(0);
    expect(ScanReport.parse(JSON.parse(out))).toMatchObject({
      file: 'clean.csv',
      verdict: 'clean',
      rows: 40,
      pack: { jurisdiction: 'national' },
    });
  });

  it('1: an identifier, told in words by place and kind alone', async () => {
    const { code, out } = await gongshu('scan', found, '--pack', 'zhongwei');
    expect(code).toBe(1);
    expect(out).toContain('居民身份证号 Resident ID');
    expect(out).toContain('zhongwei');
    expect(out).not.toContain('11010519491231002X');
  });

  it('1: declared columns single people out, which undeclared ones do not make a finding', async () => {
    const alone = written('alone.csv', `性别,年龄,类别\n${rows}\n男,90,C1\n`);
    expect((await gongshu('scan', alone, '--json')).code).toBe(0);
    const { code, out } = await gongshu('scan', alone, '--qi', '性别,年龄', '--sensitive', '类别', '--json');
    expect(code).toBe(1);
    expect(ScanReport.parse(JSON.parse(out)).groups[0]).toMatchObject({
      qi: ['性别', '年龄'],
      sensitive: '类别',
      searched: false,
      k: 1,
      singledOutRows: [41],
    });
  });

  it('2: cannot be read whole; the report stands on stdout, the reason with its row on stderr', async () => {
    const { code, out, err } = await gongshu('scan', uneven, '--json');
    expect(code).toBe(2);
    expect(ScanReport.parse(JSON.parse(out))).toMatchObject({ verdict: 'refused', reason: 'unevenRows' });
    expect(err).toMatch(/未能判定 · refused to judge: unevenRows .*row 2/);
  });

  it('2: a declared column that is not there', async () => {
    const { code, out } = await gongshu('scan', clean, '--qi', '性别,籍贯', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'refused', reason: 'columnMissing' });
  });

  it.each([
    ['no such file', ['scan', join(folder, 'none.csv')], /文件读不了.*cannot be read/],
    ['a folder', ['scan', folder], /不是文件.*is not a file/],
    ['no such pack', ['scan', clean, '--pack', 'atlantis'], /没有这个政策包.*no such pack/],
    ['no such option', ['scan', clean, '--nope'], /命令有误 · wrong command/],
    ['no file at all', ['scan'], /命令有误 · wrong command/],
    ['a source that is not there', ['scan', clean, '--source', join(folder, 'none.csv')], /来源文件读不了/],
    ['no column in --qi', ['scan', clean, '--qi', ','], /--qi 没有列名/],
  ])('2, with a sentence and an empty stdout: %s', async (_name, words, sentence) => {
    const { code, out, err } = await gongshu(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
  });

  it('2: a source that cannot be read whole', async () => {
    const { code, out } = await gongshu('scan', clean, '--source', uneven, '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'refused', reason: 'unevenRows' });
  });
});

describe('gongshu egress fingerprint', () => {
  it('writes hashes, no value; a key of another length is refused', async () => {
    const key = written('key', Buffer.alloc(32, 7));
    const out = join(folder, 'source.fingerprint');
    const made = await gongshu('fingerprint', found, '--key-file', key, '-o', out);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).not.toContain('11010519491231002X');
    const short = written('short', 'abc');
    expect(await gongshu('fingerprint', found, '--key-file', short, '-o', `${out}2`)).toMatchObject({
      code: 2,
      out: '',
    });
    expect(readdirSync(folder).filter((name) => name.includes('fingerprint'))).toEqual([
      'source.fingerprint',
    ]);
  });
});
