import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { record } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import { isPublished } from '@gongshu/shared/resource';
import { shortfalls } from '@gongshu/shared/resource-flow';
import type { Transaction } from 'kysely';
import { type ResourceRow, updateResource } from '../queries/resource.ts';
import {
  type ConsentRow,
  consentsOf,
  insertConsent,
  standingConsent,
  withdrawConsent,
} from '../queries/resource-consent.ts';
import type { ResourceTables } from '../tables/resource.ts';
import { factsIn, heldResource } from './resource-acts.ts';
import { resourceEvent } from './resource-event.ts';
import {
  type Acting,
  catalogLaw,
  mustLackNothing,
  mustNotLieAhead,
  type ResourceDeps,
} from './resource-law.ts';

type Trx = Transaction<ResourceTables>;

/** A consent as its provider gave it: document, date, scope (national norm art. 5, Wuhai s.6). */
export type ConsentGiven = {
  provider: string;
  documentId: string;
  /** Where the document itself was uploaded, by the body that records it. */
  documentHash?: string | undefined;
  consentedOn: string;
  scope: string;
};

/** Back to where it was suspended from, if it lacks nothing there. */
const restore = async (
  trx: Trx,
  { packs }: ResourceDeps,
  row: ResourceRow,
  acting: Acting,
): Promise<ResourceRow> => {
  const state = row.resume_state ?? 'compiled';
  const law = catalogLaw(packs, row.jurisdiction);
  mustLackNothing(law, shortfalls(state, await factsIn(trx, row), law.rules));
  const written = await updateResource(trx, row.id, { state, resume_state: null, updated_at: acting.at });
  const restored = { ...written, fields: row.fields };
  const data = { reasonCode: 'consentGiven' };
  await record(trx, 'catalog', resourceEvent(restored, 'resource.restored.v1', acting, data));
  return restored;
};

/**
 * Records the consent of the body that shared the data; a suspended entry is restored by it. Throws `consentNotNeeded`
 * for an entry that was not obtained by sharing, `consentStanding` while another consent stands, `dateAhead`,
 * `documentUnknown` for a document that the recording body has not uploaded.
 */
export const recordConsent = (
  deps: ResourceDeps,
  id: string,
  given: ConsentGiven,
  acting: Acting,
): Promise<{ consent: ConsentRow; resource: ResourceRow }> =>
  deps.db.transaction().execute(async (trx) => {
    const row = await heldResource(trx, id);
    if (!row.obtained_by_sharing) throw problem('consentNotNeeded');
    mustNotLieAhead(given.consentedOn, acting.at, '/consentedOn');
    if (await standingConsent(trx, id)) throw problem('consentStanding');
    const { jurisdiction } = row;
    const { documentHash = null } = given;
    if (documentHash !== null) {
      const by = acting.actor.organisation;
      await mustBeStored(trx, { hash: documentHash, organisation: by, jurisdiction });
      const link = { hash: documentHash, jurisdiction, caseNo: id, role: 'sharingConsent', at: acting.at };
      await linkDocument(trx, { ...link, by: by ?? '' });
    }
    const number = (await consentsOf(trx, id)).length + 1;
    const consent = await insertConsent(trx, {
      id: `${id}-TY-${number}`,
      resource_id: id,
      provider_organisation: given.provider,
      document_id: given.documentId,
      document_hash: documentHash,
      consented_on: given.consentedOn,
      scope: given.scope,
      recorded_by: acting.actor.id,
      recorded_at: acting.at,
    });
    const written = await updateResource(trx, id, { updated_at: acting.at });
    const resource = { ...written, fields: row.fields };
    const { provider, consentedOn } = given;
    await record(
      trx,
      'catalog',
      resourceEvent(resource, 'resource.sharingConsentRecorded.v1', acting, {
        ...{ consent: consent.id, provider, consentedOn, documentHash },
      }),
    );
    return {
      consent,
      resource: row.state === 'suspended' ? await restore(trx, deps, resource, acting) : resource,
    };
  });

/** Suspended in the same transaction in which the consent goes: nobody sees one without the other. */
const suspend = async (
  trx: Trx,
  { packs }: ResourceDeps,
  row: ResourceRow,
  acting: Acting,
): Promise<ResourceRow> => {
  const { article } = catalogLaw(packs, row.jurisdiction).article('consentWithdrawn');
  const written = await updateResource(trx, row.id, {
    state: 'suspended',
    resume_state: row.state,
    updated_at: acting.at,
  });
  const suspended = { ...written, fields: row.fields };
  await record(
    trx,
    'catalog',
    resourceEvent(suspended, 'resource.suspended.v1', acting, {
      reasonCode: 'consentWithdrawn',
      article: article.slice(0, 80),
    }),
  );
  return suspended;
};

/**
 * The provider takes its consent back: a published entry is suspended at once (C4). Throws `notFound` for a consent of
 * another entry, `consentNotStanding` when it was withdrawn before, `dateAhead`.
 */
export const recordWithdrawal = (
  deps: ResourceDeps,
  id: string,
  consentId: string,
  withdrawal: { withdrawnOn: string; documentId: string },
  acting: Acting,
): Promise<{ consent: ConsentRow; resource: ResourceRow }> =>
  deps.db.transaction().execute(async (trx) => {
    const row = await heldResource(trx, id);
    mustNotLieAhead(withdrawal.withdrawnOn, acting.at, '/withdrawnOn');
    const { withdrawnOn: on, documentId } = withdrawal;
    const consent = await withdrawConsent(trx, id, consentId, { on, documentId, at: acting.at });
    if (!consent) {
      const known = (await consentsOf(trx, id)).some((one) => one.id === consentId);
      throw problem(known ? 'consentNotStanding' : 'notFound');
    }
    const written = await updateResource(trx, id, { updated_at: acting.at });
    const resource = { ...written, fields: row.fields };
    await record(
      trx,
      'catalog',
      resourceEvent(resource, 'resource.sharingConsentWithdrawn.v1', acting, {
        consent: consentId,
        provider: consent.provider_organisation,
        withdrawnAt: toInstantText(acting.at.getTime()),
      }),
    );
    return {
      consent,
      resource: isPublished(row.state) ? await suspend(trx, deps, resource, acting) : resource,
    };
  });
