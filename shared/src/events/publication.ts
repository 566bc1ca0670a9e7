/** Events. What is published, and until when (P2, O4, V2). */
import { Code, DateOn, Hash, Id, Instant, publicEvent, restsOn } from './define.ts';

const base = { publication: Id, kind: Code, subject: Id, hash: Hash, at: Instant };

export const publicationEvents = {
  'publication.published.v1': publicEvent('registry', '已公布', 'Something was published', {
    ...base,
    from: DateOn,
    until: DateOn.nullable(),
    ...restsOn,
  }),
  'publication.withdrawn.v1': publicEvent('registry', '公布已撤回', 'A publication was withdrawn', {
    ...base,
    reasonCode: Code,
    ...restsOn,
  }),
};
