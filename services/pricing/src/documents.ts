/** Whose the documents of pricing are: of cases, of entries of the cost ledger, of reports and services. */
import type { ObjectOf } from '@gongshu/infra/documents/readable';
import { procedureObject } from '@gongshu/infra/procedures/document-object';
import type { Kysely } from 'kysely';
import { findCost, ledgerObject } from './costs/queries.ts';
import { findReport, reportObject } from './costs/reports.ts';
import { findSubsidy } from './costs/subsidies.ts';
import type { CostDb } from './costs/tables.ts';
import { findFee } from './services/fees.ts';
import type { ServiceDb } from './services/tables.ts';
import { findTariff } from './tariffs/queries.ts';
import type { UsageDb } from './usage/record.ts';

/** What `may()` asks about the owner of a document, by its number; undefined for what is none of ours. */
export const pricingObject = (anyDb: Kysely<any>): ObjectOf => {
  const db = anyDb as CostDb & ServiceDb;
  const ofCase = procedureObject(anyDb as never);
  return async (number, actor, filedBy) => {
    const [series] = number.split('-', 1);
    if (series === 'FY') {
      const cost = await findCost(db, number);
      return cost && { ...ledgerObject(cost), handlers: [cost.operator] };
    }
    if (series === 'BT') {
      const subsidy = await findSubsidy(db, number);
      return subsidy && { ...ledgerObject(subsidy), handlers: [subsidy.operator] };
    }
    if (series === 'CR') {
      const report = await findReport(db, number);
      return report && { ...reportObject(report), handlers: [report.operator] };
    }
    if (series === 'FW') {
      const fee = await findFee(db, number);
      return fee && { ...ledgerObject(fee), handlers: [fee.operator] };
    }
    if (/^\d{6}-FP-/.test(number)) {
      const terms = await (anyDb as UsageDb)
        .selectFrom('sharing_terms')
        .select(['jurisdiction', 'operator'])
        .where('terms', '=', number)
        .executeTakeFirst();
      return terms && { jurisdiction: terms.jurisdiction, handlers: [terms.operator] };
    }
    if (/^\d{6}-SF-/.test(number)) {
      const tariff = await findTariff(anyDb as never, number);
      return tariff && { jurisdiction: tariff.jurisdiction, handlers: [tariff.operator] };
    }
    return ofCase(number, actor, filedBy);
  };
};
