import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Children, createChildren } from '@gongshu/infra/backends/children';
import { ensureFolder } from '@gongshu/infra/backends/places';
import { freePort } from '@gongshu/infra/backends/ports';
import { withClient } from '@gongshu/infra/backends/postgres-database';
import { startApplications, urlsOf } from '@gongshu/infra/supervisor/applications';
import { portVariable, processes } from '@gongshu/infra/supervisor/processes';
import { loadSecrets } from '@gongshu/infra/supervisor/secrets';
import { beginTime } from '@gongshu/infra/supervisor/time';
import { type TestDatabase, testDatabase, testKafka, testTemporal } from '../support/parts.ts';
import { ownFolderName, testFolder } from '../support/test-folder.ts';

describe('each process has a database role of its own', () => {
  const folder = ensureFolder(join(testFolder, ownFolderName('roles')));
  const before = { ...process.env };
  let database: TestDatabase;
  let children: Children;

  beforeAll(async () => {
    database = await testDatabase();
    const [temporal, kafka] = [await testTemporal(), await testKafka()];
    for (const { name } of processes) process.env[portVariable(name)] = String(await freePort());
    const part = (name: string, address: string) => ({ name, address, from: 'test', stop: async () => {} });
    await beginTime(database.url);
    children = createChildren();
    const urls = urlsOf({
      postgres: part('PostgreSQL', database.url),
      temporal: part('Temporal', temporal.address),
      kafka: part('Kafka', kafka.brokers.join(',')),
    });
    await startApplications(children, urls, folder, loadSecrets(folder));
  }, 120_000);

  afterAll(async () => {
    await children?.stopAll();
    process.env = before;
    await database?.drop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('nobody works as the owner, and each as who it is', async () => {
    const connected = await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ process: string; role: string }>(
        `select distinct application_name as process, usename as role from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() order by 1, 2`,
      );
      return rows.map(({ process, role }) => `${process} ${role}`);
    });
    expect(connected).toEqual(expect.arrayContaining(['gongshu-catalog gongshu_catalog']));
    const own = /^gongshu-(?:listen-)?(catalog|registry|pricing|disclosure) gongshu_(\1|relay)$/;
    expect(connected.filter((one) => !own.test(one))).toEqual([]);
  });

  it('the passwords stand in a file that only its owner may read, and stay', () => {
    const file = join(folder, 'secrets.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    const text = readFileSync(file, 'utf8');
    const { databasePassword, servicePasswords } = loadSecrets(folder);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(new Set([databasePassword, ...Object.values(servicePasswords)]).size).toBe(6);
  });
});
