/** Events of metered use and bills: amounts in fen, ids, codes, hashes. */
import { z } from 'zod';
import { UsageGiven } from '../settlement/usage.ts';
import { caseEvent, Code, Count, Hash, Id, restsOn } from './define.ts';

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('pricing', zh, en, shape);
/** A bill of reversals alone is below nought. */
const Fen = z.int().describe('Whole fen');
const Records = z.int().min(0);
const Period = z.string().regex(/^\d{4}-\d{2}$/);
const bill = { bill: Id, operator: Id, merchant: Id, period: Period, ...restsOn };

export const usageEvents = {
  /** One a list, a file or a message; `hash` is over the ids that were new, in order. */
  'usage.recorded.v1': c('用量已登记', 'Use was recorded', {
    ...{ batch: Id, operator: Id, source: Code, records: Records, same: Records, refused: Records },
    hash: Hash,
  }),
  'usage.reversed.v1': c('用量已冲销', 'A record of use was taken back', {
    ...{ usage: Id, reversal: Id, operator: Id, merchant: Id, dispute: Id.nullable() },
  }),
  'bill.issued.v1': c('账单已出具', 'A bill was issued', {
    ...{ ...bill, fen: Fen, lines: Count, records: Records, hash: Hash },
  }),
  'bill.periodBilled.v1': c('月度账单已出具', 'A month was billed', {
    ...{ operator: Id, period: Period, bills: Count, records: Records, unrated: Records, fen: Fen },
    ...{ hash: Hash, ...restsOn },
  }),
  'bill.disputed.v1': c('账单有异议', 'A bill was disputed', { ...bill, dispute: Id, code: Code }),
  'bill.disputeAnswered.v1': c('账单异议已答复', 'A dispute of a bill was answered', {
    ...{ ...bill, dispute: Id, outcome: Code, reversed: Count },
  }),
};

/** What a metering system outside tells: one record of use, for one operator of one city. Not said by the platform. */
export const MeteredUse = UsageGiven.extend({
  jurisdiction: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  operator: z.string().regex(/^[\w.-]{1,80}$/),
});
export type MeteredUse = z.output<typeof MeteredUse>;

/** The topic it comes by, and its type; the platform reads it and never writes it. */
export const meteredUse = {
  topic: 'gongshu.metering.usage.v1',
  type: 'usage.metered.v1',
  summary: { zh: '外部计量系统报送的用量', en: 'Use as a metering system outside tells it' },
  schema: MeteredUse,
} as const;
