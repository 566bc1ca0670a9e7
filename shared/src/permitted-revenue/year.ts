/** The day by which the permitted revenue of a year is to stand: what its Schedule asks to be looked at. */
export type YearAsk = { jurisdiction: string; operator: string; year: number };

export interface RevenueYearActivities {
  /** Tells the authorities where no figure of the year is in force yet. */
  lookAtRevenueYear(ask: YearAsk): Promise<{ told: boolean }>;
}
