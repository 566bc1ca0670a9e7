import { detect } from '@gongshu/shared/egress/identifiers/detect';
import type { IdentifierType } from '@gongshu/shared/egress/report';
import { Refused, type RefusedAt } from './refused.ts';

/** Kinds that nothing is called by: no column, no format, no writer's own note. */
export const neverNames: ReadonlySet<IdentifierType> = new Set([
  'residentId',
  'uscc',
  'mobile',
  'bankCard',
  'email',
]);

/** What must stand in a text for anything to be seen in it; most texts beside cells are spared by it. */
const promising = /(?:\p{Nd}\D*){7}|[@＠]|\p{Script=Han}{2}|[\w+/-]{12}/u;
const uuid = /^\{[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}$/i;

/** A header the text is read under, and the kinds that count (all of them else). */
export type Reading = { header?: string; kinds?: ReadonlySet<IdentifierType> };

/** Whether somebody is told of in a text that is no cell. */
export const tells = (text: string, { header = '', kinds }: Reading = {}): boolean =>
  promising.test(text) &&
  !uuid.test(text) &&
  detect(text, header).some(({ type }) => kinds?.has(type) ?? true);

/**
 * A file is judged by its cells; what identifies somebody elsewhere in it would go out unseen.
 * @throws Refused malformed with the place, without the text.
 */
export const mustTellNobody = (text: string, where: string, at: RefusedAt = {}, reading?: Reading): void => {
  if (tells(text, reading)) throw new Refused('malformed', `an identifier outside the cells: ${where}`, at);
};
