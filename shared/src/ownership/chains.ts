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

/** Shortest chains of links from the nodes held to all they reach; cycles end where they began. */
const reached = (held: ReadonlyMap<string, readonly string[]>, steps: Steps) => {
  const chains = new Map(held);
  let edge = [...held.keys()];
  while (edge.length > 0) {
    const next: string[] = [];
    for (const node of edge)
      for (const { to, link } of steps.get(node) ?? []) {
        if (chains.has(to)) continue;
        chains.set(to, [...(chains.get(node) ?? []), link]);
        next.push(to);
      }
    edge = next;
  }
  return chains;
};

/**
 * Everyone of the same house as the bodies: their owners up to the last, and all that these own. Two that merely hold
 * shares of a third do not belong together by it. Answers the chain of links to each; the bodies themselves by none.
 */
export const houseOf = (
  bodies: readonly string[],
  links: readonly OwnershipLink[],
): ReadonlyMap<string, readonly string[]> => {
  const own = new Map(bodies.map((body): [string, readonly string[]] => [body, []]));
  const upwards = reached(
    own,
    stepsBy(
      links,
      ({ owned }) => owned,
      ({ owner }) => owner,
    ),
  );
  return reached(
    upwards,
    stepsBy(
      links,
      ({ owner }) => owner,
      ({ owned }) => owned,
    ),
  );
};
