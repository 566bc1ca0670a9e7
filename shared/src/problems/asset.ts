import { problemRows } from './row.ts';

/** Refusals about public data assets (F7). */
export const assetProblems = problemRows({
  assetNotRegistered: {
    status: 409,
    title: { zh: '资源尚未登记，不能标识为公共数据资产', en: 'The resource is not registered yet' },
    detail: {
      zh: '请先完成公共数据资源登记并取得登记编码。',
      en: 'Have the resource registered and its registration code recorded first.',
    },
  },
  assetResourceClosed: {
    status: 409,
    title: { zh: '目录已停用，不能标识为公共数据资产', en: 'The catalog entry is closed' },
    detail: {
      zh: '已停用的资源不再纳入资产管理。',
      en: 'A closed resource is no asset to take into the books.',
    },
  },
  assetMarked: {
    status: 409,
    title: { zh: '该资源已标识为公共数据资产', en: 'The resource is marked as an asset already' },
    detail: {
      zh: '现有标识为 {asset}；如需更正，请先撤销再重新标识。',
      en: 'The mark is {asset}. To correct it, withdraw it and mark the resource anew.',
    },
  },
  assetNotMarked: {
    status: 409,
    title: { zh: '该资源没有有效的资产标识', en: 'No mark of an asset stands on the resource' },
    detail: { zh: '请先标识，再确认或撤销。', en: 'Mark it first; then it can be confirmed or withdrawn.' },
  },
  assetNumberTaken: {
    status: 409,
    title: { zh: '资产登记编号已用于另一资源', en: 'The asset number belongs to another resource' },
    detail: { zh: '请核对资产登记编号。', en: 'Check the registered asset number.' },
  },
  assetNumberMissing: {
    status: 422,
    title: { zh: '缺少资产登记编号', en: 'The registered asset number is missing' },
    detail: { zh: '确认时须有资产登记编号。', en: 'A mark is confirmed under a registered asset number.' },
  },
  assetFactsDiffer: {
    status: 409,
    title: { zh: '与已标识的内容不一致', en: 'This differs from what the mark says' },
    detail: {
      zh: '已标识的编号和账面价值不得覆盖；请撤销后重新标识。',
      en: 'A number or value that was given is not overwritten: withdraw the mark and mark the resource anew.',
    },
  },
  assetConfirmedBefore: {
    status: 409,
    title: { zh: '该资产标识已确认', en: 'The mark was confirmed before' },
  },
  assetDatesOrder: {
    status: 422,
    title: { zh: '日期早于标识日期', en: 'The date lies before the day of the mark' },
    detail: { zh: '标识日期为 {markedOn}。', en: 'The resource was marked on {markedOn}.' },
  },
});
