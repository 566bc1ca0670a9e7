/** The first lock by the registry's own routes: people of the operator's register, checkers named, votes cast. */
import type { EgressRules } from '@gongshu/shared/product/rules';
import type { EgressState } from '@gongshu/shared/product/types';
import { sql } from 'kysely';
import { gradedFields, productPeople, type Products, resource, saidScan } from './products.ts';

/** What a checker is asked about, and how a vote that passes it all looks. */
type Ballot = {
  round: number;
  fields: { field: string; pass: boolean; reasons?: object[] }[];
  exceptions: { exception: number; accept: boolean; reason?: object }[];
  sources: { source: string; confirmed: boolean; reason?: object }[];
};

const staffNo = (number: number): string => `RY-00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
let people = 0;

export const checkSteps = (the: Products, city: string) => {
  const { operator, bureau, merchant, rival, department, auditor } = productPeople(city);
  const seat = (account: string) => ({ ...operator, subject: account });
  /** A person with all on record that any pack asks, save what is changed. Answers the number in the register. */
  const person = async (account: string, change: Record<string, string | null> = {}): Promise<string> => {
    people += 1;
    const row = {
      ...{ id: staffNo(people), jurisdiction: city, organisation: 'operator', account, name: '张三' },
      ...{ identity_how: 'idCard', identity_salt: 'x', identity_hash: 'y', identity_document: 'sha256:0' },
      ...{ identity_on: '2024-01-02', filed_on: '2024-01-02' },
      ...{ vetting_result: 'passed', vetting_document: 'sha256:0', vetted_on: '2024-01-02' },
      ...{ confidentiality_document: 'sha256:0', confidentiality_on: '2024-01-02' },
      ...{ registered_by: 'someone', registered_at: '2024-01-02T09:00:00+08:00' },
      ...change,
    };
    const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
    await sql`insert into registry.staff (${columns}) values (${sql.join(Object.values(row))})`.execute(
      the.db,
    );
    return row.id;
  };
  const name = (caseNo: string, ...checkers: string[]) => the.act(operator, caseNo, 'checkers', { checkers });
  /** A submission whose evidence stands and whose checkers are named: accounts `a-<n>` and `b-<n>`. */
  const underCheck = async (
    given: Parameters<Products['submit']>[1] = {},
  ): Promise<{ caseNo: string; first: string; second: string }> => {
    const caseNo = await the.submit(city, given);
    const [first, second] = [`a-${people}`, `b-${people}`];
    const { status, code } = await name(caseNo, await person(first), await person(second));
    if (status !== 200) throw new Error(`checkers of ${caseNo}: ${code}`);
    return { caseNo, first, second };
  };
  /** A whole vote that passes everything, as the case asks it now. */
  const ballot = async (caseNo: string): Promise<Ballot> => {
    const { start, state } = await the.row(caseNo);
    const { round, exceptions, attempt } = state as EgressState;
    const { contents } = await the.db
      .selectFrom('product_artefact')
      .select('contents')
      .where('case_no', '=', caseNo)
      .where('attempt', '=', attempt)
      .executeTakeFirstOrThrow();
    return {
      round,
      fields: (start.rules as EgressRules).fields.map((field) => ({ field, pass: true })),
      exceptions: exceptions.map(({ number }) => ({ exception: number, accept: true })),
      sources: contents.publicSources.map((one) => ({ source: one.resource, confirmed: true })),
    };
  };
  const vote = async (caseNo: string, account: string, change: Partial<Ballot> = {}, key?: string) => {
    const answer = await the.call(
      seat(account),
      'POST',
      `/v1/egress-cases/${caseNo}/votes`,
      { ...(await ballot(caseNo)), ...change },
      key,
    );
    return { status: answer.statusCode, ...answer.json<{ code?: string; errors?: { pointer: string }[] }>() };
  };
  /** Fields of a vote that refuses one of them. */
  const refusing = async (caseNo: string, text: string, code = 'reversible'): Promise<Ballot['fields']> => {
    const { fields } = await ballot(caseNo);
    const [first, ...others] = fields;
    return [{ field: first?.field ?? '', pass: false, reasons: [{ code, text }] }, ...others];
  };
  const votes = async (caseNo: string, who: Parameters<typeof the.call>[0] = bureau) =>
    (await the.call(who, 'GET', `/v1/egress-cases/${caseNo}/votes`)).json<{
      spoken: number;
      round: number;
      checkers: string[] | null;
      rounds: {
        passed: boolean;
        round: number;
        votes: { checker: string | null; reasons: { text: string }[] }[];
      }[];
    }>();
  const who = { operator, bureau, merchant, rival, department, auditor };
  return { who, seat, person, name, underCheck, ballot, vote, refusing, votes };
};

/** A source as contents declare it lawfully public. */
export const publicSource = {
  ...{ resource, ground: 'publicByLaw', basis: '政府信息公开条例 第二十条' },
  ...{ address: 'https://www.example.com/open/parking', on: '2024-02-20' },
};

/** An engine that finds rows of the source in every artefact; what is said of the source decides elsewhere. */
export const rawScan: typeof saidScan = async (ask, options) => ({
  ...(await saidScan(ask, options)),
  raw: [
    {
      ...{ source: resource, sheet: null, fields: Object.keys(gradedFields).slice(0, 3) },
      ...{ shareOfProduct: 0.5, rows: 30, lawfullyPublic: true },
    },
  ],
});
