import type { LightMyRequestResponse } from 'fastify';
import { type Pricing, pricingPeople, startPricing } from '../support/pricing.ts';

/** The cities of our packs, each under its own text on prices. */
export const priceCities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
export type PriceCity = (typeof priceCities)[number];

/** What a refusal says: its status, its code, the article it names and the places at fault. */
export const refusalOf = (answer: LightMyRequestResponse) => {
  const {
    code,
    article,
    errors = [],
  } = answer.json<{
    code?: string;
    article?: { instrument: string; article: string };
    errors?: { pointer: string }[];
  }>();
  return {
    status: answer.statusCode,
    code,
    article: article?.article,
    pointers: errors.map(({ pointer }) => pointer),
  };
};

/** Of the instruments that a refusal on prices may name. */
export const priceMechanism = '国家发展改革委 国家数据局关于建立公共数据资源授权运营价格形成机制的通知';

/** The pricing service of every city of ours; the law stands at 09:00 of 2024-03-01. */
export const startPriceLaw = async () => {
  const the: Pricing = await startPricing(priceCities);
  await the.law.begin('2024-03-01T09:00:00');
  const people = Object.fromEntries(priceCities.map((city) => [city, pricingPeople(city)])) as Record<
    PriceCity,
    ReturnType<typeof pricingPeople>
  >;
  return { ...the, people };
};
export type PriceLaw = Awaited<ReturnType<typeof startPriceLaw>>;
