/** `gongshu pricing what-if FILE`: periods of prices computed on this machine, by the code of the route. */
import { readConfig } from '@gongshu/infra/config';
import { placesOf } from '@gongshu/infra/http/validation';
import { installedPacks } from '@gongshu/infra/packs';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { previewPrices } from '@gongshu/shared/previews';
import type { WhatIfAnswer } from '@gongshu/shared/pricing/answer';
import { WhatIfQuestion } from '@gongshu/shared/pricing/question';
import { type ArticleRef, Problem, type ProblemPlace } from '@gongshu/shared/problems';
import type { Command } from 'commander';
import { z } from 'zod';
import { print } from '../installation.ts';
import { readInput } from '../read-input.ts';
import { tableText } from '../table.ts';
import { whatIfText } from './what-if-text.ts';

/** A period that has no answer; `index` where it stands in the list, from 0. Pointers go from `/body`, as the route's. */
export type Unanswered = {
  index: number;
  problem: { code: string; article?: ArticleRef; errors: readonly ProblemPlace[] };
};

const most = 100;
const answerOf = (period: unknown, index: number, packs: PackSet): WhatIfAnswer | Unanswered => {
  const parsed = WhatIfQuestion.safeParse(period);
  if (!parsed.success)
    return {
      index,
      problem: { code: 'invalidRequest', errors: placesOf(parsed.error, 'body', period).slice(0, most) },
    };
  try {
    return previewPrices(parsed.data, packs);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, article, errors } = error;
    return { index, problem: { code, ...(article && { article }), errors } };
  }
};

const textOf = (answer: WhatIfAnswer | Unanswered, at: number): string => {
  if (!('problem' in answer)) return whatIfText(answer, `${at + 1}`);
  const { code, article, errors } = answer.problem;
  const rows = errors.map(({ pointer, code: why, message }) => [
    ...[pointer, why, typeof message === 'string' ? message : `${message.zh} · ${message.en}`],
    article?.article,
  ]);
  return tableText(
    `${at + 1} 未能计算 no answer: ${code}`,
    ['位置 pointer', '代码 code', '说明', '条款 article'],
    rows,
  );
};

/** A list is answered as a list, in order; a period alone as itself. @throws InputRefused for a file that is neither. */
const run = (file: string, { json }: { json?: true }): void => {
  const given = readInput(file, z.union([z.array(z.unknown()).min(1).max(20_000), z.looseObject({})]));
  const { packsFolder } = readConfig(['packsFolder']);
  const packs = installedPacks({ mode: 'development', folder: packsFolder });
  const answers = (Array.isArray(given) ? given : [given]).map((one, at) => answerOf(one, at, packs));
  if (answers.some((answer) => 'problem' in answer)) process.exitCode = 1;
  print(
    json
      ? JSON.stringify(Array.isArray(given) ? answers : answers[0], null, 1)
      : answers.map(textOf).join('\n\n\n'),
  );
};

const help = `
FILE: JSON，一个期间或期间的数组；- 为标准输入 · one period or an array of periods; - is standard input.
字段与 POST /v1/pricing/what-if 相同；金额为整数分，比率为精确小数 · fields as of the route; whole fen, exact decimal rates.
退出码 exit code: 0 均已计算 all answered · 1 有期间未能计算 some were not (each with its index) · 2 文件不可用 the file cannot be used

例 example: gongshu pricing what-if infra/cli/examples/pricing-what-if.json --json
`;

export const addWhatIf = (pricing: Command): Command =>
  pricing
    .command('what-if <file>')
    .description('试算整个期间的价格 · whole periods of prices, nothing saved (F1–F6)')
    .option('--json', '只输出答案 · the answers alone, as JSON')
    .addHelpText('after', help)
    .action(run);
