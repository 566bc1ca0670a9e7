/** What the law asks before data go to the platform (D1): authorised, graded, protected fields treated. */
import { businessDateOf } from '@gongshu/shared/business-date';
import { type ResolvedPack, valuesOf } from '@gongshu/shared/packs/pack';
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import { guardedGrades } from '@gongshu/shared/protected-data';
import { type FieldGrade, isPublished } from '@gongshu/shared/resource';
import type { ResourceRow } from '../queries/resource.ts';
import { clauseOf, restingOn } from './law.ts';
import type { SupplyDraft } from './schema.ts';

/** A field's name as a step of an RFC 6901 pointer. */
export const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
const place = (pointer: string, code: string, zh: string, en: string): ProblemPlace => ({
  pointer,
  code,
  message: { zh, en },
});

/**
 * The authorisation stands, dated no later than today and than the first day of supply (Zhongwei art. 10). Throws
 * `notAuthorised`; `supplyTermWrong` for a term that ends before it begins or has passed.
 */
export const mustBeAuthorised = (pack: ResolvedPack, draft: SupplyDraft, at: Date): void => {
  const today = businessDateOf(at.getTime());
  const { authorisation, from, until } = draft;
  const refuse = (pointer: string, zh: string, en: string) =>
    problem('notAuthorised', {
      ...restingOn(clauseOf(pack, 'supply', 'authorisedOnly')),
      params: { today },
      errors: [place(pointer, 'notAuthorised', zh, en)],
    });
  if (!authorisation) throw refuse('/body/authorisation', '缺少授权', 'The authorisation is missing');
  if (authorisation.on > today)
    throw refuse('/body/authorisation/on', '授权日期晚于今日', 'The authorisation’s date lies ahead');
  if (authorisation.on > from)
    throw refuse(
      '/body/authorisation/on',
      '授权日期晚于供数首日',
      'Authorised after the first day of supply',
    );
  if (until < from || until < today) throw problem('supplyTermWrong', { params: { today } });
};

/** The entry is open (public or registered): not being compiled, not suspended, not closed. Throws `resourceNotSuppliable`. */
export const mustBeOpen = (pack: ResolvedPack, { state }: ResourceRow): void => {
  if (isPublished(state)) return;
  throw problem('resourceNotSuppliable', {
    params: { state },
    ...restingOn(clauseOf(pack, 'supply', 'authorisedOnly')),
  });
};

const ways = {
  desensitised: { zh: '脱敏脱密', en: 'desensitised' },
  subjectAuthorised: { zh: '数据主体依法授权', en: 'authorised by its subjects' },
} as const;

/** Fields of the draft that the entry, or the list of fields supplied, does not know. */
const unknownFields = ({ fields, treatments }: SupplyDraft, names: ReadonlySet<string>): ProblemPlace[] => [
  ...fields.flatMap((name, index) =>
    names.has(name)
      ? []
      : [
          place(
            `/body/fields/${index}`,
            'supplyFieldUnknown',
            '不是该条目的信息项',
            'Not a field of the entry',
          ),
        ],
  ),
  ...Object.keys(treatments).flatMap((name) =>
    fields.includes(name)
      ? []
      : [
          place(
            `/body/treatments/${escaped(name)}`,
            'supplyFieldUnknown',
            '不在供数范围之内',
            'Not among the fields supplied',
          ),
        ],
  ),
];

/**
 * Every field is the entry's, is graded, may enter at all, and is treated where it is protected. Each refusal names
 * every field it is about. Throws `supplyFieldUnknown`, `fieldUngraded` (national norm art. 5), `resourceNeverEnters`
 * for important and core data, `fieldNotTreated` (Zhongwei art. 28).
 */
export const mustBeTreated = (pack: ResolvedPack, entry: ResourceRow, draft: SupplyDraft): void => {
  // Real entries name some fields twice; what any of them asks for holds.
  const grades = Map.groupBy(entry.fields, ({ name }) => name);
  const graded = (name: string, grade: FieldGrade | null): boolean =>
    grades.get(name)?.some((field) => field.grade === grade) ?? false;
  const unknown = unknownFields(draft, new Set(grades.keys()));
  if (unknown.length > 0) throw problem('supplyFieldUnknown', { errors: unknown });

  const places = (code: string, told: (name: string) => { zh: string; en: string } | undefined) =>
    draft.fields.flatMap((name, index) => {
      const words = told(name);
      return words ? [place(`/body/fields/${index}`, code, words.zh, words.en)] : [];
    });
  const ungraded = places('fieldUngraded', (name) =>
    graded(name, null) ? { zh: '尚未分级', en: 'Not graded' } : undefined,
  );
  if (ungraded.length > 0)
    throw problem('fieldUngraded', {
      ...restingOn(clauseOf(pack, 'catalog', 'classificationRequired')),
      errors: ungraded,
    });
  const kept = places('resourceNeverEnters', (name) => {
    if (graded(name, 'core')) return { zh: '核心数据不得供数', en: 'Core data are not supplied' };
    return graded(name, 'important')
      ? { zh: '重要数据不得供数', en: 'Important data are not supplied' }
      : undefined;
  });
  if (kept.length > 0)
    throw problem('resourceNeverEnters', {
      ...restingOn(clauseOf(pack, 'catalog', 'neverEnters')),
      errors: kept,
    });

  const { kinds, onlyWhen } = valuesOf(pack, 'supply').protectedData;
  const guarded = guardedGrades({ kinds });
  const untreated = places('fieldNotTreated', (name) => {
    if (!guarded.some((grade) => graded(name, grade))) return undefined;
    const treatment = draft.treatments[name];
    if (treatment && onlyWhen.includes(treatment.kind)) return undefined;
    return {
      zh: `须${onlyWhen.map((way) => ways[way].zh).join('或')}`,
      en: `Must be ${onlyWhen.map((way) => ways[way].en).join(' or ')}`,
    };
  });
  if (untreated.length > 0)
    throw problem('fieldNotTreated', {
      ...restingOn(clauseOf(pack, 'supply', 'protectedData')),
      errors: untreated,
    });
};
