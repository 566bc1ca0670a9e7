import { migrate } from '@gongshu/infra/migrate';
import { Command } from 'commander';
import { databaseUrl, print } from './installation.ts';

/** `gongshu migrate`: brings the database to the newest tables; a second run finds nothing to do. */
export const migrateCommand = (): Command =>
  new Command('migrate').description('数据库迁移 · migrates the database, forward only').action(async () => {
    const done = await migrate(databaseUrl());
    print(done.length === 0 ? 'nothing to migrate' : done.join('\n'));
  });
