import { topicOf } from '@gongshu/shared/events';
import type { Kysely } from 'kysely';
import type { Bus } from '../bus.ts';
import { newestCalendar } from '../calendars.ts';
import { typeName } from '../cloud-event.ts';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '../subscriber.ts';
import { tellCalendarChanged, tellProceduresCalendarChanged } from './calendar-changed.ts';
import type { ApplicationTables } from './tables.ts';

/**
 * Tells a service's running clocks of a calendar that the catalog has loaded: each city its own newest version, so
 * that a national notice reaches every city. Told twice, the second changes nothing.
 */
export const createCalendarSubscriber = (
  service: 'registry' | 'pricing' | 'disclosure',
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
    consumer: `gongshu-${service}-calendar`,
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
