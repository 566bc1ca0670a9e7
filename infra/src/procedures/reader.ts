/** What of a procedure somebody who may read it reads: whose words, and who acted. */
import type { Act, Actor } from '@gongshu/shared/may';
import { reaches } from '@gongshu/shared/may';
import type { ProcedureKind } from '@gongshu/shared/procedure/kinds';
import type { ProcedureEntryTable } from './tables.ts';

export type Reader = {
  organisation: string | null;
  /** The bureau and the government read every word. */
  whole: boolean;
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
  takesPart: actor.organisation !== null && handlers.includes(actor.organisation),
  partOnly: !reaches(actor, act).includes('jurisdiction'),
});

/**
 * Words are for the bureau, the government and who wrote them; a body that takes part reads the authority’s too, which
 * are meant for it. In a selection bodies compete: there a body reads only the answer to its own objection. Of a
 * complaint a body that was asked reads what it was asked alone: the rest may show who complained. In feedback on
 * quality and in demands for data the bodies speak to one another.
 */
export const readsWords = (kind: ProcedureKind, reader: Reader, entries: readonly Entry[]) => {
  const { organisation, whole, takesPart } = reader;
  const isOwn = (one: Entry) => organisation !== null && one.actor_organisation === organisation;
  const raised = new Set(
    entries
      .filter((one) => one.kind === 'objectionRaised' && isOwn(one))
      .map(({ data }) => data['objection']),
  );
  const stoodFor = new Set([organisation]);
  for (const { data } of entries.filter((one) => one.kind === 'bodyReplaced').toReversed())
    if (stoodFor.has(data['by'] as string)) stoodFor.add(data['body'] as string);
  return (one: Entry): boolean => {
    if (whole || isOwn(one)) return true;
    if (takesPart && speakTogether.includes(kind)) return true;
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
