/** A city in which use is billed and a year settled: bodies, a product, its tariff, cost, a permitted revenue, terms. */
import { sha256 } from '@gongshu/infra/hash';
import type { SettlementTables } from '@gongshu/infra/settlements/tables';
import { type Kysely, sql } from 'kysely';
import { type Pricing, pricingPeople, startPricing } from './pricing.ts';

export type Settling = Awaited<ReturnType<typeof startSettling>>;

export const startSettling = async (
  cities: readonly string[] = ['zhongwei'],
  given: Parameters<typeof startPricing>[1] = {},
) => {
  const the: Pricing = await startPricing(cities, given);
  const db = the.db as unknown as Kysely<SettlementTables>;
  const any = the.db as unknown as Kysely<any>;
  let made = 0;
  /** A case of another kind, as far as rows hang on it. */
  const caseOf = async (jurisdiction: string, kind: string): Promise<string> => {
    made += 1;
    const caseNo = `640500-ZZ-2024-${String(made).padStart(6, '0')}`;
    await sql`
      insert into procedure (case_no, kind, jurisdiction, authority, pack_version, start, stage, state,
        calendar_version, opened_by, opened_at)
      values (${caseNo}, ${kind}, ${jurisdiction}, 'city-bureau', '1', '{}', 'done', '{}', '1', 'somebody', now())`.execute(
      any,
    );
    return caseNo;
  };
  /** A tariff as it stands published, under a ceiling of the same. */
  const tariff = async (
    jurisdiction: string,
    product: string,
    fen: number,
    {
      unit = 'call',
      kind = 'general',
      purpose = 'industry',
      from = '2020-01-01',
      until = null as string | null,
      discount = '0',
      scenario = null as string | null,
    } = {},
  ): Promise<string> => {
    const ceiling = await caseOf(jurisdiction, 'ceilingPrice');
    const number = `SF-${ceiling}`;
    await any.transaction().execute(async (trx) => {
      const known = await sql`
        select from ceiling where jurisdiction = ${jurisdiction} and product = ${product} and unit = ${unit}`.execute(
        trx,
      );
      if (known.rows.length === 0)
        await sql`
          insert into ceiling (case_no, jurisdiction, product, unit, operator, fen, expected_qty, from_on, set_at)
          values (${ceiling}, ${jurisdiction}, ${product}, ${unit}, 'operator', 1000000000, '1', '2020-01-01', now())`.execute(
          trx,
        );
      await sql`
        insert into tariff (tariff, jurisdiction, operator, product, unit, class, scenario, purpose, free, fen,
          discount, from_on, until_on, state, notice_days, grounds, set_by, set_at, published_at, pack_version)
        values (${number}, ${jurisdiction}, 'operator', ${product}, ${unit}, ${kind}, ${scenario}, ${purpose}, false,
          ${fen}, ${discount}, ${from}, ${until}, 'published', 0, '', 'somebody', now(), now(), '1')`.execute(
        trx,
      );
    });
    return number;
  };
  /** The permitted revenue of a year in force, and what of earlier overruns it has taken off. */
  const permit = async (
    jurisdiction: string,
    year: number,
    fen: number,
    { consumed = 0, taxFen = 0 } = {},
  ): Promise<string> => {
    const caseNo = await caseOf(jurisdiction, 'permittedRevenue');
    const hash = sha256(caseNo);
    await sql`
      insert into permitted_revenue
        (case_no, jurisdiction, operator, year, fen, consumed_fen, trial, figures, in_force_at)
      values (${caseNo}, ${jurisdiction}, 'operator', ${year}, ${fen}, ${consumed}, false, ${hash}, now())`.execute(
      any,
    );
    await sql`
      insert into revenue_figures (case_no, hash, question, parts, costs, given_at)
      values (${caseNo}, ${hash}, ${JSON.stringify({ tax: { mode: 'amount', fen: taxFen } })}::jsonb,
        ${JSON.stringify({ permittedRate: '0.06' })}::jsonb, '[]', now())`.execute(any);
    return caseNo;
  };
  const must = async (answer: ReturnType<Pricing['call']>, status: number) => {
    const { statusCode, body } = await answer;
    if (statusCode !== status) throw new Error(`${statusCode} ${body}`);
    return JSON.parse(body) as Record<string, any>;
  };
  /** Cost in the ledger of a year. */
  const cost = (jurisdiction: string, year: number, fen: number, kind: string) =>
    must(
      the.call(pricingPeople(jurisdiction).operator, 'POST', '/v1/costs', {
        ...{ year, kind, fen, related: true, ground: '按合同' },
      }),
      201,
    );
  /** The cost of a year reported: what products share is laid on those named in equal parts. Answers the report. */
  const report = async (jurisdiction: string, year: number, products: readonly string[]): Promise<string> => {
    const { operator } = pricingPeople(jurisdiction);
    const key = { year, key: 'equal', products, ground: '共同平台' };
    if (products.length > 0) await must(the.call(operator, 'POST', '/v1/allocation-keys', key), 201);
    const filed = await must(the.call(operator, 'POST', '/v1/cost-reports', { year }), 201);
    return String(filed['report']);
  };
  /** A report returned: its year is open again. */
  const returned = (jurisdiction: string, filed: string) => {
    const answer = { outcome: 'return', reasons: [{ code: 'figuresIncomplete', text: '漏记成本' }] };
    const { bureau } = pricingPeople(jurisdiction);
    return must(the.call(bureau, 'POST', `/v1/cost-reports/${filed}/answer`, answer), 200);
  };
  let usages = 0;
  /** A record of use; by the first merchant for industry unless said otherwise. */
  const use = (product: string, usedOn: string, qty: number | string, change: object = {}) => {
    usages += 1;
    return {
      ...{ id: `u-${usages}`, product, unit: 'call', qty, merchant: 'merchant-1', class: 'general' },
      ...{ purpose: 'industry', usedOn, ...change },
    };
  };
  const record = (jurisdiction: string, records: object[]) =>
    must(the.call(pricingPeople(jurisdiction).operator, 'POST', '/v1/usage', { records }), 200);
  const bill = (jurisdiction: string, period: string) =>
    the.call(pricingPeople(jurisdiction).operator, 'POST', '/v1/bills', { period });
  /** Terms of sharing of a year, recorded by the bureau and agreed by the operator. */
  const agree = async (
    jurisdiction: string,
    year: number,
    parties: readonly { id: string; kind: string; factor: string }[],
    resourceFeeRate = '0.03',
  ) => {
    const { bureau, operator } = pricingPeople(jurisdiction);
    const document = await the.upload(jurisdiction, 'city-bureau', '授权运营协议');
    const terms = await must(
      the.call(bureau, 'POST', '/v1/sharing-terms', {
        ...{ operator: 'operator', year, agreement: 'YY-2024-1', resourceFeeRate, parties, document },
      }),
      201,
    );
    const { hash } = terms;
    return must(the.call(operator, 'POST', `/v1/sharing-terms/${terms['terms']}/agreement`, { hash }), 200);
  };
  return { ...the, db, tariff, permit, cost, report, returned, use, record, bill, agree, must, caseOf };
};
