import type { Reason } from '@gongshu/infra/cases/tables';
import type { ProductTables } from '@gongshu/infra/products/tables';
import type { ColumnType, Selectable } from 'kysely';

export const feedbackKinds = ['usefulness', 'quality', 'fault', 'effect', 'suggestion'] as const;
export const feedbackStates = ['given', 'relayed', 'answered', 'closed'] as const;
export const feedbackOutcomes = ['dataCorrected', 'willCorrect', 'explained', 'notOurs'] as const;
/** What is looked into at a developer (朔州 十一（四）2、3). */
export const developerItems = [
  'noRawTransfer',
  'access',
  'storage',
  'use',
  'transmission',
  'destruction',
] as const;
export const checkOutcomes = ['inOrder', 'findings'] as const;
export const spotCheckStates = ['opened', 'answered', 'concluded'] as const;

export type FeedbackTable = {
  id: string;
  jurisdiction: string;
  product_no: string;
  owner: string;
  operator: string;
  given_by: string;
  kind: (typeof feedbackKinds)[number];
  words: string;
  state: (typeof feedbackStates)[number];
  given_at: Date;
  relayed_at: Date | null;
  last_day: string | null;
  closed_at: Date | null;
  closed_code: string | null;
  closed_words: string | null;
};
export type FeedbackAnswerTable = {
  feedback: string;
  department: string;
  outcome: (typeof feedbackOutcomes)[number] | null;
  words: string | null;
  answered_by: string | null;
  answered_at: Date | null;
};
export type SpotCheckTable = {
  id: string;
  jurisdiction: string;
  product_no: string | null;
  owner: string;
  inspector: string;
  items: (typeof developerItems)[number][];
  notice: string;
  state: (typeof spotCheckStates)[number];
  last_day: string | null;
  opened_at: Date;
  answered_at: Date | null;
  answer: string | null;
  answer_documents: ColumnType<string[], string[] | undefined, string[]>;
  outcome: (typeof checkOutcomes)[number] | null;
  findings: ColumnType<Reason[], string | undefined, string>;
  rectify_by: string | null;
  concluded_at: Date | null;
};
export type SelfCheckTable = {
  id: string;
  jurisdiction: string;
  owner: string;
  product_no: string | null;
  from_on: string;
  until_on: string;
  items: (typeof developerItems)[number][];
  outcome: (typeof checkOutcomes)[number];
  report: string;
  recorded_by: string;
  recorded_at: Date;
};
export type ProductUseTables = ProductTables & {
  product_feedback: FeedbackTable;
  product_feedback_answer: FeedbackAnswerTable;
  spot_check: SpotCheckTable;
  self_check: SelfCheckTable;
};
export type FeedbackRow = Selectable<FeedbackTable>;
export type FeedbackAnswerRow = Selectable<FeedbackAnswerTable>;
export type SpotCheckRow = Selectable<SpotCheckTable>;
export type SelfCheckRow = Selectable<SelfCheckTable>;
