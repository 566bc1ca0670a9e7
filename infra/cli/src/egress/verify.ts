/** Verifying a check record on any machine: its hash, its signature, and the file it speaks of. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { type Verified, verifyRecord } from '@gongshu/infra/products/signing';
import { CheckRecordKey, SignedCheckRecord } from '@gongshu/shared/product/check-record';
import type { Command } from 'commander';
import { z } from 'zod';
import { print } from '../installation.ts';

const words: Record<Verified | 'artefactDiffers', string> = {
  valid: '有效 · valid: hash and signature hold',
  hashDiffers: '无效 · the record is not what was hashed',
  keyUnknown: '无法核验 · the key it names is not among these',
  signatureWrong: '无效 · the signature does not hold',
  artefactDiffers: '无效 · the record holds, and speaks of another file',
};

const json = <T>(file: string, schema: z.ZodType<T>): T => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} 不是 JSON 文件 · is no JSON file that can be read`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

const hashOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return `sha256:${hash.digest('hex')}`;
};

/** `gongshu egress verify RECORD --keys FILE`: exit code 0 where it holds, 1 where not, 2 for files that are neither. */
export const addVerify = (egress: Command): Command =>
  egress
    .command('verify <record>')
    .description('核验核查记录 · verifies a signed check record, offline')
    .requiredOption('--keys <file>', '公钥文件 · the answer of GET /v1/check-records/keys, saved')
    .option('--artefact <file>', '同时比对产品文件 · compares this file with the hash in the record')
    .action(async (file: string, options: { keys: string; artefact?: string }) => {
      try {
        const signed = json(file, SignedCheckRecord);
        const { items } = json(options.keys, z.object({ items: z.array(CheckRecordKey) }));
        let found: keyof typeof words = verifyRecord(signed, items);
        if (found === 'valid' && options.artefact !== undefined)
          if ((await hashOf(options.artefact)) !== signed.record.artefact) found = 'artefactDiffers';
        const { caseNo, product, version, attempt, round, verdict, passed } = signed.record;
        print(words[found]);
        print(
          [
            `${caseNo} · ${product} v${version} · 第 ${attempt} 次文件 attempt ${attempt} · 第 ${round} 轮 round ${round}`,
            `${verdict}${passed === null ? '' : ` · ${passed ? '通过 passed' : '未通过 failed'}`} · ${signed.keyId}`,
          ].join('\n'),
        );
        process.exitCode = found === 'valid' ? 0 : 1;
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 2;
      }
    });
