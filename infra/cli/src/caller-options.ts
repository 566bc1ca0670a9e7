import { type Role, roles } from '@gongshu/shared/may';
import { type Command, Option } from 'commander';

/** Who asks, by a token of the development issuer. */
export type Caller = { role: Role; jurisdiction: string; organisation?: string };

/** Adds `--role`, `--jurisdiction` and `--organisation` to a command that reads over REST. */
export const withCaller = (command: Command, role: Role): Command =>
  command
    .addOption(new Option('--role <role>', 'the role to ask in').choices([...roles]).default(role))
    .option('--jurisdiction <name>', 'the city', 'zhongwei')
    .option('--organisation <id>', 'the body to ask for');
