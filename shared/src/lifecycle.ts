/** The lifecycles that pass through turns of bodies, and the service whose tables and events each one's are. */
import type { ServiceName } from './events/define.ts';

/** `application` 使用申请 (中卫 20, 21); `onboarding` 进驻 (中卫 17, 18). */
export const lifecycles = {
  application: { service: 'catalog', title: '使用申请' },
  onboarding: { service: 'registry', title: '数商进驻' },
} as const satisfies Record<string, { service: ServiceName; title: string }>;

export type Lifecycle = keyof typeof lifecycles;

/** The lifecycle a turn belongs to; one that began before there were several belongs to an application. */
export const lifecycleOf = ({ lifecycle }: { lifecycle?: Lifecycle | undefined }): Lifecycle =>
  lifecycle ?? 'application';
