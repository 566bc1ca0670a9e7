/** What the process of a service with cases runs beside its routes: the way to workflows, the intake, the broker. */
import type { ServiceName } from '@gongshu/shared/events';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { createBus } from '../bus.ts';
import { newestCalendar } from '../calendars.ts';
import type { Config } from '../config.ts';
import { startHeartbeat } from '../health-record.ts';
import { deliver, type Hand, startDeliverer } from '../intake/deliver.ts';
import { temporalClient } from '../temporal-client.ts';
import { lookAgain } from './due.ts';
import type { ApplicationTables } from './tables.ts';

/**
 * Connects to Temporal and Kafka, records that the intake is up, and delivers what was left
 * over. `stop` ends all of it, in order, after the service's own subscribers.
 */
export const startCases = async (
  service: ServiceName,
  hand: Hand,
  { db: untyped, logger }: { db: Kysely<any>; logger: Logger },
  config: Pick<Config, 'kafkaBrokers' | 'temporalAddress' | 'temporalNamespace'>,
) => {
  const db = untyped as Kysely<ApplicationTables>;
  const { client, close } = temporalClient(config.temporalAddress, config.temporalNamespace);
  const delivery = { db, client, hand };
  const heartbeat = await startHeartbeat(db, service);
  const stopDeliverer = startDeliverer(delivery, {
    onError: (err) => logger.warn({ err }, 'the intake could not be delivered'),
  });
  const bus = createBus({
    brokers: config.kafkaBrokers,
    clientId: `gongshu-${service}`,
    log: (level, message) => logger[level]({ from: 'kafka', said: message }, 'broker client'),
  });
  return {
    db,
    client,
    bus,
    /** What subscribers say of a stream that was not whole. */
    report: (finding: object) => logger.warn(finding, 'the stream of events was not whole'),
    /** What the routes of cases close over. */
    deps: {
      deliver: (receipt: string) => deliver(delivery, receipt),
      lookAgain: (caseNo: string) => lookAgain(db, client, caseNo),
      calendarVersion: async (jurisdiction: string) => (await newestCalendar(db, jurisdiction)).version,
    },
    stop: async () => {
      await bus.close();
      await stopDeliverer();
      await heartbeat.stop();
      await close();
    },
  };
};
