import { type Change, recordAll } from '@gongshu/infra/record';
import { type Actor, actingRole } from '@gongshu/shared/may';
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import type { Party } from './party.ts';
import {
  findParties,
  insertParty,
  lockParties,
  type PartyRow,
  soleBodies,
  soleKinds,
} from './queries/party.ts';
import type { RegistryTables } from './tables.ts';

const rowOf = (party: Party, jurisdiction: string, at: Date): PartyRow => ({
  jurisdiction,
  id: party.id,
  kind: party.kind,
  name: party.name,
  uscc: party.uscc ?? null,
  level: party.level ?? null,
  county: party.county ?? null,
  parent_id: party.parentId ?? null,
  registered_at: at,
  version: 1,
  successor: null,
  succeeded_on: null,
  succession_document: null,
});

const content = ['kind', 'name', 'uscc', 'level', 'county', 'parent_id'] as const;
const isSame = (one: PartyRow, other: PartyRow): boolean =>
  content.every((column) => one[column] === other[column]);

const refusal = (at: number, key: string, code: string, zh: string, en: string): ProblemPlace => ({
  pointer: `/body/parties/${at}${key}`,
  code,
  message: { zh, en },
});

const changeOf = ({ jurisdiction, id, kind, uscc }: PartyRow, actor: Actor, at: Date): Change => ({
  key: `party.registered:${jurisdiction}:${id}`,
  type: 'party.registered.v1',
  subject: `${jurisdiction}:${id}`,
  jurisdiction,
  at,
  actor: { id: actor.id, role: actingRole(actor, 'registerParty'), organisation: actor.organisation },
  data: { party: id, kind, uscc },
});

/** New bodies that would be a second one of a kind of which a city has one: in the registry, or in this list. */
const takenBodies = (rows: readonly PartyRow[], standing: readonly PartyRow[]): ProblemPlace[] => {
  const holder = new Map(standing.map(({ kind, id }) => [kind, id]));
  return rows.flatMap(({ kind, id }, at) => {
    if (!soleKinds.includes(kind)) return [];
    const by = holder.get(kind) ?? id;
    holder.set(kind, by);
    return by === id
      ? []
      : [refusal(at, '/kind', 'bodyTaken', `该市已有此类主体：${by}`, `the city has one already: ${by}`)];
  });
};

/**
 * Registers a list of bodies in the actor's city, all or none; the same list twice changes nothing.
 * Throws `invalidRequest` (parent unknown), `partyDiffers` (an id stands with other content), `bodyTaken` (a second
 * city bureau) by place, and `alreadyExists` for a credit code that another body has.
 */
export const registerParties = async (
  db: Kysely<RegistryTables>,
  { parties, actor, at }: { parties: readonly Party[]; actor: Actor; at: Date },
): Promise<{ registered: number; unchanged: number }> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction } = actor;
    await lockParties(trx, jurisdiction);
    const named = parties.flatMap(({ id, parentId }) => (parentId ? [id, parentId] : [id]));
    const known = new Map((await findParties(trx, jurisdiction, named)).map((row) => [row.id, row]));
    const listed = new Set(parties.map(({ id }) => id));
    const orphans = parties.flatMap(({ parentId }, at) =>
      parentId && !known.has(parentId) && !listed.has(parentId)
        ? [refusal(at, '/parentId', 'parentUnknown', '上级主体未登记', 'the parent is not registered')]
        : [],
    );
    if (orphans.length > 0) throw problem('invalidRequest', { errors: orphans });

    const rows = parties.map((party) => rowOf(party, jurisdiction, at));
    const differing = rows.flatMap((row, at) => {
      const before = known.get(row.id);
      return before && !isSame(before, row)
        ? [refusal(at, '', 'partyDiffers', '已登记，内容不同', 'registered with other content')]
        : [];
    });
    if (differing.length > 0) throw problem('partyDiffers', { errors: differing });

    const taken = takenBodies(rows, await soleBodies(trx, jurisdiction));
    if (taken.length > 0) throw problem('bodyTaken', { errors: taken });

    const changes: Change[] = [];
    for (const row of rows) if (await insertParty(trx, row)) changes.push(changeOf(row, actor, at));
    await recordAll(trx, 'registry', changes);
    return { registered: changes.length, unchanged: rows.length - changes.length };
  });
