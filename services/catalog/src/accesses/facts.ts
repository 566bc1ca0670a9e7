import { type Kysely, sql } from 'kysely';
import type { AccessTables } from '../tables/access.ts';
import type { AccessViewKind, GrantFacts, ResourceFacts } from './judge.ts';
import { type Shown, shownOf, type Traced } from './trace.ts';

export type AccessDb = Kysely<AccessTables>;

type GrantRow = Omit<GrantFacts, 'startsAt' | 'endsAt' | 'resources'> & {
  startsAt: string;
  endsAt: string;
  resources: (ResourceFacts & { reviewer: string })[] | null;
};
type StoredRow = Omit<Traced, 'at' | 'answeredAt' | keyof Shown> & {
  at: string;
  answeredAt: string;
  person: string | null;
  view: AccessViewKind | null;
};
type Row = { now: Date; grants: GrantRow[] | null; stored: StoredRow[] | null };

/** What a batch of questions is judged on: the law's now, the grants as they stand, and answers given under these keys. */
export type Facts = {
  now: Date;
  grants: ReadonlyMap<string, GrantFacts>;
  /** By asker and key, see `keyOf`. */
  stored: ReadonlyMap<string, Traced>;
};

/** One map key for an asker's key. */
export const keyOf = ({ asker, key }: { asker: string; key: string }): string => `${asker}\n${key}`;

/**
 * All of it in one statement and so on one state of the rows; nothing is kept between two calls. A change that was
 * committed before the statement began is seen.
 */
export const readFacts = async (
  db: AccessDb,
  asked: readonly { grantNo: string; asker: string; key: string }[],
): Promise<Facts> => {
  const grantNos = [...new Set(asked.map(({ grantNo }) => grantNo))];
  const askers = asked.map(({ asker }) => asker);
  const keys = asked.map(({ key }) => key);
  const { rows } = await sql<Row>`
    with clock as materialized (select platform.law_now() as now)
    select
      (select now from clock) as now,
      (
        select json_agg(json_build_object(
          'grantNo', g.grant_no,
          'jurisdiction', g.jurisdiction,
          'merchant', g.merchant,
          'handlers', array[g.operator, g.authority],
          'purpose', g.purpose,
          'startsAt', g.starts_at,
          'endsAt', g.ends_at,
          'state', g.state,
          'endKind', g.end_kind,
          'suspended', exists (
            select from use_grant_suspension as s
            where s.grant_no = g.grant_no and s.lifted_at is null
          ),
          'operatorHeld', exists (
            select from supply_order as o
            where o.jurisdiction = g.jurisdiction and o.ordered_at is not null and o.lifted_at is null
              and o.scope -> 'operators' ? g.operator
          ),
          'standing', (
            select m.standing from merchant as m
            where m.jurisdiction = g.jurisdiction and m.organisation = g.merchant
          ),
          'resources', (
            select json_agg(json_build_object(
              'resource', r.resource_id,
              'reviewer', r.reviewer_organisation,
              'fields', r.fields,
              'masked', r.masked,
              'entry', (select e.state from resource as e where e.id = r.resource_id),
              'supplies', coalesce((
                select json_agg(json_build_object('fields', y.fields, 'suspended', y.state = 'suspended'))
                from supply as y
                where y.jurisdiction = g.jurisdiction
                  and y.resource_id = r.resource_id
                  and y.state <> 'ended'
                  and y.starts_at <= (select now from clock)
                  and y.ends_at > (select now from clock)
              ), '[]')
            ))
            from use_grant_resource as r
            where r.grant_no = g.grant_no
          )
        ))
        from use_grant as g
        where g.grant_no = any (${grantNos}::text[])
      ) as grants,
      (
        select json_agg(json_build_object(
          'id', a.id, 'grantNo', a.grant_no, 'jurisdiction', a.jurisdiction, 'asker', a.asker, 'key', a.key,
          'requestHash', a.request_hash, 'fields', a.fields, 'purpose', a.purpose, 'by', a.used_by, 'at', a.at,
          'answeredAt', a.answered_at, 'permitted', a.permitted, 'code', a.code, 'article', a.article,
          'beyond', a.beyond, 'person', a.person, 'view', a.view, 'trace', b.hash
        ))
        from unnest(${askers}::text[], ${keys}::text[]) as k (asker, key)
        join access as a on a.asker = k.asker and a.key = k.key
        join access_batch as b on b.chain = a.chain and b.link = a.link
      ) as stored`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('The database gave no time');
  const grants = (row.grants ?? []).map(({ startsAt, endsAt, resources, handlers, ...grant }) => ({
    ...grant,
    ...{ startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt), resources: resources ?? [] },
    handlers: [...handlers, ...(resources ?? []).map(({ reviewer }) => reviewer)],
  }));
  const stored = (row.stored ?? []).map(({ person, view, ...one }) => ({
    ...one,
    ...shownOf({ person, view }),
    ...{ at: Date.parse(one.at), answeredAt: Date.parse(one.answeredAt) },
  }));
  return {
    now: row.now,
    grants: new Map(grants.map((grant) => [grant.grantNo, grant])),
    stored: new Map(stored.map((one) => [keyOf(one), one])),
  };
};
