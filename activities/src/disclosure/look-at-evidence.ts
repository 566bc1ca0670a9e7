/** What the Schedule of a day of evidence does (X4): one look, whatever was missed before. */
import { evidenceLaw } from '@gongshu/shared/platform-evidence/law';
import type { EvidenceLookActivities } from '@gongshu/shared/platform-evidence/types';
import { lookAtEvidence } from '@gongshu/infra/platform-evidence/look';
import { looked } from '@gongshu/infra/platform-evidence/due';
import type { EvidenceTables } from '@gongshu/infra/platform-evidence/tables';
import type { Kysely } from 'kysely';
import { type ApplicationDeps, time } from '../application/deps.ts';
import { packs } from '../packs.ts';

/** Runs at least once: the second run finds everything told. A city whose pack went without the topic is let be. */
export const createLookAtEvidence =
  (deps: ApplicationDeps): EvidenceLookActivities['lookAtEvidence'] =>
  async (of) => {
    const db = deps.db.disclosure as unknown as Kysely<EvidenceTables>;
    const { now } = await deps.time();
    const law = evidenceLaw(packs().resolve(of.jurisdiction));
    const at = new Date(now);
    return db.transaction().execute(async (trx) => {
      if (law) return { told: await lookAtEvidence(trx, of, law, { at, actor: time }) };
      await looked(trx, of, at);
      return { told: 0 };
    });
  };
