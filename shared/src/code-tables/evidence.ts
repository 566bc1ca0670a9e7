import { codeTable } from './define.ts';
import type { EvidenceKind } from '../packs/topics/platform-evidence.ts';
import type { EvidenceStanding } from '../platform-evidence/standing.ts';

/** Evidence with expiry (X4). */
export const evidenceTables = {
  evidenceKinds: codeTable<EvidenceKind>('平台合规证明类别', 'Kinds of evidence of a platform', {
    mlps3: ['网络安全等级保护三级及以上', 'Multi-level protection, level three or above'],
    cryptographyAssessment: ['商用密码应用安全性评估', 'Assessment of commercial cryptography'],
    personalInformationAudit: ['个人信息保护合规审计', 'Audit of personal information protection'],
    platformNorms: ['平台管理规范和技术标准', 'Management norms and technical standards of the platform'],
    simulatedData: ['开发用仿真数据', 'Simulated data for development'],
    toolCertification: ['工具测试认证', 'Tools tested and certified'],
    environmentAssessment: ['技术环境安全评估', 'Assessment of the technical environment'],
    platformStandards: ['平台标准符合性', 'Conformity with platform standards'],
    isolation: ['网络、租户、开发与生产环境隔离', 'Networks, tenants, development and production apart'],
    platformFunctions: ['脱敏、出域审核等功能', 'Desensitisation and egress checks built in'],
    operationTrace: ['全流程操作可追踪、数据可溯源', 'Operations traced, data traced to its source'],
  }),
  evidenceStandings: codeTable<EvidenceStanding>('证明有效状态', 'How evidence stands', {
    missing: ['缺少', 'Missing'],
    inForce: ['有效', 'In force'],
    expiresSoon: ['即将到期', 'Expires soon'],
    expired: ['已到期', 'Expired'],
  }),
  evidenceStates: codeTable('证明办理状态', 'States of a piece of evidence', {
    submitted: ['待答复', 'Waiting for its answer'],
    accepted: ['已确认', 'Accepted'],
    returned: ['已退回', 'Returned'],
  }),
  evidenceOutcomes: codeTable('证明答复', 'Answers to evidence', {
    accept: ['确认', 'Accept'],
    return: ['退回', 'Return'],
  }),
};
