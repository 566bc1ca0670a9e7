/** Our lifecycle: acts taken in durably, delivered, judged, recorded with event and audit entry. */
import { randomUUID } from 'node:crypto';
import { createActivities } from '@gongshu/activities';
import { databaseDeps } from '@gongshu/activities/deps';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { connect } from '@gongshu/infra/database';
import { deliver, startDeliverer } from '@gongshu/infra/intake/deliver';
import { takeIn } from '@gongshu/infra/intake/take';
import { lawNow, startLawClock } from '@gongshu/infra/law-clock';
import { loadPacks } from '@gongshu/infra/packs';
import { taskQueue } from '@gongshu/infra/temporal-client';
import { hand } from '@gongshu/service-catalog/applications/hand';
import { submitApplication } from '@gongshu/service-catalog/applications/submit';
import { turnId } from '@gongshu/shared/application/ids';
import type { Step } from '@gongshu/shared/application/types';
import type { Client } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { enrolled } from '../support/enrolled.ts';
import { inOperation } from '../support/in-operation.ts';
import { entryOf, seedEntries } from '../support/stack-city.ts';
import { workflowBundle } from '../support/parts.ts';
import type { Lifecycle } from './lifecycle.ts';

const jurisdiction = 'zhongwei';
const reviewer = 'dept-health';
const contents = {
  scenario: '城市公共服务便民查询',
  scope: '所申请目录条目的全部信息项',
  manner: '平台内加工，不导出原始数据',
  term: { from: '2024-04-01', until: '2025-03-31' },
  securityMeasures: '专用开发环境，人员实名，操作留痕',
};
const merchant = { id: 'merchant-1', role: 'merchant', organisation: 'merchant-1', jurisdiction };
const steps: { step: Step; by: string; role: string }[] = [
  { step: 'acceptance', by: 'operator', role: 'operator' },
  { step: 'check', by: 'operator', role: 'operator' },
  { step: 'review', by: reviewer, role: 'sourceDepartment' },
];

/** One application for one entry with one reviewer, the law's clock running at speed 1 so that timers stand. */
export const ourLifecycle = async (
  databaseUrl: string,
  folder: string,
  client: Client,
  connection: NativeConnection,
): Promise<Lifecycle> => {
  const db = connect<ApplicationTables>(databaseUrl, { schema: 'catalog', max: 10 });
  const clock = await startLawClock(db, { mode: 'development', speed: 1 });
  await ensureShippedCalendar(db);
  await seedEntries(databaseUrl, folder);
  await db
    .insertInto('body')
    .values([
      { jurisdiction, id: 'operator', kind: 'operator' },
      { jurisdiction, id: 'city-bureau', kind: 'bureau' },
    ])
    .execute();
  await enrolled(db, jurisdiction, merchant.organisation);
  await inOperation(db, jurisdiction);
  const activityDb = connect<ApplicationTables>(databaseUrl, { schema: 'catalog', max: 20 });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities: createActivities(
      databaseDeps({
        catalog: activityDb,
        registry: activityDb,
        pricing: activityDb,
        disclosure: activityDb,
      }),
    ),
  });
  const running = worker.run();
  const delivery = { db, client, hand };
  const deps = {
    db: db as never,
    packs: loadPacks(),
    deliver: (receipt: string) => deliver(delivery, receipt),
    calendarVersion: async (city: string) => (await newestCalendar(db, city)).version,
  };
  const stopDeliverer = startDeliverer(delivery, {
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  });
  const hasArrived = async (receipt: string): Promise<void> => {
    const { state, code } = await deps.deliver(receipt); // 'taken': the deliverer brings it
    if (state === 'refused' || state === 'parked') throw new Error(`${receipt} is ${state} ${code ?? ''}`);
  };
  const ready = async (turn: string): Promise<boolean> =>
    (await db.selectFrom('turn').select('deadline').where('turn_id', '=', turn).executeTakeFirst()) !==
    undefined;

  return {
    runCase: async (untilTrue) => {
      const submission = { resources: [entryOf(reviewer)], contents };
      const { receipt, caseNo } = await submitApplication(deps, submission, merchant, {
        lawNow: await lawNow(db),
        receipt: `SJ-${randomUUID()}`,
      });
      await hasArrived(receipt);
      for (const { step, by, role } of steps) {
        const turn = turnId(caseNo, step, by);
        await untilTrue(() => ready(turn));
        const taken = await takeIn(db, caseNo, async () => ({
          act: 'recordDecision',
          jurisdiction,
          caseNo,
          turnId: turn,
          workflowId: turn,
          payload: { act: { kind: 'decide', outcome: 'approve' } },
          text: { reasons: [] },
          actor: { id: by, role, organisation: by },
        }));
        await hasArrived(taken.receipt);
      }
      const result = (await client.workflow.getHandle(caseNo).result()) as { outcome: string };
      if (result.outcome !== 'approved') throw new Error(`${caseNo} is ${result.outcome}`);
    },
    stop: async () => {
      await stopDeliverer();
      worker.shutdown();
      await running;
      await clock.stop();
      await activityDb.destroy();
      await db.destroy();
    },
  };
};
