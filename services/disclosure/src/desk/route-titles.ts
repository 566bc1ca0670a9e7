/** What a route does, in Chinese, where its summary in the API says it in English alone. */
import { language } from './language.ts';
import { titleOf } from './words.ts';

const titles: Readonly<Record<string, string>> = {
  '/v1/deadlines/preview': '试算期限',
  '/v1/complaints/status': '查询投诉办理情况',
  '/v1/calendars': '调整工作日历',
  '/v1/resources': '编制目录条目',
  '/v1/resources/{resourceId}/transitions': '目录条目下一步',
  '/v1/resources/{resourceId}/consents': '登记共享数据提供方同意',
  '/v1/resources/{resourceId}/consents/{consentId}/withdrawal': '登记撤回同意',
  '/v1/registration-packages': '报送目录登记',
  '/v1/registration-packages/{packageId}/registration': '登记返回的登记编码',
  '/v1/resource-studies': '登记目录研究',
  '/v1/import-mappings': '设置导入对照',
  '/v1/resources/imports': '导入目录文件',
  '/v1/intake/{receipt}/delivery': '重新送达收件',
  '/v1/intake/{receipt}/strike': '注销收件',
  '/v1/sandbox/clock/advance': '推进演示时间',
  '/v1/parties/imports': '登记单位',
  '/v1/offices': '登记处室',
  '/v1/people': '登记人员',
  '/v1/people/{personId}/absences': '登记缺勤与代办人',
  '/v1/people/{personId}/absences/{absenceId}/cancellation': '取消缺勤',
  '/v1/selections/score-preview': '试算综合得分',
  '/v1/agreements/term-preview': '试算协议期限',
  '/v1/evaluations/preview': '试算年度评估',
  '/v1/experts': '登记评审专家',
  '/v1/experts/{expertId}/suspension': '暂停评审专家',
  '/v1/experts/{expertId}/restoration': '恢复评审专家',
  '/v1/ownership-links': '登记股权关系',
  '/v1/ownership-links/{linkId}/confirmation': '确认股权关系',
  '/v1/ownership-links/{linkId}/striking': '删除有误的股权关系',
  '/v1/ownership-links/{linkId}/end': '终止股权关系',
  '/v1/debarment-lists/imports': '导入失信名单',
  '/v1/debarment-lists/refresh': '更新失信名单',
  '/v1/notices/{notice}/read': '标记告知已读',
  '/v1/notices/{notice}/deliveries': '重新送达告知',
  '/v1/channels': '开通送达渠道',
  '/v1/channels/{channel}/closing': '关闭送达渠道',
  '/v1/pricing/what-if': '试算价格与收益',
};

/** Edits, by the address of what is edited: most of its address is another act when it is posted to. */
const edits: Readonly<Record<string, string>> = {
  '/v1/resources/{resourceId}': '修改目录条目',
  '/v1/application-drafts/{draftId}': '修改草稿',
  '/v1/onboarding-drafts/{draftId}': '修改草稿',
  '/v1/people/{personId}': '修改人员信息',
  '/v1/experts/{expertId}': '修改评审专家信息',
};

const chinese = /[\u4e00-\u9fff]/;

/** The title of an act's page. */
export const routeTitle = ({ template, summary }: { template: string; summary: string }): string => {
  const said = titleOf(summary);
  if (language() === 'en' || chinese.test(said)) return said;
  if (Object.hasOwn(edits, template)) return edits[template] ?? said;
  return Object.hasOwn(titles, template) ? (titles[template] ?? said) : said;
};
