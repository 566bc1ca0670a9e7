import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { successorOf } from '@gongshu/infra/cases/succession';
import type { Bus } from '@gongshu/infra/bus';
import { typeName } from '@gongshu/infra/cloud-event';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely } from 'kysely';
import { moveWork } from './move-work.ts';

type Absence = {
  absence: string;
  person: string;
  substitute: string;
  organisation: string;
  from: string;
  until: string;
};

/** Learns from the registry whose people there are, who is away and who stands in, and which bodies went into another. */
export const createPeopleSubscriber = (
  db: Kysely<ApplicationTables>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> = {},
): Subscriber =>
  createSubscriber({
    bus,
    db,
    consumer: 'gongshu-catalog-people',
    topics: [topicOf('registry', 'case')],
    handle: async (event, trx) => {
      const { jurisdiction } = event;
      switch (typeName(event.type) ?? '') {
        case 'person.registered.v1':
        case 'person.changed.v1': {
          const { person: id, organisation: told } = event.data as { person: string; organisation: string };
          // Bodies and people are told each in an order of its own: theirs may have gone into another before.
          const organisation = (await successorOf(trx, 'body', jurisdiction, told)) ?? told;
          await trx
            .insertInto('person')
            .values({ jurisdiction, id, organisation })
            .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doUpdateSet({ organisation }))
            .execute();
          break;
        }
        case 'person.absenceRecorded.v1': {
          const { absence, person, substitute, organisation, from, until } = event.data as Absence;
          await trx
            .insertInto('absence')
            .values({
              id: absence,
              ...{ jurisdiction, organisation, person, substitute },
              from_on: from,
              until_on: until,
              cancelled_at: null,
            })
            .onConflict((conflict) => conflict.column('id').doNothing())
            .execute();
          break;
        }
        case 'person.absenceCancelled.v1':
          await trx
            .updateTable('absence')
            .set({ cancelled_at: new Date(event.lawtime) })
            .where('id', '=', (event.data as Absence).absence)
            .execute();
          break;
        case 'party.succeeded.v1': {
          const { party, kind, successor } = event.data as { party: string; kind: string; successor: string };
          await moveWork(trx, {
            jurisdiction,
            from: party,
            to: successor,
            kind,
            at: new Date(event.lawtime),
          });
          break;
        }
        default: // nothing of people or bodies
      }
    },
    ...options,
  });
