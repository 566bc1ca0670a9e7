/** The register of social data (D3): brought in, approved where the text says so, put to use, withdrawn. */
import { randomUUID } from 'node:crypto';
import type { Reason } from '@gongshu/infra/cases/tables';
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { type Change, record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import { type Actor, type ActObject, reaches } from '@gongshu/shared/may';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import { mustMeetConditions, socialDataLaw } from './law.ts';
import type { SocialDataDraft } from './schema.ts';
import type { SocialDataRow, SocialDataTables, SocialDataUseRow } from './tables.ts';

type Db = Kysely<SocialDataTables>;
type Trx = Transaction<SocialDataTables>;

/** What `may()` asks about social data: theirs who brought them in. */
export const socialDataObject = ({ jurisdiction, organisation }: SocialDataRow): ActObject => ({
  jurisdiction,
  owner: organisation,
  handlers: [organisation],
});

const change = (
  row: SocialDataRow,
  name: string,
  { actor, at }: Acting,
  pack: ResolvedPack,
  { key = name, ...more }: { key?: string; [datum: string]: unknown } = {},
) =>
  ({
    key: `${row.id}/${key}`,
    type: `socialData.${name}.v1`,
    subject: row.id,
    jurisdiction: row.jurisdiction,
    at,
    actor,
    data: {
      ...{ socialData: row.id, organisation: row.organisation },
      ...restsOn(pack, 'supply', 'socialData'),
      ...more,
    },
  }) as Change;

const fileEvidence = async (trx: Trx, row: SocialDataRow, draft: SocialDataDraft, acting: Acting) => {
  const cited = [
    { hash: draft.ground.document, pointer: '/body/ground/document' },
    ...draft.conditions.flatMap(({ evidence }, condition) =>
      evidence.map((hash, at) => ({ hash, pointer: `/body/conditions/${condition}/evidence/${at}` })),
    ),
  ];
  const { organisation } = acting.actor;
  await mustAllBeStored(trx, { cited, organisation, jurisdiction: row.jurisdiction });
  for (const hash of new Set(cited.map((one) => one.hash)))
    await linkDocument(trx, {
      ...{ hash, jurisdiction: row.jurisdiction, caseNo: row.id, role: 'socialData' },
      ...{ by: organisation, at: acting.at },
    });
};

const held = (trx: Trx, id: string): Promise<SocialDataRow> =>
  trx.selectFrom('social_data').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

/** One entry, whoever asks. */
export const findSocialData = (db: Db, id: string): Promise<SocialDataRow | undefined> =>
  db.selectFrom('social_data').selectAll().where('id', '=', id).executeTakeFirst();

/** Entries within the actor's reach by number, from behind `after`: all of the city, or its own. */
export const listSocialData = (
  db: Db,
  actor: Actor,
  {
    state,
    after,
    limit,
  }: { state: SocialDataRow['state'] | undefined; after: string | undefined; limit: number },
): Promise<SocialDataRow[]> => {
  let query = db.selectFrom('social_data').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readSocialData').includes('jurisdiction'))
    query = query.where('organisation', '=', actor.organisation ?? '');
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};

/** What it was put to, newest first; at most a hundred. */
export const usesOf = (db: Db, id: string): Promise<SocialDataUseRow[]> =>
  db
    .selectFrom('social_data_use')
    .selectAll()
    .where('social_data', '=', id)
    .orderBy('recorded_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();

/**
 * Brought in with its ground and the evidence for each condition of the pack; it waits where the implementing body
 * approves it first. Throws `socialDataConditionUnmet`, `documentUnknown` (422).
 */
export const bringIn = (
  db: Db,
  pack: ResolvedPack,
  draft: SocialDataDraft,
  acting: Acting,
): Promise<SocialDataRow> => {
  const law = socialDataLaw(pack);
  mustMeetConditions(law, draft);
  return db.transaction().execute(async (trx) => {
    const { title, source, ground } = draft;
    const row = await trx
      .insertInto('social_data')
      .values({
        ...{ id: `SH-${randomUUID()}`, jurisdiction: pack.jurisdiction, title, source, ground: ground.kind },
        organisation: acting.actor.organisation,
        ...{ contents: JSON.stringify(draft), content_hash: jsonHash(draft) },
        state: law.approval ? 'submitted' : 'usable',
        ...{ submitted_by: acting.actor.id, submitted_at: acting.at },
        ...{ decided_by: null, decided_at: null, withdrawn_at: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await fileEvidence(trx, row, draft, acting);
    const data = { contentHash: row.content_hash, conditions: [...law.conditions] };
    await record(trx, 'registry', change(row, law.approval ? 'submitted' : 'broughtIn', acting, pack, data));
    return row;
  });
};

const mustStandAt = (row: SocialDataRow, ...states: SocialDataRow['state'][]): void => {
  if (!states.includes(row.state))
    throw problem('socialDataStepNotReached', { params: { state: row.state } });
};

const codesOf = (reasons: readonly Reason[]) => [...new Set(reasons.map(({ code }) => code))];

/** The implementing body approves or refuses. Throws `socialDataStepNotReached` (409) where nothing waits for it. */
export const decideSocialData = (
  db: Db,
  pack: ResolvedPack,
  id: string,
  { outcome, reasons }: { outcome: 'approve' | 'refuse'; reasons: Reason[] },
  acting: Acting,
): Promise<SocialDataRow> =>
  db.transaction().execute(async (trx) => {
    mustStandAt(await held(trx, id), 'submitted');
    const approved = outcome === 'approve';
    const row = await trx
      .updateTable('social_data')
      .set({
        state: approved ? 'usable' : 'refused',
        ...{ decided_by: acting.actor.id, decided_at: acting.at, reasons: JSON.stringify(reasons) },
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const told = approved
      ? change(row, 'approved', acting, pack)
      : change(row, 'refused', acting, pack, { reasonCodes: codesOf(reasons) });
    await record(trx, 'registry', told);
    return row;
  });

/**
 * Fused with public data, for a purpose, under a grant or a task. Throws `socialDataNotApproved` (409), with the
 * article, unless it may be used.
 */
export const useSocialData = (
  db: Db,
  pack: ResolvedPack,
  id: string,
  { subject, purpose }: { subject: string; purpose: string },
  acting: Acting,
): Promise<SocialDataUseRow> =>
  db.transaction().execute(async (trx) => {
    const row = await held(trx, id);
    if (row.state !== 'usable')
      throw problem('socialDataNotApproved', {
        ...socialDataLaw(pack).article,
        params: { state: row.state },
      });
    const usedOn = businessDateOf(acting.at.getTime());
    const use = await trx
      .insertInto('social_data_use')
      .values({
        ...{ id: randomUUID(), social_data: id, subject, purpose, used_on: usedOn },
        ...{ recorded_by: acting.actor.id, recorded_at: acting.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = { key: `used/${use.id}`, use: use.id, subject, usedOn };
    await record(trx, 'registry', change(row, 'used', acting, pack, data));
    return use;
  });

/** Taken out again; it may be used no more. Throws `socialDataStepNotReached` (409) where it is out already. */
export const withdrawSocialData = (
  db: Db,
  pack: ResolvedPack,
  id: string,
  reasons: Reason[],
  acting: Acting,
): Promise<SocialDataRow> =>
  db.transaction().execute(async (trx) => {
    mustStandAt(await held(trx, id), 'submitted', 'usable');
    const row = await trx
      .updateTable('social_data')
      .set({ state: 'withdrawn', withdrawn_at: acting.at, reasons: JSON.stringify(reasons) })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'registry', change(row, 'withdrawn', acting, pack, { reasonCodes: codesOf(reasons) }));
    return row;
  });
