import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { record } from '@gongshu/infra/record';
import type { AssetWithdrawal } from '@gongshu/shared/asset';
import { businessDateOf } from '@gongshu/shared/business-date';
import { clauseOfRule, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { ResourceRow } from '../queries/resource.ts';
import { heldResource } from '../resources/resource-acts.ts';
import { resourceEvent, type ResourceEventType } from '../resources/resource-event.ts';
import { type Acting, mustNotLieAhead } from '../resources/resource-law.ts';
import {
  type AssetDb,
  type AssetTrx,
  insertMark,
  marksOn,
  numberIsTaken,
  oneNumberAtATime,
  standingMark,
  updateMark,
} from './queries.ts';
import type { AssetRow } from './tables.ts';

/** What the books of assets say of it: the value in whole fen, and the day it is of. */
export type BookValue = { fen: number; on: string };
export type MarkGiven = {
  basis: string;
  basisDocument?: string | undefined;
  documentHash?: string | undefined;
  markedOn: string;
  assetNo?: string | undefined;
  bookValue?: BookValue | undefined;
};
export type Confirmation = { assetNo?: string | undefined; bookValue?: BookValue | undefined };
export type Withdrawal = { withdrawnOn: string; reason: AssetWithdrawal; basis: string };

/** The article under which resources are marked. */
export const assetArticle = (pack: ResolvedPack) => clauseOfRule(pack, ruleOf(pack, 'pricing', 'assets'));

/** The number is nobody else’s, and stays so until the transaction ends. Throws `assetNumberTaken`. */
const mustBeFree = async (trx: AssetTrx, row: ResourceRow, assetNo: string | undefined): Promise<void> => {
  if (assetNo === undefined) return;
  await oneNumberAtATime(trx, row.jurisdiction);
  if (await numberIsTaken(trx, row.jurisdiction, assetNo, row.id)) throw problem('assetNumberTaken');
};

/** A change of one mark; each kind happens to a mark once. */
const told = (
  trx: AssetTrx,
  row: ResourceRow,
  mark: AssetRow,
  type: ResourceEventType,
  acting: Acting,
  data: object,
) =>
  record(trx, 'catalog', {
    ...resourceEvent(row, type, acting, { asset: mark.id, ...data }),
    key: `${mark.id}/${type}`,
  });

/**
 * Marks a resource as a public data asset (F7). Throws `assetResourceClosed`, `assetNotRegistered`, `assetMarked` while
 * a mark stands, `assetNumberTaken`, `dateAhead`, `documentUnknown` for a document the marking body has not uploaded.
 */
export const markAsset = (
  db: AssetDb,
  pack: ResolvedPack,
  id: string,
  given: MarkGiven,
  acting: Acting,
): Promise<AssetRow> =>
  db.transaction().execute(async (trx) => {
    const row = await heldResource(trx as never, id);
    const article = assetArticle(pack);
    if (row.state === 'closed') throw problem('assetResourceClosed', { article });
    if (row.registration_code === null) throw problem('assetNotRegistered', { article });
    mustNotLieAhead(given.markedOn, acting.at, '/markedOn');
    if (given.bookValue) mustNotLieAhead(given.bookValue.on, acting.at, '/bookValue/on');
    const standing = await standingMark(trx, id);
    if (standing) throw problem('assetMarked', { params: { asset: standing.id } });
    await mustBeFree(trx, row, given.assetNo);
    const { jurisdiction } = row;
    const by = acting.actor.organisation ?? '';
    const { documentHash = null, bookValue, assetNo = null } = given;
    if (documentHash !== null) {
      await mustBeStored(trx, { hash: documentHash, organisation: by, jurisdiction });
      const link = { hash: documentHash, jurisdiction, caseNo: id, role: 'assetBasis', at: acting.at };
      await linkDocument(trx, { ...link, by });
    }
    const mark = await insertMark(trx, {
      id: `${id}-ZC-${(await marksOn(trx, id)).length + 1}`,
      jurisdiction,
      resource_id: id,
      basis: given.basis,
      basis_document: given.basisDocument ?? null,
      document_hash: documentHash,
      marked_on: given.markedOn,
      asset_no: assetNo,
      book_value_fen: bookValue?.fen ?? null,
      valued_on: bookValue?.on ?? null,
      marked_by: acting.actor.id,
      marked_organisation: by,
      marked_at: acting.at,
    });
    const data = { markedOn: mark.marked_on, assetNo, documentHash, ...restsOn(pack, 'pricing', 'assets') };
    await told(trx, row, mark, 'resource.assetMarked.v1', acting, data);
    return mark;
  });

/**
 * The authority that the ledger goes to confirms the mark, and gives what the mark lacks. Throws `assetNotMarked`,
 * `assetConfirmedBefore`, `assetFactsDiffer`, `assetNumberMissing`, `assetNumberTaken`, `dateAhead`.
 */
export const confirmAsset = (
  db: AssetDb,
  id: string,
  { assetNo, bookValue }: Confirmation,
  acting: Acting,
): Promise<AssetRow> =>
  db.transaction().execute(async (trx) => {
    const row = await heldResource(trx as never, id);
    const mark = await standingMark(trx, id);
    if (!mark) throw problem('assetNotMarked');
    if (mark.confirmed_at !== null) throw problem('assetConfirmedBefore');
    if (bookValue) mustNotLieAhead(bookValue.on, acting.at, '/bookValue/on');
    const differs = <T>(old: T | null, now: T | undefined) =>
      old !== null && now !== undefined && old !== now;
    if (
      differs(mark.asset_no, assetNo) ||
      differs(mark.book_value_fen, bookValue?.fen) ||
      differs(mark.valued_on, bookValue?.on)
    )
      throw problem('assetFactsDiffer');
    const number = mark.asset_no ?? assetNo;
    if (number === undefined) throw problem('assetNumberMissing');
    await mustBeFree(trx, row, number);
    const confirmedOn = businessDateOf(acting.at.getTime());
    const confirmed = await updateMark(trx, mark.id, {
      asset_no: number,
      ...(bookValue && { book_value_fen: bookValue.fen, valued_on: bookValue.on }),
      confirmed_on: confirmedOn,
      confirmed_by: acting.actor.id,
      confirmed_organisation: acting.actor.organisation,
      confirmed_at: acting.at,
    });
    const data = { assetNo: number, confirmedOn };
    await told(trx, row, confirmed, 'resource.assetConfirmed.v1', acting, data);
    return confirmed;
  });

/** Withdraws the mark that stands; it stays in the books of the past. Throws `assetNotMarked`, `dateAhead`, `assetDatesOrder`. */
export const withdrawAsset = (
  db: AssetDb,
  id: string,
  { withdrawnOn, reason, basis }: Withdrawal,
  acting: Acting,
): Promise<AssetRow> =>
  db.transaction().execute(async (trx) => {
    const row = await heldResource(trx as never, id);
    const mark = await standingMark(trx, id);
    if (!mark) throw problem('assetNotMarked');
    mustNotLieAhead(withdrawnOn, acting.at, '/withdrawnOn');
    if (withdrawnOn < mark.marked_on)
      throw problem('assetDatesOrder', { params: { markedOn: mark.marked_on } });
    const withdrawn = await updateMark(trx, mark.id, {
      withdrawn_on: withdrawnOn,
      withdrawn_reason: reason,
      withdrawn_basis: basis,
      withdrawn_by: acting.actor.id,
      withdrawn_at: acting.at,
    });
    await told(trx, row, withdrawn, 'resource.assetUnmarked.v1', acting, { withdrawnOn, reasonCode: reason });
    return withdrawn;
  });
