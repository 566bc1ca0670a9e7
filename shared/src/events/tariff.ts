/** Events of tariffs (F1, F3) and service fees (F6): amounts in fen, ids, codes, hashes. */
import { z } from 'zod';
import { caseEvent, Code, DateOn, Hash, Id, publicEvent, restsOn } from './define.ts';

/** Whole fen, as far as a number holds them exactly. */
const Fen = z.int().min(0);
const which = { tariff: Id, operator: Id, product: Id, unit: Code, packVersion: Id, ...restsOn };
const says = {
  ...which,
  ...{ class: Code, scenario: Code.nullable(), purpose: Code, fen: Fen },
  discount: Id.describe('The part taken off, an exact decimal'),
  from: DateOn,
  until: DateOn.nullable(),
};

export const tariffEvents = {
  'tariff.filed.v1': caseEvent('pricing', '收费标准已报备', 'A tariff was sent to be filed', says),
  'tariff.returned.v1': caseEvent('pricing', '收费标准备案被退回', 'The filing was returned', {
    ...which,
    document: Hash,
    reasonCodes: Code.array().max(50),
  }),
  'tariff.published.v1': publicEvent('pricing', '收费标准已公示', 'A tariff was published', {
    ...says,
    replaces: Id.array().max(1_000).describe('Those that end before it, or never come to apply'),
  }),
  'tariff.ended.v1': publicEvent('pricing', '收费标准停止执行', 'A tariff ends', {
    ...which,
    until: DateOn.nullable().describe('Its last day; null where it never came to apply'),
  }),
  'tariff.cut.v1': publicEvent('pricing', '收费标准降至新的上限', 'A tariff was cut to a lower ceiling', {
    ...says,
    caseNo: Id.describe('The case that lowered the ceiling'),
    cutFrom: Id.describe('The tariff that ends the day before'),
    beforeFen: Fen,
  }),
};
