/** Tables of the public pages, built from events alone (decision 0027). Instants of the law's clock, days of Asia/Shanghai. */
import type { ColumnType, Generated } from 'kysely';

type Json<T> = ColumnType<T, string, string>;
export type PublicField = { name: string; grade: string | null };
type Words = { title_zh: string | null; title_en: string | null };
type Rests = { article: string | null; instrument: string | null };
/** A report or a bulletin; `content` is canonical JSON, `hash` is over its bytes. */
export type DisclosedTable = Words &
  Rests & {
    document: string;
    jurisdiction: string;
    kind: string;
    subject: string;
    issuer: string | null;
    year: number | null;
    content: string | null;
    hash: string;
    from_on: string | null;
    until_on: string | null;
    published_at: Date | null;
    withdrawn_at: Date | null;
    withdrawn_code: string | null;
    /** The document that stands in its place. */
    replaced_by: string | null;
  };

export type PublicTables = {
  public_body: {
    jurisdiction: string;
    id: string;
    kind: string;
    name: string;
    uscc: string | null;
    level: string | null;
    county: string | null;
    successor: string | null;
    sequence: number;
  };
  public_merchant: {
    jurisdiction: string;
    merchant: string;
    standing: 'enrolled' | 'suspended' | 'exited';
    /** Since when. */
    at: Date;
    sequence: number;
  };
  public_resource: {
    id: string;
    jurisdiction: string;
    provider: string | null;
    provider_name: string | null;
    title: string | null;
    abstract: string | null;
    fields: Json<PublicField[] | null>;
    update_frequency: string | null;
    classification: string | null;
    grade: string | null;
    level: string | null;
    registration_code: string | null;
    state: string | null;
    search_text: Generated<string>;
    /** Pairs and single characters of the search text, and what lists are narrowed by. */
    grams: Generated<string[]>;
    described_at: Date | null;
    described_sequence: Generated<number>;
    published_on: string | null;
    published_sequence: Generated<number>;
    open: boolean | null;
    open_sequence: Generated<number>;
    /** Open, and its words are known. */
    shown: ColumnType<boolean, never, never>;
  };
  /** How many entries of a department are shown; kept by a trigger. */
  public_resource_count: { jurisdiction: string; provider: string; count: number };
  public_product: {
    product: string;
    jurisdiction: string;
    case_no: string;
    version: number;
    state: string;
    title: string;
    description: string | null;
    class: string;
    purpose: string;
    owner: string;
    operator: string;
    resources: string[];
    registration_code: string | null;
    national_code: string | null;
    artefact: string | null;
    listed_on: string | null;
    told_at: Date;
    sequence: number;
  };
  public_tariff: Rests & {
    tariff: string;
    jurisdiction: string;
    product: string | null;
    operator: string | null;
    unit: string | null;
    class: string | null;
    scenario: string | null;
    purpose: string | null;
    fen: number | null;
    discount: string | null;
    from_on: string | null;
    until_on: string | null;
    /** The last day it applies where it was ended or gave way; before `from_on` it never came to apply. */
    ended_on: string | null;
    published_at: Date | null;
  };
  public_ceiling: Rests & {
    case_no: string;
    unit: string;
    jurisdiction: string;
    product: string;
    operator: string;
    fen: number;
    before_fen: number | null;
    from_on: string;
    set_at: Date;
  };
  public_service_fee: Rests & {
    fee: string;
    jurisdiction: string;
    operator: string;
    item: string;
    version: number;
    title: string | null;
    kind: string | null;
    unit: string | null;
    cost_fen: number | null;
    margin: string | null;
    margin_fen: number | null;
    fen: number | null;
    from_on: string | null;
    withdrawn: boolean | null;
    published_at: Date | null;
  };
  public_mandate: Rests & {
    agreement: string;
    jurisdiction: string;
    operator: string;
    mode: string;
    fields: string[];
    scenarios: string[];
    from_on: string;
    until_on: string;
    state: string;
    ground: string | null;
    document: string | null;
    told_at: Date;
    sequence: number;
  };
  public_selection: {
    case_no: string;
    sequence: number;
    jurisdiction: string;
    kind: string;
    at: Date;
    data: Json<Record<string, unknown>>;
  };
  public_evaluation: Rests & {
    case_no: string;
    jurisdiction: string;
    agreement: string;
    operator: string;
    year: number;
    outcome: string;
    round: number;
    exact: string | null;
    shown: string | null;
    without_source: Json<{ indicator: string; weight: string }[]>;
    second_rectify: boolean;
    at: Date;
    sequence: number;
  };
  public_publication: Words &
    Rests & {
      number: string;
      jurisdiction: string;
      kind: string | null;
      subject: string | null;
      /** Canonical JSON as the registry serves it; `hash` is over its bytes. */
      document: string | null;
      hash: string | null;
      from_on: string | null;
      until_on: string | null;
      published_at: Date | null;
      withdrawn_at: Date | null;
      withdrawn_code: string | null;
    };
  public_report: DisclosedTable;
  public_bulletin: DisclosedTable;
  public_proof: { number: string; kind: string; jurisdiction: string; hash: string; at: Date };
  public_complaint_figure: { jurisdiction: string; month: string; measure: string; count: number };
};

/** Every table that events alone build. */
export const publicTables = [
  ...(['public_body', 'public_resource', 'public_product', 'public_tariff', 'public_ceiling'] as const),
  ...(['public_resource_count', 'public_merchant'] as const),
  ...(['public_service_fee', 'public_mandate', 'public_selection', 'public_evaluation'] as const),
  ...(['public_publication', 'public_report', 'public_bulletin', 'public_proof'] as const),
  ...(['public_complaint_figure'] as const),
] satisfies readonly (keyof PublicTables)[];
