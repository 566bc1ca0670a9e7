import { createBus } from '@gongshu/infra/bus';
import { readConfig } from '@gongshu/infra/config';
import { serviceProcess, start } from '@gongshu/infra/http/process';
import { buildDisclosure } from './app.ts';
import { createFiguresSubscriber } from './figures-subscriber.ts';

await start(async () => {
  const { deps, run } = serviceProcess('disclosure');
  const { kafkaBrokers } = readConfig(['kafkaBrokers']);
  const { logger } = deps;
  const bus = createBus({
    brokers: kafkaBrokers,
    clientId: 'gongshu-disclosure',
    log: (level, message) => logger[level]({ from: 'kafka', said: message }, 'broker client'),
  });
  const figures = createFiguresSubscriber(deps.db, bus, {
    report: (finding) => logger.warn(finding, 'the stream of events was not whole'),
  });
  await run(
    await buildDisclosure(deps),
    () => figures.stop(),
    () => bus.close(),
  );
});
