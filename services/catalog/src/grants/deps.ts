import type { GrantTables } from '@gongshu/infra/cases/grant-tables';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import type { SuspensionCause } from '@gongshu/shared/grant/types';
import { citedArticle, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { type RestsOn, restsOn } from '@gongshu/shared/packs/resting-on';
import type { DataUseRules } from '@gongshu/shared/packs/topics/data-use';
import type { ArticleRef } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { ApplicationDeps } from '../applications/deps.ts';
import type { ResourceTables } from '../tables/resource.ts';

/** Applications, resources, agreements and grants: what the catalog's schema holds of them. */
export type UseTables = ApplicationTables & ResourceTables & GrantTables;
export type UseDb = Kysely<UseTables>;
export type UseTrx = Transaction<UseTables>;

/** What the routes of agreements and grants close over. */
export type GrantDeps = Omit<ApplicationDeps, 'db' | 'calendarVersion'> & { db: UseDb };

export type ActingPerson = { id: string; role: string; organisation: string | null };

export const GrantNo = z.string().regex(/^[0-9A-Z]{2,12}-SY-\d{4}-\d{6,9}$/);
export const AgreementNo = z.string().regex(/^[0-9A-Z]{2,12}-XY-\d{4}-\d{6,9}$/);
/** A code the platform's questions must name, such as `parkingGuidance`. */
export const Purpose = z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/);
export const Reason = z.strictObject({
  code: z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/),
  text: z.string().trim().min(1).max(2_000),
});
export type Reason = z.infer<typeof Reason>;
export const Reasons = z.array(Reason).max(50).default([]);

/** The clause a rule of the use of data rests on; nothing where the text is silent, or the pack without the topic. */
export const useArticle = (
  packs: GrantDeps['packs'],
  jurisdiction: string,
  key: keyof DataUseRules,
): { article?: ArticleRef } => citedArticle(packs.resolve(jurisdiction).rules['dataUse']?.[key]);

/** The rule a suspension rests on, and its lifting: the merchant's standing, the mandate's, or a refused use (A8). */
export const suspensionRests = (pack: ResolvedPack, cause: SuspensionCause): RestsOn => {
  if (cause === 'merchantSuspended') return restsOn(pack, 'merchantOnboarding', 'whileSuspended');
  if (cause === 'mandateSuspended') return restsOn(pack, 'operatingAgreement', 'suspension');
  if (cause === 'mandateEnded') return restsOn(pack, 'operatingAgreement', 'runningGrantsOnExit');
  return restsOn(pack, 'dataUse', 'refusedUse');
};
