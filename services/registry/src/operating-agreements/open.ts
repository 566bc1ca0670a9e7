/** Opening the case of an agreement: its text, its bodies, its mandate asked for beside the others, in one transaction. */
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { mustStandBeside } from '@gongshu/infra/operating-agreements/claims';
import type { AgreementTables } from '@gongshu/infra/operating-agreements/tables';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import type { Opening } from '@gongshu/infra/procedures/open';
import { type AgreementRules, agreementRules } from '@gongshu/shared/operating-agreement/rules';
import type { AgreementFacts } from '@gongshu/shared/operating-agreement/types';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { Draft } from './contents.ts';
import { admit, judged } from './draft.ts';
import { mustBeFirst, mustBeParty, type Origin } from './origin.ts';
import { writeText } from './texts.ts';

export const agreementDb = ({ db }: Pick<ProcedureDeps, 'db'>): Kysely<AgreementTables> =>
  db as unknown as Kysely<AgreementTables>;

/** The pack of a city that has operating agreements. Throws `lifecycleNotInPack`. */
export const agreementPack = (packs: PackSet, jurisdiction: string): ResolvedPack => {
  const pack = packs.resolve(jurisdiction);
  if (!pack.rules['operatingAgreement'] || !pack.rules['mandate'] || !pack.rules['operatorSelection'])
    throw problem('lifecycleNotInPack', { params: { jurisdiction } });
  return pack;
};

/** The row an agreement's register holds beside its case. */
export const registerAgreement = async (
  trx: Transaction<AgreementTables>,
  {
    caseNo,
    jurisdiction,
    facts,
  }: { caseNo: string; jurisdiction: string; facts: Omit<AgreementFacts, 'terms' | 'broughtIn'> },
): Promise<void> => {
  const { operator, origin, selection, predecessor } = facts;
  await trx
    .insertInto('operating_agreement')
    .values({ case_no: caseNo, jurisdiction, operator, origin, selection, predecessor })
    .execute();
};

type Drafted = Pick<
  Opening<AgreementRules, AgreementFacts>,
  'kind' | 'pack' | 'authority' | 'rules' | 'facts'
>;

/** What opens the case of a draft. Judged here; written, and asked beside other mandates, with the case's row. */
export const draftOpening = async (
  deps: Pick<ProcedureDeps, 'db'>,
  pack: ResolvedPack,
  draft: Draft,
  { facts, base }: Origin,
  { organisation, at }: { organisation: string | null; at: Date },
): Promise<Drafted> => {
  const db = agreementDb(deps);
  const { jurisdiction } = pack;
  const made = await judged(db, pack, draft, base, { version: 1, at });
  if (facts.origin === 'selection' && draft.mandate && !sameMandate(draft.mandate, base.mandate))
    throw problem('mandateNotSelected');
  await mustBeFirst(db, facts);
  await mustBeParty(db, jurisdiction, facts.operator);
  const authority = await bureauOf(db, 'party', jurisdiction);
  return {
    ...{ kind: 'operatingAgreement', pack, authority, rules: agreementRules(pack) },
    facts: async (caseTrx, { caseNo, receivedAt }) => {
      const trx = caseTrx as unknown as Transaction<AgreementTables>;
      const { operator, predecessor } = facts;
      // Two drafts on the same come one after the other.
      await trx
        .selectFrom('procedure')
        .select('case_no')
        .where('case_no', '=', facts.selection ?? facts.predecessor)
        .forUpdate()
        .execute();
      await mustBeFirst(trx, facts);
      await mustStandBeside(trx, pack, { caseNo, predecessor, mandate: made.terms.mandate, at: receivedAt });
      await registerAgreement(trx, { caseNo, jurisdiction, facts });
      await admit(trx, caseNo, operator, made.terms);
      const terms = await writeText(trx, {
        ...{ pack, caseNo, authority, operator, predecessor, organisation, ...made, at: receivedAt },
      });
      return { ...facts, terms, broughtIn: null };
    },
  };
};

const sameMandate = (a: Origin['base']['mandate'], b: Origin['base']['mandate']): boolean =>
  a.mode === b.mode &&
  a.fields.toSorted().join(' ') === b.fields.toSorted().join(' ') &&
  a.scenarios.toSorted().join(' ') === b.scenarios.toSorted().join(' ');
