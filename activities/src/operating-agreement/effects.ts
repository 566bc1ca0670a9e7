/** What an operating agreement changes beside its case: the mandate, what is published of it, its filings, the one it follows. */
import { answerFiling, fileOut } from '@gongshu/infra/filings/file-out';
import { tellProcedure } from '@gongshu/infra/procedures/tell';
import { releaseMandate } from '@gongshu/infra/operating-agreements/claims';
import type { AgreementTables } from '@gongshu/infra/operating-agreements/tables';
import { publish, withdrawAllOf } from '@gongshu/infra/publications/publish';
import type { MandateTable } from '@gongshu/infra/mandates/tables';
import { holdUnderOrders } from '@gongshu/infra/supply-orders/hold';
import { disclosure } from '@gongshu/infra/supply-orders/keep';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { AgreementStart } from '@gongshu/shared/operating-agreement/types';
import type { Transaction } from 'kysely';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<AgreementTables>;
type Told = Omit<EffectOf, 'start'> & { start: AgreementStart };

type MandateTold = Pick<MandateTable, 'operator' | 'mode' | 'fields' | 'scenarios'> & {
  agreement: string;
  from: string;
  until: string;
};
const mandateRow = ({ start, entry }: Told, state: MandateTable['state']): MandateTable => {
  const { agreement, operator, mode, fields, scenarios, from, until } = entry.data as MandateTold;
  const { jurisdiction } = start;
  return {
    ...{ agreement_no: agreement, jurisdiction, operator, mode, fields, scenarios },
    ...{ from_on: from, until_on: until, state },
  };
};

const writeMandate = async (trx: Trx, told: Told, state: MandateTable['state']): Promise<void> => {
  const row = mandateRow(told, state);
  await trx
    .insertInto('mandate')
    .values(row)
    .onConflict((conflict) => conflict.column('agreement_no').doUpdateSet(row))
    .execute();
};

/** Who operates what, and until when, at the public address; an earlier version is current no more. */
const publishMandate = async (trx: Trx, { start, entry, actor }: Told): Promise<void> => {
  const { operator, mode, fields, scenarios, from, until, version, document } = entry.data as Record<
    string,
    string
  >;
  const { caseNo, jurisdiction, authority } = start;
  const named = await trx
    .selectFrom('party')
    .select(['id', 'name'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', 'in', [operator ?? '', authority])
    .execute();
  const nameOf = (id: string | undefined) => named.find((one) => one.id === id)?.name ?? id;
  const at = new Date(entry.at);
  await unpublish(trx, { start, entry, actor } as Told, 'replaced');
  await publish(trx, {
    ...{ jurisdiction, subject: caseNo, kind: 'operatingAgreement', at, actor, rests: entry.rests },
    title: { zh: '公共数据资源授权运营协议生效', en: 'Operating agreement in force' },
    content: {
      ...{ agreement: caseNo, version, authority: nameOf(authority), operator: nameOf(operator) },
      ...{ mode, fields, scenarios, from, until, document },
    },
    from: businessDateOf(entry.at),
    until: until ?? null,
  });
};

const unpublish = (trx: Trx, { start, entry, actor }: Told, code: string): Promise<void> =>
  withdrawAllOf(trx, {
    ...{ subject: start.caseNo, kind: 'operatingAgreement', reason: { code }, rests: entry.rests, actor },
    at: new Date(entry.at),
  });

/** The agreement it follows is over from now on, and hears of it. */
const followOn = async (trx: Trx, { start, entry, actor }: Told): Promise<void> => {
  const { predecessor, origin } = start.facts;
  if (predecessor === null) return;
  await trx.updateTable('mandate').set({ state: 'ended' }).where('agreement_no', '=', predecessor).execute();
  const act = { kind: 'succeedAgreement', successor: start.caseNo, origin };
  const { jurisdiction } = start;
  await tellProcedure(trx, { jurisdiction, caseNo: predecessor, act }, actor, new Date(entry.at));
};

const filed = async (trx: Trx, { start, entry }: Told): Promise<void> => {
  const { filing, to, document, version } = entry.data as Record<'filing' | 'to' | 'document', string> & {
    version: number;
  };
  const text = await trx
    .selectFrom('operating_agreement_text')
    .select(['document', 'terms'])
    .where('case_no', '=', start.caseNo)
    .where('document_hash', '=', document)
    .orderBy('rendering', 'desc')
    .executeTakeFirst();
  await fileOut(trx, {
    ...{ filing, to, caseNo: start.caseNo, jurisdiction: start.jurisdiction, at: new Date(entry.at) },
    content: {
      agreement: start.caseNo,
      version,
      document,
      text: text?.document ?? null,
      terms: text?.terms ?? null,
    },
    documents: [],
  });
};

const answered = async (trx: Trx, { entry }: Told, state: 'receipted' | 'returned'): Promise<void> => {
  const { filing, on, number, document, reasonCodes } = entry.data as Record<
    'filing' | 'on' | 'document',
    string
  > & { number?: string; reasonCodes?: string[] };
  await answerFiling(trx, {
    ...{ filing, state, on, document, at: new Date(entry.at) },
    ...(number !== undefined && { number }),
    ...(reasonCodes !== undefined && { reasonCodes }),
  });
};

const setState = async (trx: Trx, { start }: Told, state: MandateTable['state']): Promise<void> => {
  await trx.updateTable('mandate').set({ state }).where('agreement_no', '=', start.caseNo).execute();
};

/** Its mandate's state after an amendment is what it was: a suspended one stays suspended. */
const amended = async (trx: Trx, told: Told): Promise<void> => {
  const row = await trx
    .selectFrom('mandate')
    .select('state')
    .where('agreement_no', '=', told.start.caseNo)
    .executeTakeFirst();
  await writeMandate(trx, told, row?.state ?? 'inForce');
};

/** An order may stand over its operator already (decision 0031): it rests with its case's next act. */
const heldFromBeginning = (trx: Trx, { start, entry }: Told): Promise<void> =>
  holdUnderOrders(
    trx,
    { jurisdiction: start.jurisdiction, kind: 'agreement', caseNo: start.caseNo },
    { body: start.facts.operator },
    { actor: disclosure, at: new Date(entry.at) },
  );

export const operatingAgreementEffects: Effects = async (anyTrx, of) => {
  const trx = anyTrx as unknown as Trx;
  const told = of as Told;
  const { caseNo } = told.start;
  switch (told.entry.kind) {
    case 'inForce':
      await writeMandate(trx, told, 'inForce');
      await heldFromBeginning(trx, told);
      await releaseMandate(trx, caseNo);
      await followOn(trx, told);
      await publishMandate(trx, told);
      break;
    case 'amended':
      await amended(trx, told);
      await releaseMandate(trx, caseNo);
      await publishMandate(trx, told);
      break;
    case 'suspended':
      await setState(trx, told, 'suspended');
      break;
    case 'restored':
      await setState(trx, told, 'inForce');
      break;
    case 'ended':
      await setState(trx, told, 'ended');
      await releaseMandate(trx, caseNo);
      await unpublish(trx, told, 'ended');
      break;
    case 'revised':
    case 'amendmentWithdrawn':
      await releaseMandate(trx, caseNo);
      break;
    case 'withdrawn':
      await releaseMandate(trx, caseNo);
      await trx
        .updateTable('operating_agreement')
        .set({ withdrawn: true })
        .where('case_no', '=', caseNo)
        .execute();
      break;
    case 'filed':
      await filed(trx, told);
      break;
    case 'filingReceipted':
      await answered(trx, told, 'receipted');
      break;
    case 'filingReturned':
      await answered(trx, told, 'returned');
      break;
    default:
      break;
  }
};
