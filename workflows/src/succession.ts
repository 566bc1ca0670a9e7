/** Bodies that merge while a case runs: whose turn it is then. Pure. */
import type { ReviewDemand, Succession, Turn } from '@gongshu/shared/application/types';

const bodyWords: Record<Turn['bodyKind'], string> = {
  sourceDepartment: '数源部门',
  countyAuthority: '县区数据局',
  operator: '运营机构',
};

/** Who does a body's work after what was told, in the order it was told. */
export const holderAfter = (told: readonly Succession[], organisation: string): string =>
  told.reduce((holder, { from, to }) => (holder === from ? to : holder), organisation);

/** A body as it stands: its successor where it has one. Names reach no workflow, so that goes by kind and id. */
export const bodyAfter = <B extends Pick<ReviewDemand, 'organisation' | 'bodyKind' | 'name'>>(
  told: readonly Succession[],
  body: B,
): B => {
  const organisation = holderAfter(told, body.organisation);
  return organisation === body.organisation
    ? body
    : { ...body, organisation, name: `${bodyWords[body.bodyKind]} ${organisation}` };
};

/** Reviews that have not begun: those that fell together are one, for the entries of both. */
export const reviewsAfter = (
  told: readonly Succession[],
  reviews: readonly ReviewDemand[],
): ReviewDemand[] => {
  const demands = new Map<string, ReviewDemand>();
  for (const review of reviews) {
    const demand = bodyAfter(told, review);
    const known = demands.get(demand.organisation);
    demands.set(
      demand.organisation,
      known ? { ...known, resources: [...known.resources, ...demand.resources] } : demand,
    );
  }
  return [...demands.values()];
};

/** The turn as it goes on after a succession: its number, clock and rules are what they were. */
export const turnAfter = (turn: Turn, succession: Succession): Turn => ({
  ...turn,
  authority: holderAfter([succession], turn.authority),
  ...(turn.organisation === succession.from && {
    organisation: succession.to,
    organisationName: `${bodyWords[turn.bodyKind]} ${succession.to}`,
  }),
});
