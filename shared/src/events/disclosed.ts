/** Events of what the disclosure service publishes: yearly reports, bulletins, overall reports (S1–S3, M3–M5). */
import { z } from 'zod';
import {
  Code,
  Count,
  DateOn,
  Hash,
  Id,
  Instant,
  PublicText,
  PublicWords,
  publicEvent,
  restsOn,
} from './define.ts';

const base = { document: Id, kind: Code, subject: Id, hash: Hash, at: Instant, ...restsOn };

export const disclosedEvents = {
  'disclosed.published.v1': publicEvent('disclosure', '已披露', 'A report or a bulletin was published', {
    ...base,
    title: z.object({ zh: PublicWords, en: PublicWords }),
    content: PublicText.describe('Canonical JSON; `hash` is over its bytes'),
    ...{ issuer: Id, year: Count, from: DateOn, until: DateOn.nullable() },
  }),
  'disclosed.withdrawn.v1': publicEvent('disclosure', '披露已撤回', 'A report or a bulletin was withdrawn', {
    ...base,
    reasonCode: Code,
    by: Id.optional().describe('The document that stands in its place, where one does'),
  }),
};
