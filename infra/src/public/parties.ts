/** Names of bodies that have a public role (decision 0027): of a bidder only once its name is published. */
import { asPublicWords } from '@gongshu/shared/public-words';
import { sql, type Transaction } from 'kysely';
import type { Described } from './described.ts';

/** Kinds of bodies whose role is public as such; merchants, partners and bidders are named by what happens to them. */
const publicKinds = [
  ...[
    'bureau',
    'countyBureau',
    'sourceDepartment',
    'operator',
    'government',
    'price',
    'finance',
    'supervision',
  ],
];

type Row = {
  jurisdiction: string;
  id: string;
  kind: string;
  name: string;
  uscc: string | null;
  level: string | null;
  county: string | null;
  successor: string | null;
};
export type PartyRef = { jurisdiction: string; party: string };

const described = ({ jurisdiction, id, ...row }: Row): Described => ({
  ...{ subject: `${jurisdiction}:${id}`, jurisdiction, type: 'party.named.v1' },
  data: {
    ...{ party: id, kind: row.kind, name: asPublicWords(row.name, 1_000) ?? id, uscc: row.uscc },
    ...{ level: row.level, county: asPublicWords(row.county, 1_000), successor: row.successor },
  },
});

/**
 * These bodies by name. `known` alone asks whether their role is public as such, or an event has named them before: for
 * a change of what may not be public.
 */
export const nameParties = async (
  // biome-ignore lint/suspicious/noExplicitAny: bound to the registry's schema
  trx: Transaction<any>,
  refs: readonly PartyRef[],
  { known }: { known: boolean },
): Promise<Described[]> => {
  if (refs.length === 0) return [];
  const { rows } = await sql<Row>`
    select jurisdiction, id, kind, name, uscc, level, county, successor
    from party
    where (jurisdiction, id) in (
        select *
        from unnest(${refs.map((one) => one.jurisdiction)}::text[], ${refs.map(({ party }) => party)}::text[])
      )
      and (
        not ${known}::boolean
        or kind = any(${publicKinds}::text[])
        or exists (
          select
          from outbox
          where aggregateid = party.jurisdiction || ':' || party.id
            and type = 'party.named.v1'
        )
      )`.execute(trx);
  return rows.map(described);
};

/** Bodies that stand with a public role and that no event has named yet. */
export const unnamedParties = async (
  // biome-ignore lint/suspicious/noExplicitAny: bound to the registry's schema
  trx: Transaction<any>,
  after: string,
  limit: number,
): Promise<{ key: string; ref: PartyRef }[]> => {
  const { rows } = await sql<{ key: string; jurisdiction: string; party: string }>`
    select jurisdiction || ':' || id as key, jurisdiction, id as party
    from party
    where (jurisdiction || ':' || id) collate "C" > ${after}
      and (
        kind = any(${publicKinds}::text[])
        or exists (select from merchant where merchant.jurisdiction = party.jurisdiction and merchant.organisation = party.id)
        or exists (select from partner where partner.jurisdiction = party.jurisdiction and partner.organisation = party.id and partner.state = 'noted')
        or exists (select from mandate where mandate.jurisdiction = party.jurisdiction and mandate.operator = party.id)
        or exists (
          select
          from outbox
          where type in ('selection.noticePublished.v1', 'selection.selected.v1')
            and outbox.jurisdiction = party.jurisdiction
            and payload ->> 'winner' = party.id
        )
      )
      and not exists (
        select
        from outbox
        where aggregateid = party.jurisdiction || ':' || party.id
          and type = 'party.named.v1'
      )
    order by (jurisdiction || ':' || id) collate "C"
    limit ${limit}`.execute(trx);
  return rows.map(({ key, ...ref }) => ({ key, ref }));
};
