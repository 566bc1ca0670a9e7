/** What bodies of a city do with ceilings and tariffs, over the real routes and workflows. */
import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { type Pricing, pricingPeople } from '../support/pricing.ts';

const packs = loadPacks();
/** An answer with its status. */
type Said = { status: number } & Record<string, any>;

export type UnitGiven = { unit: string; fen: number; from: string; expectedQty: string };

export const atPrices = (the: Pricing, city: string) => {
  const who = pricingPeople(city);
  const upload = (organisation: string, title: string) => the.upload(city, organisation, title);
  const drafted = async (product: string, ceilings: UnitGiven[], change: object = {}) => ({
    ...{ product, ceilings, grounds: '按成本测算', documents: [await upload('city-bureau', '上限测算')] },
    ...change,
  });
  const unit = (fen: number, from: string, change: Partial<UnitGiven> = {}): UnitGiven => ({
    ...{ unit: 'call', fen, from, expectedQty: '1000' },
    ...change,
  });
  const draft = async (product: string, ceilings: UnitGiven[], path?: string): Promise<string> =>
    the.open(who.bureau, '/v1/ceiling-prices', await drafted(product, ceilings), path);
  /** Drafted and set. */
  const ceiling = async (product: string, ...ceilings: UnitGiven[]): Promise<string> => {
    const caseNo = await draft(product, ceilings);
    const set = await the.post(who.bureau, `/v1/ceiling-prices/${caseNo}/setting`);
    if (set.status !== 200) throw new Error(JSON.stringify(set));
    return caseNo;
  };
  const asked = (product: string, fen: number, from: string, change: object = {}) => ({
    ...{ product, unit: 'call', fen, from, grounds: '参照市场' },
    ...change,
  });
  const tariff = async (product: string, fen: number, from: string, change: object = {}): Promise<Said> => {
    const answer = await the.call(who.operator, 'POST', '/v1/tariffs', asked(product, fen, from, change));
    return { status: answer.statusCode, ...answer.json<Record<string, any>>() };
  };
  const answer = async (number: string, what: 'receipt' | 'return'): Promise<Said> => {
    const document = await upload('city-bureau', `备案${what}`);
    const reasons = [{ code: 'unclear', text: '依据不足' }];
    const said = await the.call(who.bureau, 'POST', `/v1/tariffs/${number}/filing/${what}`, {
      document,
      ...(what === 'return' && { reasons }),
    });
    return { status: said.statusCode, ...said.json<Record<string, any>>() };
  };
  /** Published, by way of its filing where the city asks for one. */
  const published = async (product: string, fen: number, from: string, change: object = {}) => {
    const set = await tariff(product, fen, from, change);
    if (set.status !== 201) throw new Error(JSON.stringify(set));
    const files = valuesOf(packs.resolve(city), 'pricing').tariffs.filedWith !== 'none';
    return files ? answer(String(set['tariff']), 'receipt') : set;
  };
  const publicly = async (what: 'tariffs' | 'ceilings', product: string, on?: string) => {
    const query = new URLSearchParams({ jurisdiction: city, product, ...(on && { on }) });
    const read = await the.call(null, 'GET', `/v1/public/${what}?${query.toString()}`);
    return read.json<{ items: Record<string, any>[] }>().items;
  };
  return { who, upload, drafted, unit, draft, ceiling, asked, tariff, answer, published, publicly };
};
