/** What became of an order that suspends (D1, X1, X2, X4): told back by each service that obeyed it, for its own things. */
import { z } from 'zod';
import { caseEvent, Code, Count, Id, Instant } from './define.ts';

const missed = z.object({ kind: Code, id: Id, code: Code });
/** `held`: at rest by this order now; `rested`: those that ran before it; `missed`: what it could not reach, and why. */
const answer = {
  ...{ order: Id, move: Code, at: Instant, held: Count, rested: Count },
  missed: missed.array().max(500),
};

export const supplyOrderEvents = {
  'supplyOrder.obeyed.v1': caseEvent(
    'catalog',
    '供数暂停令已执行',
    'An order was obeyed for supplies',
    answer,
  ),
  'listOrder.obeyed.v1': caseEvent(
    'registry',
    '暂停令已执行（产品、单位）',
    'An order was obeyed for listed products and bodies',
    answer,
  ),
};
