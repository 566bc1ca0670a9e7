/** The register of partners (M1, Shuozhou 六（二）): registered, filed, noted or returned by the bureau, ended. */
import { randomUUID } from 'node:crypto';
import type { Reason } from '@gongshu/infra/cases/tables';
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { type Change, record } from '@gongshu/infra/record';
import { type Actor, type ActObject, reaches } from '@gongshu/shared/may';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import { mustBeWhole, partnerLaw } from './law.ts';
import type { PartnerContents } from './schema.ts';
import type { PartnerRow, PartnerTables } from './tables.ts';

type Db = Kysely<PartnerTables>;
type Trx = Transaction<PartnerTables>;

/** What `may()` asks about a partner: the operator's that recruits it for filing, the partner's own for reading. */
export const partnerObject = (row: PartnerRow, reader?: Actor): ActObject => ({
  jurisdiction: row.jurisdiction,
  owner: reader?.roles.includes('partner') ? row.organisation : row.operator,
  handlers: [row.operator, row.organisation],
});

const change = (
  row: PartnerRow,
  name: string,
  { actor, at }: Acting,
  pack: ResolvedPack,
  more: object = {},
) =>
  ({
    // Filed and returned more than once: the instant tells them apart.
    key: `${row.id}/${name}/v${row.version}/${at.getTime()}`,
    type: `partner.${name}.v1`,
    subject: row.id,
    jurisdiction: row.jurisdiction,
    at,
    actor,
    data: {
      ...{ partner: row.id, operator: row.operator, organisation: row.organisation, version: row.version },
      ...restsOn(pack, 'merchantOnboarding', 'filing'),
      ...more,
    },
  }) as Change;

const fileEvidence = async (trx: Trx, row: PartnerRow, contents: PartnerContents, acting: Acting) => {
  const cited = [
    ...(contents.qualification
      ? [{ hash: contents.qualification.document, pointer: '/body/contents/qualification/document' }]
      : []),
    ...(contents.groups ?? []).flatMap(({ evidence }, group) =>
      evidence.map((hash, at) => ({ hash, pointer: `/body/contents/groups/${group}/evidence/${at}` })),
    ),
  ];
  const { organisation } = acting.actor;
  await mustAllBeStored(trx, { cited, organisation, jurisdiction: row.jurisdiction });
  for (const hash of new Set(cited.map((one) => one.hash)))
    await linkDocument(trx, {
      ...{ hash, jurisdiction: row.jurisdiction, caseNo: row.id, role: 'partner' },
      ...{ by: organisation, at: acting.at },
    });
};

const held = (trx: Trx, id: string): Promise<PartnerRow> =>
  trx.selectFrom('partner').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

const mustStandAt = (row: PartnerRow, ...states: PartnerRow['state'][]): void => {
  if (!states.includes(row.state)) throw problem('partnerStepNotReached', { params: { state: row.state } });
};

/** One partner, whoever asks. */
export const findPartner = (db: Db, id: string): Promise<PartnerRow | undefined> =>
  db.selectFrom('partner').selectAll().where('id', '=', id).executeTakeFirst();

/** Partners within the actor's reach by number, from behind `after`: all of the city, or those that it is. */
export const listPartners = (
  db: Db,
  actor: Actor,
  {
    state,
    after,
    limit,
  }: { state: PartnerRow['state'] | undefined; after: string | undefined; limit: number },
): Promise<PartnerRow[]> => {
  let query = db.selectFrom('partner').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readPartners').includes('jurisdiction'))
    query = query.where('organisation', '=', actor.organisation ?? '');
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};

/**
 * The operator registers a partner it recruited; what is missing may follow until it is filed. Throws
 * `partnersNotInPack`, `partnerStands` (409), `partnerUnknown`, `documentUnknown` (422).
 */
export const registerPartner = (
  db: Db,
  pack: ResolvedPack,
  { organisation, contents }: { organisation: string; contents: PartnerContents },
  acting: Acting,
): Promise<PartnerRow> => {
  partnerLaw(pack);
  const { jurisdiction } = pack;
  const operator = acting.actor.organisation;
  return db.transaction().execute(async (trx) => {
    const party = await trx
      .selectFrom('party')
      .select('kind')
      .where('jurisdiction', '=', jurisdiction)
      .where('id', '=', organisation)
      .executeTakeFirst();
    // A partner develops and serves: a business of its own, never the operator nor a public body.
    if (!party || organisation === operator || !['partner', 'merchant'].includes(party.kind))
      throw problem('partnerUnknown', {
        errors: [
          {
            pointer: '/body/organisation',
            code: 'unknown',
            message: { zh: '未登记为合伙人或数商', en: 'Not registered as a partner or merchant' },
          },
        ],
      });
    const row = await trx
      .insertInto('partner')
      .values({
        ...{ id: `HH-${randomUUID()}`, jurisdiction, operator, organisation, state: 'registered' },
        ...{ contents: JSON.stringify(contents), content_hash: jsonHash(contents) },
        ...{ registered_by: acting.actor.id, registered_at: acting.at, filed_at: null },
        ...{ answered_by: null, answered_at: null, ended_at: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) throw problem('partnerStands');
    await fileEvidence(trx, row, contents, acting);
    await record(trx, 'registry', change(row, 'registered', acting, pack, { contentHash: row.content_hash }));
    return row;
  });
};

/** Other contents, before filing or after a return. Throws `partnerStepNotReached` (409), `stale` for an old version. */
export const revisePartner = (
  db: Db,
  pack: ResolvedPack,
  { id, version }: Pick<PartnerRow, 'id' | 'version'>,
  contents: PartnerContents,
  acting: Acting,
  stale: (version: number) => Error,
): Promise<PartnerRow> =>
  db.transaction().execute(async (trx) => {
    const before = await held(trx, id);
    if (before.version !== version) throw stale(before.version);
    mustStandAt(before, 'registered', 'returned');
    const hash = jsonHash(contents);
    const row = await trx
      .updateTable('partner')
      .set({ contents: JSON.stringify(contents), content_hash: hash, version: before.version + 1 })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await fileEvidence(trx, row, contents, acting);
    await record(trx, 'registry', change(row, 'revised', acting, pack, { contentHash: hash }));
    return row;
  });

/**
 * The operator files the partner with the bureau, once it meets every group and the contents are whole. Throws
 * `partnerIncomplete` (422) with all that is missing, `partnerStepNotReached` (409).
 */
export const filePartner = (db: Db, pack: ResolvedPack, id: string, acting: Acting): Promise<PartnerRow> => {
  const law = partnerLaw(pack);
  return db.transaction().execute(async (trx) => {
    const before = await held(trx, id);
    mustStandAt(before, 'registered', 'returned');
    mustBeWhole(law, before.contents);
    const row = await trx
      .updateTable('partner')
      .set({ state: 'filed', filed_at: acting.at, reasons: JSON.stringify([]) })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'registry', change(row, 'filed', acting, pack, { contentHash: row.content_hash }));
    return row;
  });
};

/** The bureau takes note of a filing, or returns it with reasons. Throws `partnerStepNotReached` (409). */
export const answerPartner = (
  db: Db,
  pack: ResolvedPack,
  id: string,
  { outcome, reasons }: { outcome: 'note' | 'return'; reasons: Reason[] },
  acting: Acting,
): Promise<PartnerRow> =>
  db.transaction().execute(async (trx) => {
    mustStandAt(await held(trx, id), 'filed');
    const noted = outcome === 'note';
    const row = await trx
      .updateTable('partner')
      .set({
        ...{ state: noted ? 'noted' : 'returned', answered_by: acting.actor.id, answered_at: acting.at },
        reasons: JSON.stringify(reasons),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const reasonCodes = [...new Set(reasons.map(({ code }) => code))];
    await record(
      trx,
      'registry',
      noted ? change(row, 'noted', acting, pack) : change(row, 'returned', acting, pack, { reasonCodes }),
    );
    return row;
  });

/** The partnership ends; its row stays. Throws `partnerStepNotReached` (409) where it has ended. */
export const endPartner = (
  db: Db,
  pack: ResolvedPack,
  id: string,
  reasons: Reason[],
  acting: Acting,
): Promise<PartnerRow> =>
  db.transaction().execute(async (trx) => {
    mustStandAt(await held(trx, id), 'registered', 'filed', 'noted', 'returned');
    const row = await trx
      .updateTable('partner')
      .set({ state: 'ended', ended_at: acting.at, reasons: JSON.stringify(reasons) })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const reasonCodes = [...new Set(reasons.map(({ code }) => code))];
    await record(trx, 'registry', change(row, 'ended', acting, pack, { reasonCodes }));
    return row;
  });
