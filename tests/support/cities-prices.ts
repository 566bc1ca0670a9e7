/** Prices in any city: ledger, permitted revenue, ceiling, tariff, by its pack alone (F1–F4). */
import type { PricingRules } from '@gongshu/shared/packs/topics/pricing';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { meteredUse } from '@gongshu/shared/events/usage';
import { Kafka, logLevel } from 'kafkajs';
import type { City } from './stack-cities.ts';
import { type Answer, type Seat, type Stack, until } from './stack.ts';

const rulesOf = ({ pack }: City): PricingRules => valuesOf(pack, 'pricing') as PricingRules;
const seatOf = ({ seats }: City, body: string): Seat =>
  body === 'price' ? seats.price : body === 'government' ? seats.government : seats.bureau;

/** What one unit is charged for here: the first unit of the pack. */
export const unitIn = (city: City): string => rulesOf(city).units[0] ?? 'call';
/** At most this much a unit, in fen. */
export const ceilingFen = 1_000;

/** Once pricing has heard of the product from the registry. */
export const heardOf = async (city: City, product: string): Promise<void> => {
  const cost = { year: 2025, kind: rulesOf(city).costKinds[0], product, fen: 1, related: true };
  const { status, body } = await until<Answer>(
    () => city.tried(city.seats.operator, '/v1/costs', { ...cost, ground: '开通' }, 'pricing'),
    (answer) => answer.status < 300,
  );
  if (status >= 300) throw new Error(`${city.jurisdiction}: ${status} ${JSON.stringify(body)}`);
};

/** Two million and one fen of cost, half of it shared; one that is not related is refused. Answers that refusal. */
export const keepLedger = async (city: City, product: string, year = 2025): Promise<Answer> => {
  const { seats, must, tried } = city;
  const [first, second = first] = rulesOf(city).costKinds;
  const cost = { year, related: true, ground: '授权运营平台支出' };
  await must(seats.operator, '/v1/costs', { ...cost, kind: first, product, fen: 1_000_000 }, 'pricing');
  await must(
    seats.operator,
    '/v1/costs',
    { ...cost, kind: second, product: null, fen: 1_000_000 },
    'pricing',
  );
  return tried(
    seats.operator,
    '/v1/costs',
    { ...cost, kind: first, fen: 5, related: false, ground: '与运营无关的招待费' },
    'pricing',
  );
};

/** Opened, decided at each step by the body of the pack, with those it decides together with; its case. */
export const determineRevenue = async (city: City, year = 2025): Promise<string> => {
  const { seats, must, read, upload } = city;
  const question = { bondYield: '1.85%', points: '3', tax: { mode: 'rate', rate: '0.06' } };
  const { caseNo } = await must(
    seats.bureau,
    '/v1/permitted-revenues',
    { operator: 'bidder-1', year, ...question },
    'pricing',
  );
  const at = `/v1/permitted-revenues/${caseNo}`;
  for (const { by, with: others } of rulesOf(city).revenueRoute) {
    const who = seatOf(city, by);
    const { hash } = await read(seats.bureau, `${at}/figures`, 'pricing');
    const joint = await Promise.all(
      others.map(async (other) => ({ with: other, document: await upload(who, 'pricing') })),
    );
    const document = await upload(who, 'pricing');
    await must(who, `${at}/decision`, { figures: hash, document, joint }, 'pricing');
  }
  return caseNo;
};

/** A ceiling from the day named: set, reported in writing, receipted. Answers the opening where it is refused. */
export const setCeiling = async (city: City, product: string, from: string): Promise<Answer> => {
  const { seats, tried, must, upload } = city;
  const document = await upload(seats.bureau, 'pricing');
  const opened = await tried(
    seats.bureau,
    '/v1/ceiling-prices',
    {
      ...{ product, operator: 'bidder-1', grounds: '按成本与规模测算', documents: [document] },
      ceilings: [{ unit: unitIn(city), fen: ceilingFen, from, expectedQty: '2000' }],
    },
    'pricing',
  );
  if (opened.status >= 300) return opened;
  const at = `/v1/ceiling-prices/${opened.body.caseNo}`;
  await must(seats.bureau, `${at}/setting`, {}, 'pricing');
  await must(seats.bureau, `${at}/report`, { document }, 'pricing');
  await must(seats.bureau, `${at}/receipt`, { on: from, document }, 'pricing');
  return opened;
};

/** The operator's tariff; filed and receipted where the pack asks for it. Answers the setting where it is refused. */
export const setTariff = async (
  city: City,
  product: string,
  { fen, from }: { fen: number; from: string },
): Promise<Answer> => {
  const { seats, tried, must, upload } = city;
  const set = await tried(
    seats.operator,
    '/v1/tariffs',
    { product, unit: unitIn(city), fen, from, grounds: '成本加合理利润' },
    'pricing',
  );
  if (set.status >= 300 || rulesOf(city).tariffs.filedWith === 'none') return set;
  const document = await upload(seats.bureau, 'pricing');
  await must(seats.bureau, `/v1/tariffs/${set.body.tariff}/filing/receipt`, { document }, 'pricing');
  return set;
};

/** What anybody reads of the tariffs of a city on a day. */
export const publicTariffs = async (
  { read, jurisdiction }: City,
  on: string,
): Promise<{ product: string; fen: number; state?: string }[]> =>
  (await read(null, `/v1/public/tariffs?jurisdiction=${jurisdiction}&on=${on}`, 'pricing')).items;

/** Use in May: 2,600 units charged, 100 for public welfare; the same record twice counts once. */
export const recordUse = async (city: City, product: string): Promise<void> => {
  const use = { product, unit: unitIn(city), merchant: 'merchant-1', class: 'general', usedOn: '2025-05-16' };
  const purpose = city.jurisdiction === 'zhongwei' ? 'publicGovernance' : 'industry';
  const records = [
    { ...use, id: 'u-1', qty: '2600', purpose },
    { ...use, id: 'u-2', qty: '100', purpose: 'publicWelfare' },
  ];
  for (const sent of [records, records.slice(0, 1)])
    await city.must(city.seats.operator, '/v1/usage', { keep: 'none', records: sent }, 'pricing');
};

/**
 * The same use as a metering system outside tells it by Kafka: each record twice, and a message that is none. Ends once
 * the broker has all of them.
 */
export const tellUse = async (stack: Stack, city: City, product: string): Promise<void> => {
  const kafka = new Kafka({ clientId: 'metering', brokers: stack.brokers, logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  const use = { jurisdiction: city.jurisdiction, operator: 'bidder-1', product, unit: unitIn(city) };
  const record = (id: string, qty: string, purpose: string) => ({
    ...{ ...use, id, qty, purpose, merchant: 'merchant-1', class: 'general', usedOn: '2025-05-16' },
  });
  const records = [record('u-1', '2600', 'industry'), record('u-2', '100', 'publicWelfare')];
  const message = (id: string, value: string) => ({
    key: id,
    value,
    headers: {
      ...{ ce_specversion: '1.0', ce_id: id, ce_source: '/meters/1', ce_type: 'cn.gongshu.usage.metered.v1' },
    },
  });
  await producer.send({
    topic: meteredUse.topic,
    messages: [
      message('m-0', '{"qty": "many"}'),
      ...records.map((one) => message(`m-${one.id}`, JSON.stringify(one))),
      ...records.map((one) => message(`m-${one.id}-again`, JSON.stringify(one))),
    ],
  });
  await producer.disconnect();
};

/** What pricing has on record of the use of a city’s operator. */
export const usageOf = async ({
  read,
  seats,
}: City): Promise<{ id: string; qty: string; source: string }[]> =>
  (await read(seats.operator, '/v1/usage', 'pricing')).items;

/** The cost of the year reported, what products share on the one there is. */
const reportCost = async ({ seats, must }: City, product: string, year: number): Promise<void> => {
  const key = { year, key: 'equal', products: [product], ground: '仅一个产品' };
  await must(seats.operator, '/v1/allocation-keys', key, 'pricing');
  await must(seats.operator, '/v1/cost-reports', { year }, 'pricing');
};

/** The year settled: cost, bills, terms of sharing, figures confirmed by both, everything paid. Its case. */
export const settleYear = async (
  city: City,
  { agreement = '', product = '' }: { agreement?: string; product?: string },
  year = 2025,
): Promise<string> => {
  const { seats, must, read, upload } = city;
  const pricing = 'pricing' as const;
  await reportCost(city, product, year);
  await must(seats.operator, '/v1/bills', { period: `${year}-12` }, pricing);
  const other = rulesOf(city).sharing.parties.find((one) => one !== 'operator');
  const { terms, hash } = await must(
    seats.bureau,
    '/v1/sharing-terms',
    {
      ...{ operator: 'bidder-1', year, agreement, resourceFeeRate: '0.01' },
      parties: [
        { id: 'bidder-1', kind: 'operator', factor: '2' },
        { id: other === 'sourceDepartment' ? 'dept-transport' : 'city-government', kind: other, factor: '1' },
      ],
      document: await upload(seats.bureau, pricing),
    },
    pricing,
  );
  await must(seats.operator, `/v1/sharing-terms/${terms}/agreement`, { hash }, pricing);
  const { caseNo } = await must(seats.operator, '/v1/settlements', { year }, pricing);
  const at = `/v1/settlements/${caseNo}`;
  const { state } = await read(seats.bureau, at, pricing);
  const { figures } = state;
  for (const who of [seats.operator, seats.finance])
    await must(who, `${at}/confirmation`, { outcome: 'confirm', figures: figures.hash }, pricing);
  const due = [
    { what: 'resourceFee', party: null, fen: figures.resourceFeeFen },
    ...figures.shares.map(({ party, fen }: { party: string; fen: number }) => ({
      what: 'share',
      party,
      fen,
    })),
  ].filter(({ fen }) => fen > 0);
  for (const one of due) {
    const document = await upload(seats.finance, pricing);
    const paidOn = '2026-05-08';
    await must(seats.finance, `${at}/payments`, { ...one, paidOn, document }, pricing);
  }
  return caseNo;
};
