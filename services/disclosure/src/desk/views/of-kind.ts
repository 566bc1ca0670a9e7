/** What is kept of a procedure, as its kind means it: fields of its own sense, periods by their keys. */
import type { ProcedureKind } from '@gongshu/shared/procedure/kinds';
import { periodWord } from '../period-words.ts';

/** Fields that mean something of their own in one kind, under names that have words for it. */
const meant: Partial<Record<ProcedureKind, Readonly<Record<string, string>>>> = {
  complaint: {
    from: 'complainantKind',
    identity: 'complainantIdentity',
    about: 'complaintSubject',
    ownWords: 'ownWordsMayBePassedOn',
    linked: 'linkedToCase',
  },
};

/** Fields that name a period of the procedure by its key. */
const periods = new Set(['period', 'step']);

/** What is kept of a procedure with its fields named, and its periods told, as its kind means them. */
export const ofKind = (kind: string, kept: Record<string, unknown>): Record<string, unknown> => {
  const names = meant[kind as ProcedureKind] ?? {};
  return Object.fromEntries(
    Object.entries(kept).map(([name, value]) => [
      (Object.hasOwn(names, name) ? names[name] : undefined) ?? name,
      periods.has(name) && typeof value === 'string' ? periodWord(kind, value) : value,
    ]),
  );
};
