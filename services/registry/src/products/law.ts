/** What the law asks of a product before its case is opened (E1, A8, D1), each refusal with every place and its article. */
import { predecessorsOf } from '@gongshu/infra/cases/succession';
import { fieldMark, type GrantedField } from '@gongshu/infra/products/fields';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import { clauseIn, type ResolvedPack, valuesOf } from '@gongshu/shared/packs/pack';
import { type ContentsGap, gapsIn, type ProductContents } from '@gongshu/shared/product/contents';
import { problem, type ProblemPlace } from '@gongshu/shared/problems';
import { guardedGrades } from '@gongshu/shared/protected-data';
import type { FieldGrade } from '@gongshu/shared/resource';
import type { Kysely } from 'kysely';
import { type GrantRow, runsOn } from './grants.ts';
export type Submitter = 'merchant' | 'operator';

const place = (pointer: string, code: string, zh: string, en: string): ProblemPlace => ({
  ...{ pointer: `/body/contents${pointer}`, code },
  message: { zh, en },
});

/** The pack of a city whose products go out under one. Throws `lifecycleNotInPack`. */
export const mustKnowProducts = (pack: ResolvedPack): void => {
  if (!pack.rules['productEgress'])
    throw problem('lifecycleNotInPack', { params: { jurisdiction: pack.jurisdiction } });
};

/** Throws `submitterNotAllowed` (403): who submits products, the pack says. */
export const mustSubmitHere = (pack: ResolvedPack, role: Submitter): void => {
  if (valuesOf(pack, 'productEgress').submittedBy.includes(role)) return;
  throw problem('submitterNotAllowed', clauseIn(pack, 'productEgress', 'submittedBy'));
};

const gapWords: Record<ContentsGap['why'], { zh: string; en: string }> = {
  required: { zh: '缺少此项', en: 'This item is missing' },
  unknownField: { zh: '不在产品所列字段或来源之中', en: 'Not among the fields or sources of the product' },
  repeated: { zh: '与前项重复', en: 'Named before' },
};

/**
 * The contents are whole, and of a form that is let out here. Throws `productClassNotAllowed`, `productIncomplete`,
 * `publicSourceNotAllowed` (422).
 */
export const mustBeWhole = (pack: ResolvedPack, contents: ProductContents, now: Date): void => {
  const { classes, lawfullyPublic } = valuesOf(pack, 'productEgress');
  if (!classes.includes(contents.class))
    throw problem('productClassNotAllowed', {
      ...clauseIn(pack, 'productEgress', 'classes'),
      errors: [
        place('/class', 'productClassNotAllowed', '本地不允许此形式', 'Not let out in this form here'),
      ],
    });
  const gaps = gapsIn(contents);
  if (gaps.length > 0)
    throw problem('productIncomplete', {
      ...clauseIn(pack, 'productEgress', 'requirements'),
      errors: gaps.map(({ pointer, why }) => place(pointer, why, gapWords[why].zh, gapWords[why].en)),
    });
  const today = businessDateOf(now.getTime());
  const wrong = contents.publicSources.flatMap(({ ground, on }, at) => {
    if (lawfullyPublic === 'none' || !lawfullyPublic.includes(ground))
      return [place(`/publicSources/${at}/ground`, 'groundNotAllowed', '本地不认此依据', 'No ground here')];
    return on > today
      ? [place(`/publicSources/${at}/on`, 'dateOutside', '日期晚于今日', 'The date lies ahead')]
      : [];
  });
  if (wrong.length > 0)
    throw problem('publicSourceNotAllowed', {
      ...clauseIn(pack, 'productEgress', 'lawfullyPublic'),
      errors: wrong,
    });
};

/**
 * The grants named, each running today and its holder's who submits; an operator names those of its platform. They have
 * one operator. Throws `grantNotRunning` (422), the same for one that is not there or another's.
 */
export const runningGrants = async (
  db: Kysely<ProductTables>,
  { jurisdiction, owner, role, now }: { jurisdiction: string; owner: string; role: Submitter; now: Date },
  { grants }: ProductContents,
): Promise<{ rows: GrantRow[]; operator: string }> => {
  const bodies = [owner, ...(await predecessorsOf(db, 'party', jurisdiction, owner))];
  const found = await db
    .selectFrom('product_grant')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('grant_no', 'in', grants)
    .where(role === 'merchant' ? 'applicant' : 'operator', 'in', bodies)
    .execute();
  const today = businessDateOf(now.getTime());
  const [operator] = found.map((one) => one.operator);
  const wrong = grants.flatMap((grant, at) => {
    const row = found.find(({ grant_no }) => grant_no === grant);
    return row && runsOn(row, today) && row.operator === operator ? [] : [{ grant, at }];
  });
  const [first] = wrong;
  if (first || operator === undefined)
    throw problem('grantNotRunning', {
      params: { grant: first?.grant ?? '' },
      errors: wrong.map(({ at }) =>
        place(`/grants/${at}`, 'grantNotRunning', '该授权不在有效期内', 'This grant is not running'),
      ),
    });
  return { rows: grants.flatMap((grant) => found.filter(({ grant_no }) => grant_no === grant)), operator };
};

/** Every field a product was made from, as its grants told it. Throws `fieldOutsideGrant` (422): beyond the grant (A8). */
export const mustLieWithin = (
  pack: ResolvedPack,
  { fields }: ProductContents,
  grants: readonly GrantRow[],
): (readonly GrantedField[])[] => {
  const granted = new Map<string, GrantedField[]>();
  for (const { resources } of grants)
    for (const { resource, fields: told } of resources)
      for (const one of told) {
        const key = `${resource} ${one.field}`;
        granted.set(key, [...(granted.get(key) ?? []), one]);
      }
  const origins = fields.map(({ from }) =>
    from.map(({ resource, field }) => granted.get(`${resource} ${fieldMark(resource, field)}`)),
  );
  const outside = origins.flatMap((found, at) =>
    found.flatMap((one, index) =>
      one
        ? []
        : [
            place(
              `/fields/${at}/from/${index}`,
              'fieldOutsideGrant',
              '不在所列授权的资源与信息项之内',
              'Not a field of these grants',
            ),
          ],
    ),
  );
  if (outside.length > 0)
    throw problem('fieldOutsideGrant', { ...clauseIn(pack, 'dataUse', 'refusedUse'), errors: outside });
  return origins.map((found) => found.flatMap((one) => one ?? []));
};

const ways = {
  desensitised: { zh: '脱敏脱密', en: 'desensitised' },
  subjectAuthorised: { zh: '取得数据主体依法授权', en: 'authorised by its subjects' },
} as const;

/**
 * Fields made from personal information or trade secrets are treated in one of the pack's ways, and none is made from
 * important or core data. Throws `resourceNeverEnters`, `fieldUngraded`, `fieldNotTreated` (422), each with its clause.
 */
export const mustBeTreated = (
  pack: ResolvedPack,
  { fields }: ProductContents,
  origins: readonly (readonly GrantedField[])[],
): void => {
  const { kinds, onlyWhen } = valuesOf(pack, 'supply').protectedData;
  const made = (at: number, ...grades: (FieldGrade | null)[]): boolean =>
    origins[at]?.some(({ grade }) => grades.includes(grade)) ?? false;
  const places = (code: string, wrong: (at: number) => boolean, zh: string, en: string): ProblemPlace[] =>
    fields.flatMap((_field, at) => (wrong(at) ? [place(`/fields/${at}`, code, zh, en)] : []));
  const never = places(
    'resourceNeverEnters',
    (at) => made(at, 'important', 'core'),
    '来自重要数据或核心数据',
    'Made from important or core data',
  );
  if (never.length > 0)
    throw problem('resourceNeverEnters', { ...clauseIn(pack, 'catalog', 'neverEnters'), errors: never });
  const ungraded = places(
    'fieldUngraded',
    (at) => made(at, null),
    '来源字段尚未分级',
    'Its source is not graded',
  );
  if (ungraded.length > 0)
    throw problem('fieldUngraded', {
      ...clauseIn(pack, 'catalog', 'classificationRequired'),
      errors: ungraded,
    });
  const guarded = guardedGrades({ kinds });
  const untreated = places(
    'fieldNotTreated',
    (at) => {
      const kind = fields[at]?.treatment?.kind;
      return made(at, ...guarded) && (kind === undefined || !onlyWhen.includes(kind));
    },
    `须${onlyWhen.map((way) => ways[way].zh).join('或')}`,
    `Must be ${onlyWhen.map((way) => ways[way].en).join(' or ')}`,
  );
  if (untreated.length > 0)
    throw problem('fieldNotTreated', { ...clauseIn(pack, 'supply', 'protectedData'), errors: untreated });
};

/** Throws `merchantNotEnrolled`, `merchantSuspended`, `merchantExited` (409): only one that stands enrolled brings products. */
export const merchantMustStand = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  db: Kysely<any>,
  pack: ResolvedPack,
  merchant: string,
): Promise<void> => {
  const row: { standing: 'enrolled' | 'suspended' | 'exited' } | undefined = await db
    .selectFrom('merchant')
    .select('standing')
    .where('jurisdiction', '=', pack.jurisdiction)
    .where('organisation', '=', merchant)
    .executeTakeFirst();
  if (row?.standing === 'enrolled') return;
  const code = row
    ? ({ suspended: 'merchantSuspended', exited: 'merchantExited' } as const)[row.standing]
    : 'merchantNotEnrolled';
  throw problem(code, clauseIn(pack, 'merchantOnboarding', 'outcomes'));
};
