import type { AuditKind, FindingGrade } from '../packs/topics/audit.ts';
import type { FindingState } from '../audit/types.ts';
import { codeTable } from './define.ts';

/** Risk assessments and audits (X5). */
export const auditTables = {
  auditKinds: codeTable<AuditKind>('评估审计类别', 'Kinds of assessments and audits', {
    riskAssessment: ['风险评估', 'Risk assessment'],
    internalControlAudit: ['内控审计', 'Internal-control audit'],
    complianceAudit: ['合规性审计', 'Compliance audit'],
  }),
  findingGrades: codeTable<FindingGrade>('发现等级', 'Grades of findings', {
    high: ['高', 'High'],
    medium: ['中', 'Medium'],
    low: ['低', 'Low'],
  }),
  auditFindingStates: codeTable<FindingState>('发现状态', 'States of a finding', {
    found: ['已提出', 'Found'],
    dropped: ['不成立', 'Dropped'],
    open: ['待整改', 'To be put right'],
    reported: ['已整改，待验收', 'Put right, to be accepted'],
    accepted: ['已验收', 'Accepted'],
  }),
};
