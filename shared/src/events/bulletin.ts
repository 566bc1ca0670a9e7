/** Events of bulletins on source departments (S3): ids, hashes, days and counts; issued words: `disclosed.published.v1`. */
import { z } from 'zod';
import { caseEvent, Count, DateOn, Hash, Id } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

type Shape = Parameters<typeof caseEvent>[3];
const e = <S extends Shape>(zh: string, en: string, shape: S) =>
  caseEvent('disclosure', zh, en, { ...procedureBase, from: DateOn, until: DateOn, ...shape });

const drafted = { content: Hash, departments: Id.array().max(2_000) };

export const bulletinEvents = {
  'bulletin.drafted.v1': e('数源部门通报已起草', 'A bulletin on source departments was drafted', drafted),
  'bulletin.redrafted.v1': e('通报已重新起草', 'The bulletin was drafted anew', {
    ...drafted,
    toHear: Id.array().max(2_000).optional(),
  }),
  'bulletin.replied.v1': e('数源部门已回复通报', 'A department replied to the draft', {
    ...{ department: Id, words: Hash, documents: Hash.array().max(20), left: Count },
  }),
  'bulletin.replyEnded.v1': e('通报回复期已满', 'The days for replies have passed', { left: Count }),
  'bulletin.issued.v1': e('数源部门通报已印发', 'The bulletin was issued', {
    ...{ ...drafted, published: z.boolean(), late: z.boolean() },
  }),
  'bulletin.overdue.v1': caseEvent('disclosure', '数源部门通报环节逾期', 'A step is overdue', overdueShape),
  'bulletin.reminderDue.v1': caseEvent('disclosure', '期限将满催办', 'A period ends soon', reminderShape),
};
