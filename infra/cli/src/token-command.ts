import { readConfig } from '@gongshu/infra/config';
import { requestToken } from '@gongshu/infra/tokens';
import { type Role, roles } from '@gongshu/shared/may';
import { Command, InvalidArgumentError, Option } from 'commander';

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** '90s', '30m', '8h', '7d' as seconds. */
const duration = (text: string): number => {
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (amount === undefined) throw new InvalidArgumentError('say 90s, 30m, 8h or 7d.');
  return Number(amount) * (units[unit] ?? 1);
};

const collect = (role: Role, before: readonly Role[]): Role[] => [...before, role];
const knownRole = (text: string, before: readonly Role[] = []): Role[] => {
  const role = roles.find((known) => known === text);
  if (!role) throw new InvalidArgumentError(`roles are ${roles.join(', ')}.`);
  return collect(role, before);
};

/** `gongshu token`: a bearer token of the development issuer, alone on standard output. */
export const tokenCommand = (): Command =>
  new Command('token')
    .description('开发用令牌 · a token for development, from the local issuer')
    .addOption(
      new Option('--role <role>', 'a role; repeat for several').argParser(knownRole).makeOptionMandatory(),
    )
    .option('--organisation <id>', 'the body the bearer acts for')
    .requiredOption('--jurisdiction <name>', 'the city, for instance zhongwei')
    .option('--subject <id>', 'who bears it; made of role and body when left out')
    .option('--expires <duration>', 'how long it lasts: 90s, 30m, 8h, 7d', duration, 8 * 3600)
    .action(
      async (options: {
        role: Role[];
        organisation?: string;
        jurisdiction: string;
        subject?: string;
        expires: number;
      }) => {
        const { dataFolder, issuerUrl } = readConfig(['dataFolder', 'issuerUrl'], {
          GONGSHU_ISSUER_URL: `http://127.0.0.1:${process.env['GONGSHU_ISSUER_PORT'] || 7105}`,
          ...process.env,
        });
        const { role, expires, ...claims } = options;
        const token = await requestToken(
          { issuerUrl, dataFolder },
          { ...claims, roles: role, seconds: expires },
        );
        process.stdout.write(`${token}\n`);
      },
    );
