import type { Bus } from '@gongshu/infra/bus';
import { newestCalendar } from '@gongshu/infra/calendars';
import { tellCalendarChanged, tellProceduresCalendarChanged } from '@gongshu/infra/cases/calendar-changed';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { typeName } from '@gongshu/infra/cloud-event';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely } from 'kysely';

/**
 * Tells the registry's running clocks of a calendar that the catalog has loaded: each city its own newest version, so
 * that a national notice reaches every city. Told twice, the second changes nothing.
 */
export const createCalendarSubscriber = (
  db: Kysely<ApplicationTables>,
  bus: Pick<Bus, 'subscribe'>,
  {
    jurisdictions,
    ...options
  }: { jurisdictions: readonly string[] } & Pick<SubscriberOptions, 'report' | 'timing'>,
): Subscriber =>
  createSubscriber({
    bus,
    db,
    consumer: 'gongshu-registry-calendar',
    topics: [topicOf('catalog', 'public')],
    handle: async (event) => {
      if (typeName(event.type) !== 'calendar.loaded.v1') return;
      const reached = event.jurisdiction === 'national' ? jurisdictions : [event.jurisdiction];
      for (const jurisdiction of reached) {
        const { version } = await newestCalendar(db, jurisdiction);
        await tellCalendarChanged(db, [jurisdiction], version);
        await tellProceduresCalendarChanged(db as never, [jurisdiction], version);
      }
    },
    ...options,
  });
