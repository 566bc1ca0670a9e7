import type { Change } from '@gongshu/infra/record';
import type { EventType } from '@gongshu/shared/events';
import type { ResourceRow } from '../queries/resource.ts';
import type { Acting } from './resource-law.ts';
import { contentHash } from './resource-model.ts';

export type ResourceEventType = Extract<EventType, `resource.${string}`>;

/** A change of one entry; its key is the version it led to, so that the same change is recorded once. */
export const resourceEvent = (
  row: ResourceRow,
  type: ResourceEventType,
  { actor, at }: Acting,
  data: object,
): Change => ({
  key: `${row.id}@${row.version}/${type}`,
  type,
  subject: row.id,
  jurisdiction: row.jurisdiction,
  at,
  actor,
  data: { resource: row.id, ...data },
});

/** Provider and hash of the entry as it stands, which most of its events carry. */
export const entryData = (row: ResourceRow) => ({
  provider: row.provider_organisation,
  contentHash: contentHash(row),
});
