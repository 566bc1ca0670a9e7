/** Events of the operator's cost ledger (F4): amounts in fen, ids, codes, hashes. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, type EventDefinition, Hash, Id, restsOn } from './define.ts';

const Fen = z.int().min(0).describe('Whole fen');
const Year = z.int().min(2000).max(2100);
const period = { operator: Id, year: Year, ...restsOn };
const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) =>
  caseEvent('pricing', zh, en, { ...period, ...shape });

const item = { cost: Id, kind: Code, product: Id.nullable(), fen: Fen };
const report = { report: Id, version: Count, hash: Hash };

export const costEvents = {
  'cost.recorded.v1': c('成本已入账', 'A cost was recorded', item),
  'cost.reversed.v1': c('成本已冲销', 'A cost was reversed', { ...item, reversal: Id }),
  'cost.adjusted.v1': c('成本已作审计调整', 'A cost was adjusted by an audit', {
    ...item,
    ...{ adjustment: Id, version: Count, beforeFen: Fen, document: Hash, adjustedBy: Id },
  }),
  /** One an import and year; `costs` is over the ids of its items, in order. */
  'cost.imported.v1': c('成本已批量入账', 'Costs were imported', {
    ...{ import: Id, file: Hash, recorded: Count, fen: Fen, costs: Hash },
  }),
  'subsidy.recorded.v1': c('政府补助已入账', 'A subsidy was recorded', { subsidy: Id, fen: Fen }),
  'subsidy.reversed.v1': c('政府补助已冲销', 'A subsidy was reversed', {
    ...{ subsidy: Id, reversal: Id, fen: Fen },
  }),
  'allocationKey.stated.v1': c('共同成本分摊方式已确定', 'The key for shared cost was stated', {
    ...{ allocationKey: Id, version: Count, key: Code, products: Count, hash: Hash },
  }),
  'costReport.filed.v1': c('年度成本报告已报送', 'The cost report of a year was filed', {
    ...report,
    ...{ recipient: Id, items: Count, netFen: Fen, filedOn: DateOn, dueOn: DateOn, late: z.boolean() },
  }),
  'costReport.receipted.v1': c('年度成本报告已备案', 'The cost report of a year was receipted', {
    ...{ ...report, late: z.boolean() },
  }),
  'costReport.returned.v1': c('年度成本报告被退回', 'The cost report of a year was returned', {
    ...{ ...report, late: z.boolean(), reasonCodes: z.array(Code) },
  }),
  'costReport.audited.v1': c('年度成本报告审核结论已记录', 'The outcome of an audit was recorded', {
    ...{ ...report, outcome: Code, document: Hash },
  }),
} satisfies Record<string, EventDefinition>;
