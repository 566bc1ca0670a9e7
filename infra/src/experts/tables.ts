/** Pool of experts and their questions (O3, X3). Names, contacts and words stand here and nowhere else. */
import type {
  ConflictGround,
  ExpertKind,
  ExpertState,
  ExpertTask,
  Institution,
  OpinionStance,
  QuestionState,
} from '@gongshu/shared/experts/codes';
import type { Generated } from 'kysely';

export type ExpertTable = {
  jurisdiction: string;
  id: string;
  kind: ExpertKind;
  /** A body's id; of an outside expert any name of its own that fits one. */
  organisation: string;
  organisation_uscc: string | null;
  institution: Institution;
  account: string;
  name: string;
  mail: string | null;
  phone: string | null;
  specialities: string[];
  state: Generated<ExpertState>;
  reason_code: string | null;
  reason: string | null;
  registered_at: Date;
  version: Generated<number>;
};

export type ExpertConflictTable = {
  id: string;
  jurisdiction: string;
  expert: string;
  body: string;
  ground: ConflictGround;
  note: string | null;
  declared_by: string;
  declared_at: Date;
};

export type ExpertQuestionTable = {
  id: string;
  jurisdiction: string;
  case_no: string | null;
  task: ExpertTask;
  title: string;
  question: string;
  content_hash: string;
  /** Bodies that the question is about: members have nothing to do with them. */
  bodies: string[];
  state: QuestionState;
  asked_by: string;
  organisation: string;
  asked_at: Date;
  conclusion: string | null;
  closed_at: Date | null;
  publication: string | null;
};

export type ExpertQuestionMemberTable = {
  question: string;
  expert: string;
  organisation: string;
  account: string;
  left_at: Date | null;
  left_ground: ConflictGround | null;
  left_body: string | null;
};

export type ExpertOpinionTable = {
  question: string;
  expert: string;
  stance: OpinionStance;
  opinion: string;
  opinion_hash: string;
  given_at: Date;
};

export type ExpertTables = {
  expert: ExpertTable;
  expert_conflict: ExpertConflictTable;
  expert_question: ExpertQuestionTable;
  expert_question_member: ExpertQuestionMemberTable;
  expert_opinion: ExpertOpinionTable;
};
