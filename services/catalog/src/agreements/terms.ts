/** What an agreement says, out of the approved application and what the parties give (Zhongwei art. 19, 20). */
import { citeText } from '@gongshu/shared/packs/resting-on';
import {
  type AgreementItem,
  type AgreementTerms,
  type AgreementWords,
  agreementItemCodes,
} from '@gongshu/shared/agreement/render';
import { businessDateOf } from '@gongshu/shared/business-date';
import { type BoundCondition, restrict, type ScopeEntry, scopeOf } from '@gongshu/shared/grant/scope';
import { isWithin, shortened, type Term } from '@gongshu/shared/grant/term';
import { articleOf, ruleOf } from '@gongshu/shared/packs/pack';
import { type ArticleRef, problem } from '@gongshu/shared/problems';
import type { ApplicationRow } from '@gongshu/infra/cases/acting';
import { type GrantDeps, type UseTrx, useArticle } from '../grants/deps.ts';

export type Rendering = {
  purpose: string;
  items: AgreementWords;
  term?: Term | undefined;
  /** By entry, the fields the parties agree on, where they are not all. */
  fields?: Record<string, string[]> | undefined;
};

type Contents = { scenario?: string; scope?: string; term?: Term };

/** Conditions of the reviews that approved; nobody who was silent set one. */
const conditionsOf = async (trx: UseTrx, caseNo: string): Promise<BoundCondition[]> => {
  const rows = await trx
    .selectFrom('decision')
    .innerJoin('turn', 'turn.turn_id', 'decision.turn_id')
    .select(['turn.organisation', 'decision.conditions'])
    .where('turn.case_no', '=', caseNo)
    .where('turn.step', '=', 'review')
    .where('decision.outcome', '=', 'approved')
    .orderBy('turn.turn_id')
    .execute();
  return rows.flatMap(({ organisation, conditions }) =>
    conditions.map((condition) => ({ organisation, ...condition })),
  );
};

/** The entries of the case with the fields the catalog has of them now. */
const entriesOf = async (trx: UseTrx, caseNo: string): Promise<ScopeEntry[]> => {
  const entries = await trx
    .selectFrom('application_resource')
    .innerJoin('resource', 'resource.id', 'application_resource.resource_id')
    .select(['resource.id', 'resource.title', 'application_resource.reviewer_organisation as reviewer'])
    .where('application_resource.case_no', '=', caseNo)
    .orderBy('resource.id')
    .execute();
  const fields = await trx
    .selectFrom('resource_field')
    .innerJoin('application_resource', 'application_resource.resource_id', 'resource_field.resource_id')
    .select(['resource_field.resource_id', 'resource_field.name'])
    .where('application_resource.case_no', '=', caseNo)
    .orderBy('resource_field.position')
    .execute();
  return entries.map(({ id, title, reviewer }) => ({
    resource: id,
    title,
    reviewer,
    fields: fields.filter(({ resource_id }) => resource_id === id).map(({ name }) => name),
  }));
};

const scopeFaults = {
  unknown: { zh: '申请中没有此资源或字段', en: 'No such resource or field in the application' },
  masked: { zh: '审核条件隐去此字段', en: 'A condition masks this field' },
} as const;

const agreedScope = (
  entries: ScopeEntry[],
  conditions: BoundCondition[],
  fields: Record<string, string[]>,
  article: { article?: ArticleRef },
) => {
  const { scope, faults } = restrict(scopeOf(entries, conditions), fields);
  if (faults.length > 0)
    throw problem(
      faults.some(({ code }) => code === 'masked') ? 'agreementFieldMasked' : 'agreementFieldUnknown',
      {
        ...article,
        errors: faults.map(({ resource, field, code }) => ({
          pointer: `/body/fields/${resource.replaceAll('~', '~0').replaceAll('/', '~1')}${
            field === null ? '' : `/${Math.max(0, fields[resource]?.indexOf(field) ?? 0)}`
          }`,
          code,
          message: scopeFaults[code],
        })),
      },
    );
  if (scope.every((part) => part.fields.length === 0)) throw problem('agreementScopeEmpty', article);
  return scope;
};

/** The term agreed on, within the application's as conditions shorten it, and not over yet. */
const agreedTerm = (
  approved: Term | undefined,
  given: Term | undefined,
  conditions: BoundCondition[],
  today: string,
  article: { article?: ArticleRef },
): Term => {
  const widest = approved ?? given;
  if (!widest) throw problem('agreementItemMissing', { ...article, errors: [missing('/body/term', 'term')] });
  const bounds = shortened(
    widest,
    conditions.map(({ until }) => until),
  );
  const term = given ?? bounds;
  if (!isWithin(term, bounds) || term.until < today)
    throw problem('agreementTermOutside', {
      ...article,
      params: bounds,
      errors: [
        {
          pointer: '/body/term',
          code: 'outside',
          message: { zh: '期限超出获准的期限或已届满', en: 'Outside the approved term, or over' },
        },
      ],
    });
  return term;
};

const missing = (pointer: string, item: string) => ({
  pointer,
  code: 'required',
  message: { zh: `缺少此项内容：${item}`, en: `This item is missing: ${item}` },
});

/**
 * What the agreement says, without its number. Throws `agreementItemMissing` with every item that the pack names and
 * nobody gave, and the refusals of scope and term.
 */
export const termsOf = async (
  deps: Pick<GrantDeps, 'packs'>,
  trx: UseTrx,
  application: ApplicationRow,
  { purpose, items, term: given, fields = {} }: Rendering,
  at: Date,
): Promise<{ terms: Omit<AgreementTerms, 'agreementNo' | 'version'>; words: AgreementWords }> => {
  const pack = deps.packs.resolve(application.jurisdiction);
  if (!pack.rules['dataUse'])
    throw problem('lifecycleNotInPack', { params: { jurisdiction: application.jurisdiction } });
  const rule = ruleOf(pack, 'dataUse', 'agreementContents');
  const required: readonly AgreementItem[] = rule.value === 'none' ? [] : rule.value;
  const article = useArticle(deps.packs, application.jurisdiction, 'agreementContents');
  const { contents } = await trx
    .selectFrom('application_content')
    .select('contents')
    .where('case_no', '=', application.case_no)
    .where('version', '=', application.content_version)
    .executeTakeFirstOrThrow();
  const asked = contents as Contents;
  const conditions = await conditionsOf(trx, application.case_no);
  const today = businessDateOf(at.getTime());
  const term = agreedTerm(asked.term, given, conditions, today, article);
  const words: AgreementWords = {
    ...(asked.scenario !== undefined && { scenario: asked.scenario }),
    ...(asked.scope !== undefined && { dataScope: asked.scope }),
    term: `自 ${term.from} 起至 ${term.until} 止`,
    ...items,
  };
  const lacking = required.filter((item) => words[item] === undefined);
  if (lacking.length > 0)
    throw problem('agreementItemMissing', {
      ...article,
      errors: lacking.map((item) => missing(`/body/items/${item}`, item)),
    });
  const entries = await entriesOf(trx, application.case_no);
  const basis = articleOf(rule);
  return {
    words,
    terms: {
      caseNo: application.case_no,
      jurisdictionTitle: pack.title,
      basis: 'article' in basis ? citeText(basis) : basis.reading,
      kind: application.kind,
      replaces: application.grant_no,
      merchant: application.applicant_organisation,
      operator: application.operator_organisation,
      purpose,
      term,
      resources: agreedScope(entries, conditions, fields, article),
      conditions,
      itemOrder: [
        ...required,
        ...agreementItemCodes.filter((item) => words[item] !== undefined && !required.includes(item)),
      ],
    },
  };
};
