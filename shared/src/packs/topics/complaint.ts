import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, WorkingDays, listOf, only } from '../values.ts';

export const Complainant = z.enum(['public', 'merchant']);
export type Complainant = z.infer<typeof Complainant>;

/** Why a complaint is not taken in. */
export const ComplaintRefusal = z.enum([
  /** Not about authorised operation here (不属于受理范围). */
  'outsideRemit',
  /** Neither a fact nor a place to look for one (无具体事实). */
  'noFacts',
  /** Answered already, and nothing new (重复投诉). */
  'repeated',
  /** Before a court, or in reconsideration (已进入复议诉讼). */
  'underLitigation',
]);
export type ComplaintRefusal = z.infer<typeof ComplaintRefusal>;

/** Why no department was asked before the answer. */
export const NoDepartmentGround = z.enum([
  /** It lies with no source department or county (不涉及有关部门). */
  'noDepartmentConcerned',
  /** It is about what the authority itself did (仅涉及主管部门自身). */
  'authorityAlone',
]);
export type NoDepartmentGround = z.infer<typeof NoDepartmentGround>;

/** Complaints by the public and by merchants (投诉举报). Row S4. */
export const complaint = topic({
  /** Who investigates. */
  handledBy: { row: 'S4', value: z.strictObject({ by: Body }) },
  /** Together with whom (会同): each that it concerns is heard before the answer. */
  handledWith: { within: 'S4', value: z.literal('departmentsConcerned') },
  mayComplain: { row: 'S4', value: listOf(Complainant) },
  /** What who gives no name is told: what everyone is, by receipt; or only that it was dealt with. */
  anonymous: {
    within: 'S4',
    value: z.strictObject({ allowed: z.boolean(), told: z.enum(['answer', 'outcome']) }),
  },
  /** A name given is seen by those who handle the complaint alone, each reading on record. */
  identity: only('handlersAlone'),
  /** From receipt to acceptance or refusal; silent is accepted. */
  acceptanceLimit: { within: 'S4', value: WorkingDays },
  onAcceptanceSilence: only('accepted'),
  refusalGrounds: { within: 'S4', value: listOf(ComplaintRefusal) },
  /** How long the complainant has for what was asked back; unanswered, it goes on with what there is. */
  correctionLimit: { within: 'S4', value: WorkingDays },
  /** From acceptance to the answer; late is overdue. */
  answerLimit: { within: 'S4', value: WorkingDays },
  extension: {
    within: 'S4',
    value: z.strictObject({ workingDays: z.int().min(1).max(366), times: z.int().min(0).max(5) }),
  },
  /** How long a department asked has to tell what it found. */
  departmentLimit: { within: 'S4', value: WorkingDays },
  /** On which grounds it is answered though no department was asked (handledWith). */
  noDepartmentGrounds: { within: 'S4', value: listOf(NoDepartmentGround) },
  /** Review of an answer on request. */
  reviewedBy: { within: 'S4', value: Body },
  reviewRequestLimit: { within: 'S4', value: WorkingDays },
  reviewLimit: { within: 'S4', value: WorkingDays },
  /** A merchant's complaint against a refusal names its case and does not reopen it: a new case does. */
  againstRefusal: only('linked'),
});

/** Values of the topic `complaint`, as a resolved pack carries them. */
export type ComplaintRules = ValuesOf<typeof complaint>;
