/** Bodies that are renamed, or go into another: cases, people and clocks go on under the successor (G1). */
import { sha256 } from '@gongshu/infra/hash';
import { mustBeStored } from '@gongshu/infra/documents/cite';
import type { MandateTables } from '@gongshu/infra/mandates/tables';
import { moveOpenCases } from '@gongshu/infra/cases/succession';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import { type ProblemCode, problem } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import { findParty, lockParties, type PartyRow } from './queries/party.ts';
import type { RegistryTables } from './tables.ts';

type By = { id: string; role: string; organisation: string | null };
type Change = { on: string; document?: string | null | undefined };
type How = { by: By; at: Date; key: string };

const refusal = (code: ProblemCode, key: string, zh: string, en: string) =>
  problem(code, { errors: [{ pointer: `/body/${key}`, code, message: { zh, en } }] });

const mustHoldNow = ({ on }: Change, at: Date): void => {
  if (on > businessDateOf(at.getTime())) throw refusal('changeAhead', 'on', '晚于今日', 'After today');
};

const standing = async (
  trx: Transaction<RegistryTables>,
  jurisdiction: string,
  id: string,
): Promise<PartyRow> => {
  await lockParties(trx, jurisdiction);
  const party = await findParty(trx, jurisdiction, id);
  if (!party) throw problem('notFound');
  if (party.successor !== null) throw problem('partySucceeded', { params: { successor: party.successor } });
  return party;
};

const documented = async (
  trx: Transaction<RegistryTables>,
  { jurisdiction }: PartyRow,
  { document }: Change,
  { by }: How,
): Promise<void> => {
  if (document)
    await mustBeStored(trx, {
      hash: document,
      organisation: by.organisation,
      jurisdiction,
      pointer: '/body/document',
    });
};

/** Gives a body a new name; the earlier one is kept with its last day. Throws `partySucceeded`, `changeAhead`. */
export const renameParty = (
  db: Kysely<RegistryTables>,
  { jurisdiction, id }: { jurisdiction: string; id: string },
  change: Change & { name: string },
  how: How,
): Promise<PartyRow> =>
  db.transaction().execute(async (trx) => {
    mustHoldNow(change, how.at);
    const party = await standing(trx, jurisdiction, id);
    await documented(trx, party, change, how);
    if (party.name === change.name) return party;
    await trx
      .insertInto('party_name')
      .values((eb) => ({
        jurisdiction,
        party: id,
        position: eb
          .selectFrom('party_name')
          .select(sql<number>`count(*)::integer + 1`.as('next'))
          .where('jurisdiction', '=', jurisdiction)
          .where('party', '=', id),
        name: party.name,
        until_on: sql<string>`${change.on}::date - 1`,
        document: change.document ?? null,
        recorded_by: how.by.id,
        recorded_at: how.at,
      }))
      .execute();
    const renamed = await trx
      .updateTable('party')
      .set((eb) => ({ name: change.name, version: eb('version', '+', 1) }))
      .where('jurisdiction', '=', jurisdiction)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'registry', {
      key: `party.renamed:${jurisdiction}:${id}:${renamed.version}`,
      type: 'party.renamed.v1',
      subject: `${jurisdiction}:${id}`,
      jurisdiction,
      at: how.at,
      actor: how.by,
      data: {
        party: id,
        nameHash: sha256(change.name),
        on: change.on,
        documentHash: change.document ?? null,
      },
    });
    return renamed;
  });

/** A successor is another standing body of the same kind: so there is no way back, and no circle. */
const mustSucceed = async (
  trx: Transaction<RegistryTables>,
  party: PartyRow,
  successor: string,
): Promise<void> => {
  const refuse = (zh: string, en: string) => refusal('successorUnfit', 'successor', zh, en);
  if (party.kind === 'merchant')
    throw refuse('数商不承继，须自行进驻', 'Merchants are onboarded on their own');
  if (successor === party.id) throw refuse('不能由自身承继', 'A body does not succeed itself');
  const other = await findParty(trx, party.jurisdiction, successor);
  if (!other) throw refuse('承继单位未登记', 'Not registered');
  if (other.kind !== party.kind) throw refuse('承继单位须为同类主体', 'Of another kind');
  if (other.successor !== null) throw refuse('承继单位自身已撤并', 'Has gone into another body itself');
};

/**
 * A body goes into another of its kind: its people, offices, absences and open onboardings move in this transaction;
 * the catalog moves its own on the event. It acts no more from here on. Throws `successorUnfit` (422),
 * `partySucceeded` (403), `changeAhead`.
 */
export const succeedParty = (
  db: Kysely<RegistryTables>,
  { jurisdiction, id }: { jurisdiction: string; id: string },
  change: Change & { successor: string },
  how: How,
): Promise<PartyRow> =>
  db.transaction().execute(async (trx) => {
    mustHoldNow(change, how.at);
    const party = await standing(trx, jurisdiction, id);
    const { successor } = change;
    await mustSucceed(trx, party, successor);
    await documented(trx, party, change, how);
    const cases = await moveOpenCases(trx as never, {
      jurisdiction,
      from: id,
      to: successor,
      everyCase: party.kind === 'bureau',
    });
    for (const table of ['office', 'person', 'absence'] as const)
      await trx
        .updateTable(table)
        .set({ organisation: successor })
        .where('jurisdiction', '=', jurisdiction)
        .where('organisation', '=', id)
        .execute();
    await (trx as unknown as Transaction<MandateTables>)
      .updateTable('mandate')
      .set({ operator: successor })
      .where('jurisdiction', '=', jurisdiction)
      .where('operator', '=', id)
      .where('state', '!=', 'ended')
      .execute();
    await trx
      .updateTable('party')
      .set({ parent_id: successor })
      .where('jurisdiction', '=', jurisdiction)
      .where('parent_id', '=', id)
      .where('id', '!=', successor)
      .execute();
    const gone = await trx
      .updateTable('party')
      .set((eb) => ({
        successor,
        succeeded_on: change.on,
        succession_document: change.document ?? null,
        version: eb('version', '+', 1),
      }))
      .where('jurisdiction', '=', jurisdiction)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'registry', {
      key: `party.succeeded:${jurisdiction}:${id}`,
      type: 'party.succeeded.v1',
      subject: `${jurisdiction}:${id}`,
      jurisdiction,
      at: how.at,
      actor: how.by,
      data: {
        ...{ party: id, kind: party.kind, successor, on: change.on },
        documentHash: change.document ?? null,
        cases,
      },
    });
    return gone;
  });
