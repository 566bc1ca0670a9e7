/**
 * What a merchant that is signed in reads of its own complaints, and which complaints are about a case (S4): the case says
 * who complained, so that it is read on record, as the identity is; of an anonymous complaint with the identity alone.
 */
import type { ProcedureView, ProcedureRowView } from '@gongshu/infra/procedures/view';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { IntakeText } from '@gongshu/infra/cases/tables';
import type { ComplaintFacts } from '@gongshu/shared/complaint/types';
import type { ProcedureStart } from '@gongshu/shared/procedure/machine';
import type { ComplaintRules } from '@gongshu/shared/complaint/rules';
import { type Kysely, sql } from 'kysely';
import { ownLimits, tellsWords, toldIn, wordsOf } from './own.ts';
import { type Reader, recordReading } from './identity.ts';
import type { ComplaintTables } from './tables.ts';

type Db = Kysely<ComplaintTables>;

/** Complaints that a merchant of the city brought under its account, for the list of procedures. */
export const broughtBy = (organisation: string) => sql<boolean>`exists (
  select
  from complainant
  where complainant.case_no = procedure.case_no
    and complainant.organisation = ${organisation}
    and procedure.start -> 'facts' ->> 'from' = 'merchant'
)`;

/** The merchant of the city that brought a complaint under its account; `null` for the public. */
export const bringerOf = async (db: Db, caseNo: string): Promise<string | null> => {
  const row = await db
    .selectFrom('complainant')
    .innerJoin('procedure', 'procedure.case_no', 'complainant.case_no')
    .select('complainant.organisation')
    .where('complainant.case_no', '=', caseNo)
    .where(sql<boolean>`procedure.start -> 'facts' ->> 'from' = 'merchant'`)
    .executeTakeFirst();
  return row?.organisation ?? null;
};

const factsOf = (row: ProcedureRow) => row.start as ProcedureStart<ComplaintRules, ComplaintFacts>;

/** Named complaints of a city about one case, newest first; that they are about it says who complained: read on record. */
export const complaintsAbout = (
  db: Db,
  linkedCase: string,
  { jurisdiction, actor, at }: { jurisdiction: string; actor: Reader; at: Date },
) =>
  db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('procedure')
      .innerJoin('complainant', 'complainant.case_no', 'procedure.case_no')
      .select(['procedure.case_no', 'procedure.stage', 'procedure.outcome', 'procedure.opened_at'])
      .where('procedure.jurisdiction', '=', jurisdiction)
      .where('complainant.linked_case', '=', linkedCase)
      .where('complainant.name', 'is not', null)
      .orderBy('procedure.case_no', 'desc')
      .limit(100)
      .execute();
    for (const { case_no: caseNo } of rows)
      await recordReading(trx, { caseNo, jurisdiction, purpose: 'verify', actor, at });
    return rows;
  });

/** As a line: what it may do itself, and nothing of who was asked. */
export const ownRow = <V extends ProcedureRowView>(view: V): V => ({
  ...view,
  waitsFor: view.waitsFor.filter(({ role }) => role === 'public'),
});

const ownEntries = [
  ...['opened', 'accepted', 'deemedAccepted', 'factsSupplied', 'extended', 'reviewRequested'],
  ...['withdrawn', 'closed', ...toldIn],
];

/** The complaint as the merchant reads it: as by number and code, its own case beside it. */
export const ownView = async (db: Db, row: ProcedureRow, view: ProcedureView): Promise<ProcedureView> => {
  const { rules, facts } = factsOf(row);
  const link = await db
    .selectFrom('complainant')
    .select('linked_case')
    .where('case_no', '=', row.case_no)
    .executeTakeFirst();
  const said = await db
    .selectFrom('procedure_entry')
    .innerJoin('intake_text', 'intake_text.receipt', 'procedure_entry.receipt')
    .select(['position', 'intake_text.body'])
    .where('case_no', '=', row.case_no)
    .where('kind', 'in', toldIn)
    .execute();
  const bodies = new Map(said.map(({ position, body }): [number, IntakeText | null] => [position, body]));
  const { stage, outcome, result } = view.state;
  return {
    ...ownRow(view),
    facts: { ...view.facts, linkedCase: link?.linked_case ?? null },
    state: { stage, outcome, result },
    periods: view.periods.filter(({ key }) => ownLimits.includes(key)),
    entries: view.entries
      .filter(({ kind }) => ownEntries.includes(kind))
      .map((one) => {
        const words = tellsWords(rules, facts, one.kind) ? wordsOf(bodies.get(one.position) ?? null) : null;
        return { ...one, by: null, data: {}, words: words === null ? null : { reason: words } };
      }),
    documents: [],
  };
};
