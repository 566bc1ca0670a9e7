import { verifyAudit } from '@gongshu/infra/audit';
import { connect } from '@gongshu/infra/database';
import { verifyAccesses } from '@gongshu/service-catalog/accesses/verify';
import { serviceNames } from '@gongshu/shared/events';
import type { AccessTables } from '@gongshu/service-catalog/tables/access';
import { Command } from 'commander';
import { databaseUrl, print } from './installation.ts';
import { tableText } from './table.ts';

const verify = async (): Promise<boolean> => {
  const url = databaseUrl();
  const rows = [];
  for (const service of serviceNames) {
    const db = connect<unknown>(url, { schema: service, max: 1 });
    try {
      rows.push({ service, ...(await verifyAudit(db)) });
    } finally {
      await db.destroy();
    }
  }
  print(
    tableText(
      '审计留痕 · audit trail',
      ['service', 'entries', 'broken at', 'reason'],
      rows.map(({ service, entries, broken }) => [service, entries, broken?.number, broken?.reason]),
    ),
  );
  return rows.every(({ broken }) => broken === null);
};

const verifyTrace = async (): Promise<boolean> => {
  const db = connect<AccessTables>(databaseUrl(), { schema: 'catalog', max: 1 });
  try {
    const { accesses, broken } = await verifyAccesses(db);
    print(
      tableText(
        `访问留痕 · trace of accesses: ${accesses}`,
        ['chain', 'batch', 'broken'],
        broken.map(({ chain, link, reason }) => [chain, link, reason]),
      ),
    );
    return broken.length === 0;
  } finally {
    await db.destroy();
  }
};

/** `gongshu verify audit`: reads every service's audit chain whole; exit code 1 where one is broken. `accesses`: the trace of accesses. */
export const verifyCommand = (): Command => {
  const command = new Command('verify').description('核验 · verifies what was recorded');
  command
    .command('audit')
    .description('numbers without gap, hashes, chain, canonical form, in all schemas')
    .action(async () => {
      if (!(await verify())) process.exitCode = 1;
    });
  command
    .command('accesses')
    .description('every batch of traced accesses against its hash and the batch before (D2)')
    .action(async () => {
      if (!(await verifyTrace())) process.exitCode = 1;
    });
  return command;
};
