/** Events. What is published, and until when (P2, O4, V2). */
import { z } from 'zod';
import { Code, DateOn, Hash, Id, Instant, PublicText, PublicWords, publicEvent, restsOn } from './define.ts';

const base = { publication: Id, kind: Code, subject: Id, hash: Hash, at: Instant };

export const publicationEvents = {
  'publication.published.v1': publicEvent('registry', '已公布', 'Something was published', {
    ...base,
    from: DateOn,
    until: DateOn.nullable(),
    ...restsOn,
  }),
  'publication.worded.v1': publicEvent('registry', '公布的文本', 'The text of what was published', {
    ...base,
    title: z.object({ zh: PublicWords, en: PublicWords }),
    document: PublicText.nullable().describe(
      'Canonical JSON as it is served, `hash` is over its bytes; null where an event cannot hold it',
    ),
    ...{ from: DateOn, until: DateOn.nullable() },
  }),
  'publication.withdrawn.v1': publicEvent('registry', '公布已撤回', 'A publication was withdrawn', {
    ...base,
    reasonCode: Code,
    ...restsOn,
  }),
};
