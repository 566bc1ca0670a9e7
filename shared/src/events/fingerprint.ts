/** Events of fingerprints (E1): which resource, by hashes and counts. */
import { caseEvent, Count, Hash, Id, restsOn } from './define.ts';

export const fingerprintEvents = {
  'sourceFingerprint.recorded.v1': caseEvent(
    'registry',
    '来源数据指纹已登记',
    'The fingerprint of a source was recorded',
    {
      ...{ fingerprint: Id, resource: Id, recordedBy: Id, document: Hash, data: Hash, keyId: Id },
      ...{ rows: Count, columns: Count },
      ...restsOn,
    },
  ),
};
