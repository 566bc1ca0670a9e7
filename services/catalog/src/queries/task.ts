/** What waits for a body in the use of data, outside every clock (Zhongwei arts. 19, 22). */
import { type MoreTasks, moreTask } from '@gongshu/infra/cases/tasks';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { type RawBuilder, sql } from 'kysely';

/** A merchant that is suspended or has left signs nothing and is given nothing: nobody can act until it stands again. */
const stands = (jurisdiction: string, merchant: RawBuilder<unknown>) => sql`
  not exists (
    select from merchant
    where merchant.jurisdiction = ${jurisdiction}
      and merchant.organisation = ${merchant}
      and standing <> 'enrolled'
  )`;

/** An amendment of a grant that has ended can neither be rendered nor signed any more. */
const follows = (kind: RawBuilder<unknown>, grantNo: RawBuilder<unknown>, today: string) => sql`
  not (
    ${kind} = 'amendment'
    and exists (
      select from use_grant
      where use_grant.grant_no = ${grantNo} and (state = 'ended' or until_on < ${today}::date)
    )
  )`;

const reports = (jurisdiction: string, operator: string | undefined) => sql`
  select ${moreTask('overreachDecision', sql`overreach_report.id`, sql`use_grant.case_no`, sql`use_grant.operator`)}
  from overreach_report
  join use_grant using (grant_no)
  where overreach_report.jurisdiction = ${jurisdiction}
    and overreach_report.outcome is null
    and ${operator === undefined ? sql`true` : sql`use_grant.operator = ${operator}`}`;

const signatures = (
  jurisdiction: string,
  party: 'merchant' | 'operator',
  organisation: string,
  today: string,
) => sql`
  select ${moreTask('agreementSignature', sql`agreement_no`, sql`case_no`, sql`${organisation}`)}
  from agreement
  where jurisdiction = ${jurisdiction}
    and state = 'offered'
    and ${sql.ref(party)} = ${organisation}
    and terms -> 'term' ->> 'until' >= ${today}
    and not exists (
      select from agreement_signature
      where agreement_signature.agreement_no = agreement.agreement_no and party = ${party}
    )
    and ${stands(jurisdiction, sql.ref('agreement.merchant'))}
    and ${follows(sql`terms ->> 'kind'`, sql`agreement.terms ->> 'replaces'`, today)}`;

/** The term that was approved may be over before anybody rendered the agreement. */
const renderings = (jurisdiction: string, operator: string, today: string) => sql`
  select ${moreTask('agreementRendering', sql`application.case_no`, sql`application.case_no`, sql`operator_organisation`)}
  from application
  join application_content
    on application_content.case_no = application.case_no and application_content.version = content_version
  where application.jurisdiction = ${jurisdiction}
    and operator_organisation = ${operator}
    and outcome in ('approved', 'approvedWithDeemedReviews', 'deemedApproved')
    and coalesce(contents -> 'term' ->> 'until' >= ${today}, true)
    and not exists (
      select from agreement
      where agreement.case_no = application.case_no and agreement.state in ('offered', 'signed')
    )
    and ${stands(jurisdiction, sql.ref('application.applicant_organisation'))}
    and ${follows(sql.ref('application.kind'), sql.ref('application.grant_no'), today)}`;

/**
 * Undecided reports of overreach (the grant's operator, the bureau), offered agreements that the actor's body has not
 * signed (merchant, operator), and approved applications without an agreement (operator; cities whose pack has the use
 * of data).
 */
export const useTasks =
  ({ packs }: { packs: PackSet }): MoreTasks =>
  ({ jurisdiction, roles, organisation }, today, of) => {
    if (of !== undefined) return []; // none of it is given to people
    const bureau = roles.includes('bureau');
    const merchant = organisation !== null && roles.includes('merchant');
    const operator = organisation !== null && roles.includes('operator');
    if (!bureau && !merchant && !operator) return [];
    const rendered =
      operator &&
      packs.jurisdictions.includes(jurisdiction) &&
      packs.resolve(jurisdiction).rules['dataUse'] !== undefined;
    return [
      ...(bureau || operator ? [reports(jurisdiction, bureau ? undefined : (organisation ?? ''))] : []),
      ...(merchant ? [signatures(jurisdiction, 'merchant', organisation, today)] : []),
      ...(operator ? [signatures(jurisdiction, 'operator', organisation, today)] : []),
      ...(rendered ? [renderings(jurisdiction, organisation, today)] : []),
    ];
  };
