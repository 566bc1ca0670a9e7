/** Every lifecycle of this installation, by the name its workflows run under. */
export { dataUseApplication } from './application.ts';
export { merchantOnboarding } from './onboarding.ts';
export { implementationPlan } from './implementation-plan.ts';
export { annualEvaluation, evaluationOpening } from './annual-evaluation.ts';
export { operatorSelection } from './operator-selection.ts';
export { operatingAgreement } from './operating-agreement.ts';
export { ledgerReport } from './ledger-report.ts';
export { productEgress } from './product-egress.ts';
export { grantTerm } from './grant-term.ts';
export { turn } from './turn.ts';
