/** What an onboarding's material must be: whole by the pack, the party's own, its documents uploaded before. */
import { mustLackNoPart } from '@gongshu/infra/cases/contents';
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import type { PartyRow } from '../queries/party.ts';
import { type Contents, documentsIn, identityParts } from './contents.ts';

/**
 * Throws `applicationIncomplete` (422) with everything that is missing: identity, each field of the pack's check, and
 * what the pack has filed with the authority (Shuozhou s.6(2)).
 */
export const mustBeWhole = (pack: ResolvedPack, contents: Contents): void => {
  const check = ruleOf(pack, 'merchantOnboarding', 'checkFields');
  const filing = ruleOf(pack, 'merchantOnboarding', 'filing');
  const lacking = [
    { rule: check, parts: [...identityParts, ...check.value] },
    { rule: filing, parts: filing.value === 'none' ? [] : filing.value.contents },
  ].flatMap(({ rule, parts }) =>
    parts.filter((part) => contents[part] === undefined).map((part) => ({ rule, part })),
  );
  mustLackNoPart(lacking);
};

/** Throws `usccDiffers` (422) where the credit code is not the one the party is registered with. */
export const mustBeTheParty = (party: Pick<PartyRow, 'uscc'>, { uscc }: Contents): void => {
  if (uscc === undefined || uscc === party.uscc) return;
  throw problem('usccDiffers', {
    errors: [
      {
        pointer: '/body/contents/uscc',
        code: 'usccDiffers',
        message: { zh: '与登记的代码不一致', en: 'It is not the registered code' },
      },
    ],
  });
};

/** Files the documents named with the case, once each. Throws `documentUnknown` (422) for what was not uploaded. */
export const fileDocuments = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  contents: Contents,
  by: { caseNo: string; jurisdiction: string; organisation: string; at: Date },
): Promise<void> => {
  const cited = documentsIn(contents);
  const { caseNo, jurisdiction, organisation, at } = by;
  await mustAllBeStored(trx, { cited, organisation, jurisdiction });
  for (const { hash, title, field } of cited)
    await linkDocument(trx, { hash, jurisdiction, caseNo, role: field, by: organisation, at, title });
};
