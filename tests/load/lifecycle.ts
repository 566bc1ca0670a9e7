/** From submission to decision: ours and bare Temporal, on one server and one PostgreSQL, one worker each. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { testDatabase, testTemporal } from '../support/parts.ts';
import { bareLifecycle } from './bare.ts';
import { compare, type Figure, inLanes } from './figures.ts';
import { ourLifecycle } from './ours.ts';

export type Lifecycle = {
  /** One case, from submission to its decision. */
  runCase: (untilTrue: (holds: () => Promise<boolean>) => Promise<void>) => Promise<void>;
  stop: () => Promise<void>;
};

/** As a person's desk would look again; the same for both. */
const untilTrue = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(100);
};

/** Cases a second, several at once. */
export const lifecycleFigure = async (
  folder: string,
  { cases, atOnce }: { cases: number; atOnce: number },
): Promise<Figure> => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
  const { address } = await testTemporal();
  const database = await testDatabase();
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection });
  const ours = await ourLifecycle(database.url, folder, client, native);
  const bare = await bareLifecycle(database.url, client, native);
  const run = (lifecycle: Lifecycle) => () => inLanes(cases, atOnce, () => lifecycle.runCase(untilTrue));
  try {
    return await compare('submission to decision', 'cases/s', { ours: run(ours), bare: run(bare) });
  } finally {
    await ours.stop();
    await bare.stop();
    await native.close();
    await connection.close();
    await database.drop();
  }
};
