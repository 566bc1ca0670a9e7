/** What the desk shows first to each kind of person. */
import { t } from './language.ts';
import type { Actor, Role } from '@gongshu/shared/may';

const welcomes: Partial<Record<Role, string>> = {
  sourceDepartment: '数源部门：审核使用申请、编制目录、答复数据质量反馈。',
  countyBureau: '县（区）数据局：审核使用申请、复核本级目录。',
  operator: '运营机构：受理与核查申请和进驻、签署协议、出域核查、定价与结算。',
  merchant: '数商：提交与补正申请、申请进驻、提交产品、查看授权与账单。',
  bureau: '数据主管部门：督促办理、答复延期、处理滞留收件，办理授权、评估与惩戒。',
  government: '政府：审定方案与遴选结果。',
  price: '价格主管部门：核定最高准许收入、接收上限收费标准。',
  finance: '财政部门：会同核定收入、确认结算。',
  expert: '评审专家：评分与论证。',
  bidder: '投标单位：递交投标文件、提出异议。',
  auditor: '审计员：查阅全部案件，不作办理。',
};

/** A sentence for whoever is signed in, by the first of his roles that has one. */
export const welcomeOf = ({ roles }: Actor): string => {
  const said = roles.map((role) => welcomes[role]).find((text) => text !== undefined);
  return t(said ?? '下列为等待您或本单位办理的事项，按最后一日先后排列。');
};
