/** The mark that a resource is a public data asset (公共数据资产): set, confirmed, withdrawn (F7). */
export const assetStates = ['marked', 'confirmed', 'withdrawn'] as const;
export type AssetState = (typeof assetStates)[number];

export const assetWithdrawals = ['disposed', 'markedInError', 'revalued', 'resourceClosed'] as const;
export type AssetWithdrawal = (typeof assetWithdrawals)[number];
