import { nextNumber } from '@gongshu/infra/cases/number';
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import { supplyNo } from '@gongshu/shared/application/ids';
import { businessDateOf, endOfDay, startOfDay, yearOf } from '@gongshu/shared/business-date';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import { shortfalls } from '@gongshu/shared/resource-flow';
import type { Kysely, Transaction } from 'kysely';
import { factsIn, heldResource } from '../resources/resource-acts.ts';
import {
  type Acting,
  catalogLaw,
  mustLackNothing,
  packOf,
  type ResourceDeps,
} from '../resources/resource-law.ts';
import type { ResourceTables } from '../tables/resource.ts';
import type { GrantReach, SupplyTables } from '../tables/supply.ts';
import { escaped, mustBeAuthorised, mustBeOpen, mustBeTreated } from './conditions.ts';
import { mustBeUnderNoOrder } from './orders.ts';
import type { SupplyDraft } from './schema.ts';
import type { SupplyRow } from './view.ts';

/** What the acts on supplies are built from. */
export type SupplyDeps = {
  db: Kysely<SupplyTables & GrantReach & ResourceTables>;
  packs: ResourceDeps['packs'];
};
export type SupplyTrx = Transaction<SupplyTables & GrantReach & ResourceTables>;

/**
 * A field has one supply at a time: with two, suspending one for a risk would leave the other serving the same data.
 * Different fields, or a term after the other's end, may stand side by side. Throws `supplyOverlaps` naming the fields.
 */
const mustNotOverlap = async (trx: SupplyTrx, draft: SupplyDraft): Promise<void> => {
  const standing = await trx
    .selectFrom('supply')
    .select(['supply_no', 'fields'])
    .where('resource_id', '=', draft.resource)
    .where('state', '<>', 'ended')
    .where('from_on', '<=', draft.until)
    .where('until_on', '>=', draft.from)
    .orderBy('supply_no')
    .execute();
  const taken = new Map(standing.flatMap((one) => one.fields.map((name) => [name, one.supply_no] as const)));
  const errors = draft.fields.flatMap((name, index) => {
    const by = taken.get(name);
    const message = { zh: `已由 ${by ?? ''} 供数`, en: `Supplied by ${by ?? ''}` };
    return by === undefined ? [] : [{ pointer: `/body/fields/${index}`, code: 'supplyOverlaps', message }];
  });
  const [first] = draft.fields.flatMap((name) => taken.get(name) ?? []);
  if (first !== undefined) throw problem('supplyOverlaps', { params: { supply: first }, errors });
};

/** The papers that a draft names, each with its place and what it is filed as. */
const papersOf = ({ authorisation, treatments }: SupplyDraft) => [
  ...(authorisation
    ? [{ hash: authorisation.document, pointer: '/body/authorisation/document', role: 'authorisation' }]
    : []),
  ...Object.entries(treatments).flatMap(([field, treatment]) =>
    treatment.kind === 'subjectAuthorised'
      ? [
          {
            hash: treatment.document,
            pointer: `/body/treatments/${escaped(field)}/document`,
            role: 'subjectAuthorisation',
          },
        ]
      : [],
  ),
];

/**
 * Records that a department's fields go to the platform from one day to another (D1; Zhongwei arts 10, 28). Whatever
 * the entry lacks for being public refuses it too: class and grade, the consent of who shared the data (C4, national
 * norm art. 5). Throws `notFound`, `notAuthorised`, `resourceNotSuppliable`, `fieldNotTreated` and the like.
 */
export const recordSupply = (
  { db, packs }: SupplyDeps,
  draft: SupplyDraft,
  { actor, at }: Acting,
): Promise<SupplyRow> =>
  db.transaction().execute(async (trx) => {
    const entry = await heldResource(trx as unknown as Transaction<ResourceTables>, draft.resource);
    const pack = packOf(packs, entry.jurisdiction);
    if (!pack.rules['supply'])
      throw problem('lifecycleNotInPack', { params: { jurisdiction: pack.jurisdiction } });
    mustBeAuthorised(pack, draft, at);
    mustBeOpen(pack, entry);
    const law = catalogLaw(packs, entry.jurisdiction);
    const facts = await factsIn(trx as unknown as Transaction<ResourceTables>, entry);
    mustLackNothing(law, shortfalls(entry.state, facts, law.rules));
    mustBeTreated(pack, entry, draft);
    await mustNotOverlap(trx, draft);
    await mustBeUnderNoOrder(trx, {
      ...{ jurisdiction: entry.jurisdiction, resource: entry.id, department: entry.provider_organisation },
    });
    const { organisation } = actor;
    const papers = papersOf(draft);
    await mustAllBeStored(trx, { cited: papers, organisation, jurisdiction: entry.jurisdiction });

    const { authorisation, treatments, from, until } = draft;
    const fields = [...new Set(draft.fields)];
    if (!authorisation) throw problem('notAuthorised');
    const year = yearOf(businessDateOf(at.getTime()));
    const row = await trx
      .insertInto('supply')
      .values({
        supply_no: supplyNo(
          pack.areaCode,
          year,
          await nextNumber(trx, 'supply_number', { jurisdiction: entry.jurisdiction, year }),
        ),
        jurisdiction: entry.jurisdiction,
        resource_id: entry.id,
        department: entry.provider_organisation,
        authorisation: JSON.stringify(authorisation),
        fields,
        treatments: JSON.stringify(treatments),
        from_on: from,
        until_on: until,
        starts_at: new Date(startOfDay(from)),
        ends_at: new Date(endOfDay(until)),
        recorded_by: actor.id,
        recorded_at: at,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    for (const { hash, role } of papers)
      await linkDocument(trx, {
        ...{ hash, role, jurisdiction: row.jurisdiction, caseNo: row.supply_no, at },
        by: organisation ?? '',
      });
    await record(trx, 'catalog', {
      key: `${row.supply_no}/recorded`,
      type: 'supply.recorded.v1',
      subject: row.supply_no,
      jurisdiction: row.jurisdiction,
      at,
      actor,
      data: {
        ...{ supply: row.supply_no, resource: row.resource_id, department: row.department },
        authorisationHash: authorisation.document,
        authorisedOn: authorisation.on,
        ...{ from, until, fields: fields.length, treatedFields: Object.keys(treatments).length },
        fieldsHash: jsonHash(fields.toSorted()),
        ...restsOn(pack, 'supply', 'authorisedOnly'),
      },
    });
    return row;
  });
