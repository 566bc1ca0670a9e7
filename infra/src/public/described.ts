/** What a thing that is public looks like to everyone, as an event tells it (decision 0027). */
import type { EventType } from '@gongshu/shared/events';

export type Described = { subject: string; jurisdiction: string; type: EventType; data: object };
