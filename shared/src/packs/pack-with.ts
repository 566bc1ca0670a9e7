import { problem } from '../problems.ts';
import type { LoadedPack, PackSet } from './resolve.ts';
import type { TopicName } from './topics.ts';

/** The pack of a city whose law has the topic. Throws `lifecycleNotInPack` (409) where it has not. */
export const packWith = (
  packs: Pick<PackSet, 'resolve'>,
  jurisdiction: string,
  topic: TopicName,
): LoadedPack => {
  const pack = packs.resolve(jurisdiction);
  if (!pack.rules[topic]) throw problem('lifecycleNotInPack', { params: { jurisdiction } });
  return pack;
};
