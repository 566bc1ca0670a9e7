/** Events of a year's disclosure (S1, S2): codes, hashes, days and counts; its public words are `disclosed.published.v1`. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id } from './define.ts';
import { procedureBase, reminderShape } from './procedure.ts';

type Shape = Parameters<typeof caseEvent>[3];
/** Whose part of which year; `body` owes it, `operator` is null where the figures are the whole city's. */
const about = { part: Code, year: Count, body: Id, operator: Id.nullable() };
const e = <S extends Shape>(zh: string, en: string, shape: S) =>
  caseEvent('disclosure', zh, en, { ...procedureBase, ...about, ...shape });

const missing = Code.array().max(50);
const standing = { present: Count, empty: Count, missing };
const item = { item: Code, words: Hash, late: z.boolean() };
const version = { version: Count, content: Hash, figures: Count, ...standing, late: z.boolean() };

export const yearlyDisclosureEvents = {
  'yearlyDisclosure.opened.v1': e('年度披露事项开始归集', 'The items of a year are being gathered', {
    ...{ dueOn: DateOn, ...standing },
  }),
  'yearlyDisclosure.itemsAsked.v1': e('已告知尚缺的披露事项', 'What is missing was asked for', {
    ...{ missing, dueOn: DateOn },
  }),
  'yearlyDisclosure.itemSupplied.v1': e('披露事项已补充', 'A body supplied an item', {
    ...{ ...item, documents: Hash.array().max(20) },
  }),
  'yearlyDisclosure.itemStatedEmpty.v1': e('披露事项已说明无内容', 'A body stated that an item is empty', {
    ...{ ...item, ground: Code },
  }),
  'yearlyDisclosure.published.v1': e('年度披露已发布', 'The disclosure of a year was published', {
    ...{ ...version, bySchedule: z.boolean() },
  }),
  'yearlyDisclosure.escalated.v1': e(
    '披露事项逾期未补齐，已上报',
    'Items were missing when the last day had passed',
    { missing, lastDay: DateOn, to: Code },
  ),
  'yearlyDisclosure.corrected.v1': e('年度披露已更正', 'A new version took the place of the one before', {
    ...{ ...version, replaces: Hash.nullable(), grounds: Code.array().max(10) },
  }),
  'yearlyDisclosure.closed.v1': e('年度披露已归档', 'The disclosure of a year is closed', { version: Count }),
  'yearlyDisclosure.reminderDue.v1': caseEvent(
    'disclosure',
    '期限将满催办',
    'A period ends soon',
    reminderShape,
  ),
};
