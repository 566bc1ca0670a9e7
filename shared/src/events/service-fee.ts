/** Events of services to merchants and their fees (F6, M4): amounts in fen, ids, codes, hashes. */
import { z } from 'zod';
import {
  caseEvent,
  Code,
  Count,
  DateOn,
  type EventDefinition,
  Hash,
  Id,
  PublicWords,
  publicEvent,
  restsOn,
} from './define.ts';

const Fen = z.int().min(0).describe('Whole fen');
const Rate = z.string().regex(/^\d{1,4}(\.\d{1,12})?$/);
const Quantity = z.string().regex(/^\d{1,15}(\.\d{1,6})?$/);
const listed = { operator: Id, item: Id, version: Count, fee: Id, ...restsOn };
const order = { operator: Id, merchant: Id, order: Id, item: Id, fee: Id, ...restsOn };

export const serviceFeeEvents = {
  'serviceFee.published.v1': publicEvent('pricing', '服务收费价目已公布', 'A service fee was published', {
    ...listed,
    ...{ kind: Code, unit: Code, costFen: Fen, margin: Rate, marginFen: Fen, fen: Fen, from: DateOn },
    contentHash: Hash,
  }),
  'serviceFee.titled.v1': publicEvent('pricing', '服务收费项目名称', 'The title of a service with a fee', {
    ...{ operator: Id, item: Id, version: Count, fee: Id, title: PublicWords },
  }),
  'serviceFee.withdrawn.v1': publicEvent('pricing', '服务收费项目已取消', 'A service fee was withdrawn', {
    ...listed,
    from: DateOn,
  }),
  'serviceOrder.placed.v1': caseEvent('pricing', '数商已订购服务', 'A merchant ordered a service', {
    ...order,
    ...{ qty: Quantity, unitFen: Fen, placedOn: DateOn },
  }),
  'serviceOrder.cancelled.v1': caseEvent('pricing', '服务订单已取消', 'An order was cancelled', order),
  'serviceCharge.made.v1': caseEvent('pricing', '服务费已计收', 'A service was charged', {
    ...order,
    ...{ charge: Id, qty: Quantity, unitFen: Fen, fen: Fen, chargedOn: DateOn, income: Code },
  }),
} satisfies Record<string, EventDefinition>;
