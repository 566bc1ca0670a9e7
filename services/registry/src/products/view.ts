/** A product's case as its readers read it: who checks is shown to the operator and the authorities, votes to nobody here. */
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { readerOf } from '@gongshu/infra/procedures/reader';
import { procedureView, ProcedureRowView, ProcedureView } from '@gongshu/infra/procedures/view';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { refusalReasons, scanVerdicts } from '@gongshu/shared/egress/report';
import type { Actor } from '@gongshu/shared/may';
import { ProductContents } from '@gongshu/shared/product/contents';
import { refusalOf } from '@gongshu/shared/product/evidence-report';
import type { EgressState } from '@gongshu/shared/product/types';
import type { EgressRules } from '@gongshu/shared/product/rules';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { factsOf, type Shown, shownTo } from './object.ts';

const About = {
  product: z.string(),
  version: z.int(),
  name: z.string(),
  owner: z.string(),
  class: z.string(),
  purpose: z.string(),
  registrationCode: z.string().nullable(),
};

export const EgressRowView = ProcedureRowView.extend(About).meta({ id: 'EgressCaseRow' });
export type EgressRowView = z.infer<typeof EgressRowView>;

export const EgressCaseView = ProcedureView.extend({
  ...About,
  localTerm: z.string().describe('The local word for the check'),
  contents: ProductContents.nullable().describe(
    'Of the artefact that counts; null for who only supplies data to it',
  ),
  evidence: z
    .object({
      attempt: z.int(),
      verdict: z.enum(scanVerdicts),
      reason: z.enum(refusalReasons).nullable().describe('Why the engine did not judge'),
      items: z.int(),
      report: z.string(),
    })
    .nullable(),
}).meta({ id: 'EgressCase' });
export type EgressCaseView = z.infer<typeof EgressCaseView>;

/** What a list shows beside a case's row. */
export type AboutRow = {
  case_no: string;
  product_no: string;
  version: number;
  name: string;
  owner: string;
  class: string;
  purpose: string;
  registration_code: string | null;
};

export const aboutOf = async (
  db: Kysely<ProductTables>,
  caseNos: readonly string[],
): Promise<ReadonlyMap<string, AboutRow>> => {
  if (caseNos.length === 0) return new Map();
  const rows = await db
    .selectFrom('product_version')
    .innerJoin('product', 'product.product_no', 'product_version.product_no')
    .select(['product_version.case_no', 'product.product_no', 'product_version.version', 'product.name'])
    .select(['product.owner', 'product.class', 'product.purpose', 'product.registration_code'])
    .where('product_version.case_no', 'in', [...caseNos])
    .execute();
  return new Map(rows.map((row) => [row.case_no, row]));
};

export const aboutView = (about: AboutRow | undefined) => ({
  ...{ product: about?.product_no ?? '', version: about?.version ?? 0, name: about?.name ?? '' },
  ...{ owner: about?.owner ?? '', class: about?.class ?? '', purpose: about?.purpose ?? '' },
  registrationCode: about?.registration_code ?? null,
});

/** Accounts of people are for those who answer for them. */
export const stateShown = (state: Record<string, unknown>, shown: Shown): Record<string, unknown> => {
  const { checkers: _c, spoken, unheard: _u, authors: _a, author: _b, ...open } = state;
  const count = { spoken: Array.isArray(spoken) ? spoken.length : 0 };
  if (shown !== 'inner') return { ...open, ...count };
  return { ...open, ...count, checkers: state['checkers'] };
};

const evidenceOf = async (db: Kysely<ProductTables>, row: ProcedureRow) => {
  const { attempt } = row.state as Partial<EgressState>;
  const found = await db
    .selectFrom('egress_evidence')
    .selectAll()
    .where('case_no', '=', row.case_no)
    .where('attempt', '=', attempt ?? 1)
    .executeTakeFirst();
  if (!found) return null;
  const { items } = await db
    .selectFrom('egress_item')
    .select((eb) => eb.fn.countAll<number>().as('items'))
    .where('case_no', '=', row.case_no)
    .where('attempt', '=', found.attempt)
    .executeTakeFirstOrThrow();
  return {
    ...{ attempt: found.attempt, verdict: found.verdict, reason: refusalOf(found.report) },
    ...{ items: Number(items), report: found.report_hash },
  };
};

export const egressCaseView = async (
  { db: caseDb, documents }: Pick<ProcedureDeps, 'db' | 'documents'>,
  row: ProcedureRow,
  { actor, handlers, now }: { actor: Actor; handlers: readonly string[]; now: Date },
): Promise<EgressCaseView> => {
  const db = caseDb as unknown as Kysely<ProductTables>;
  const shown = shownTo(actor, row);
  const reader = readerOf(actor, 'readEgressCases', handlers);
  const view = await procedureView(caseDb, row, { now, reader, documents });
  const about = (await aboutOf(db, [row.case_no])).get(row.case_no);
  const { attempt = 1 } = row.state as Partial<EgressState>;
  const artefact = await db
    .selectFrom('product_artefact')
    .select('contents')
    .where('case_no', '=', row.case_no)
    .where('attempt', '=', attempt)
    .executeTakeFirst();
  const { author: _author, ...facts } = factsOf(row);
  return {
    ...view,
    facts: shown === 'inner' ? view.facts : facts,
    ...aboutView(about),
    state: stateShown(view.state, shown),
    documents: shown === 'outer' ? [] : view.documents,
    localTerm: (row.start.rules as EgressRules).localTerm,
    contents: shown === 'outer' ? null : (artefact?.contents ?? null),
    evidence: await evidenceOf(db, row),
  };
};
