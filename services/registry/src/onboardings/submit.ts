/** Submission: the case's number, its rules and the intake row, in one transaction (中卫 18). */
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { contentHash } from '@gongshu/infra/cases/contents';
import { type Taken, takeIn } from '@gongshu/infra/intake/take';
import { record } from '@gongshu/infra/record';
import { onboardingNo } from '@gongshu/shared/application/ids';
import { businessDateOf, toInstantText, yearOf } from '@gongshu/shared/business-date';
import { onboardingRules } from '@gongshu/shared/onboarding/rules';
import type { OnboardingCase } from '@gongshu/shared/onboarding/types';
import { whyNoNewCase } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import { mustHaveNorm } from '../norms/in-force.ts';
import { findParty } from '../queries/party.ts';
import { onboardingArticle } from './address.ts';
import type { Contents } from './contents.ts';
import type { OnboardingDb, OnboardingDeps, OnboardingTrx } from './deps.ts';
import { fileDocuments, mustBeTheParty, mustBeWhole } from './material.ts';

type Submitter = { id: string; role: string; organisation: string; jurisdiction: string };

/** The operator that accepts and checks, and the bureau that hears of it; the operator's own where a city has none. */
const bodiesOf = async (db: OnboardingDb, jurisdiction: string) => {
  const rows = await db
    .selectFrom('party')
    .select(['id', 'kind'])
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', 'in', ['operator', 'bureau'])
    .where('successor', 'is', null)
    .orderBy('id')
    .execute();
  const operator = rows.find(({ kind }) => kind === 'operator')?.id;
  if (!operator) throw problem('operatorUnknown');
  return { operator, authority: rows.find(({ kind }) => kind === 'bureau')?.id ?? operator };
};

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

const nextNumber = async (trx: OnboardingTrx, jurisdiction: string, year: number): Promise<number> => {
  const row = await trx
    .insertInto('application_number')
    .values({ jurisdiction, year, last: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['jurisdiction', 'year'])
        .doUpdateSet((eb) => ({ last: eb('application_number.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last;
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
  }: {
    lawNow: Date;
    receipt: string;
    /** What is written with the case, all or none. */
    also?: (trx: OnboardingTrx, taken: Taken & { caseNo: string }) => Promise<void>;
  },
): Promise<Taken & { caseNo: string }> => {
  const { jurisdiction, organisation } = by;
  const pack = deps.packs.resolve(jurisdiction);
  if (!pack.rules['merchantOnboarding']) throw problem('lifecycleNotInPack', { params: { jurisdiction } });
  const closed = whyNoNewCase(pack, businessDateOf(lawNow.getTime()));
  if (closed) throw problem(closed, { params: { from: pack.from ?? '', until: pack.until ?? '' } });
  const party = await findParty(deps.db as never, jurisdiction, organisation);
  if (party?.kind !== 'merchant') throw problem('merchantNotRegistered');
  mustBeWhole(pack, contents);
  mustBeTheParty(party, contents);
  const { operator, authority } = await bodiesOf(deps.db, jurisdiction);
  const rules = onboardingRules(pack);
  const calendarVersion = await deps.calendarVersion(jurisdiction);
  return takeIn(
    deps.db as unknown as Kysely<ApplicationTables>,
    null,
    async (caseTrx, { receivedAt }) => {
      const trx = caseTrx as unknown as OnboardingTrx;
      await mustHaveNorm(trx, pack, 'onboardingNorm');
      await mustBeFree(trx, deps, by);
      const year = yearOf(businessDateOf(receivedAt.getTime()));
      const caseNo = onboardingNo(pack.areaCode, year, await nextNumber(trx, jurisdiction, year));
      const onboarding: OnboardingCase = {
        ...{ caseNo, jurisdiction, authority, calendarVersion, rules },
        jurisdictionTitle: pack.title,
        applicant: organisation,
        operator: { organisation: operator, name: `运营机构 ${operator}` },
        submittedAt: receivedAt.getTime(),
      };
      await writeCase(caseTrx, onboarding, { contents, receipt, receivedAt, submittedBy: by.id });
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
          applicant: organisation,
          receivedAt: toInstantText(receivedAt.getTime()),
          contentHash: contentHash(contents),
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

const writeCase = async (
  trx: Transaction<ApplicationTables>,
  onboarding: OnboardingCase,
  {
    contents,
    receipt,
    receivedAt,
    submittedBy,
  }: { contents: Contents; receipt: string; receivedAt: Date; submittedBy: string },
): Promise<void> => {
  const { caseNo, jurisdiction, rules } = onboarding;
  await trx
    .insertInto('application')
    .values({
      ...{ case_no: caseNo, jurisdiction, lifecycle: 'onboarding' as const },
      applicant_organisation: onboarding.applicant,
      operator_organisation: onboarding.operator.organisation,
      pack_version: rules.packVersion,
      rules: JSON.stringify(rules) as never,
      calendar_version: onboarding.calendarVersion,
      stage: 'acceptance',
      outcome: null,
      grant_no: null,
      submitted_by: submittedBy,
      submitted_at: receivedAt,
      accepted_at: null,
      ended_at: null,
    })
    .execute();
  await trx
    .insertInto('application_content')
    .values({
      ...{ case_no: caseNo, version: 1, receipt },
      contents: JSON.stringify(contents) as never,
      content_hash: contentHash(contents),
      changed: [],
      submitted_at: receivedAt,
    })
    .execute();
};
