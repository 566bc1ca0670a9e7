/** Acts while an agreement runs: filed, amended by version, suspended, restored (O5, O7; 朔州 十（七）). */
import { Reason } from '@gongshu/infra/cases/case-routes';
import { CaseNo } from '@gongshu/infra/cases/view';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { mustHaveBeenSent } from '@gongshu/infra/filings/file-out';
import { mustStandBeside } from '@gongshu/infra/operating-agreements/claims';
import type { AgreementTables } from '@gongshu/infra/operating-agreements/tables';
import type { RouteApp } from '@gongshu/infra/procedures/act-route';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import type { AgreementAct, AgreementFacts, AgreementState } from '@gongshu/shared/operating-agreement/types';
import { problem } from '@gongshu/shared/problems';
import { clauseIn, ruleOf } from '@gongshu/shared/packs/pack';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { actRoute, clause, type On } from '../operating-agreements/acting.ts';
import { type AgreementContents, Draft } from '../operating-agreements/contents.ts';
import { admit, judged } from '../operating-agreements/draft.ts';
import { agreementDb } from '../operating-agreements/open.ts';
import { baseOf, mustBeEvaluated } from '../operating-agreements/origin.ts';
import { differencesOf, writeText } from '../operating-agreements/texts.ts';

const Reasons = z.array(Reason).min(1).max(50);
const codesOf = (reasons: z.output<typeof Reasons>): string[] => reasons.map(({ code }) => code);

const Amendment = Draft.extend({
  evaluation: CaseNo.optional().describe(
    'The evaluation that a change of scope rests on, where the pack asks',
  ),
});
type Amendment = z.output<typeof Amendment>;

/** What the operator is authorised for. */
const scopePlaces: ReadonlySet<string> = new Set(['mandate', 'items.resourceScope']);

/**
 * Where evaluation decides about scope (朔州 十（七）), a change of it names one of this agreement that has its result.
 * Throws `scopeChangeNotEvaluated`, `evaluationUnknown` (422).
 */
const mustBeDecidedByEvaluation = async (
  db: Kysely<AgreementTables>,
  { row, pack }: Pick<On, 'row' | 'pack'>,
  evaluation: string | undefined,
): Promise<void> => {
  if (!ruleOf(pack, 'evaluation', 'decides').value.includes('scope')) return;
  if (evaluation === undefined)
    throw problem('scopeChangeNotEvaluated', {
      ...clauseIn(pack, 'evaluation', 'decides'),
      errors: [
        {
          ...{ pointer: '/body/evaluation', code: 'scopeChangeNotEvaluated' },
          message: { zh: '请注明作为依据的年度评估', en: 'Name the evaluation it rests on' },
        },
      ],
    });
  await mustBeEvaluated(db, row, evaluation, ({ outcome }) => outcome !== null);
};

/** The next version, with what it changes; nothing changed is no amendment. */
const amended = async (deps: ProcedureDeps, draft: Amendment, on: On) => {
  const { row, pack, request } = on;
  const { operator, predecessor } = row.start.facts as AgreementFacts;
  const { case_no: caseNo, authority } = row;
  const { organisation } = request.actor;
  const state = row.state as unknown as AgreementState;
  const db = agreementDb(deps);
  const at = await request.lawNow();
  const base = await baseOf(db, row);
  const version = state.terms.version + 1;
  const made = await judged(db, pack, draft, base, { version, at, signedOn: state.signedOn });
  const differences = differencesOf(
    { terms: state.terms, contents: base.contents },
    { terms: { ...made.terms, content: '', document: '' }, contents: made.contents as AgreementContents },
  );
  if (differences.length === 0) throw problem('amendmentSame');
  const { evaluation } = draft;
  if (differences.some(({ place }) => scopePlaces.has(place)))
    await mustBeDecidedByEvaluation(db, on, evaluation);
  const act = {
    kind: 'proposeAmendment',
    terms: {} as never,
    differences: differences.map(({ place }) => place),
  } as Extract<AgreementAct, { kind: 'proposeAmendment' }>;
  return {
    ...clause(pack, 'contents'),
    act,
    also: async (caseTrx: unknown, { receivedAt }: { receivedAt: Date }): Promise<void> => {
      const trx = caseTrx as Transaction<AgreementTables>;
      await mustStandBeside(trx, pack, { caseNo, predecessor, mandate: made.terms.mandate, at: receivedAt });
      await admit(trx, caseNo, operator, made.terms);
      act.terms = await writeText(trx, {
        ...{ pack, caseNo, authority, operator, predecessor, organisation, ...made, at: receivedAt },
      });
    },
  };
};

export const runningRoutes = (app: RouteApp, deps: ProcedureDeps): void => {
  actRoute(app, deps, {
    ...{ path: 'filing', permission: 'manageOperatingAgreement', body: z.strictObject({}) },
    summary: '报送备案 · The bureau files the signed text with the province (national art. 13)',
    make: (_given, { pack }) => ({ ...clause(pack, 'filing'), act: { kind: 'fileAgreement' } }),
  });
  actRoute(app, deps, {
    ...{ path: 'filing/receipt', permission: 'answerFiling' },
    summary: '备案回执 · The province receipted the filing',
    body: z.strictObject({
      ...{ on: z.iso.date(), document: DocumentHash },
      number: z.string().regex(/^[\x21-\x7e]{1,80}$/),
    }),
    make: async ({ on, number, document }, { row, pack }) => {
      await mustHaveBeenSent(deps.db, row.case_no);
      return {
        ...clause(pack, 'filing'),
        act: { kind: 'receiptAgreementFiling', on, number, document },
        documents: [{ hash: document, role: 'filingReceipt', pointer: '/body/document' }],
      };
    },
  });
  actRoute(app, deps, {
    ...{ path: 'filing/return', permission: 'answerFiling' },
    summary: '备案退回 · The province returned the filing, with reasons',
    body: z.strictObject({ on: z.iso.date(), document: DocumentHash, reasons: Reasons }),
    make: async ({ on, document, reasons }, { row, pack }) => {
      await mustHaveBeenSent(deps.db, row.case_no);
      return {
        ...clause(pack, 'filing'),
        act: { kind: 'returnAgreementFiling', on, document, reasonCodes: codesOf(reasons) },
        documents: [{ hash: document, role: 'filingReturn', pointer: '/body/document' }],
        text: { reasons },
      };
    },
  });
  actRoute(app, deps, {
    ...{ path: 'amendment', permission: 'manageOperatingAgreement', body: Amendment },
    summary:
      '提出变更 · The bureau proposes the next version; every party signs it anew (national art. 14(12))',
    make: (draft, on) => amended(deps, draft, on),
  });
  actRoute(app, deps, {
    ...{ path: 'amendment/withdrawal', permission: 'manageOperatingAgreement', body: z.strictObject({}) },
    summary: '撤回变更 · The bureau withdraws an amendment that is not signed by all',
    make: () => ({ act: { kind: 'withdrawAmendment' } }),
  });
  actRoute(app, deps, {
    ...{ path: 'suspension', permission: 'manageOperatingAgreement' },
    summary:
      '暂停授权运营 · The bureau suspends the mandate, with reasons and its document (Shuozhou 十（七）)',
    body: z.strictObject({ reasons: Reasons, document: DocumentHash }),
    make: ({ reasons, document }, { pack }) => ({
      ...clause(pack, 'suspension'),
      act: { kind: 'suspendAgreement', reasonCodes: codesOf(reasons), document },
      documents: [{ hash: document, role: 'suspension', pointer: '/body/document' }],
      text: { reasons },
    }),
  });
  actRoute(app, deps, {
    ...{ path: 'restoration', permission: 'manageOperatingAgreement' },
    summary: '恢复授权运营 · The bureau restores the mandate after rectification; the document says how',
    body: z.strictObject({ document: DocumentHash.describe('The rectification as it was accepted') }),
    make: ({ document }, { pack }) => ({
      ...clause(pack, 'suspension'),
      act: { kind: 'restoreAgreement', document },
      documents: [{ hash: document, role: 'rectification', pointer: '/body/document' }],
    }),
  });
};
