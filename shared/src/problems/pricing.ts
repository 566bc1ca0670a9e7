import { problemRows } from './row.ts';

/** Refusals about prices: cost, permitted revenue, ceilings, tariffs, service fees, sharing (F1–F7). */
export const pricingProblems = problemRows({
  amountTooLarge: {
    status: 422,
    title: { zh: '金额过大，无法精确表示', en: 'The amount is too large to be written exactly' },
    detail: { zh: '合计不得超过 2^53 − 1 分。', en: 'No sum may exceed 2^53 − 1 fen.' },
  },
  weightsAllZero: {
    status: 422,
    title: { zh: '权重全部为零，无法分配', en: 'All weights are nought: nothing can be split by them' },
    detail: { zh: '请至少给出一个大于零的权重。', en: 'Give at least one weight above nought.' },
  },
  costKindNotListed: {
    status: 422,
    title: { zh: '不属于可核算的成本项目', en: 'Not a kind of cost that counts' },
    detail: {
      zh: '请只列本地规定的成本项目。',
      en: 'Only the kinds of cost that the rules here list count.',
    },
  },
  costUnrelated: {
    status: 422,
    title: {
      zh: '与授权运营无关的费用，不得计入',
      en: 'Cost unrelated to the authorised operation is refused',
    },
    detail: { zh: '请从成本中剔除。', en: 'Take it out of the cost.' },
  },
  pointsOverMaximum: {
    status: 422,
    title: { zh: '加点超过上限', en: 'The percentage points added are over the maximum' },
    detail: { zh: '请不超过上限重新填写。', en: 'Give points at or under the maximum.' },
  },
  bondYieldImplausible: {
    status: 422,
    title: { zh: '国债收益率须为比率，不是百分数', en: 'The bond yield is a rate, not a number of per cent' },
    detail: {
      zh: '1.85% 请写作 0.0185 或文本 1.85%。',
      en: 'Write 1.85 per cent as 0.0185, or as the text 1.85%.',
    },
  },
  allocationImpossible: {
    status: 422,
    title: { zh: '分摊依据全部为零，公共成本无法分摊', en: 'The allocation key is nought for every product' },
    detail: { zh: '请改用其他分摊依据或给出权重。', en: 'Choose another key, or give weights.' },
  },
  chargeOnFreePurpose: {
    status: 422,
    title: { zh: '该用途免费，不得收费', en: 'This purpose is free: no charge' },
    detail: {
      zh: '用于公共治理、公益事业的一律为零。',
      en: 'Public governance and public welfare are always 0.',
    },
  },
  unitNotAllowed: {
    status: 422,
    title: { zh: '计费单位不在规定之内', en: 'Not a charging unit that the rules know' },
  },
  noCeiling: {
    status: 422,
    title: {
      zh: '该产品该计费单位尚无上限收费标准',
      en: 'The product has no ceiling price for this unit yet',
    },
    detail: { zh: '请先由实施机构制定上限。', en: 'The implementing body sets a ceiling first.' },
  },
  aboveCeiling: {
    status: 422,
    title: { zh: '收费标准高于上限', en: 'The tariff is above its ceiling price' },
    detail: { zh: '请不高于上限重新制定。', en: 'Set it at or under the ceiling.' },
  },
  discountTooSmall: {
    status: 422,
    title: { zh: '优惠幅度低于规定', en: 'The discount is less than the rules ask for' },
    detail: {
      zh: '对公益场景、小微企业须给予规定的优惠。',
      en: 'Favoured customers get at least the discount set.',
    },
  },
  favouredTooDear: {
    status: 422,
    title: {
      zh: '优惠对象的实际收费高于普通收费减去规定优惠',
      en: 'Favoured customers would pay more than others less the least discount',
    },
    detail: {
      zh: '各场景按实际适用的收费标准比较：请先下调优惠对象在该场景的收费标准，再调整或停止其他收费标准。',
      en: 'What each customer would really pay in a scenario is compared: lower the favoured tariff there first, then set or end the other.',
    },
  },
  tariffAmbiguous: {
    status: 422,
    title: {
      zh: '同一产品、对象、用途有两种收费标准',
      en: 'Two tariffs for one product, customer and purpose',
    },
    detail: { zh: '请只保留一种。', en: 'Keep one of them.' },
  },
  noTariff: {
    status: 422,
    title: { zh: '没有适用的收费标准，未计费', en: 'No tariff applies: not billed' },
    detail: { zh: '请先公布收费标准。', en: 'Publish a tariff first.' },
  },
  usageDiffers: {
    status: 409,
    title: { zh: '同一用量编号内容不同', en: 'The same usage id with other content' },
    detail: { zh: '首次记录有效；更正请用新编号。', en: 'The first stands; correct it under a new id.' },
  },
  poolOverSurplus: {
    status: 422,
    title: { zh: '分配总额超过可分配盈余', en: 'More is shared than the surplus' },
    detail: { zh: '可分配盈余为 {surplus} 分。', en: 'The surplus that can be shared is {surplus} fen.' },
  },
  sharingPartyNotAllowed: {
    status: 422,
    title: { zh: '不是规定参与收益分配的主体', en: 'Not a party that shares in the revenue here' },
  },
  serviceFeeNotListed: {
    status: 422,
    title: { zh: '收费项目不在公布的价目表上', en: 'The fee is not on the published price list' },
    detail: { zh: '只能按公布的价目收取。', en: 'Only what the published list says may be charged.' },
  },
  serviceFeeDiffers: {
    status: 422,
    title: { zh: '收费与公布的价目不一致', en: 'The fee is not the published one' },
    detail: { zh: '对所有数商一律同价。', en: 'It is the same for every merchant.' },
  },
  serviceKindNotAllowed: {
    status: 422,
    title: { zh: '不是可以收费的服务项目', en: 'Not a service that may be charged for' },
  },
  marginOverMaximum: {
    status: 422,
    title: { zh: '利润率超过保本微利上限', en: 'The margin is over the maximum of cost plus a small margin' },
    detail: { zh: '请不超过上限重新制定。', en: 'Set it at or under the maximum.' },
  },
  serviceTied: {
    status: 422,
    title: { zh: '不得以购买服务为申请条件', en: 'No application may depend on buying a service' },
  },
});
