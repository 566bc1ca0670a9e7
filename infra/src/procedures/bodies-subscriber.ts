import { type ServiceName, topicOf } from '@gongshu/shared/events';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Bus } from '../bus.ts';
import { type CloudEvent, typeName } from '../cloud-event.ts';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '../subscriber.ts';
import { tellSucceeded } from './succeed.ts';
import type { ProcedureTables } from './tables.ts';

type Told = Pick<CloudEvent, 'type' | 'jurisdiction' | 'data'>;

/** What running procedures hold of a body that went into another becomes its successor's (G1). */
export const moveProcedures = async (
  trx: Transaction<ProcedureTables>,
  jurisdiction: string,
  { party, successor }: { party: string; successor: string },
): Promise<void> => {
  await trx
    .updateTable('procedure')
    .set({ authority: successor })
    .where('jurisdiction', '=', jurisdiction)
    .where('authority', '=', party)
    .where('outcome', 'is', null)
    .execute();
  await sql`
    insert into procedure_body (case_no, organisation, role)
    select procedure_body.case_no, ${successor}, role
    from procedure_body
    join procedure using (case_no)
    where jurisdiction = ${jurisdiction} and organisation = ${party} and outcome is null
    on conflict do nothing`.execute(trx);
  await tellSucceeded(trx, jurisdiction, { party, successor });
};

const succeed = async (
  trx: Transaction<ProcedureTables>,
  jurisdiction: string,
  { party, kind, successor }: { party: string; kind: string; successor: string },
): Promise<void> => {
  await trx
    .insertInto('body')
    .values({ jurisdiction, id: party, kind, successor })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doUpdateSet({ successor }))
    .execute();
  await moveProcedures(trx, jurisdiction, { party, successor });
  await trx
    .updateTable('person')
    .set({ organisation: successor })
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', party)
    .execute();
};

/** Told twice, it changes nothing. */
export const keepBody = async (
  trx: Transaction<ProcedureTables>,
  { type, jurisdiction, data }: Told,
): Promise<void> => {
  switch (typeName(type) ?? '') {
    case 'party.registered.v1': {
      const { party, kind } = data as { party: string; kind: string };
      await trx
        .insertInto('body')
        .values({ jurisdiction, id: party, kind })
        .onConflict((conflict) =>
          conflict
            .columns(['jurisdiction', 'id'])
            .doUpdateSet({ kind })
            // A mandate has made it the operator: told in an order of its own.
            .where('body.kind', '!=', 'operator'),
        )
        .execute();
      break;
    }
    case 'operatingAgreement.inForce.v1': {
      const { operator: id } = data as { operator: string };
      await trx
        .insertInto('body')
        .values({ jurisdiction, id, kind: 'operator' })
        .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doUpdateSet({ kind: 'operator' }))
        .execute();
      break;
    }
    case 'party.succeeded.v1':
      await succeed(trx, jurisdiction, data as { party: string; kind: string; successor: string });
      break;
    case 'person.registered.v1':
    case 'person.changed.v1': {
      const { person: id, organisation } = data as { person: string; organisation: string };
      await trx
        .insertInto('person')
        .values({ jurisdiction, id, organisation })
        .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doUpdateSet({ organisation }))
        .execute();
      break;
    }
    default: // nothing of bodies or people
  }
};

/**
 * Learns from the registry's events which bodies and people a city has, which body went into another, and which, a
 * bidder once, its mandate has made an operator (O5).
 */
export const createBodiesSubscriber = (
  service: ServiceName,
  db: Kysely<ProcedureTables>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> = {},
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: `gongshu-${service}-bodies` },
    topics: [topicOf('registry', 'case'), topicOf('registry', 'public')],
    handle: (event, trx) => keepBody(trx, event),
    ...options,
  });
