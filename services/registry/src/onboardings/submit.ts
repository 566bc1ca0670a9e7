/** Submission: the case's number, its rules and the intake row, in one transaction (中卫 18). */
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { jsonHash } from '@gongshu/infra/hash';
import { bodiesOf } from '@gongshu/infra/cases/bodies';
import { openCase } from '@gongshu/infra/cases/open-case';
import { nextNumber } from '@gongshu/infra/cases/number';
import type { Submitter } from '@gongshu/infra/cases/submission';
import { type Taken, takeIn } from '@gongshu/infra/intake/take';
import { record } from '@gongshu/infra/record';
import { onboardingNo } from '@gongshu/shared/application/ids';
import { businessDateOf, toInstantText, yearOf } from '@gongshu/shared/business-date';
import { onboardingRules } from '@gongshu/shared/onboarding/rules';
import type { OnboardingCase } from '@gongshu/shared/onboarding/types';
import { whyNoNewCase } from '@gongshu/shared/packs/pack';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, sql } from 'kysely';
import { mustHaveNorm } from '../norms/in-force.ts';
import { findParty } from '../queries/party.ts';
import { onboardingArticle } from './address.ts';
import type { Contents } from './contents.ts';
import type { OnboardingDeps, OnboardingTrx } from './deps.ts';
import { fileDocuments, mustBeTheParty, mustBeWhole } from './material.ts';

/**
 * One onboarding of a merchant at a time, and none of one that stands enrolled or suspended; whoever exited or was not
 * enrolled may apply again. Throws `alreadyEnrolled`, `merchantSuspended`, `onboardingOpen` (409).
 */
const mustBeFree = async (
  trx: OnboardingTrx,
  deps: OnboardingDeps,
  { jurisdiction, organisation }: Submitter,
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`onboarding ${jurisdiction} ${organisation}`}, 0))`.execute(
    trx,
  );
  const article = onboardingArticle(deps.packs, jurisdiction, 'outcomes');
  const merchant = await trx
    .selectFrom('merchant')
    .select('standing')
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  if (merchant?.standing === 'enrolled') throw problem('alreadyEnrolled', article);
  if (merchant?.standing === 'suspended') throw problem('merchantSuspended', article);
  const open = await trx
    .selectFrom('application')
    .select('case_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('applicant_organisation', '=', organisation)
    .where('lifecycle', '=', 'onboarding')
    .where('outcome', 'is', null)
    .executeTakeFirst();
  if (open) throw problem('onboardingOpen', { params: { caseNo: open.case_no } });
};

/**
 * Takes an onboarding in. Throws problems for a city without the lifecycle, a norm that is not approved, a body that is
 * no registered merchant, material that is not whole, and a merchant that stands otherwise.
 */
export const submitOnboarding = async (
  deps: OnboardingDeps,
  contents: Contents,
  by: Submitter,
  {
    lawNow,
    receipt,
    also,
    mandate: named,
  }: {
    lawNow: Date;
    receipt: string;
    /** With whose operator it onboards, by the agreement; the one mandate that runs when left out. */
    mandate?: string | undefined;
    /** What is written with the case, all or none. */
    also?: (trx: OnboardingTrx, taken: Taken & { caseNo: string }) => Promise<void>;
  },
): Promise<Taken & { caseNo: string }> => {
  const { jurisdiction, organisation } = by;
  const pack = packWith(deps.packs, jurisdiction, 'merchantOnboarding');
  const closed = whyNoNewCase(pack, businessDateOf(lawNow.getTime()));
  if (closed) throw problem(closed, { params: { from: pack.from ?? '', until: pack.until ?? '' } });
  const party = await findParty(deps.db as never, jurisdiction, organisation);
  if (party?.kind !== 'merchant') throw problem('merchantNotRegistered');
  mustBeWhole(pack, contents);
  mustBeTheParty(party, contents);
  const asked = { mandate: named, anyExtent: true };
  const today = businessDateOf(lawNow.getTime());
  const { mandate, operator, authority } = await bodiesOf(deps.db, 'party', pack, asked, today);
  const rules = onboardingRules(pack);
  const calendarVersion = await deps.calendarVersion(jurisdiction);
  return takeIn(
    deps.db as unknown as Kysely<ApplicationTables>,
    null,
    async (caseTrx, { receivedAt }) => {
      const trx = caseTrx as unknown as OnboardingTrx;
      await mustHaveNorm(trx, pack, 'onboardingNorm', operator);
      await mustBeFree(trx, deps, by);
      const year = yearOf(businessDateOf(receivedAt.getTime()));
      const caseNo = onboardingNo(
        pack.areaCode,
        year,
        await nextNumber(trx, 'application_number', { jurisdiction, year }),
      );
      const onboarding: OnboardingCase = {
        ...{ caseNo, jurisdiction, authority, calendarVersion, rules },
        jurisdictionTitle: pack.title,
        applicant: organisation,
        operator: { organisation: operator, name: `运营机构 ${operator}` },
        submittedAt: receivedAt.getTime(),
      };
      await openCase(
        caseTrx,
        { ...onboarding, lifecycle: 'onboarding' },
        {
          ...{ contents, receipt, by: by.id },
          competence: { mandate },
        },
      );
      await fileDocuments(trx, contents, { caseNo, jurisdiction, organisation, at: receivedAt });
      await also?.(trx, { caseNo, receipt, receivedAt });
      const actor = { id: by.id, role: by.role, organisation };
      await record(trx, 'registry', {
        key: `${caseNo}/submitted`,
        type: 'onboarding.submitted.v1',
        subject: caseNo,
        ...{ jurisdiction, actor },
        at: receivedAt,
        data: {
          caseNo,
          packVersion: pack.version,
          ...{ applicant: organisation, operator },
          receivedAt: toInstantText(receivedAt.getTime()),
          contentHash: jsonHash(contents),
          ...(contents.size && { size: contents.size }),
        },
        audit: { receipt },
      });
      return {
        ...{ jurisdiction, caseNo, actor },
        act: 'submitOnboarding',
        turnId: null,
        workflowId: caseNo,
        payload: { onboarding },
      };
    },
    { receipt },
  );
};
