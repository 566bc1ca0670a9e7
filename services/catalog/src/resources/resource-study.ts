import { record } from '@gongshu/infra/record';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import { addMonths } from '@gongshu/shared/resource';
import { findResources } from '../queries/resource.ts';
import { insertStudy, nextStudyNumber, type StudyRow } from '../queries/resource-study.ts';
import {
  type Acting,
  type CatalogLaw,
  catalogLaw,
  mustNotLieAhead,
  packOf,
  type ResourceDeps,
} from './resource-law.ts';

export const studyResults = ['extended', 'unchanged', 'entriesToCome', 'demandDeclined'] as const;

/** A study as it was held: parties, what was asked for, what came of it, entries it brought in. */
export type StudyHeld = {
  heldOn: string;
  demand: string;
  results: string;
  resultCodes: (typeof studyResults)[number][];
  parties: { role: string; organisation: string }[];
  resources: string[];
};

/** Whoever the pack has take part must have taken part (Zhongwei art. 9: departments, county authorities, operator). */
const mustHaveParties = (law: CatalogLaw, { parties }: StudyHeld): void => {
  const { update } = law.rules;
  if (update.mode !== 'periodicStudy') return;
  const there = new Set(parties.map(({ role }) => role));
  const missing = [update.convenedBy, ...update.parties].filter((role) => !there.has(role));
  if (missing.length === 0) return;
  throw problem('studyPartiesMissing', {
    params: { parties: missing.join(', ') },
    article: law.article('update'),
    errors: missing.map((role) => ({
      pointer: '/parties',
      code: 'studyPartiesMissing',
      message: { zh: `缺少 ${role}`, en: `${role} is missing` },
    })),
  });
};

/** Records a study (Zhongwei art. 9). Throws `studyPartiesMissing`, `dateAhead`, `notFound` for an unknown entry. */
export const recordStudy = (
  { db, packs }: ResourceDeps,
  jurisdiction: string,
  held: StudyHeld,
  { actor, at }: Acting,
): Promise<StudyRow> => {
  const law = catalogLaw(packs, jurisdiction);
  mustHaveParties(law, held);
  mustNotLieAhead(held.heldOn, at, '/heldOn');
  const { heldOn, demand, results, resultCodes, parties } = held;
  const resources = [...new Set(held.resources)];
  return db.transaction().execute(async (trx) => {
    const known = await findResources(trx, resources);
    if (known.filter((row) => row.jurisdiction === jurisdiction).length < resources.length)
      throw problem('notFound');
    const number = await nextStudyNumber(trx, jurisdiction);
    const id = `${law.pack.areaCode}-YJ-${String(number).padStart(6, '0')}`;
    const row = {
      ...{ id, jurisdiction, held_on: heldOn, demand, results, result_codes: resultCodes },
      ...{ recorded_by: actor.id, recorded_at: at },
    };
    await insertStudy(trx, row, parties, resources);
    await record(trx, 'catalog', {
      ...{ key: id, type: 'resource.studyRecorded.v1' as const, subject: id, jurisdiction, at, actor },
      data: { study: id, parties: parties.map(({ organisation }) => organisation), resultCodes, heldOn },
    });
    return { ...row, parties, resources };
  });
};

/** When the next study is due at the latest, by the pack's period; `null` where no text asks for one. */
export const nextStudyDue = (
  { packs }: Pick<ResourceDeps, 'packs'>,
  row: { jurisdiction: string; held_on: string },
) => {
  const { studyPeriod } = valuesOf(packOf(packs, row.jurisdiction), 'catalog');
  return studyPeriod === 'none' ? null : addMonths(row.held_on, studyPeriod.months);
};
