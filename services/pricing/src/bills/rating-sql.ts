/**
 * Rating in the database: what the engine's rater says of each record, for millions of them in one statement. Exact:
 * `numeric` multiplies without rounding, and one `floor` follows (the property test holds both against each other).
 */
import type { ChargeUnit } from '@gongshu/shared/packs/topics/pricing';
import { chargeUnits } from '@gongshu/shared/packs/topics/pricing';
import type { PricingLaw } from '@gongshu/shared/pricing/law';
import { incomeOfUse } from '@gongshu/shared/settlement/income';
import { sql } from 'kysely';
import type { TariffInForce } from '../tariffs/in-force.ts';
import type { Owner, UsageTrx } from '../usage/record.ts';

/** What records are rated by: tariffs by days, and what the pack has free. */
export type RateCard = {
  tariffs: readonly TariffInForce[];
  law: Pick<PricingLaw, 'freePurposes' | 'incomeKinds'>;
};

/**
 * Fills `rated`, a table of this transaction alone: every record up to a day that no bill has, with its charge; `kind` is
 * null where no tariff applies. A record that was taken back before it was billed is left out with what takes it back;
 * what takes back a billed one is rated at the very fen of its charge.
 */
export const rateOpenUse = async (
  trx: UsageTrx,
  { jurisdiction, operator }: Owner,
  until: string,
  { tariffs, law }: RateCard,
): Promise<void> => {
  const column = (of: (tariff: TariffInForce) => string | null) => tariffs.map(of);
  const income = (unit: ChargeUnit) => incomeOfUse(unit, law);
  await sql`
    create temporary table rated on commit drop as
    with card as materialized (
      select *
      from unnest(
        ${column(({ tariff }) => tariff)}::text[], ${column(({ product }) => product)}::text[],
        ${column(({ unit }) => unit)}::text[], ${column((one) => one.class)}::text[],
        ${column(({ purpose }) => purpose)}::text[], ${column(({ scenario }) => scenario)}::text[],
        ${column(({ fen }) => String(fen))}::numeric[], ${column(({ discount }) => discount)}::numeric[],
        ${column(({ from }) => from)}::date[], ${column(({ until: last }) => last)}::date[]
      ) as card (tariff, product, unit, class, purpose, scenario, fen, discount, from_on, until_on)
    ), income (unit, income) as (
      select * from unnest(${[...chargeUnits]}::text[], ${chargeUnits.map(income)}::text[])
    ), open_use as (
      select record.*
      from usage_record as record
      where jurisdiction = ${jurisdiction}
        and operator = ${operator}
        and used_on <= ${until}::date
        and not exists (
          select from usage_charge as charge
          where charge.jurisdiction = record.jurisdiction
            and charge.operator = record.operator
            and charge.usage = record.id)
    ), rated as (
      select record.id, merchant, income.income, record.product, record.unit, record.class, record.purpose,
             record.scenario, qty, used_on,
             case
               when record.purpose = any(${[...law.freePurposes.value.purposes]}::text[]) then 'free'
               when coalesce(own.tariff, plain.tariff) is not null then 'charge'
             end as kind,
             coalesce(own.tariff, plain.tariff) as tariff,
             coalesce(own.fen, plain.fen) as unit_fen,
             coalesce(own.discount, plain.discount) as discount
      from open_use as record
      join income on income.unit = record.unit
      left join card as own
        on own.product = record.product and own.unit = record.unit and own.class = record.class
        and own.purpose = record.purpose and own.scenario = record.scenario
        and record.used_on between own.from_on and own.until_on
      left join card as plain
        on plain.product = record.product and plain.unit = record.unit and plain.class = record.class
        and plain.purpose = record.purpose and plain.scenario is null
        and record.used_on between plain.from_on and plain.until_on
      where record.reverses is null
        and not exists (
          select from usage_record as back
          where back.jurisdiction = ${jurisdiction} and back.operator = ${operator} and back.reverses = record.id)
    )
    select id, merchant, income, product, unit, class, purpose, scenario, qty, used_on, kind,
           case when kind = 'charge' then tariff end as tariff,
           case when kind = 'charge' then unit_fen end as unit_fen,
           case when kind = 'charge' then discount end as discount,
           case kind when 'free' then 0 when 'charge' then floor(qty * unit_fen * (1 - discount)) end as fen
    from rated
    union all
    select back.id, back.merchant, line.income, back.product, back.unit, back.class, back.purpose, back.scenario,
           -back.qty, back.used_on, 'reversal', line.tariff, line.unit_fen, line.discount::numeric, -charge.fen
    from open_use as back
    join usage_charge as charge
      on charge.jurisdiction = back.jurisdiction and charge.operator = back.operator
      and charge.usage = back.reverses
    join bill_line as line on line.bill = charge.bill and line.line = charge.line
    where back.reverses is not null`.execute(trx);
};
