/** Who may read a document: the body that uploaded it, and whoever handles what it was filed with (design 5). */
import { type Actor, type ActObject, may } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { ApplicationReader } from '../cases/visible.ts';
import { actObjectOf, findApplication } from '../cases/visible.ts';
import type { DocumentRow } from './register.ts';

/**
 * What `may()` asks about an object with documents that is no case, by its number, for the actor that asks and a document
 * of the body that filed it; `undefined` where there is none.
 */
export type ObjectOf = (number: string, actor: Actor, filedBy: string) => Promise<ActObject | undefined>;

const uploadOf = (db: ApplicationReader, jurisdiction: string, organisation: string, hash: string) =>
  db
    .selectFrom('document')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', organisation)
    .where('hash', '=', hash)
    .executeTakeFirst();

/** Bureau and auditor alone answer for what nobody handles. */
const objectOfLink = async (
  db: ApplicationReader,
  objectOf: ObjectOf,
  actor: Actor,
  { case_no: number, organisation: filedBy }: { case_no: string; organisation: string },
): Promise<ActObject> => {
  const { jurisdiction } = actor;
  const row = await findApplication(db, number);
  if (row?.jurisdiction === jurisdiction) return actObjectOf(db, row);
  const other = await objectOf(number, actor, filedBy);
  if (other?.jurisdiction !== jurisdiction) return { jurisdiction };
  // An entry or a supply is handled by the department whose it is.
  return { ...other, handlers: [...(other.handlers ?? []), ...(other.owner ? [other.owner] : [])] };
};

/**
 * The upload as the actor may read it: its own, else that of the body which filed it with something the actor handles.
 * An upload not filed with anything is its body's alone. Throws `notFound` (404) for everybody else, so that nobody
 * learns by a hash whether a document exists.
 */
export const readableDocument = async (
  db: ApplicationReader,
  request: FastifyRequest,
  hash: string,
  objectOf: ObjectOf,
): Promise<DocumentRow> => {
  const { actor } = request;
  const { jurisdiction, organisation } = actor;
  const own = organisation === null ? undefined : await uploadOf(db, jurisdiction, organisation, hash);
  if (own) {
    request.mustBeAllowed(
      { jurisdiction, owner: own.organisation, handlers: [own.organisation] },
      'readDocument',
    );
    return own;
  }
  const links = await db
    .selectFrom('document_link')
    .select(['case_no', 'organisation'])
    .where('jurisdiction', '=', jurisdiction)
    .where('hash', '=', hash)
    .orderBy('linked_at', 'desc')
    .orderBy('case_no')
    .execute();
  for (const link of links) {
    const object = await objectOfLink(db, objectOf, actor, link);
    if (may(actor, 'readDocument', object) !== 'yes') continue;
    const row = await uploadOf(db, jurisdiction, link.organisation, hash);
    if (!row) continue;
    request.mustBeAllowed(object, 'readDocument');
    return row;
  }
  throw problem('notFound');
};
