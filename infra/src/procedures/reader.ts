/** What of a procedure somebody who may read it reads: whose words, and who acted. */
import type { Act, Actor } from '@gongshu/shared/may';
import { reaches } from '@gongshu/shared/may';
import type { ProcedureKind } from '@gongshu/shared/procedure/kinds';
import type { ProcedureEntryTable } from './tables.ts';

export type Reader = {
  organisation: string | null;
  /** The bureau and the government read every word; of a complaint the government those of one that it reviews (S4). */
  whole: boolean;
  bureau: boolean;
  /** Its body takes part in the case. */
  takesPart: boolean;
  /** It reads the case for its part in it alone, as a bidder does: not as who oversees the city. */
  partOnly: boolean;
};
type Entry = Pick<ProcedureEntryTable, 'kind' | 'actor_role' | 'actor_organisation' | 'data'>;

const authorities: readonly string[] = ['bureau', 'government'];
const speakTogether: readonly ProcedureKind[] = ['qualityFeedback', 'demandResponse'];

/** Who reads, by the act of reading and the bodies that take part. */
export const readerOf = (actor: Actor, act: Act, handlers: readonly string[]): Reader => ({
  organisation: actor.organisation,
  whole: actor.roles.some((role) => authorities.includes(role)),
  bureau: actor.roles.includes('bureau'),
  takesPart: actor.organisation !== null && handlers.includes(actor.organisation),
  partOnly: !reaches(actor, act).includes('jurisdiction'),
});

/** The body, and those in whose place it came. */
export const standsFor = (
  body: string | null,
  entries: readonly Pick<Entry, 'kind' | 'data'>[],
): ReadonlySet<string | null> => {
  const stoodFor = new Set([body]);
  for (const { data } of entries.filter((one) => one.kind === 'bodyReplaced').toReversed())
    if (stoodFor.has(data['by'] as string)) stoodFor.add(data['body'] as string);
  return stoodFor;
};

/**
 * Words are for the bureau, the government and who wrote them; a body that takes part reads the authority’s too, which
 * are meant for it. In a selection bodies compete: there a body reads only the answer to its own objection. Of a
 * complaint a body that was asked reads what it was asked alone: the rest may show who complained. In feedback on
 * quality and in demands for data the bodies speak to one another. In an incident whoever takes part is told what happened,
 * for it is to act at once (数据安全法 29).
 */
export const readsWords = (kind: ProcedureKind, reader: Reader, entries: readonly Entry[]) => {
  const { organisation, takesPart } = reader;
  const asked =
    kind !== 'complaint' || reader.bureau || entries.some((one) => one.kind === 'reviewRequested');
  const whole = reader.whole && asked;
  const isOwn = (one: Entry) => organisation !== null && one.actor_organisation === organisation;
  const raised = new Set(
    entries
      .filter((one) => one.kind === 'objectionRaised' && isOwn(one))
      .map(({ data }) => data['objection']),
  );
  const stoodFor = standsFor(organisation, entries);
  return (one: Entry): boolean => {
    if (whole || isOwn(one)) return true;
    if (takesPart && speakTogether.includes(kind)) return true;
    if (takesPart && kind === 'incident' && one.kind === 'declared') return true;
    if (!authorities.includes(one.actor_role)) return false;
    if (kind === 'complaint') return one.kind === 'bodyAsked' && stoodFor.has(one.data['body'] as string);
    return kind === 'selection'
      ? one.kind === 'objectionAnswered' && raised.has(one.data['objection'])
      : takesPart;
  };
};

/** Bodies whose acts and documents somebody is shown by name; in a selection a bidder sees its own and the authority’s. */
export const seesBody = (kind: ProcedureKind, reader: Reader, entries: readonly Entry[]) => {
  const { organisation, partOnly } = reader;
  if (kind !== 'selection' || !partOnly) return () => true;
  const shown = new Set(
    entries.filter((one) => authorities.includes(one.actor_role)).map((one) => one.actor_organisation),
  );
  return (body: string | null): boolean =>
    body === null || shown.has(body) || (organisation !== null && body === organisation);
};

/**
 * Whose documents somebody is shown. Of a complaint a body that was asked sees its own alone: the answer's letter and
 * what others filed may show who complained, and so may their titles. Elsewhere as `seesBody`.
 */
export const seesDocumentsOf = (kind: ProcedureKind, reader: Reader, entries: readonly Entry[]) => {
  if (kind !== 'complaint' || !reader.partOnly) return seesBody(kind, reader, entries);
  const own = standsFor(reader.organisation, entries);
  return (body: string | null): boolean => body !== null && own.has(body);
};

/** State that names a person's account, kept so that who decided does not decide the review. */
const accountFields: readonly string[] = ['answeredBy', 'decidedBy'];

/** Where the steps stand, as somebody reads it: accounts of people are for who oversees the city, not for a body concerned. */
export const stateFor = (
  { partOnly }: Pick<Reader, 'partOnly'>,
  state: Record<string, unknown>,
): Record<string, unknown> =>
  partOnly
    ? Object.fromEntries(Object.entries(state).filter(([field]) => !accountFields.includes(field)))
    : state;
