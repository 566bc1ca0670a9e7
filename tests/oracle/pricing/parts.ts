/** The part of an answer that opens its figures. */
export type PartsOf = {
  permittedRevenue: number;
  excessFen: number;
  carriedToNextPeriodFen: number;
  sharedCostFen: number;
  directCostByProduct: Record<string, number>;
  permittedRevenueParts: {
    acceptedFen: number;
    subsidyFen: number;
    leftSubsidyFen: number;
    netCostFen: number;
    profitFen: number;
    taxFen: number;
    capBeforeFen: number;
    previousExcessFen: number;
    consumedFen: number;
    carriedOnFen: number;
  };
  surplusFen: number;
  surplusParts: { withinCapFen: number; netCostFen: number; resourceFeeFen: number; taxFen: number };
};

/** The figures whose parts do not add up to them. */
export const unevenParts = (answer: PartsOf): string[] => {
  const { permittedRevenueParts: parts, surplusParts } = answer;
  const direct = Object.values(answer.directCostByProduct).reduce((sum, fen) => sum + fen, 0);
  const left = surplusParts.withinCapFen - surplusParts.netCostFen - surplusParts.resourceFeeFen;
  const even = {
    accepted: direct + answer.sharedCostFen === parts.acceptedFen,
    netCost: parts.acceptedFen - parts.subsidyFen + parts.leftSubsidyFen === parts.netCostFen,
    cap: parts.netCostFen + parts.profitFen + parts.taxFen === parts.capBeforeFen,
    permitted: parts.capBeforeFen - parts.consumedFen === answer.permittedRevenue,
    carriedOn: parts.previousExcessFen - parts.consumedFen === parts.carriedOnFen,
    carried: parts.carriedOnFen + answer.excessFen === answer.carriedToNextPeriodFen,
    surplus: Math.max(0, left - surplusParts.taxFen) === answer.surplusFen,
  };
  return Object.entries(even).flatMap(([figure, holds]) => (holds ? [] : [figure]));
};
