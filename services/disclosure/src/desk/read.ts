import type { ServiceName } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';
import type { At } from './serve.ts';

/** What a service answers, or the page of its refusal: another body's case is not found. */
export const read = async <T>(
  { desk, asker }: Pick<At, 'desk' | 'asker'>,
  service: ServiceName,
  path: string,
): Promise<T> => {
  const answer = await desk.api.get<T>(asker, service, path);
  if (answer.ok) return answer.body;
  if (answer.status === 403) throw problem('forbidden', { params: { act: answer.refusal.code } });
  if (answer.status === 503) throw problem('unavailable');
  throw problem('notFound');
};
