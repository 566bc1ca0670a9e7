/** Organisations that take part in a procedure, read inside the transaction of the change that is told. */
import type { Hearer, ProcedureHearer } from '@gongshu/shared/notices/table';
import { type RawBuilder, sql, type Transaction } from 'kysely';

type Trx = Transaction<any>;
type Data = Readonly<Record<string, unknown>>;
type Ids = RawBuilder<{ id: string }>;
type Bodies = 'party' | 'body';
type Told = { jurisdiction: string; data: Data };

/** The words of the table that stand for bodies of a procedure, and of what surrounds it. Bodies stand in `party` or, by the registry's events, in `body`. */
const ofProcedures = new Set<string>([
  ...['authority', 'government', 'waitedFor', 'bodies', 'invitees', 'bidders', 'panel', 'objector', 'asked'],
  ...['operatorMerchants', 'questionMembers'],
  ...['productOwner', 'productOperator', 'productSources', 'productHolders'],
]);
export const isOfProcedure = (hearer: Hearer): hearer is ProcedureHearer =>
  ofProcedures.has(hearer) || hearer.startsWith('bodies.');

/**
 * Who is waited for: in `waits_for` a role, which one body of the city or those of the case hold. Of a period (`period`, or
 * the `step` that is overdue) those whom it binds; what somebody may do and does not owe waits for nobody.
 */
const byRole = (bodies: Bodies, caseNo: string, { period, step }: Data): Ids => sql`
  select distinct case
      when item ->> 'body' is not null then item ->> 'body'
      when item ->> 'role' = 'bureau' then procedure.authority
      when item ->> 'role' = 'government' then government.id
      else body.organisation
    end as id
  from procedure
  cross join lateral jsonb_array_elements(waits_for) as waiting (item)
  left join ${sql.table(bodies)} as government
    on government.jurisdiction = procedure.jurisdiction and government.kind = 'government'
  left join procedure_body as body on body.case_no = procedure.case_no and body.role = item ->> 'role'
  where procedure.case_no = ${caseNo}
    and (${textOf(period)}::text is not null or item -> 'optional' is distinct from 'true'
      or item -> 'right' is not distinct from 'true')
    and (${textOf(period)}::text is null or item ->> 'period' = ${textOf(period)}::text)
    and (${textOf(step)}::text is null or item ->> 'period' = ${textOf(step)}::text or not jsonb_path_exists(
      waits_for, '$[*] ? (@.period == $step)', jsonb_build_object('step', ${textOf(step)}::text)
    ))`;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const query = (hearer: ProcedureHearer, bodies: Bodies, { jurisdiction, data }: Told): Ids => {
  const text = (field: string): string => (typeof data[field] === 'string' ? data[field] : '');
  const caseNo = text('caseNo');
  const [word, role] = hearer.split('.') as [string, string | undefined];
  switch (word) {
    case 'authority':
      return sql`select authority as id from procedure where case_no = ${caseNo}`;
    case 'government':
      return sql`select id from ${sql.table(bodies)} where jurisdiction = ${jurisdiction} and kind = 'government'`;
    case 'waitedFor':
      return byRole(bodies, caseNo, data);
    case 'bodies':
      return sql`
        select distinct organisation as id
        from procedure_body
        where case_no = ${caseNo}
          and role = coalesce(${role ?? null}::text, role)`;
    case 'invitees':
      return sql`select organisation as id from selection_invitee where case_no = ${caseNo}`;
    case 'bidders':
      return sql`select bidder as id from sealed_bid where case_no = ${caseNo}`;
    case 'panel': // as it was drawn last
      return sql`
        select distinct organisation as id
        from selection_member
        where case_no = ${caseNo}
          and pool_hash = coalesce(${text('poolHash') || null}::text, (
            select data ->> 'poolHash'
            from procedure_entry
            where procedure_entry.case_no = ${caseNo} and kind = 'committeeDrawn'
            order by position desc
            limit 1
          ))`;
    case 'objector':
      return sql`
        select actor_organisation as id
        from procedure_entry
        where case_no = ${caseNo}
          and kind = 'objectionRaised'
          and data -> 'objection' = ${JSON.stringify(data['objection'] ?? null)}::jsonb
          and actor_organisation is not null`;
    case 'asked':
      return sql`select organisation as id from evaluation_questionnaire where case_no = ${caseNo}`;
    case 'operatorMerchants':
      return sql`
        select merchant.organisation as id
        from merchant
        left join application on application.case_no = merchant.case_no
        where merchant.jurisdiction = ${jurisdiction}
          and standing <> 'exited'
          and coalesce(operator_organisation, ${text('operator')}) = ${text('operator')}`;
    case 'questionMembers':
      return sql`
        select distinct organisation as id
        from expert_question_member
        where question = ${text('question')}
          and left_at is null`;
    case 'productOwner':
      return sql`select start -> 'facts' ->> 'owner' as id from procedure where case_no = ${caseNo}`;
    case 'productOperator':
      return sql`select start -> 'facts' ->> 'operator' as id from procedure where case_no = ${caseNo}`;
    case 'productSources':
      return sql`select organisation as id from procedure_body where case_no = ${caseNo} and role = 'source'`;
    case 'productHolders': // who is no body of the city the operator tells
      return sql`
        select distinct holder as id
        from product_delivery
        join party on party.jurisdiction = product_delivery.jurisdiction and party.id = holder
        where product_delivery.case_no = ${caseNo}`;
    default:
      throw new RangeError(`nobody knows who ${hearer} is`);
  }
};

/**
 * Whom such a word stands for, as organisation ids; empty where nobody does. What waits for nobody (a period that only
 * runs) waits for the bureau that leads.
 */
export const hearOfProcedure = async (
  trx: Trx,
  bodies: Bodies,
  told: Told,
  hearer: ProcedureHearer,
): Promise<string[]> => {
  const { rows } = await query(hearer, bodies, told).execute(trx);
  const found = rows.map(({ id }) => id).filter((id) => typeof id === 'string');
  if (hearer !== 'waitedFor' || found.length > 0) return found;
  return hearOfProcedure(trx, bodies, told, 'authority');
};
