import type { Reason } from '@gongshu/infra/cases/tables';

export const channelKinds = ['supplyChannel', 'operatingDeal', 'systemRights'] as const;
export type ChannelKind = (typeof channelKinds)[number];
/** `approved`: one the government allows beside the platform. */
export const channelStates = ['registered', 'assessed', 'merged', 'closed', 'approved'] as const;

/** A way by which a department's data reaches someone outside the platform (O11). */
export type SupplyChannelTable = {
  id: string;
  jurisdiction: string;
  department: string;
  /** Who gets the data, as the ground names it. */
  recipient: string;
  kind: ChannelKind;
  resources: string[];
  since_on: string;
  /** The document it rests on, and the government's approval where there is one. */
  ground: string;
  approval: string | null;
  county: string | null;
  state: (typeof channelStates)[number];
  ended_on: string | null;
  ended_reasons: Reason[];
  registered_by: string;
  registered_at: Date;
  version: number;
};
export type Criterion = { criterion: string; met: boolean; note: string };
export type ChannelAssessmentTable = {
  channel: string;
  organisation: string;
  findings: Criterion[];
  assessed_by: string;
  at: Date;
};
export type ChannelTables = {
  supply_channel: SupplyChannelTable;
  supply_channel_assessment: ChannelAssessmentTable;
};
