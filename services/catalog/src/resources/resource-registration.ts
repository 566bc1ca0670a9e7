import { sha256 } from '@gongshu/infra/hash';
import { record, recordAll } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { problem } from '@gongshu/shared/problems';
import type { ResourceState } from '@gongshu/shared/resource';
import { shortfalls } from '@gongshu/shared/resource-flow';
import type { Transaction } from 'kysely';
import { type ResourceRow, updateResource } from '../queries/resource.ts';
import {
  codeIsTaken,
  findPackage,
  insertPackage,
  type ItemRow,
  itemsOf,
  markSent,
  nextPackageNumber,
  onePackageAtATime,
  type PackageRow,
  registrable,
  unsentPackages,
  writeCode,
} from '../queries/resource-registration.ts';
import type { ResourceTables } from '../tables/resource.ts';
import { factsIn, heldResource } from './resource-acts.ts';
import { resourceEvent } from './resource-event.ts';
import {
  type Acting,
  type CatalogLaw,
  catalogLaw,
  mustLackNothing,
  mustNotLieAhead,
  type ResourceDeps,
} from './resource-law.ts';
import { contentOf } from './resource-model.ts';

type Trx = Transaction<ResourceTables>;

/** The state registration follows on: the step before it in the flow, or the public one where it is no step. */
const registeredFrom = ({ flow }: CatalogLaw): ResourceState => {
  const at = flow.findIndex(({ state }) => state === 'registered');
  return at < 0 ? 'public' : (flow[at - 1]?.state ?? 'compiled');
};

/** What the registration platform is told of an entry. */
const entryOf = (row: ResourceRow) => ({
  resource: row.id,
  provider: { organisation: row.provider_organisation, code: row.provider_code, name: row.provider_name },
  ...contentOf(row),
});

const sendAll = async ({ db, registration }: ResourceDeps, jurisdiction: string, at: Date): Promise<void> => {
  for (const { id, number, content } of await unsentPackages(db, jurisdiction)) {
    await registration.send({ id, number, content }).catch((cause: unknown) => {
      throw problem('unavailable', { cause });
    });
    await markSent(db, id, at);
  }
};

const entriesAPackage = 1_000;

type Chosen = { provider: string | undefined; ids: readonly string[] | undefined };

/**
 * The entries that lack nothing, a package full at most. Asked for by number, all must be there and lack nothing: throws
 * the shortfall, or answers none.
 */
const lawfulEntries = async (trx: Trx, law: CatalogLaw, chosen: Chosen): Promise<ResourceRow[]> => {
  const lawful: ResourceRow[] = [];
  for (let after = ''; lawful.length < entriesAPackage; ) {
    const limit = entriesAPackage - lawful.length;
    const rows = await registrable(trx, law.pack.jurisdiction, registeredFrom(law), {
      ...chosen,
      after,
      limit,
    });
    for (const row of rows) {
      const lacking = shortfalls('registered', await factsIn(trx, row), law.rules);
      if (chosen.ids) mustLackNothing(law, lacking);
      if (lacking.length === 0) lawful.push(row);
    }
    after = rows.at(-1)?.id ?? '';
    if (rows.length < limit) break;
  }
  return chosen.ids && lawful.length < new Set(chosen.ids).size ? [] : lawful;
};

const makePackage = async (
  trx: Trx,
  law: CatalogLaw,
  chosen: Chosen,
  { actor, at }: Acting,
): Promise<PackageRow | undefined> => {
  const { jurisdiction, areaCode } = law.pack;
  await onePackageAtATime(trx, jurisdiction);
  const rows = await lawfulEntries(trx, law, chosen);
  if (rows.length === 0) return undefined;
  const number = await nextPackageNumber(trx, jurisdiction);
  const id = `${areaCode}-DJ-${String(number).padStart(6, '0')}`;
  const madeAt = toInstantText(at.getTime());
  const content = canonicalJson({ package: id, number, jurisdiction, madeAt, entries: rows.map(entryOf) });
  const made = await insertPackage(
    trx,
    {
      ...{ id, jurisdiction, number, content, sha256: sha256(content), entries: rows.length },
      ...{ created_by: actor.id, created_at: at, sent_at: null },
    },
    rows.map((row) => row.id),
  );
  await record(trx, 'catalog', {
    ...{ key: id, type: 'resource.registrationRequested.v1' as const, subject: id, jurisdiction, at, actor },
    data: { package: id, number, packageHash: made.sha256, entries: rows.length },
  });
  return made;
};

/**
 * Puts entries that may be registered into the next numbered package and hands it to the port (national norm art. 16,
 * Zhongwei art. 8, Wuhai s.6). `provider`: of that department alone; `ids`: these, all or none. A package the port could
 * not take before is handed over first. Throws `registrationNotForeseen` when there is nothing to register, and
 * `unavailable` while the port is away: the package then stands and goes with the next call.
 */
export const packRegistration = async (
  deps: ResourceDeps,
  jurisdiction: string,
  chosen: Chosen,
  acting: Acting,
): Promise<PackageRow> => {
  const law = catalogLaw(deps.packs, jurisdiction);
  const left = (await unsentPackages(deps.db, jurisdiction)).find(
    (one) => one.created_by === acting.actor.id,
  );
  const made = await deps.db.transaction().execute((trx) => makePackage(trx, law, chosen, acting));
  await sendAll(deps, jurisdiction, acting.at);
  const sent = made ?? left;
  if (!sent) throw problem('registrationNotForeseen', { article: law.article('registration') });
  return { ...sent, sent_at: acting.at };
};

const writeOne = async (
  trx: Trx,
  packageId: string,
  given: { resource: string; code: string },
  registeredOn: string,
  acting: Acting,
) => {
  const row = await heldResource(trx, given.resource);
  if (row.registration_code === given.code) return undefined;
  if (await codeIsTaken(trx, row.jurisdiction, given.code)) throw problem('registrationCodeTaken');
  if (!(await writeCode(trx, packageId, row.id, given.code, acting.at)))
    throw problem('registrationCodeTaken');
  const state = row.state === 'closed' || row.state === 'suspended' ? row.state : 'registered';
  const written = await updateResource(trx, row.id, {
    ...{ state, registration_code: given.code, updated_at: acting.at },
    ...(state === 'suspended' && { resume_state: 'registered' as const }),
  });
  return resourceEvent({ ...written, fields: row.fields }, 'resource.registered.v1', acting, {
    ...{ package: packageId, registrationCode: given.code, registeredOn },
  });
};

/**
 * Records the codes that came back for entries of a package; the same code again changes nothing. An entry closed or
 * suspended meanwhile keeps its state and gets its code. Throws `notFound`, `registrationEntryUnknown`,
 * `registrationCodeTaken` (also for a second, different code), `dateAhead`.
 */
export const recordRegistration = (
  { db }: ResourceDeps,
  packageId: string,
  { registeredOn, codes }: { registeredOn: string; codes: readonly { resource: string; code: string }[] },
  acting: Acting,
): Promise<{ sent: PackageRow; items: ItemRow[] }> =>
  db.transaction().execute(async (trx) => {
    const sent = await findPackage(trx, packageId);
    if (!sent) throw problem('notFound');
    mustNotLieAhead(registeredOn, acting.at, '/registeredOn');
    const known = new Set((await itemsOf(trx, packageId)).map(({ resource_id }) => resource_id));
    const strange = codes.findIndex(({ resource }) => !known.has(resource));
    if (strange >= 0) {
      const message = { zh: '登记包中没有该资源', en: 'The package does not hold this resource' };
      throw problem('registrationEntryUnknown', {
        errors: [{ pointer: `/codes/${strange}/resource`, code: 'registrationEntryUnknown', message }],
      });
    }
    const ordered = codes.toSorted((one, other) => (one.resource < other.resource ? -1 : 1));
    const changes = [];
    for (const given of ordered) {
      const change = await writeOne(trx, packageId, given, registeredOn, acting);
      if (change) changes.push(change);
    }
    await recordAll(trx, 'catalog', changes);
    return { sent, items: await itemsOf(trx, packageId) };
  });
