/** What a demand for data begins with, and whom it may be put to (C7). */
import { tellProcedure } from '@gongshu/infra/procedures/tell';
import type { Actor } from '@gongshu/shared/may';
import type { Party } from '@gongshu/shared/packs/values';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import { isAmong } from '../feedback/open.ts';
import { findResource } from '../queries/resource.ts';
import { findScenario, scenarioObject } from '../scenarios/queries.ts';

/** The scenario must be one that the asker has a part in. Throws `scenarioUnknown` (422) for any other. */
export const mustKnowScenario = async (
  db: Kysely<never>,
  jurisdiction: string,
  organisation: string,
  id: string | null,
): Promise<void> => {
  if (id === null) return;
  const row = await findScenario(db as never, id);
  const object = row && scenarioObject(row);
  if (object?.jurisdiction === jurisdiction && object.handlers?.includes(organisation)) return;
  throw problem('scenarioUnknown', {
    errors: [
      {
        ...{ pointer: '/body/scenario', code: 'scenarioUnknown' },
        message: { zh: '没有这一应用场景', en: 'There is no such scenario' },
      },
    ],
  });
};

/** The role in which a body of the city is asked. Throws `demandBodyNotAsked` (422) for one the pack does not name. */
export const askedRoleOf = async (
  db: Kysely<never>,
  jurisdiction: string,
  asked: readonly Party[],
  body: string,
): Promise<string> => {
  const found = await (
    db as unknown as Kysely<{
      body: { jurisdiction: string; id: string; kind: string; successor: string | null };
    }>
  )
    .selectFrom('body')
    .select('kind')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', body)
    .where('successor', 'is', null)
    .executeTakeFirst();
  if (found && isAmong(asked, found.kind)) return found.kind;
  throw problem('demandBodyNotAsked', {
    errors: [
      {
        ...{ pointer: '/body/body', code: 'demandBodyNotAsked' },
        message: { zh: '不是可征询的在册单位', en: 'No registered body that may be asked' },
      },
    ],
  });
};

/**
 * Some entry of the city's, published or to be; of a department its own alone, for its word is what it supplies. Throws
 * `demandEntryUnknown`, `demandEntryOfAnother` (422).
 */
export const mustBeEntry = async (
  db: Kysely<never>,
  { organisation, roles, jurisdiction }: Actor,
  id: string,
): Promise<void> => {
  const row = await findResource(db as never, id);
  if (row?.jurisdiction !== jurisdiction) throw problem('demandEntryUnknown');
  if (!roles.includes('operator') && row.provider_organisation !== organisation)
    throw problem('demandEntryOfAnother');
};

/**
 * An entry was published: demands whose word it keeps are told, in the transaction that publishes it, whose row is held
 * by then. A word given by an entry that is public already is kept by the case's own activity.
 */
export const tellDemands = async (
  trx: Transaction<any>,
  { id, jurisdiction }: { id: string; jurisdiction: string },
  actor: { id: string; role: string; organisation: string | null },
  at: Date,
): Promise<void> => {
  const { rows } = await sql<{ case_no: string }>`
    select case_no
    from procedure
    where kind = 'demandResponse'
      and jurisdiction = ${jurisdiction}
      and outcome is null
      and state -> 'asked' @> ${JSON.stringify([{ resource: id, satisfied: false }])}::jsonb
    order by case_no`.execute(trx);
  for (const { case_no: caseNo } of rows)
    await tellProcedure(
      trx,
      { jurisdiction, caseNo, act: { kind: 'entryPublished', resource: id } as { kind: string } },
      actor,
      at,
    );
};
