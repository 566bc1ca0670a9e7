import type { Words } from '../html/view.ts';

/** Kinds of what is published, as the registry names them. */
export const noticeKinds: Readonly<Record<string, Words>> = {
  implementationPlan: { zh: '实施方案', en: 'Implementation plan' },
  selectionAnnouncement: { zh: '遴选公告', en: 'Announcement of a selection' },
  selectionResult: { zh: '评选结果', en: 'Result of an assessment' },
  selectionNotice: { zh: '结果公示', en: 'Public notice of a result' },
  selectionFailed: { zh: '遴选失败公告', en: 'Selection failed' },
  ocdsRelease: { zh: '开放契约数据', en: 'OCDS release' },
  operatingAgreement: { zh: '授权运营协议', en: 'Operating agreement' },
  evaluationResult: { zh: '评估结果', en: 'Result of an evaluation' },
  productListed: { zh: '产品清单', en: 'Product list' },
  expertOpinions: { zh: '专家意见', en: 'Opinions of experts' },
};
