import { problemRows } from './row.ts';

/** Refusals about a year's disclosure (S1, S2). */
export const yearlyDisclosureProblems = problemRows({
  disclosureItemUnknown: {
    status: 422,
    title: { zh: '该披露没有此事项', en: 'The disclosure has no such item' },
    detail: { zh: '事项 {item} 不在本部分清单内。', en: 'Item {item} is not on the list of this part.' },
  },
  disclosureItemNotMissing: {
    status: 409,
    title: { zh: '该事项已有内容，不得说明为空', en: 'The item has its content and cannot be stated empty' },
    detail: { zh: '事项 {item} 由事件生成。', en: 'Item {item} is filled from events.' },
  },
  disclosureIncomplete: {
    status: 409,
    title: { zh: '披露事项尚未齐备', en: 'Items are still missing' },
    detail: {
      zh: '尚缺：{items}。请补充，或待最后一日由系统如实标明缺项后发布。',
      en: 'Missing: {items}. Supply them, or wait for the last day: it is published then with what is missing named.',
    },
  },
  disclosureUnchanged: {
    status: 409,
    title: { zh: '内容与已发布版本相同', en: 'The content is the same as what is published' },
  },
  disclosureDraftMoved: {
    status: 409,
    title: { zh: '披露草案与清单不符', en: 'The draft is not of this list of items' },
    detail: { zh: '请重新提交。', en: 'Send the act again.' },
  },
  disclosurePartOperator: {
    status: 422,
    title: {
      zh: '运营机构部分须指明运营机构，其他部分不得指明',
      en: 'The operator’s part names its operator, no other part does',
    },
  },
  disclosureExists: {
    status: 409,
    title: { zh: '该年度的披露已启动', en: 'The disclosure of this year was opened before' },
    detail: { zh: '见案件 {caseNo}。', en: 'See case {caseNo}.' },
  },
});
