/** How an incident begins (X2): discovered when, of which class and grade, reaching what; under the plan in force. */
import { standingBody } from '@gongshu/infra/cases/bodies';
import { DocumentHash, linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { takePart } from '@gongshu/infra/procedures/bodies';
import type { IncidentFacts } from '@gongshu/shared/incident/types';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { PlanClass, Severity } from '@gongshu/shared/packs/topics/incident';
import { problem } from '@gongshu/shared/problems';
import { SupplyScope } from '@gongshu/shared/supply-order';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';

export const IncidentOpening = z.strictObject({
  severity: Severity,
  class: PlanClass,
  scenario: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{0,60}$/)
    .optional()
    .describe('The class of scenarios, where the incident is of one'),
  knownAt: z.iso.datetime({ offset: true }).describe('When it was discovered: hours run from it'),
  scope: SupplyScope.describe('What it reaches: resources, products, bodies, or all'),
  operator: OrganisationId.optional().describe('Who acts on it; the city’s operator when left out'),
  personsConcerned: z
    .boolean()
    .default(false)
    .describe('It touches or may touch personal information: the persons concerned are told too'),
  what: z.string().trim().min(1).max(4_000).describe('What happened, in words'),
  documents: z.array(DocumentHash).max(20).default([]),
});
export type IncidentOpening = z.output<typeof IncidentOpening>;

/** Throws `instantOutside` (422) for a discovery ahead, or before 2000. */
export const knownAtOf = ({ knownAt }: IncidentOpening, now: Date): number => {
  const instant = Date.parse(knownAt);
  if (instant <= now.getTime() && instant >= Date.UTC(2000, 0)) return instant;
  throw problem('instantOutside', {
    errors: [
      {
        ...{ pointer: '/body/knownAt', code: 'instantOutside' },
        message: { zh: '发现时刻不在允许范围', en: 'The discovery lies outside what is possible' },
      },
    ],
  });
};

/** The operator that acts on it. Throws `usageOperatorUnknown` (422) for one that the city does not know. */
const operatorOf = async (
  db: Kysely<IncidentTables>,
  jurisdiction: string,
  named: string | undefined,
): Promise<string | null> => {
  if (named === undefined) return (await standingBody(db, 'body', jurisdiction, 'operator')) ?? null;
  const row = await db
    .selectFrom('body')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', named)
    .where('kind', '=', 'operator')
    .executeTakeFirst();
  if (!row) throw problem('usageOperatorUnknown');
  return row.id;
};

/**
 * The plan in force that fits best: of its class in its scenario, else of its class of scenarios whatever happened there
 * (中卫 28), else of its class; each of the body that acts on it first. Null: none was foreseen, which is told; it is
 * acted on at once all the same.
 */
const planInForce = async (
  db: Kysely<IncidentTables>,
  jurisdiction: string,
  { class: planClass, scenario = '' }: IncidentOpening,
  operator: string | null,
): Promise<string | null> => {
  const rows = await db
    .selectFrom('contingency_plan')
    .select(['plan', 'class', 'scenario', 'body', 'joint_with'])
    .where('jurisdiction', '=', jurisdiction)
    .where('class', 'in', [planClass, 'scenario'])
    .where('scenario', 'in', [scenario, ''])
    .where('state', '=', 'inForce')
    .orderBy('plan')
    .execute();
  const fits = [
    rows.filter((one) => one.class === planClass && one.scenario === scenario),
    rows.filter((one) => one.class === 'scenario' && one.scenario === scenario),
    rows.filter((one) => one.class === planClass),
  ].find(({ length }) => length > 0);
  const ofOperator = fits?.find(
    ({ body, joint_with }) => body === operator || (operator !== null && joint_with.includes(operator)),
  );
  return (ofOperator ?? fits?.[0])?.plan ?? null;
};

/** What the machine knows of its beginning; documents are filed, the bodies it reaches take part. */
export const beginIncident = async (
  trx: Transaction<IncidentTables>,
  opening: IncidentOpening,
  {
    caseNo,
    jurisdiction,
    at,
    by: { organisation, role },
  }: { caseNo: string; jurisdiction: string; at: Date; by: { organisation: string; role: string } },
): Promise<IncidentFacts> => {
  const { severity, class: planClass, scope, documents, personsConcerned } = opening;
  const cited = documents.map((hash, index) => ({ hash, pointer: `/body/documents/${index}` }));
  await mustAllBeStored(trx, { cited, organisation, jurisdiction });
  for (const hash of documents)
    await linkDocument(trx, { hash, jurisdiction, caseNo, role: 'incident', by: organisation, at });
  const operator = await operatorOf(trx, jurisdiction, opening.operator);
  const known = scope.bodies.length
    ? await trx
        .selectFrom('body')
        .select(['id', 'kind'])
        .where('jurisdiction', '=', jurisdiction)
        .where('id', 'in', scope.bodies)
        .execute()
    : [];
  await takePart(trx, caseNo, [
    { organisation, role },
    ...(operator === null ? [] : [{ organisation: operator, role: 'operator' }]),
    ...known.map(({ id, kind }) => ({ organisation: id, role: kind })),
  ]);
  return {
    ...{ declarer: organisation, declarerRole: role, severity, class: planClass, scope, operator },
    ...(personsConcerned && { personsConcerned: true as const }),
    knownAt: knownAtOf(opening, at),
    plan: await planInForce(trx, jurisdiction, opening, operator),
  };
};
