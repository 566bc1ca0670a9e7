/** Drafting (O4–O6, O12): the whole of what is drafted is judged before anything is written. */

import { takePart } from '@gongshu/infra/procedures/bodies';
import type { AgreementTables } from '@gongshu/infra/operating-agreements/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import { termPreview } from '@gongshu/shared/mandate/term';
import type { Mandate } from '@gongshu/shared/operating-agreement/overlap';
import type { AgreementVersion } from '@gongshu/shared/operating-agreement/types';
import { citedArticle, clauseOfRule, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { problem, type ProblemCode } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import { type AgreementContents, type Draft, mustBeComplete } from './contents.ts';
import type { Unrendered } from './texts.ts';

type Trx = Transaction<AgreementTables>;

/** What a draft starts from: the selection's choice, or the text before it. */
export type Base = {
  mandate: Mandate;
  termMonths: number;
  contents: AgreementContents | null;
  coSignatories: string[];
  termSetters: string[];
  ground: string | null;
};

/**
 * A term over the pack's maximum, by the code of the term preview. Throws `termOverMaximum`, `groundMissing` (422) with
 * the article.
 */
export const mustBeWithinMaximum = (
  pack: ResolvedPack,
  { signedOn, months, ground }: { signedOn: string; months: number; ground: string | null },
): string => {
  const question = { jurisdiction: pack.jurisdiction, signedOn, months, groundRecorded: ground !== null };
  const answer = termPreview(question, pack);
  if (!('lastDay' in answer)) throw new TypeError('a term was asked for');
  const [refused] = answer.refused ?? [];
  if (refused)
    throw problem(refused.code as ProblemCode, {
      ...citedArticle(ruleOf(pack, 'operatingAgreement', 'term')),
      params: { years: answer.maximum.years },
      errors: [{ pointer: '/body/termMonths', code: refused.code, message: refused.message }],
    });
  return answer.lastDay;
};

/** Throws `notADepartment` (422) for a body that is no source department of the city. */
const mustBeDepartments = async (
  db: Kysely<AgreementTables>,
  jurisdiction: string,
  ids: string[],
): Promise<void> => {
  if (ids.length === 0) return;
  const rows = await db
    .selectFrom('party')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', 'in', ['sourceDepartment', 'countyBureau'])
    .where('successor', 'is', null)
    .where('id', 'in', ids)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  const body = ids.find((id) => !known.has(id));
  if (body !== undefined) throw problem('notADepartment', { params: { body } });
};

/** Who signs beside the authority, and who sets the term with it, by the pack. */
const mustBeBodiesOfPack = (pack: ResolvedPack, { coSignatories, termSetters }: Unrendered): void => {
  const signedBy = ruleOf(pack, 'operatorSelection', 'signedBy');
  if (coSignatories.length > 0 && signedBy.value === 'authority')
    throw problem('coSignatoryNotAllowed', { article: clauseOfRule(pack, signedBy) });
  const setBy = ruleOf(pack, 'operatingAgreement', 'termSetBy');
  if (setBy.value.includes('sourceDepartment') && termSetters.length === 0)
    throw problem('termSetterMissing', {
      article: clauseOfRule(pack, setBy),
      errors: [
        {
          ...{ pointer: '/body/termSetters', code: 'required' },
          message: { zh: '期限由主管部门和数源部门共同确定', en: 'They set the term with the authority' },
        },
      ],
    });
};

/**
 * The version a draft makes out of its base, judged whole: items, bodies, term, mandate. Throws what each is refused
 * with; nothing is written.
 */
export const judged = async (
  db: Kysely<AgreementTables>,
  pack: ResolvedPack,
  draft: Draft,
  base: Base,
  { version, at, signedOn }: { version: number; at: Date; signedOn?: string | null },
): Promise<{ terms: Unrendered; contents: AgreementContents }> => {
  const contents = draft.contents ?? base.contents ?? { title: '', items: {} };
  mustBeComplete(pack, contents);
  const mandate = draft.mandate ?? base.mandate;
  const terms: Unrendered = {
    version,
    termMonths: draft.termMonths ?? base.termMonths,
    ground: draft.ground ?? base.ground,
    mandate,
    coSignatories: draft.coSignatories.length > 0 ? draft.coSignatories : base.coSignatories,
    termSetters: draft.termSetters.length > 0 ? draft.termSetters : base.termSetters,
  };
  mustBeBodiesOfPack(pack, terms);
  await mustBeDepartments(db, pack.jurisdiction, [...terms.coSignatories, ...terms.termSetters]);
  mustBeWithinMaximum(pack, {
    signedOn: signedOn ?? businessDateOf(at.getTime()),
    months: terms.termMonths,
    ground: terms.ground,
  });
  return { terms, contents };
};

/** The bodies of a version may read the case. */
export const admit = async (
  trx: Trx,
  caseNo: string,
  operator: string,
  { coSignatories, termSetters }: Pick<AgreementVersion, 'coSignatories' | 'termSetters'>,
): Promise<void> => {
  await takePart(trx, caseNo, [
    { organisation: operator, role: 'operator' },
    ...coSignatories.map((organisation) => ({ organisation, role: 'coSignatory' })),
    ...termSetters.map((organisation) => ({ organisation, role: 'termSetter' })),
  ]);
};
