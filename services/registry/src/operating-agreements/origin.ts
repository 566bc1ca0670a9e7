/** Where an agreement comes from (O4, O8): a selection that ended with a winner, or an agreement renewed by evaluation. */
import type { AgreementTables } from '@gongshu/infra/operating-agreements/tables';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { AgreementFacts, AgreementState } from '@gongshu/shared/operating-agreement/types';
import { problem } from '@gongshu/shared/problems';
import type { SelectionFacts, SelectionState } from '@gongshu/shared/selection/types';
import type { Kysely } from 'kysely';
import type { AgreementContents } from './contents.ts';
import type { Base } from './draft.ts';
import { textOf } from './texts.ts';

export type Origin = { facts: Omit<AgreementFacts, 'terms' | 'broughtIn'>; base: Base };

const caseOf = (
  db: Kysely<AgreementTables>,
  jurisdiction: string,
  kind: ProcedureRow['kind'],
  caseNo: string,
): Promise<ProcedureRow | undefined> =>
  db
    .selectFrom('procedure')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('kind', '=', kind)
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirst();

/** Throws `agreementExists` (409) where another draft or agreement stands on the same. */
export const mustBeFirst = async (
  db: Kysely<AgreementTables>,
  { selection, predecessor }: Pick<AgreementFacts, 'selection' | 'predecessor'>,
): Promise<void> => {
  const row = await db
    .selectFrom('operating_agreement')
    .select('case_no')
    .where('withdrawn', '=', false)
    .where((eb) => eb.or([eb('selection', '=', selection), eb('predecessor', '=', predecessor)]))
    .executeTakeFirst();
  if (row) throw problem('agreementExists', { params: { caseNo: row.case_no } });
};

/** What a body may be to operate, once it was selected or was so on paper. */
export const operatorKinds: readonly string[] = ['operator', 'bidder'];

/** Throws `operatorNotAParty` (422) for a body that is not registered, or not as one of the `kinds`. */
export const mustBeParty = async (
  db: Kysely<AgreementTables>,
  jurisdiction: string,
  body: string,
  kinds?: readonly string[],
): Promise<void> => {
  const row = await db
    .selectFrom('party')
    .select(['id', 'kind'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', body)
    .executeTakeFirst();
  if (!row || (kinds && !kinds.includes(row.kind))) throw problem('operatorNotAParty', { params: { body } });
};

/** Throws `notFound`; `selectionNotEnded` (409) for one without a winner. */
export const fromSelection = async (
  db: Kysely<AgreementTables>,
  jurisdiction: string,
  selection: string,
): Promise<Origin> => {
  const row = await caseOf(db, jurisdiction, 'selection', selection);
  if (!row) throw problem('notFound');
  const { winner } = row.state as Partial<SelectionState>;
  if (row.outcome !== 'selected' || !winner) throw problem('selectionNotEnded');
  const { plan, mandate: chosen } = row.start.facts as SelectionFacts;
  const { termMonths, mode, fields, scenarios } = chosen;
  return {
    facts: { origin: 'selection', selection, predecessor: null, plan, operator: winner },
    base: {
      ...{ mandate: { mode, fields, scenarios }, termMonths, contents: null, ground: null },
      ...{ coSignatories: [], termSetters: [] },
    },
  };
};

/** What the agreement says now: the base of its renewal, of its amendment. */
export const baseOf = async (db: Kysely<AgreementTables>, row: ProcedureRow): Promise<Base> => {
  const { terms } = row.state as unknown as AgreementState;
  const text = await textOf(db, row.case_no, terms.version);
  const { mandate, termMonths, coSignatories, termSetters, ground } = terms;
  const contents = text.contents as AgreementContents | null;
  return { mandate, termMonths, contents, coSignatories, termSetters, ground };
};

/** The next agreement of the same operator. Throws `notFound`; `renewalNotDecided` (409) without an evaluation's word. */
export const fromAgreement = async (
  db: Kysely<AgreementTables>,
  jurisdiction: string,
  predecessor: string,
): Promise<Origin> => {
  const row = await caseOf(db, jurisdiction, 'operatingAgreement', predecessor);
  if (!row) throw problem('notFound');
  const { renewal } = row.state as Partial<AgreementState>;
  const outcome = renewal?.outcome;
  if (outcome !== 'renewed' && outcome !== 'reauthorised') throw problem('renewalNotDecided');
  return followingOf(db, row, outcome === 'renewed' ? 'renewal' : 'reauthorisation');
};

export const followingOf = async (
  db: Kysely<AgreementTables>,
  row: ProcedureRow,
  origin: 'renewal' | 'reauthorisation',
): Promise<Origin> => {
  const { plan, operator } = row.start.facts as AgreementFacts;
  return {
    facts: { origin, selection: null, predecessor: row.case_no, plan, operator },
    base: await baseOf(db, row),
  };
};

/** Throws `evaluationUnknown` (422) unless it is an evaluation of this agreement that stands as asked. */
export const mustBeEvaluated = async (
  db: Kysely<AgreementTables>,
  row: ProcedureRow,
  evaluation: string,
  stands: (found: { stage: string; outcome: string | null }) => boolean,
): Promise<void> => {
  const found = await caseOf(db, row.jurisdiction, 'evaluation', evaluation);
  const facts = found?.start.facts as { agreement?: string } | undefined;
  if (!found || facts?.agreement !== row.case_no || !stands(found))
    throw problem('evaluationUnknown', {
      errors: [
        {
          ...{ pointer: '/body/evaluation', code: 'evaluationUnknown' },
          message: { zh: '评估不属本协议或结果不符', en: 'Not of this agreement, or with another result' },
        },
      ],
    });
};
