import { scanInProcess } from '@gongshu/activities/egress/engine/scan-process';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { Command } from 'commander';
import { writeFingerprint } from './egress/fingerprint.ts';
import { addVerify } from './egress/verify.ts';
import { progressShown } from './egress/progress.ts';
import { readAsk, type ScanOptions } from './egress/read-ask.ts';
import { reportText } from './egress/report-text.ts';
import { print } from './installation.ts';

const exitCodes = { clean: 0, findings: 1, refused: 2 } as const;

const help = `
输出只有位置与类型，绝不含数据本身；不连数据库，不上网络。第一行总是表头，行号从表头下一行起数 1。
Places and kinds only, never a value; no database, no network. The first row is always the header; rows count from 1 below it.

FILE: CSV (, ; | 制表符), Parquet, JSON lines, XLSX; UTF-8 或 GB18030。按内容识别格式，不看扩展名 · the format is found in the bytes.
不带 --qi 时搜得的准标识组合只展示、不影响结论 · without --qi groups are searched and shown but make no verdict.
退出码 exit code: 0 未发现问题 clean · 1 有发现 findings · 2 未能判定 refused to judge, or a wrong option

例 example: gongshu egress scan product.csv --qi 年龄,区县,性别 --sensitive 疾病 --source source.csv --pack zhongwei --json
`;

const scan = async (file: string, options: ScanOptions): Promise<void> => {
  const ask = readAsk(file, options);
  const stop = new AbortController();
  const stopped = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopped);
  const shown = progressShown();
  let why: string | undefined;
  const report = await scanInProcess(ask, {
    signal: stop.signal,
    progress: shown.tell,
    refused: ({ what, at }) => {
      const place = Object.entries(at).filter(([, value]) => value !== null && value !== undefined);
      why = [what, ...place.map(([key, value]) => `${key} ${String(value)}`)].join(', ');
    },
  });
  shown.end();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stopped);
  if (options.json && report.verdict === 'refused')
    process.stderr.write(`未能判定 · refused to judge: ${report.reason}${why ? ` (${why})` : ''}\n`);
  print(options.json ? canonicalJson(report) : reportText(report, ask.thresholds, why));
  process.exitCode = exitCodes[report.verdict];
};

const each = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

/** `gongshu egress …`: the evidence engine (E1) on files of this machine, offline. Wrong words exit 2. */
export const egressCommand = (): Command => {
  const strict = (command: Command): Command =>
    command
      .configureOutput({ outputError: (text, write) => write(`命令有误 · wrong command: ${text}`) })
      .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  const egress = strict(new Command('egress')).description('出域检测 · the evidence engine on a file (E1)');
  strict(egress.command('scan <file>'))
    .description('检测一个文件能否出域 · what in a file keeps it from leaving')
    .option(
      '--qi <columns>',
      '准标识列，逗号分隔，可重复 · declared quasi-identifiers; commas between, repeatable',
      each,
    )
    .option('--sensitive <columns>', '敏感列，逗号分隔，可重复 · sensitive columns; repeatable', each)
    .option('--source <file>', '来源文件，可重复 · a source it must not reproduce; repeatable', each)
    .option('--pack <jurisdiction>', '按哪个政策包的限值 · whose thresholds', 'national')
    .option('--json', '只输出报告 · the report alone, as JSON')
    .addHelpText('after', help)
    .action(scan);
  strict(egress.command('fingerprint <file>'))
    .description('为来源文件制作指纹，只含带密钥的散列 · keyed hashes of a source, no value of it')
    .requiredOption('--key-file <file>', '32 字节密钥 · the key: 32 bytes, or 64 hexadecimal digits')
    .requiredOption('-o, --out <file>', '写到哪里 · where to write it (Parquet)')
    .option('--id <id>', '资源编号；默认文件名 · of the resource; the file name else')
    .action(writeFingerprint);
  strict(addVerify(egress));
  return egress;
};
