/** A collective decision (三重一大): who was there, who said yes, and whether that carries it. */
import type { ImplementationPlanRules } from '../packs/topics/implementation-plan.ts';

/** A member by account id; who was absent has no vote. */
export type MemberVote = { member: string; vote: 'for' | 'against' | 'abstained' | 'absent' };

export type DeliberationCounts = {
  members: number;
  present: number;
  inFavour: number;
  against: number;
  abstained: number;
};

type Vote = ImplementationPlanRules['collectiveVote'];

export const countVotes = (votes: readonly MemberVote[]): DeliberationCounts => {
  const count = (kind: MemberVote['vote']): number => votes.filter(({ vote }) => vote === kind).length;
  const members = votes.length;
  return {
    members,
    present: members - count('absent'),
    inFavour: count('for'),
    against: count('against'),
    abstained: count('abstained'),
  };
};

const reachesShare = (
  part: number,
  { of, numerator, denominator, strict }: Vote['quorum'],
  { members, present }: DeliberationCounts,
): boolean => {
  const [have, need] = [part * denominator, (of === 'members' ? members : present) * numerator];
  return strict ? have > need : have >= need;
};

/** Whether enough were there, and whether enough of them said yes, by the pack's shares. */
export const judgeVotes = (
  { quorum, majority }: Vote,
  votes: readonly MemberVote[],
): DeliberationCounts & { quorate: boolean; carried: boolean } => {
  const counts = countVotes(votes);
  const quorate = reachesShare(counts.present, quorum, counts);
  return { ...counts, quorate, carried: quorate && reachesShare(counts.inFavour, majority, counts) };
};
