import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PartUnavailable } from '@gongshu/infra/backends/part';
import { projectFolder } from '@gongshu/infra/backends/places';
import { withClient } from '@gongshu/infra/backends/postgres-database';

const name = 'gongshu_template';

/** Makes one migrated database that every test clones; nobody may connect to it afterwards. Returns its name. */
export const makeTemplate = async (url: string): Promise<string> => {
  const file = join(projectFolder, 'infra/src/migrate.ts');
  if (!existsSync(file))
    throw new PartUnavailable('The tests need infra/src/migrate.ts and there is no such file');
  const { migrate } = (await import(file)) as { migrate: (url: string) => Promise<string[]> };
  const template = new URL(url);
  template.pathname = `/${name}`;
  await withClient(url, (client) => client.query(`create database ${name}`));
  await migrate(template.toString());
  await withClient(url, (client) =>
    client.query(`alter database ${name} with is_template true allow_connections false`),
  );
  return name;
};
