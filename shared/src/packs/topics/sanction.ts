import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, Months, None, WorkingDays, listBy, listOf, only } from '../values.ts';

/** 约谈, 暂停运营, 终止授权, 纳入信用记录, 移送. */
export const sanctionKinds = ['formalTalk', 'suspension', 'termination', 'creditRecord', 'handOver'] as const;
export const SanctionKind = z.enum(sanctionKinds);
export type SanctionKind = z.infer<typeof SanctionKind>;

/** For what. */
export const sanctionGrounds = [
  'unlawfulUse',
  'beyondScope',
  'weakSecurity',
  'publicInterestHarmed',
  'agreementBroken',
  'evaluationFailed',
  'rectificationOverdue',
  'lawBroken',
] as const;
export const SanctionGround = z.enum(sanctionGrounds);
export type SanctionGround = z.infer<typeof SanctionGround>;

/** Measures against an operator or a merchant (惩戒). Row X1. */
export const sanction = topic({
  /** Measures that the text names. */
  kinds: { row: 'X1', value: z.union([None, listOf(SanctionKind)]) },
  /** Measures that need no text, for they take no right away. */
  withoutText: { within: 'X1', value: listOf(SanctionKind) },
  grounds: { within: 'X1', value: listOf(SanctionGround) },
  /** Measures that a text takes on some grounds alone; one that is not named may rest on any ground. */
  measureGrounds: {
    within: 'X1',
    value: z.union([
      None,
      listBy(z.strictObject({ measure: SanctionKind, grounds: listOf(SanctionGround) }), 'measure'),
    ]),
  },
  /** On whom. */
  against: { within: 'X1', value: listOf(Body) },
  decidedBy: { within: 'X1', value: Body },
  /** To whom a case is handed over. */
  handOverTo: { within: 'X1', value: z.enum(['justice', 'competentAuthority']) },
  /** Right of reply (陈述申辩) before the decision; in no text. */
  reply: { within: 'X1', value: WorkingDays },
  /** From the end of the reply to the decision; late is overdue. */
  decisionLimit: { within: 'X1', value: WorkingDays },
  /** The longest that a suspension may name; `none`: it names no term and stands until lifted, once it is put right. */
  suspensionLongest: { within: 'X1', value: z.union([None, Months]) },
  liftedBy: { within: 'X1', value: Body },
  /** From a decision, whatever it is: how long the body may ask, once, that it be looked at again. */
  reviewRequest: { within: 'X1', value: WorkingDays },
  /** From that to the answer; silence upholds and lifts nothing, late is overdue. */
  reviewLimit: { within: 'X1', value: WorkingDays },
  /** Nobody looks again at what they decided themselves: another account of the body that may lift decides the review. */
  reviewedByAnother: only('anotherThanDecided'),
  /** How long an entry stays on the credit record. */
  creditRecordPeriod: { within: 'X1', value: Months },
  /** Cases of the body under way at a suspension: they go on, and nothing is supplied on them until it is lifted. */
  runningCases: only('goOnWithoutSupply'),
});

/** Values of the topic `sanction`, as a resolved pack carries them. */
export type SanctionRules = ValuesOf<typeof sanction>;
