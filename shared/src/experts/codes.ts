/** Closed lists of the pool of experts, their questions, and ownership between bodies (O3, X3). */

/** `outside`: 第三方专家; `department`: whom a department sends (相关部门). */
export const expertKinds = ['outside', 'department'] as const;
export type ExpertKind = (typeof expertKinds)[number];

/** Where an expert comes from (中卫 七); `government` sends representatives, `other` serves where the pack asks nothing. */
export const institutions = [
  'enterprise',
  'researchInstitute',
  'university',
  'association',
  'government',
  'other',
] as const;
export type Institution = (typeof institutions)[number];

export const expertStates = ['standing', 'suspended'] as const;
export type ExpertState = (typeof expertStates)[number];

/** What the standing committee is asked for (中卫 七, 乌海 十一). */
export const expertTasks = ['hardQuestions', 'riskAssessment', 'advice'] as const;
export type ExpertTask = (typeof expertTasks)[number];

export const questionStates = ['open', 'closed'] as const;
export type QuestionState = (typeof questionStates)[number];

/** What an expert's opinion comes to. */
export const opinionStances = ['support', 'supportOnConditions', 'oppose', 'abstain'] as const;
export type OpinionStance = (typeof opinionStances)[number];

export const conflictGrounds = [
  'employment',
  'ownership',
  'kinship',
  'adviser',
  'litigation',
  'other',
] as const;
export type ConflictGround = (typeof conflictGrounds)[number];

/** How a conflict of interest is known. */
export const conflictKinds = ['declared', 'employment', 'ownership'] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** 持股 / 控制. */
export const ownershipKinds = ['share', 'control'] as const;
export type OwnershipKind = (typeof ownershipKinds)[number];

/** A link counts once a second account has confirmed it. */
export const ownershipStates = ['recorded', 'confirmed', 'struck'] as const;
export type OwnershipState = (typeof ownershipStates)[number];

/** The lists that packs name (O2). */
export const debarmentLists = [
  'dishonestConduct',
  'dishonestDebtors',
  'majorTaxViolations',
  'procurementViolations',
  'seriousDishonesty',
] as const;
export type DebarmentListCode = (typeof debarmentLists)[number];
