/** An operating agreement concluded on paper (bring-in): no selection is replayed; its clocks start from its own days. */
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { receiptFor } from '@gongshu/infra/intake/take';
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { claimMandate } from '@gongshu/infra/operating-agreements/claims';
import type { AgreementTables } from '@gongshu/infra/operating-agreements/tables';
import { openProcedureWithin } from '@gongshu/infra/procedures/open';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { businessDateOf, endOfDay } from '@gongshu/shared/business-date';
import { type AgreementRules, agreementRules } from '@gongshu/shared/operating-agreement/rules';
import type { AgreementFacts } from '@gongshu/shared/operating-agreement/types';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { clauseOfRule, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { MandateGiven } from '../operating-agreements/contents.ts';
import { admit, mustBeWithinMaximum } from '../operating-agreements/draft.ts';
import { registerAgreement } from '../operating-agreements/open.ts';
import { mustBeParty, operatorKinds } from '../operating-agreements/origin.ts';
import { keepPaper } from '../operating-agreements/texts.ts';

type Trx = Transaction<AgreementTables>;

export const PaperDay = z.iso
  .date()
  .refine((day) => day >= '1990-01-01' && day < '2900', '年份超出范围 · out of range');

export const PaperAgreement = z.strictObject({
  operator: OrganisationId,
  signedOn: PaperDay.describe('When the last party signed'),
  termMonths: z.int().min(1).max(600),
  ground: DocumentHash.optional().describe('The ground of a term over the maximum in principle'),
  parties: z.array(OrganisationId).min(2).max(20).describe('Every body that signed the paper'),
  mandate: MandateGiven,
  itemsHash: DocumentHash.describe('Hash of the agreement’s items as the city keeps them'),
  documents: z.array(DocumentHash).min(1).max(50).describe('The paper, scanned; the first is the agreement'),
});
export type PaperAgreement = z.output<typeof PaperAgreement>;

export type By = { id: string; role: string; organisation: string | null };
export type BringIn = {
  pack: ResolvedPack;
  by: By;
  at: Date;
  calendarVersion: string;
  /** Tells the row's receipt apart from the other rows'. */
  key: string;
  url: string;
};

/** Throws `broughtInFuture`, `broughtInExpired` (422). `until` is its last day. */
export const mustRun = ({ from, until, at }: { from: string; until: string; at: Date }): void => {
  if (from > businessDateOf(at.getTime())) throw problem('broughtInFuture', { params: { on: from } });
  if (endOfDay(until) <= at.getTime()) throw problem('broughtInExpired', { params: { until } });
};

/** Opens the case of a paper agreement, in force at once; its receipt and its case. */
export const bringInAgreement = async (
  trx: Trx,
  paper: PaperAgreement,
  { pack, by, at, calendarVersion, key, url }: BringIn,
): Promise<{ receipt: string; caseNo: string }> => {
  const { jurisdiction } = pack;
  const authority = await bureauOf(trx, 'party', jurisdiction);
  const { operator, signedOn, termMonths, parties, mandate, itemsHash, documents } = paper;
  await mustBeParty(trx, jurisdiction, operator, operatorKinds);
  for (const body of [authority, operator])
    if (!parties.includes(body))
      throw problem('broughtInPartyMissing', {
        article: clauseOfRule(pack, ruleOf(pack, 'operatingAgreement', 'contents')),
        params: { body },
      });
  const ground = paper.ground ?? null;
  const until = mustBeWithinMaximum(pack, { signedOn, months: termMonths, ground });
  mustRun({ from: signedOn, until, at });
  const coSignatories = parties.filter((body) => body !== authority && body !== operator);
  for (const body of coSignatories) await mustBeParty(trx, jurisdiction, body);
  return openProcedureWithin<AgreementRules, AgreementFacts>(
    trx as never,
    {
      ...{ kind: 'operatingAgreement', pack, authority, by, calendarVersion, lawNow: at },
      rules: agreementRules(pack),
      facts: async (caseTrx, { caseNo, receivedAt }) => {
        const within = caseTrx as unknown as Trx;
        const cited = [...documents, ...(ground === null ? [] : [ground])].map((hash, index) => ({
          ...{ hash, pointer: index < documents.length ? `/body/documents/${index}` : '/body/ground' },
        }));
        await mustAllBeStored(within, { cited, organisation: by.organisation, jurisdiction });
        await claimMandate(within, pack, { caseNo, predecessor: null, mandate, at: receivedAt });
        const facts = {
          origin: 'broughtIn' as const,
          selection: null,
          predecessor: null,
          plan: null,
          operator,
        };
        await registerAgreement(within, { caseNo, jurisdiction, facts });
        const terms = {
          ...{ version: 1, content: itemsHash, document: documents[0] ?? itemsHash, termMonths, ground },
          ...{ mandate, coSignatories, termSetters: [] },
        };
        await admit(within, caseNo, operator, terms);
        await keepPaper(within, caseNo, terms, receivedAt);
        for (const { hash } of cited)
          await linkDocument(within, {
            ...{
              hash,
              jurisdiction,
              caseNo,
              role: 'broughtIn',
              by: by.organisation ?? by.id,
              at: receivedAt,
            },
          });
        return { ...facts, terms, broughtIn: { signedOn, lastDay: until, parties, documents } };
      },
    },
    receiptFor(by.id, key, url),
  );
};
