import type { OwnershipKind, OwnershipState } from '@gongshu/shared/experts/codes';
import type { Generated } from 'kysely';

/** `owner` holds a share of `owned`, or controls it: a body's id, or the credit code of one that is not registered. */
export type OwnershipLinkTable = {
  id: string;
  jurisdiction: string;
  owner: string;
  owned: string;
  kind: OwnershipKind;
  /** Ten-thousandths of the whole. */
  share_basis_points: number | null;
  document: string;
  /** Both days included. */
  from_on: string;
  until_on: string | null;
  state: OwnershipState;
  recorded_by: string;
  recorded_at: Date;
  confirmed_by: string | null;
  confirmed_at: Date | null;
  reason_code: string | null;
  reason: string | null;
  version: Generated<number>;
};
export type OwnershipTables = { ownership_link: OwnershipLinkTable };
