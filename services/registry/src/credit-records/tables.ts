/** Measures on record (信用记录, X1) in the registry's schema. */
export type CreditRecordTables = {
  measure_on_record: {
    case_no: string;
    measure: string;
    jurisdiction: string;
    /** Null, as its day, while only its end was told. */
    body: string | null;
    from_at: Date | null;
    /** The last day it counts; null where none was set or told. */
    until_on: string | null;
    article: string | null;
    article_instrument: string | null;
    ended_at: Date | null;
  };
};
