/** What a grant covers: an approved application's entries and fields, less what reviewers' conditions mask. */

/** A condition of an approving review, and the body that set it. */
export type BoundCondition = {
  organisation: string;
  code: string;
  text: string;
  fields?: string[];
  until?: string;
};

/** An entry of the case with the names of its fields as the catalog has them. */
export type ScopeEntry = { resource: string; title: string; reviewer: string; fields: string[] };

/** What of an entry is granted; `masked` are the fields that conditions took away. */
export type ScopePart = ScopeEntry & { masked: string[] };

/** One spelling of a field's name: width, case and white space do not make another field. */
const folded = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

/**
 * The entries with the fields that conditions leave. A condition binds the entries its body reviewed; where that body
 * reviews none of them (it was succeeded since), it binds all: a mask is never lost.
 */
export const scopeOf = (
  entries: readonly ScopeEntry[],
  conditions: readonly BoundCondition[],
): ScopePart[] => {
  const reviewers = new Set(entries.map(({ reviewer }) => reviewer));
  return entries.map((entry) => {
    const masks = new Set(
      conditions
        .filter(({ organisation }) => organisation === entry.reviewer || !reviewers.has(organisation))
        .flatMap(({ fields }) => fields ?? [])
        .map(folded),
    );
    const isMasked = (field: string) => masks.has(folded(field));
    return {
      ...entry,
      fields: entry.fields.filter((field) => !isMasked(field)),
      masked: entry.fields.filter(isMasked),
    };
  });
};

/** A place where the parties asked for what is not theirs to have. */
export type ScopeFault = { resource: string; field: string | null; code: 'unknown' | 'masked' };

/** Restricts a scope to the fields named, by resource; a resource not named keeps all that is left of it. */
export const restrict = (
  scope: readonly ScopePart[],
  named: Readonly<Record<string, readonly string[]>>,
): { scope: ScopePart[]; faults: ScopeFault[] } => {
  const known = new Map(scope.map((part) => [part.resource, part]));
  const faults = Object.entries(named).flatMap(([resource, fields]): ScopeFault[] => {
    const part = known.get(resource);
    if (!part) return [{ resource, field: null, code: 'unknown' }];
    return fields
      .filter((field) => !part.fields.includes(field))
      .map((field) => ({ resource, field, code: part.masked.includes(field) ? 'masked' : 'unknown' }));
  });
  return {
    faults,
    scope: scope.map((part) => {
      const only = Object.hasOwn(named, part.resource) ? named[part.resource] : undefined;
      return only === undefined
        ? part
        : { ...part, fields: part.fields.filter((field) => only.includes(field)) };
    }),
  };
};
