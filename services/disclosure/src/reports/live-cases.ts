/** The cases behind a figure that is counted now, in the order that pages of them go on from. */
import type { FigureCases } from '@gongshu/infra/disclosures/tables';

export type FigureCase = { figure: string; body: string; about: string };

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const inOrder = (one: FigureCase, other: FigureCase): number =>
  compare(one.body, other.body) || compare(one.about, other.about);

/** Those of a figure, of one body where `body` names one, by body and case; at most `limit` after `after`. */
export const liveCases = (
  counted: readonly FigureCases[],
  {
    figure,
    body,
    after,
    limit,
  }: { figure: string; body: string | undefined; after: readonly string[] | undefined; limit: number },
): FigureCase[] => {
  const [afterBody = '', afterCase = ''] = after ?? [];
  const last = { figure, body: afterBody, about: afterCase };
  return counted
    .filter((one) => one.figure === figure && (body === undefined || one.body === body))
    .flatMap((one) => one.cases.map((about) => ({ figure, body: one.body, about })))
    .filter((one) => after === undefined || inOrder(one, last) > 0)
    .sort(inOrder)
    .slice(0, limit);
};
