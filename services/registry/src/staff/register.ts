/** The register of people who process data (D4, Wuhai 八（三）): what is on record of each, with its dates. */
import { randomUUID } from 'node:crypto';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { type Change, record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Updateable } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import { isCardNumber, markOf } from './identity.ts';
import { heldStaff, type StaffDb, type StaffTrx } from './queries.ts';
import type { ConfidentialityGiven, IdentityGiven, VettingGiven } from './schema.ts';
import type { StaffRow, StaffTable } from './tables.ts';

/** An event of a person, by number; a second record of the same kind has its own instant. */
export const staffChange = (
  row: StaffRow,
  name: string,
  { actor, at }: Acting,
  pack: ResolvedPack,
  {
    key = `${name}/${at.getTime()}/${randomUUID()}`,
    ...more
  }: { key?: string; [datum: string]: unknown } = {},
): Change =>
  ({
    key: `${row.id}/${key}`,
    type: `staff.${name}.v1`,
    subject: row.id,
    jurisdiction: row.jurisdiction,
    at,
    actor,
    data: {
      ...{ person: row.id, organisation: row.organisation },
      ...restsOn(pack, 'supply', 'personnel'),
      ...more,
    },
  }) as Change;

/** Throws `staffLeft` (409). */
export const mustBeActive = (row: StaffRow): void => {
  if (row.state === 'left') throw problem('staffLeft');
};

/** Throws `staffDateWrong` (422): what was done is not ahead, and what ends does not end before it or before today. */
const mustBeDated = ({ on, until }: { on: string; until?: string | null | undefined }, at: Date): void => {
  const today = businessDateOf(at.getTime());
  const late = on > today;
  const short = until !== null && until !== undefined && (until < on || until < today);
  if (!late && !short) return;
  throw problem('staffDateWrong', {
    params: { today },
    errors: [
      {
        pointer: late ? '/body/on' : '/body/until',
        code: late ? 'dateAhead' : 'datePast',
        message: late
          ? { zh: '日期晚于今日', en: 'The date lies ahead' }
          : { zh: '截止日期已过或早于办理日期', en: 'It ends before it is done, or has ended' },
      },
    ],
  });
};

/** Puts a person on the register. Throws `staffStands` (409) for an account that is on it. */
export const registerStaff = (
  db: StaffDb,
  pack: ResolvedPack,
  { account, name }: { account: string; name: string },
  acting: Acting,
): Promise<StaffRow> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction } = pack;
    const { organisation, id } = acting.actor;
    const row = await trx
      .insertInto('staff')
      .values({
        ...{ id: `RY-${randomUUID()}`, jurisdiction, organisation, account, name },
        ...{ identity_how: null, identity_salt: null, identity_hash: null, identity_document: null },
        ...{ identity_on: null, identity_until: null, filed_on: null, vetting_result: null },
        ...{ vetting_document: null, vetted_on: null, vetted_until: null, confidentiality_document: null },
        ...{ confidentiality_on: null, confidentiality_until: null },
        ...{ registered_by: id, registered_at: acting.at, left_at: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) throw problem('staffStands');
    await record(trx, 'registry', staffChange(row, 'registered', acting, pack, { key: 'registered' }));
    return row;
  });

type Entry = {
  set: Updateable<StaffTable>;
  event: string;
  data: object;
  document?: string;
};

const enter = (
  db: StaffDb,
  pack: ResolvedPack,
  id: string,
  { set, event, data, document }: Entry,
  acting: Acting,
): Promise<StaffRow> =>
  db.transaction().execute(async (trx: StaffTrx) => {
    const before = await heldStaff(trx, id);
    mustBeActive(before);
    const { jurisdiction } = before;
    const { organisation } = acting.actor;
    if (document !== undefined) {
      await mustBeStored(trx, { hash: document, organisation, jurisdiction, pointer: '/body/document' });
      await linkDocument(trx, {
        ...{ hash: document, jurisdiction, caseNo: id, role: 'staff', by: organisation, at: acting.at },
      });
    }
    const row = await trx
      .updateTable('staff')
      .set(set)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'registry', staffChange(row, event, acting, pack, { ...data }));
    return row;
  });

/**
 * Real-name identity: how and when it was verified, its paper, and of the number a salted hash alone. The same again
 * is told once. Throws `identityNumberWrong`, `staffDateWrong`, `documentUnknown` (422), `staffLeft` (409).
 */
export const verifyIdentity = async (
  db: StaffDb,
  pack: ResolvedPack,
  id: string,
  { how, number, on, until = null, document }: IdentityGiven,
  acting: Acting,
): Promise<StaffRow> => {
  mustBeDated({ on, until }, acting.at);
  if (how === 'idCard' && !isCardNumber(number))
    throw problem('identityNumberWrong', {
      errors: [
        {
          pointer: '/body/number',
          code: 'cardCheckDigit',
          message: { zh: '格式或校验码不符', en: 'Its form or its check digit does not hold' },
        },
      ],
    });
  const { salt, hash } = await markOf(number);
  const set = {
    ...{ identity_how: how, identity_salt: salt, identity_hash: hash, identity_document: document },
    ...{ identity_on: on, identity_until: until },
  };
  const told = { how, verifiedOn: on, until, document };
  const data = { key: `identityVerified/${jsonHash(told)}`, ...told };
  return enter(db, pack, id, { set, event: 'identityVerified', data, document }, acting);
};

/** Filed (备案) on a day. Throws `staffDateWrong` (422), `staffLeft` (409). */
export const fileStaff = async (
  db: StaffDb,
  pack: ResolvedPack,
  id: string,
  { on }: { on: string },
  acting: Acting,
): Promise<StaffRow> => {
  mustBeDated({ on }, acting.at);
  return enter(db, pack, id, { set: { filed_on: on }, event: 'filed', data: { filedOn: on } }, acting);
};

/** Vetted (审查), passed or failed, until a day or for good; the newest result counts. */
export const vetStaff = async (
  db: StaffDb,
  pack: ResolvedPack,
  id: string,
  { result, on, until = null, document }: VettingGiven,
  acting: Acting,
): Promise<StaffRow> => {
  mustBeDated({ on, until }, acting.at);
  const set = { vetting_result: result, vetting_document: document, vetted_on: on, vetted_until: until };
  const data = { result, vettedOn: on, until, document };
  return enter(db, pack, id, { set, event: 'vetted', data, document }, acting);
};

/** The confidentiality agreement (保密协议), signed on a day. */
export const signConfidentiality = async (
  db: StaffDb,
  pack: ResolvedPack,
  id: string,
  { on, until = null, document }: ConfidentialityGiven,
  acting: Acting,
): Promise<StaffRow> => {
  mustBeDated({ on, until }, acting.at);
  const set = {
    ...{ confidentiality_document: document, confidentiality_on: on, confidentiality_until: until },
  };
  const data = { signedOn: on, until, document };
  return enter(db, pack, id, { set, event: 'confidentialitySigned', data, document }, acting);
};

/** The person leaves: every assignment ends with it. */
export const leave = (db: StaffDb, pack: ResolvedPack, id: string, acting: Acting): Promise<StaffRow> =>
  db.transaction().execute(async (trx) => {
    mustBeActive(await heldStaff(trx, id));
    await trx
      .updateTable('staff_assignment')
      .set({ ended_at: acting.at })
      .where('person', '=', id)
      .where('ended_at', 'is', null)
      .execute();
    const row = await trx
      .updateTable('staff')
      .set({ state: 'left', left_at: acting.at })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'registry', staffChange(row, 'left', acting, pack, { key: 'left' }));
    return row;
  });
