/** The bare run of the lifecycle: Temporal and one insert an activity. */
import { fileURLToPath } from 'node:url';
import { taskQueue as ourQueue } from '@gongshu/infra/temporal-client';
import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import pg from 'pg';
import { type BareActivities, decideUpdate } from './bare-workflows.ts';
import type { Lifecycle } from './lifecycle.ts';

const taskQueue = `${ourQueue}-bare`;
const steps = ['acceptance', 'check', 'review'];
const keyword = (name: string) => defineSearchAttributeKey(name, 'KEYWORD');

/** Started, and decided three times as soon as each turn stands in the table. */
export const bareLifecycle = async (
  databaseUrl: string,
  client: Client,
  connection: NativeConnection,
): Promise<Lifecycle> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
  await pool.query(
    'create table bare_row (workflow text not null, what text not null, primary key (workflow, what))',
  );
  const activities: BareActivities = {
    insertOne: async ({ workflow, what }) => {
      await pool.query('insert into bare_row values ($1, $2) on conflict do nothing', [workflow, what]);
    },
  };
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowsPath: fileURLToPath(new URL('bare-workflows.ts', import.meta.url)),
    activities,
  });
  const running = worker.run();
  let last = 0;

  const stands = async (workflow: string, what: string): Promise<boolean> =>
    (await pool.query('select 1 from bare_row where workflow = $1 and what = $2', [workflow, what]))
      .rowCount === 1;

  return {
    runCase: async (untilTrue) => {
      last += 1;
      const id = `bare-${last}`;
      const handle = await client.workflow.start('bareCase', {
        workflowId: id,
        taskQueue,
        args: [{ id, steps }],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        staticSummary: id,
        typedSearchAttributes: [
          { key: keyword('GongshuJurisdiction'), value: '示例市' },
          { key: keyword('GongshuKind'), value: '使用申请' },
          { key: keyword('GongshuOrganisation'), value: 'merchant-1' },
          { key: keyword('GongshuCaseNo'), value: id },
        ],
      });
      for (const step of steps) {
        await untilTrue(() => stands(`${id}/${step}`, 'clock'));
        await client.workflow
          .getHandle(`${id}/${step}`)
          .executeUpdate(decideUpdate, { args: [{ outcome: 'approved' }], updateId: `${id}-${step}` });
      }
      await handle.result();
    },
    stop: async () => {
      worker.shutdown();
      await running;
      await pool.end();
    },
  };
};
