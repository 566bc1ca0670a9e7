/** How a sanction begins (X1): against whom the pack names, on grounds it knows, each with the case that showed it. */
import { CaseNo } from '@gongshu/infra/cases/view';
import { DocumentHash, linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { takePart } from '@gongshu/infra/procedures/bodies';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { SanctionGround } from '@gongshu/shared/packs/topics/sanction';
import { procedures } from '@gongshu/shared/procedure/kinds';
import { problem, type ProblemPlace } from '@gongshu/shared/problems';
import type { FrozenSanctionRules } from '@gongshu/shared/sanction/rules';
import type { SanctionFacts } from '@gongshu/shared/sanction/types';
import type { Transaction } from 'kysely';
import { z } from 'zod';

export const SanctionOpening = z.strictObject({
  target: OrganisationId.describe('The body it is against'),
  grounds: z
    .array(
      z.strictObject({
        code: SanctionGround,
        caseNo: CaseNo.nullable().default(null).describe('The evaluation, incident, complaint, report …'),
      }),
    )
    .min(1)
    .max(20),
  facts: z.string().trim().min(1).max(4_000).describe('What was found, in words the body reads'),
  documents: z.array(DocumentHash).min(1).max(20),
});
export type SanctionOpening = z.output<typeof SanctionOpening>;

/** Throws `sanctionGroundNotInPack` (422) at each ground that the pack does not know. */
export const mustBeGrounds = (
  pack: ResolvedPack,
  { grounds: known }: FrozenSanctionRules,
  { grounds }: SanctionOpening,
): void => {
  const errors = grounds.flatMap(({ code }, index) =>
    known.value.includes(code)
      ? []
      : [
          {
            ...{ pointer: `/body/grounds/${index}/code`, code: 'sanctionGroundNotInPack' },
            message: { zh: '本地规定没有该事由', en: 'No ground of the rules here' },
          },
        ],
  );
  const [first] = grounds.filter(({ code }) => !known.value.includes(code));
  if (first)
    throw problem('sanctionGroundNotInPack', {
      ...clauseIn(pack, 'sanction', 'grounds'),
      ...{ params: { ground: first.code }, errors },
    });
};

/** Of those that stand here it must be one; of other services' cases the number must be of this city. */
const mustBeCases = async (
  trx: Transaction<ProcedureTables>,
  { jurisdiction, areaCode }: ResolvedPack,
  { grounds }: SanctionOpening,
): Promise<void> => {
  const errors: ProblemPlace[] = [];
  for (const [index, { caseNo }] of grounds.entries()) {
    if (caseNo === null) continue;
    const here =
      caseNo.startsWith(`${areaCode}-`) && (!isOurs(caseNo) || (await stands(trx, jurisdiction, caseNo)));
    if (!here)
      errors.push({
        ...{ pointer: `/body/grounds/${index}/caseNo`, code: 'sanctionCaseUnknown' },
        message: { zh: '本市没有这一案件', en: 'No case of this city' },
      });
  }
  if (errors.length > 0) throw problem('sanctionCaseUnknown', { errors });
};

const isOurs = (caseNo: string): boolean =>
  Object.values(procedures).some(
    ({ service, series }) => service === 'disclosure' && caseNo.includes(`-${series}-`),
  );

const stands = async (
  trx: Transaction<ProcedureTables>,
  jurisdiction: string,
  caseNo: string,
): Promise<boolean> =>
  (await trx
    .selectFrom('procedure')
    .select('case_no')
    .where('case_no', '=', caseNo)
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirst()) !== undefined;

/** Throws `notFound` for a body that the city does not know, `sanctionTargetNotInPack` (422) for a kind not named, `sanctionCaseUnknown`. */
export const beginSanction = async (
  trx: Transaction<ProcedureTables>,
  opening: SanctionOpening,
  { pack, rules }: { pack: ResolvedPack; rules: FrozenSanctionRules },
  { caseNo, at, organisation }: { caseNo: string; at: Date; organisation: string },
): Promise<SanctionFacts> => {
  const { jurisdiction } = pack;
  const { target, grounds, documents } = opening;
  const row = await trx
    .selectFrom('body')
    .select('kind')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', target)
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  if (!(rules.against.value as readonly string[]).includes(row.kind))
    throw problem('sanctionTargetNotInPack', {
      ...clauseIn(pack, 'sanction', 'against'),
      params: { kind: row.kind },
    });
  await mustBeCases(trx, pack, opening);
  const cited = documents.map((hash, index) => ({ hash, pointer: `/body/documents/${index}` }));
  await mustAllBeStored(trx, { cited, organisation, jurisdiction });
  for (const hash of documents)
    await linkDocument(trx, { hash, jurisdiction, caseNo, role: 'sanctionGround', by: organisation, at });
  await takePart(trx, caseNo, [{ organisation: target, role: row.kind }]);
  return { target, targetRole: row.kind, grounds };
};
