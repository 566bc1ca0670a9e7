/** What of a city's complaints, feedback and demands is planted where a column's name and type do not say it. */
import { loadPacks } from '@gongshu/infra/packs';
import { procedureNo } from '@gongshu/shared/procedure/kinds';
import { qualityFeedbackRules } from '@gongshu/shared/quality-feedback/rules';
import type { City } from './planting.ts';

const complaintOf = ({ digits }: City) => procedureNo('complaint', digits, 2024, 1);
const feedback = ({ jurisdiction, mark }: City) => ({
  ...{ jurisdiction, authority: 'city-bureau' },
  rules: qualityFeedbackRules(loadPacks().resolve(jurisdiction)),
  facts: {
    ...{ resource: `${mark}-resource`, fault: 'format', givenBy: 'merchant-1', givenRole: 'merchant' },
    ...{ department: 'dept-1', departmentRole: 'sourceDepartment', sample: null },
  },
});

/** The demand that is planted beside the feedback: asked by the merchant. */
export const plantedDemand = { asker: 'merchant-1', asked: [] };

/** By table and column, as `special` of the planting. */
export const plantedComplaints: Record<string, (city: City) => unknown> = {
  'catalog.procedure.case_no': ({ digits }) => procedureNo('qualityFeedback', digits, 2024, 1),
  'catalog.procedure.kind': () => 'qualityFeedback',
  'catalog.procedure.start': (city) => JSON.stringify(feedback(city)),
  'disclosure.complainant.case_no': complaintOf,
  'disclosure.complaint_attachment.case_no': complaintOf,
  'disclosure.complaint_attachment.media_type': () => 'text/plain',
};
