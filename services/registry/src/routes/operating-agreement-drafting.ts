/** Acts before an agreement is in force: revised, consulted on, its term set, signed over its hash, withdrawn (O4–O6). */
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { claimMandate, mustStandBeside } from '@gongshu/infra/operating-agreements/claims';
import type { AgreementTables } from '@gongshu/infra/operating-agreements/tables';
import type { RouteApp } from '@gongshu/infra/procedures/act-route';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { businessDateOf } from '@gongshu/shared/business-date';
import { partiesOf } from '@gongshu/shared/operating-agreement/standing';
import type {
  AgreementAct,
  AgreementFacts,
  AgreementStart,
  AgreementState,
} from '@gongshu/shared/operating-agreement/types';
import { clauseOfRule, ruleOf } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { actRoute, clause, type On } from '../operating-agreements/acting.ts';
import { Draft } from '../operating-agreements/contents.ts';
import { admit, judged } from '../operating-agreements/draft.ts';
import { agreementDb } from '../operating-agreements/open.ts';
import { baseOf } from '../operating-agreements/origin.ts';
import { mustBeWhole, writeText } from '../operating-agreements/texts.ts';

const stateOf = ({ row }: On): AgreementState => row.state as unknown as AgreementState;
const factsOf = ({ row }: On): AgreementFacts => row.start.facts as AgreementFacts;
/** The text that waits for signatures. */
const toSign = (state: AgreementState) => state.amendment?.terms ?? state.terms;

/** A body that is no party does not find what is to be signed. */
const mustBeParty = (on: On): void => {
  const { authority } = on.row;
  const { organisation } = on.request.actor;
  const parties = partiesOf({ authority, facts: factsOf(on) } as AgreementStart, toSign(stateOf(on)));
  if (organisation === null || !parties.includes(organisation)) throw problem('notFound');
};

/** Under the case's lock: the text as it was rendered, the hash its own, and its mandate held beside the others. */
const holdMandate = async (
  trx: Transaction<AgreementTables>,
  on: On,
  { hash, at }: { hash: string; at: Date },
): Promise<void> => {
  const { case_no: caseNo } = on.row;
  const row = await trx
    .selectFrom('procedure')
    .select(['state', 'stage'])
    .where('case_no', '=', caseNo)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const state = row.state as unknown as AgreementState;
  const { document, mandate } = toSign(state);
  if (document !== hash) throw problem('agreementHashDiffers');
  if (state.stage !== 'signing' && !state.amendment) return;
  await mustBeWhole(trx, caseNo, hash);
  await claimMandate(trx, on.pack, { caseNo, predecessor: factsOf(on).predecessor, mandate, at });
};

/** A revised text: judged against what stood, written beside the case. */
const revised = async (deps: ProcedureDeps, draft: Draft, on: On) => {
  const { row, pack, request } = on;
  const { operator, predecessor, origin } = factsOf(on);
  const { case_no: caseNo, authority } = row;
  const { organisation } = request.actor;
  const db = agreementDb(deps);
  const at = await request.lawNow();
  const { version, mandate: before } = stateOf(on).terms;
  if (origin === 'selection' && draft.mandate && draft.mandate.mode !== before.mode)
    throw problem('mandateNotSelected');
  const made = await judged(db, pack, draft, await baseOf(db, row), { version, at });
  const act = { kind: 'reviseAgreement', terms: {} as never } as Extract<
    AgreementAct,
    { kind: 'reviseAgreement' }
  >;
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

export const draftingRoutes = (app: RouteApp, deps: ProcedureDeps): void => {
  actRoute(app, deps, {
    ...{ path: 'revision', permission: 'manageOperatingAgreement', body: Draft },
    summary: '修改协议文本 · The bureau revises the draft; signatures given so far are void',
    make: (draft, on) => revised(deps, draft, on),
  });
  actRoute(app, deps, {
    ...{ path: 'consultation', permission: 'manageOperatingAgreement' },
    summary: '征求意见 · The bureau records that the draft was consulted on (national art. 13)',
    body: z.strictObject({ on: z.iso.date(), document: DocumentHash }),
    make: async ({ on: day, document }, on) => {
      if (day > businessDateOf((await on.request.lawNow()).getTime()))
        throw problem('broughtInFuture', { params: { on: day } });
      return {
        article: clauseOfRule(on.pack, ruleOf(on.pack, 'operatorSelection', 'route')),
        act: { kind: 'recordConsultation', on: day, document },
        documents: [{ hash: document, role: 'consultation', pointer: '/body/document' }],
      };
    },
  });
  actRoute(app, deps, {
    ...{ path: 'term-confirmation', permission: 'signOperatingAgreement' },
    summary: '共同确定期限 · A source department sets the term together with the authority (Shuozhou 八)',
    body: z.strictObject({ months: z.int().min(1).max(600) }),
    make: ({ months }, on) => {
      const { organisation } = on.request.actor;
      if (organisation === null || !stateOf(on).terms.termSetters.includes(organisation))
        throw problem('notFound');
      return { ...clause(on.pack, 'termSetBy'), act: { kind: 'confirmTerm', months } };
    },
  });
  actRoute(app, deps, {
    ...{ path: 'signature', permission: 'signOperatingAgreement' },
    summary:
      '签署 · A party signs the rendered text by its hash; with the last one the agreement is in force',
    body: z.strictObject({ hash: DocumentHash }),
    make: ({ hash }, on) => {
      mustBeParty(on);
      return {
        act: { kind: 'signOperatingAgreement', hash },
        also: (trx, { receivedAt }) =>
          holdMandate(trx as unknown as Transaction<AgreementTables>, on, { hash, at: receivedAt }),
      };
    },
    then: (_given, { row, request }) => tellPredecessor(deps, row.case_no, request.actor.jurisdiction),
  });
  actRoute(app, deps, {
    ...{ path: 'withdrawal', permission: 'manageOperatingAgreement' },
    summary: '撤回协议草案 · The bureau withdraws the draft before it is in force',
    body: z.strictObject({}),
    make: () => ({ act: { kind: 'withdrawAgreement' } }),
  });
};

/** The agreement that was followed hears of it at once; the deliverer tells it within seconds otherwise. */
const tellPredecessor = async (deps: ProcedureDeps, caseNo: string, jurisdiction: string): Promise<void> => {
  const row = await agreementDb(deps)
    .selectFrom('operating_agreement')
    .select('predecessor')
    .where('case_no', '=', caseNo)
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirst();
  if (!row?.predecessor) return;
  const waiting = await deps.db
    .selectFrom('intake')
    .select('receipt')
    .where('case_no', '=', row.predecessor)
    .where('act', '=', 'succeedAgreement')
    .where('state', '=', 'taken')
    .execute();
  for (const { receipt } of waiting) await deps.deliver(receipt);
};
