/** The register of norms (M2): submitted for approval, deposited, or issued; each version kept. */
import { randomUUID } from 'node:crypto';
import type { Reason } from '@gongshu/infra/cases/tables';
import { mustBeStored } from '@gongshu/infra/documents/cite';
import { linkDocument } from '@gongshu/infra/documents/cite';
import { type Change, recordAll } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { RestsOn } from '@gongshu/shared/packs/resting-on';
import type { NormsRules } from '@gongshu/shared/packs/topics/norms';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { NormTable, NormTables } from './tables.ts';

export type NormRow = Selectable<NormTable>;
type Trx = Transaction<NormTables>;
/** Who acts on a norm, and when on the law's clock. */
export type NormActor = { id: string; role: string; organisation: string; at: Date };

const inForce = ['approved', 'deposited', 'issued'] as const;

/** How a kind comes into force in a city; `undefined` for a kind its pack does not name. */
export const wayOf = (pack: ResolvedPack, kind: string): NormTable['way'] | undefined =>
  (['approved', 'deposited', 'issued'] as const).find((way) =>
    (pack.rules['norms']?.[way]?.value as NormsRules[typeof way] | undefined)?.some((one) => one === kind),
  );

const change = (row: NormRow, name: string, { id, role, organisation, at }: NormActor, more: object) =>
  ({
    key: `${row.id}/${name}`,
    type: `norm.${name}.v1`,
    subject: row.id,
    jurisdiction: row.jurisdiction,
    at,
    actor: { id, role, organisation },
    data: {
      norm: row.id,
      kind: row.kind,
      version: row.version,
      document: row.document,
      organisation: row.organisation,
      at: toInstantText(at.getTime()),
      ...more,
    },
  }) as Change;

/** What stood in force before gives way to a newer version; the event of that, where something did. */
const replaceStanding = async (
  trx: Trx,
  by: NormRow,
  actor: NormActor,
  rests: RestsOn,
): Promise<Change[]> => {
  const rows = await trx
    .updateTable('norm')
    .set({ state: 'replaced' })
    .where('jurisdiction', '=', by.jurisdiction)
    .where('kind', '=', by.kind)
    .where('organisation', '=', by.organisation)
    .where('id', '!=', by.id)
    .where('state', 'in', [...inForce])
    .returningAll()
    .execute();
  return rows.map((row) => change(row, 'replaced', actor, { by: by.id, ...rests }));
};

/** Norms of one kind in a city come one after the other; the lock goes with the transaction. */
const lockKind = (trx: Trx, jurisdiction: string, kind: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`norm ${jurisdiction} ${kind}`}, 0))`.execute(trx);

export type NormGiven = {
  jurisdiction: string;
  kind: string;
  way: NormTable['way'];
  title: string;
  document: string;
  version: number;
  /** The rule that has norms of its kind submitted, deposited or issued. */
  rests: RestsOn;
};

/**
 * Takes a norm in. One to be approved waits for the authority; a deposited or issued one stands at once and replaces
 * the version before. Throws `documentUnknown` (422), `normVersionTaken` (409) for a version that is not newer.
 */
export const submitNorm = (
  db: Kysely<NormTables>,
  { jurisdiction, kind, way, title, document, version, rests }: NormGiven,
  actor: NormActor,
): Promise<NormRow> =>
  db.transaction().execute(async (trx) => {
    const { id: person, organisation, at } = actor;
    await lockKind(trx, jurisdiction, kind);
    await mustBeStored(trx, { hash: document, organisation, jurisdiction, pointer: '/body/document' });
    const newest = await trx
      .selectFrom('norm')
      .select('version')
      .where('jurisdiction', '=', jurisdiction)
      .where('kind', '=', kind)
      .where('organisation', '=', organisation)
      .orderBy('version', 'desc')
      .executeTakeFirst();
    if (newest && newest.version >= version)
      throw problem('normVersionTaken', { params: { version: newest.version } });
    const state = way === 'approved' ? ('submitted' as const) : way;
    const id = `GF-${randomUUID()}`;
    const given = { id, jurisdiction, kind, way, title, document, version, organisation };
    const replaced =
      state === 'submitted' ? [] : await replaceStanding(trx, { ...given } as NormRow, actor, rests);
    const row = await trx
      .insertInto('norm')
      .values({
        ...{ ...given, state },
        submitted_by: person,
        submitted_at: at,
        decided_by: null,
        decided_at: null,
        reasons: JSON.stringify([]) as never,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await linkDocument(trx, { hash: document, jurisdiction, caseNo: id, role: 'norm', by: organisation, at });
    await recordAll(trx, 'registry', [change(row, state, actor, rests), ...replaced]);
    return row;
  });

/**
 * The authority approves a submitted norm, which then replaces the version before, or refuses it with reasons.
 * Throws `normDecided` (409) for one that is decided, or needs no approval.
 */
export const decideNorm = (
  db: Kysely<NormTables>,
  norm: NormRow,
  { outcome, reasons, rests }: { outcome: 'approve' | 'refuse'; reasons: Reason[]; rests: RestsOn },
  actor: NormActor,
): Promise<NormRow> =>
  db.transaction().execute(async (trx) => {
    await lockKind(trx, norm.jurisdiction, norm.kind);
    const approved = outcome === 'approve';
    const current = await trx.selectFrom('norm').select('state').where('id', '=', norm.id).executeTakeFirst();
    if (current?.state !== 'submitted') throw problem('normDecided');
    const newer = await trx
      .selectFrom('norm')
      .select('version')
      .where('jurisdiction', '=', norm.jurisdiction)
      .where('kind', '=', norm.kind)
      .where('organisation', '=', norm.organisation)
      .where('version', '>', norm.version)
      .where('state', 'in', [...inForce])
      .executeTakeFirst();
    if (approved && newer) throw problem('normVersionTaken', { params: { version: newer.version } });
    const replaced = approved ? await replaceStanding(trx, norm, actor, rests) : [];
    const row = await trx
      .updateTable('norm')
      .set({
        state: approved ? 'approved' : 'refused',
        decided_by: actor.id,
        decided_at: actor.at,
        reasons: JSON.stringify(reasons) as never,
      })
      .where('id', '=', norm.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await recordAll(trx, 'registry', [
      approved
        ? change(row, 'approved', actor, rests)
        : change(row, 'refused', actor, { reasonCodes: reasons.map(({ code }) => code), ...rests }),
      ...replaced,
    ]);
    return row;
  });
