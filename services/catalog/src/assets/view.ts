import type { CsvColumn } from '@gongshu/infra/http/csv';
import { type AssetState, assetStates, assetWithdrawals } from '@gongshu/shared/asset';
import { z } from 'zod';
import type { LedgerRow } from './queries.ts';

/** A public data asset as it is read. */
export const Asset = z
  .object({
    asset: z.string(),
    resource: z.string(),
    title: z.string(),
    provider: z.object({ organisation: z.string(), name: z.string() }),
    resourceState: z.string(),
    registrationCode: z.string().nullable(),
    state: z.enum(assetStates),
    basis: z.string(),
    basisDocument: z.string().nullable(),
    documentHash: z.string().nullable(),
    markedOn: z.string(),
    markedBy: z.string().describe('The body that marked it'),
    assetNo: z.string().nullable().describe('资产登记编号'),
    bookValueFen: z.int().nullable(),
    bookValueYuan: z.string().nullable().describe('The same in yuan, exactly'),
    valuedOn: z.string().nullable(),
    confirmedOn: z.string().nullable(),
    confirmedBy: z.string().nullable().describe('The authority that confirmed it'),
    withdrawnOn: z.string().nullable(),
    withdrawnReason: z.enum(assetWithdrawals).nullable(),
    withdrawnBasis: z.string().nullable(),
  })
  .meta({ id: 'Asset' });
export type Asset = z.output<typeof Asset>;

const stateOf = ({ confirmed_at, withdrawn_at }: LedgerRow): AssetState => {
  if (withdrawn_at !== null) return 'withdrawn';
  return confirmed_at === null ? 'marked' : 'confirmed';
};

/** Fen as yuan with two decimals and nothing between the digits, as books are read by machines: 1234567 is `12345.67`. */
export const yuanOf = (fen: number): string => {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

export const assetView = (row: LedgerRow): Asset => ({
  ...{ asset: row.id, resource: row.resource_id, title: row.title, resourceState: row.state },
  provider: { organisation: row.provider_organisation, name: row.provider_name },
  registrationCode: row.registration_code,
  state: stateOf(row),
  ...{ basis: row.basis, basisDocument: row.basis_document, documentHash: row.document_hash },
  ...{ markedOn: row.marked_on, markedBy: row.marked_organisation, assetNo: row.asset_no },
  bookValueFen: row.book_value_fen,
  bookValueYuan: row.book_value_fen === null ? null : yuanOf(row.book_value_fen),
  valuedOn: row.valued_on,
  ...{ confirmedOn: row.confirmed_on, confirmedBy: row.confirmed_organisation },
  ...{ withdrawnOn: row.withdrawn_on, withdrawnReason: row.withdrawn_reason },
  withdrawnBasis: row.withdrawn_basis,
});

/** The mark as the books stood at the end of a day: what was confirmed or withdrawn later had not happened. */
export const assetViewOn = (row: LedgerRow, on: string): Asset => {
  const later = row.confirmed_on !== null && row.confirmed_on > on;
  const then = later
    ? { confirmed_on: null, confirmed_by: null, confirmed_organisation: null, confirmed_at: null }
    : {};
  const gone = { withdrawn_on: null, withdrawn_reason: null, withdrawn_basis: null, withdrawn_at: null };
  return assetView({ ...row, ...then, ...gone });
};

/** Columns of the list and of the ledger. No row of totals: every row is an asset. */
export const assetColumns: CsvColumn<Asset>[] = [
  { title: '资产标识编号', value: ({ asset }) => asset },
  { title: '资产登记编号', value: ({ assetNo }) => assetNo },
  { title: '目录编号', value: ({ resource }) => resource },
  { title: '数据目录名称', value: ({ title }) => title },
  { title: '信息资源提供方', value: ({ provider }) => provider.name },
  { title: '登记编码', value: ({ registrationCode }) => registrationCode },
  { title: '目录状态', value: ({ resourceState }) => resourceState },
  { title: '标识状态', value: ({ state }) => state },
  { title: '依据', value: ({ basis }) => basis },
  { title: '依据文号', value: ({ basisDocument }) => basisDocument },
  { title: '标识日期', value: ({ markedOn }) => markedOn },
  { title: '标识单位', value: ({ markedBy }) => markedBy },
  { title: '账面价值（分）', value: ({ bookValueFen }) => bookValueFen },
  { title: '账面价值（元）', value: ({ bookValueYuan }) => bookValueYuan },
  { title: '计价日期', value: ({ valuedOn }) => valuedOn },
  { title: '确认日期', value: ({ confirmedOn }) => confirmedOn },
  { title: '确认单位', value: ({ confirmedBy }) => confirmedBy },
  { title: '撤销日期', value: ({ withdrawnOn }) => withdrawnOn },
  { title: '撤销原因', value: ({ withdrawnReason }) => withdrawnReason },
];
