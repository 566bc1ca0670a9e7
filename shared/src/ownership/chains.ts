/** Who belongs together by ownership and control, over chains of any length (O3, O10). */

export type OwnershipLink = { readonly id: string; readonly owner: string; readonly owned: string };

type Steps = ReadonlyMap<string, readonly { readonly to: string; readonly link: string }[]>;
const stepsBy = (
  links: readonly OwnershipLink[],
  from: (link: OwnershipLink) => string,
  to: (link: OwnershipLink) => string,
): Steps => {
  const steps = new Map<string, { to: string; link: string }[]>();
  for (const link of links)
    steps.set(from(link), [...(steps.get(from(link)) ?? []), { to: to(link), link: link.id }]);
  return steps;
};

/**
 * Everyone of the same house as the bodies: their owners up to the last, and all that these own. Two that merely hold
 * shares of a third do not belong together by it. Answers the shortest chain of links to each; the bodies themselves by
 * none.
 */
export const houseOf = (
  bodies: readonly string[],
  links: readonly OwnershipLink[],
): ReadonlyMap<string, readonly string[]> => {
  const owners = stepsBy(
    links,
    ({ owned }) => owned,
    ({ owner }) => owner,
  );
  const owned = stepsBy(
    links,
    ({ owner }) => owner,
    (link) => link.owned,
  );
  const chains = new Map<string, readonly string[]>();
  // Once down, never up again; a place on the way up and on the way down is looked at once each, so that rings end.
  const seen = { up: new Set<string>(), down: new Set<string>() };
  let edge = bodies.map((at) => ({ at, way: 'up' as 'up' | 'down', chain: [] as readonly string[] }));
  while (edge.length > 0) {
    const fresh = edge.filter(({ at, way }) => !seen[way].has(at) && seen[way].add(at));
    for (const { at, chain } of fresh) if (!chains.has(at)) chains.set(at, chain);
    edge = fresh.flatMap(({ at, way, chain }) => [
      ...(way === 'up' ? (owners.get(at) ?? []) : []).map(({ to, link }) => ({
        ...{ at: to, way: 'up' as const },
        chain: [...chain, link],
      })),
      ...(owned.get(at) ?? []).map(({ to, link }) => ({
        ...{ at: to, way: 'down' as const },
        chain: [...chain, link],
      })),
    ]);
  }
  return chains;
};
