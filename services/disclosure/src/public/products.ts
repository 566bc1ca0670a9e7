/** Products on the list, their tariffs and ceilings; services with a fee (E3, E4, F1, F3, F6). */
import { addDays } from '@gongshu/shared/business-date';
import { sql } from 'kysely';
import { type Handler, keep, restsOf, type Told, type Trx } from './keep.ts';

const described: Handler = (trx, { data, jurisdiction, sequence, at }) =>
  keep(
    trx,
    'public_product',
    { product: data.product },
    {
      ...{ jurisdiction, case_no: data.caseNo, version: data.version, state: data.state, title: data.title },
      ...{ description: data.description, class: data.class, purpose: data.purpose, owner: data.owner },
      ...{ operator: data.operator, resources: data.resources, registration_code: data.registrationCode },
      ...{ national_code: data.nationalCode, artefact: data.artefact, listed_on: data.listedOn },
      ...{ told_at: at, sequence },
    },
    'sequence',
  );

/** The earliest end that anything told of a tariff, in whatever order. */
const endsOn = async (trx: Trx, jurisdiction: string, tariff: string, day: string): Promise<void> => {
  await sql`
    insert into public_tariff as t (tariff, jurisdiction, ended_on)
    values (${tariff}, ${jurisdiction}, ${day})
    on conflict (tariff) do update
    set ended_on = least(t.ended_on, excluded.ended_on)`.execute(trx);
};

const published: Handler = async (trx, told) => {
  const { data, jurisdiction, at } = told;
  await keep(
    trx,
    'public_tariff',
    { tariff: data.tariff },
    {
      ...{ jurisdiction, product: data.product, operator: data.operator, unit: data.unit },
      ...{ class: data.class, scenario: data.scenario, purpose: data.purpose, fen: data.fen },
      ...{ discount: data.discount, from_on: data.from, until_on: data.until, published_at: at },
      ...restsOf(told),
    },
  );
  const before: string[] = data.replaces ?? (data.cutFrom ? [data.cutFrom] : []);
  for (const one of before) await endsOn(trx, jurisdiction, one, addDays(data.from, -1));
};

/** Before every day: it never came to apply. */
const never = '0001-01-01';
const ended: Handler = (trx, { data, jurisdiction }) =>
  endsOn(trx, jurisdiction, data.tariff, data.until ?? never);

type Ceiling = { unit: string; fen: number; from: string; before: number | null };
const ceiling: Handler = async (trx, told) => {
  const { data, jurisdiction, at } = told;
  for (const { unit, fen, from, before } of data.ceilings as Ceiling[])
    await keep(
      trx,
      'public_ceiling',
      { case_no: data.caseNo, unit },
      {
        ...{ jurisdiction, product: data.product, operator: data.operator, fen, before_fen: before },
        ...{ from_on: from, set_at: at, ...restsOf(told) },
      },
    );
};

const feeOf = ({ data, jurisdiction }: Told) => ({
  ...{ jurisdiction, operator: data.operator, item: data.item, version: data.version },
});
const fee =
  (withdrawn: boolean): Handler =>
  (trx, told) => {
    const { data, at } = told;
    const price = withdrawn
      ? {}
      : {
          ...{ kind: data.kind, unit: data.unit, cost_fen: data.costFen, margin: data.margin },
          ...{ margin_fen: data.marginFen, fen: data.fen },
        };
    return keep(
      trx,
      'public_service_fee',
      { fee: data.fee },
      { ...feeOf(told), ...price, from_on: data.from, withdrawn, published_at: at, ...restsOf(told) },
    );
  };
const titled: Handler = (trx, told) =>
  keep(
    trx,
    'public_service_fee',
    { fee: told.data.fee },
    {
      ...feeOf(told),
      title: told.data.title,
    },
  );

export const productHandlers: Readonly<Record<string, Handler>> = {
  'product.described.v1': described,
  'tariff.published.v1': published,
  'tariff.cut.v1': published,
  'tariff.ended.v1': ended,
  'ceilingPrice.set.v1': ceiling,
  'serviceFee.published.v1': fee(false),
  'serviceFee.withdrawn.v1': fee(true),
  'serviceFee.titled.v1': titled,
};
