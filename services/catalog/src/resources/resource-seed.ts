import { sha256 } from '@gongshu/infra/hash';
import type { ColumnMapping } from '@gongshu/shared/import/mapping';
import type { Act } from '@gongshu/shared/may';
import type { ReviewerKind } from '@gongshu/shared/resource';
import { stepAfter } from '@gongshu/shared/resource-flow';
import { findResource, type ResourceRow } from '../queries/resource.ts';
import { wasImported } from '../queries/resource-import.ts';
import { standingConsent } from '../queries/resource-consent.ts';
import { editResource } from './resource-acts.ts';
import { recordConsent } from './resource-consent.ts';
import { type ImportReport, importResources, keepMapping } from './resource-import.ts';
import { type Acting, catalogLaw, packOf, type ResourceDeps } from './resource-law.ts';
import { contentOf, numberOf } from './resource-model.ts';
import { moveResource } from './resource-transition.ts';

/** What a sample lays over one entry of its list, and how far it takes it; `waiting` stays compiled. */
export type SampleOverlay = {
  key: string;
  goal: 'public' | 'submitted' | 'collected' | 'waiting' | 'closed';
  level: 'city' | 'county';
  authority: string | null;
  classification: string | null;
  grade: string | null;
  reviewer: { kind: ReviewerKind; organisation: string };
  /** Names of fields graded personal; the others are general, unless the entry has no grade. */
  personalFields: readonly string[];
  closedReason: string | null;
  consent: { provider: string; documentTitle: string; consentedOn: string; scope: string } | null;
};

/** A sample: a department's list as CSV bytes, how to read it, and what people did with its entries. */
export type Sample = {
  jurisdiction: string;
  bytes: Uint8Array;
  import: { mapping: ColumnMapping; organisations: Record<string, string> };
  entries: readonly SampleOverlay[];
};
export type SeedActor = { id: string; bureau: string; at: Date };

/** The department acts for its entry, its county's bureau or the city's for the steps that are theirs. */
const actorFor =
  (row: ResourceRow, { id, bureau }: SeedActor) =>
  (act: Act): Acting['actor'] => {
    if (act === 'reviewResource')
      return { id, role: 'countyBureau', organisation: row.authority_organisation };
    if (act === 'collectResource' || act === 'publishResource')
      return { id, role: 'bureau', organisation: bureau };
    return { id, role: 'sourceDepartment', organisation: row.provider_organisation };
  };

const edited = (
  deps: ResourceDeps,
  row: ResourceRow,
  overlay: SampleOverlay,
  acting: Acting,
): Promise<ResourceRow> => {
  const { level, authority, classification, grade, reviewer, personalFields, consent } = overlay;
  const fields = contentOf(row).fields.map((field) => ({
    ...field,
    grade:
      grade === null
        ? null
        : personalFields.includes(field.name)
          ? ('personal' as const)
          : ('general' as const),
  }));
  const patch = {
    level,
    authority,
    classification,
    grade,
    reviewer,
    fields,
    obtainedBySharing: consent !== null,
  };
  return editResource(deps, row.id, patch, undefined, acting);
};

const consented = async (deps: ResourceDeps, row: ResourceRow, overlay: SampleOverlay, acting: Acting) => {
  const { consent } = overlay;
  if (!consent || (await standingConsent(deps.db, row.id))) return;
  const documentId = `sample-${sha256(consent.documentTitle).slice(7, 19)}`;
  const { provider, consentedOn, scope } = consent;
  await recordConsent(deps, row.id, { provider, documentId, consentedOn, scope }, acting);
};

/** One entry up to its goal, from wherever an earlier run left it. */
const bring = async (
  deps: ResourceDeps,
  known: ResourceRow,
  overlay: SampleOverlay,
  by: SeedActor,
): Promise<void> => {
  const permit = actorFor(known, by);
  const { flow } = catalogLaw(deps.packs, known.jurisdiction);
  const goal = overlay.goal === 'waiting' ? 'compiled' : overlay.goal;
  let row = known;
  if (row.state === 'compiled') {
    const acting = { actor: permit('editResource'), at: by.at };
    row = await edited(deps, row, overlay, acting);
    await consented(deps, row, overlay, acting);
  }
  while (row.state !== goal) {
    const to = goal === 'closed' ? goal : stepAfter(flow, row.state)?.state;
    if (!to) return; // beyond the goal by other hands
    const move = { to, reason: overlay.closedReason ?? undefined, batch: 'sample' };
    row = await moveResource(deps, row.id, move, actorFor(row, by), by.at);
  }
};

/**
 * Loads a sample through the same acts as the routes, each with its event: the import of its list, then for entries
 * with an overlay edit, consent and steps up to their goal. Again, it changes nothing and imports nothing (`null`); cut
 * off, it goes on where it stopped. An entry that people closed, suspended or registered since is left alone.
 */
export const seedResources = async (
  deps: ResourceDeps,
  sample: Sample,
  by: SeedActor,
): Promise<ImportReport | null> => {
  const { jurisdiction, bytes } = sample;
  const bureau: Acting = { actor: { id: by.id, role: 'bureau', organisation: by.bureau }, at: by.at };
  const { areaCode } = packOf(deps.packs, jurisdiction);
  const { id: mappingId } = await keepMapping(deps, jurisdiction, sample.import, bureau);
  const given = { jurisdiction, mappingId, mode: 'keepGood', bytes, onlyOf: undefined } as const;
  const report = (await wasImported(deps.db, jurisdiction, mappingId, sha256(bytes)))
    ? null
    : await importResources(deps, given, bureau);
  const settled = new Set(['public', 'registered', 'closed', 'suspended']);
  for (const overlay of sample.entries) {
    const row = await findResource(deps.db, numberOf(areaCode, overlay.key));
    if (row && !settled.has(row.state)) await bring(deps, row, overlay, by);
  }
  return report;
};
