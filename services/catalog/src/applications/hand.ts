import { createHand } from '@gongshu/infra/cases/hand';
import { openingAct, procedureStart } from '@gongshu/infra/procedures/hand';
import type { ApplicationCase } from '@gongshu/shared/application/types';
import type { GrantTerm } from '@gongshu/shared/grant/types';

/** How the catalog's acts reach their workflows. */
export const hand = createHand({
  [openingAct]: procedureStart,
  submitApplication: ({ payload, received_at }) => {
    const application = payload['application'] as ApplicationCase;
    const { caseNo, jurisdictionTitle, applicant } = application;
    return {
      workflow: 'dataUseApplication',
      argument: { ...application, submittedAt: received_at.getTime() },
      summary: `${jurisdictionTitle} 公共数据使用申请 ${caseNo}`,
      jurisdictionTitle,
      kind: '使用申请',
      organisation: applicant,
      caseNo,
    };
  },
  openGrant: ({ payload }) => {
    const term = payload['term'] as GrantTerm;
    const { grantNo, caseNo, jurisdictionTitle, merchant } = term;
    return {
      workflow: 'grantTerm',
      argument: term,
      summary: `${jurisdictionTitle} 使用授权 ${grantNo}`,
      jurisdictionTitle,
      kind: '使用授权',
      organisation: merchant,
      caseNo,
    };
  },
});
