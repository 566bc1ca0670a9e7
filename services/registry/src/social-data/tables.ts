import type { Reason } from '@gongshu/infra/cases/tables';
import type { ColumnType, Selectable } from 'kysely';

export const socialDataStates = ['submitted', 'usable', 'refused', 'withdrawn'] as const;
export const socialDataGrounds = ['purchased', 'licensed', 'collected', 'exchanged', 'authorised'] as const;

/** Social data as they stand; words and evidence in `contents`. */
export type SocialDataTable = {
  id: string;
  jurisdiction: string;
  organisation: string;
  title: string;
  source: string;
  ground: (typeof socialDataGrounds)[number];
  contents: ColumnType<Record<string, unknown>, string, never>;
  content_hash: string;
  state: (typeof socialDataStates)[number];
  submitted_by: string;
  submitted_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  reasons: ColumnType<Reason[], string | undefined, string>;
  withdrawn_at: Date | null;
};

export type SocialDataTables = {
  social_data: SocialDataTable;
  social_data_use: {
    id: string;
    social_data: string;
    subject: string;
    purpose: string;
    used_on: string;
    recorded_by: string;
    recorded_at: Date;
  };
};
export type SocialDataRow = Selectable<SocialDataTable>;
export type SocialDataUseRow = Selectable<SocialDataTables['social_data_use']>;
