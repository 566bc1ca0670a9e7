import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '@gongshu/infra/config';
import { loadSecrets } from '@gongshu/infra/supervisor/secrets';

/**
 * The database of the installation: `GONGSHU_DATABASE_URL`, or that of the data folder which npm start left.
 * Throws an Error of one sentence where there is neither.
 */
export const databaseUrl = (): string => {
  if (process.env['GONGSHU_DATABASE_URL']) return readConfig(['databaseUrl']).databaseUrl;
  const { dataFolder } = readConfig(['dataFolder']);
  if (!existsSync(join(dataFolder, 'secrets.json')))
    throw new Error(`Set GONGSHU_DATABASE_URL, or begin an installation in ${dataFolder} with npm start.`);
  const { databasePassword } = loadSecrets(dataFolder);
  return `postgres://gongshu:${databasePassword}@127.0.0.1:${process.env['GONGSHU_POSTGRES_PORT'] || 7132}/gongshu`;
};

/** The brokers: `GONGSHU_KAFKA_BROKERS`, or those of an installation on this machine. */
export const kafkaBrokers = (): string[] =>
  readConfig(['kafkaBrokers'], {
    GONGSHU_KAFKA_BROKERS: `127.0.0.1:${process.env['GONGSHU_KAFKA_PORT'] || 7192}`,
    ...process.env,
  }).kafkaBrokers;

/** Columns of the terminal; 120 where the output goes to a file. */
export const terminalWidth = (): number => process.stdout.columns || 120;

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
