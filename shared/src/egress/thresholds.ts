/** What counts as found in a product's data (E1): the numbers are the pack's, never the code's. */
export type EgressThresholds = {
  /** Fewest rows that share a combination of quasi-identifiers. */
  k: number;
  /** Fewest distinct sensitive values within such a group. */
  l: number;
  /** Greatest distance between the sensitive values of a group and those of the whole table, 0 to 1. */
  t: number;
  /** The engine's own search: columns in a set at most, sets looked at at most. */
  search: { columns: number; sets: number };
  aggregate: {
    /** Fewest contributors to a cell. */
    minimumCell: number;
    /** The `n` largest contributors together may give this share of a cell at most. */
    dominance: { n: number; share: number };
    /** The others together give at least this share of the largest (p% rule). */
    pRatio: number;
    /** Whether a cell of nought is a finding: it says that nobody has the property. */
    zeros: 'finding' | 'allowed';
  };
  /** A row reproduces a source where this many fields of it together are one source row's; the share is of the product's rows. */
  raw: { fields: number; shareOfProduct: number };
};
