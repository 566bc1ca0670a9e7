/** Prices of the operator's first year (F2, F4): two costs kept, the permitted revenue decided on along the pack's route. */
import type { PricingRules } from '@gongshu/shared/packs/topics/pricing';
import { readUntil } from './application.ts';
import { onceHeard } from './city.ts';
import type { Desk } from './desk.ts';

export type PriceDesks = { operator: Desk; bureau: Desk };
export type CostsView = { items: number; acceptedFen: number; byKind: { kind: string; fen: number }[] };
export type RevenueView = {
  caseNo: string;
  trial: boolean;
  question: { bondYield: string; points: string };
  parts: {
    netFen: number;
    permittedRate: string;
    profitFen: number;
    taxFen: number;
    permittedRevenueFen: number;
  };
};

/** In whole fen; several products share both. */
const amounts = [60_000_000, 20_000_000] as const;
const question = { bondYield: '1.85%', points: '3', tax: { mode: 'rate', rate: '0.06' } };

/** The costs of the year as they are read back; a voucher that stands is not entered again. */
export const costsKept = async (
  { operator }: Pick<PriceDesks, 'operator'>,
  year: number,
  { costKinds }: Pick<PricingRules, 'costKinds'>,
): Promise<CostsView> => {
  const { items } = await operator.get<{ items: { voucher: string | null }[] }>(
    `/v1/costs?year=${year}&limit=200`,
  );
  for (const [index, fen] of amounts.entries()) {
    const voucher = `PZ-${year}-${index + 1}`;
    if (items.some((one) => one.voucher === voucher)) continue;
    const cost = { year, kind: costKinds[index % costKinds.length], product: null, fen, related: true };
    const ground = '授权运营平台支出（示例）';
    await operator.post('/v1/costs', { ...cost, ground, voucher }, `story-cost-${voucher}`);
  }
  return operator.get<CostsView>(`/v1/costs/totals?year=${year}`);
};

/** The case of that year, which may be under way. */
const opened = async (bureau: Desk, of: { operator: string; year: number }): Promise<string> => {
  const path = '/v1/permitted-revenues';
  const { items } = await bureau.get<{ items: { caseNo: string }[] }>(`${path}?state=open`);
  for (const { caseNo } of items) {
    const { facts } = await bureau.get<{ facts: Partial<typeof of> }>(`${path}/${caseNo}`);
    if (facts.operator === of.operator && facts.year === of.year) return caseNo;
  }
  const key = `story-revenue-${of.year}`;
  const { caseNo } = await onceHeard((again) =>
    bureau.post<{ caseNo: string }>(path, { ...of, ...question }, `${key}${again}`),
  );
  return caseNo;
};

/** Decided on at each step; where the city has no price body of its own, its bureau does (会同: the joint opinion filed). */
const decided = async (
  bureau: Desk,
  caseNo: string,
  { revenueRoute }: Pick<PricingRules, 'revenueRoute'>,
): Promise<void> => {
  const at = `/v1/permitted-revenues/${caseNo}`;
  const paper = async (words: string) =>
    (await bureau.upload<{ hash: string }>('/v1/documents', `${words}.txt`, `${caseNo} ${words}。（示例）\n`))
      .hash;
  for (const { step, with: others } of revenueRoute) {
    const { stage } = await readUntil(
      () => bureau.get<{ stage: string; outcome: string | null }>(at),
      (view) => view.stage === step || view.outcome !== null,
    );
    if (stage !== step) continue;
    const { hash: figures } = await bureau.get<{ hash: string }>(`${at}/figures`);
    const document = await paper('核定意见');
    const joint = await Promise.all(
      others.map(async (body) => ({ with: body, document: await paper('会同意见') })),
    );
    await bureau.post(`${at}/decision`, { figures, document, joint }, `story-${caseNo}-${step}`);
  }
};

/** The figure in force, open into its parts; one that stands is not determined again. */
export const revenueDetermined = async (
  { bureau }: Pick<PriceDesks, 'bureau'>,
  of: { operator: string; year: number },
  rules: Pick<PricingRules, 'revenueRoute'>,
): Promise<RevenueView> => {
  const inForce = async () =>
    (
      await bureau.get<{ items: { caseNo: string; operator: string }[] }>(
        `/v1/revenues-in-force?year=${of.year}`,
      )
    ).items.find(({ operator }) => operator === of.operator);
  if (!(await inForce())) await decided(bureau, await opened(bureau, of), rules);
  const standing = await readUntil(inForce, (one) => one !== undefined);
  if (!standing) throw new Error(`the permitted revenue of ${of.year} is not in force`);
  return bureau.get<RevenueView>(`/v1/permitted-revenues/${standing.caseNo}/figures`);
};
