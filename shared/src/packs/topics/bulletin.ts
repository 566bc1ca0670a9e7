import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Months, WorkingDays, listOf } from '../values.ts';

/** What a bulletin tells of each source department. */
export const BulletinFigure = z.enum([
  /** Entries of the catalog compiled (目录编制). */
  'catalogCompiled',
  /** Entries with data attached (数据挂接). */
  'dataAttached',
  /** Median and tail of reviews in working days, silences, extensions (审核及时性). */
  'reviewTimeliness',
  /** Quality feedback outstanding and answered (数据质量). */
  'dataQuality',
]);
export type BulletinFigure = z.infer<typeof BulletinFigure>;

/** The bulletin on source departments (数源部门通报). Row S3. */
export const bulletin = topic({
  issuedBy: { row: 'S3', value: z.literal('authority') },
  figures: { row: 'S3', value: listOf(BulletinFigure) },
  period: { within: 'S3', value: Months },
  /** From the end of a period to the bulletin on it. */
  issueLimit: { within: 'S3', value: WorkingDays },
  /** How long the departments named have to answer the draft before it is issued. */
  reply: { within: 'S3', value: WorkingDays },
  /** It goes to the departments it names; whether it stands on the public pages as well. */
  published: { within: 'S3', value: z.boolean() },
});

/** Values of the topic `bulletin`, as a resolved pack carries them. */
export type BulletinRules = ValuesOf<typeof bulletin>;
