import type { Act } from '@gongshu/shared/may';
import type { LawRole } from '@gongshu/shared/packs/topics/roles';

/**
 * Acts that a role may do though no text gives it the duty they carry out, each with its reason. Whoever stands in no
 * row here and has no such duty is refused.
 */
export const besides: { role: LawRole; acts: Act[]; reason: string }[] = [
  {
    role: 'bureau',
    reason:
      'the implementing body steers the whole and sees what the others do in its city (national 三, 七)',
    acts: [
      ...([
        'approveByGovernment',
        'importResources',
        'restoreSupply',
        'vetStaff',
        'reportScenarios',
      ] as const),
      ...([
        'readPlans',
        'readOperatingAgreements',
        'readEvaluations',
        'readApplication',
        'readGrant',
      ] as const),
      ...(['readExpertQuestions', 'readStaff', 'readSocialData', 'readSupplies', 'readMerchants'] as const),
      ...(['readPartners', 'readMandates', 'registerSupplyChannel', 'readFilings', 'answerFiling'] as const),
    ],
  },
  {
    role: 'countyBureau',
    reason:
      'source department of its level: compiles, reviews, supplies, reports, is asked (Zhongwei 8, 21, 22)',
    acts: [
      ...(['editResource', 'submitResource', 'importResources', 'recordSupply', 'restoreSupply'] as const),
      ...([
        'suspendSupply',
        'mergeSupplyChannel',
        'decideReview',
        'returnReview',
        'requestExtension',
      ] as const),
      ...([
        'reportOverreach',
        'readAccesses',
        'readGrant',
        'proposeScenario',
        'answerQuestionnaire',
      ] as const),
      ...([
        'readExpertQuestions',
        'readSocialData',
        'readSupplies',
        'readMerchants',
        'readPartners',
      ] as const),
      'readMandates',
    ],
  },
  {
    role: 'sourceDepartment',
    reason: 'stops its own supply on risk, brings its needs (Zhongwei 16, 27), and reads beside the others',
    acts: [
      ...(['suspendSupply', 'registerSupplyChannel', 'signOperatingAgreement', 'proposeScenario'] as const),
      ...(['answerQuestionnaire', 'readPlans', 'readOperatingAgreements', 'readEvaluations'] as const),
      ...([
        'readApplication',
        'readExpertQuestions',
        'readSocialData',
        'readSupplies',
        'readMerchants',
      ] as const),
      ...(['readPartners', 'readMandates'] as const),
    ],
  },
  {
    role: 'operator',
    reason: 'party to its agreement and its cases; reviews where it is the data’s body (Zhongwei 21)',
    acts: [
      ...(['signOperatingAgreement', 'decideReview', 'returnReview', 'requestExtension'] as const),
      ...([
        'decideOverreach',
        'readPlans',
        'readOperatingAgreements',
        'readEvaluations',
        'readGrant',
      ] as const),
      ...(['readApplication', 'readExpertQuestions', 'readStaff', 'readSocialData', 'readSupplies'] as const),
      ...(['readMerchants', 'readPartners', 'readMandates'] as const),
    ],
  },
  {
    role: 'merchant',
    reason:
      'reads its own, names scenarios, registers its people and data, answers questionnaires (Zhongwei 16, 26, 33)',
    acts: [
      ...(['readApplication', 'readGrant', 'readAccesses', 'readStaff', 'readSocialData'] as const),
      ...(['readMerchants', 'readMandates', 'proposeScenario', 'bringInSocialData', 'manageStaff'] as const),
      'answerQuestionnaire',
    ],
  },
  {
    role: 'partner',
    reason: 'proposes scenarios and reads its own entry (Shuozhou 六（二）, 六（三）)',
    acts: ['proposeScenario', 'readPartners'],
  },
  {
    role: 'government',
    reason: 'reads what it approves, and what was filed',
    acts: ['readMandates', 'readExpertQuestions', 'readFilings'],
  },
  {
    role: 'price',
    reason: 'reads what is laid before the bodies beside the bureau (Shuozhou 十一（五）)',
    acts: ['readPlans', 'readMandates', 'readExpertQuestions'],
  },
  {
    role: 'finance',
    reason: 'reads what is laid before the bodies beside the bureau (Shuozhou 十一（五）, Wuhai 十一)',
    acts: ['readPlans', 'readMandates', 'readExpertQuestions'],
  },
  {
    role: 'supervision',
    reason: 'reads what is laid before the bodies beside the bureau (Shuozhou 十一（五）, Wuhai 十一)',
    acts: ['readPlans', 'readOperatingAgreements', 'readEvaluations', 'readExpertQuestions'],
  },
  {
    role: 'government',
    reason: 'approves a permitted revenue and reads what hangs on it (Shuozhou 十（三）)',
    acts: ['decideRevenue', 'readRevenues', 'readCeilingCases', 'readBusinessReports', 'readSettlements'],
  },
  {
    role: 'bureau',
    reason:
      'has costs filed, determines with others or alone, sets ceilings and reports them, settles with the operator (Shuozhou 十（二）–（四）, Wuhai 九（二））',
    acts: [
      ...(['readCosts', 'adjustCost', 'openRevenue', 'decideRevenue', 'readRevenues'] as const),
      ...(['readCeilingCases', 'receiptCeiling', 'readBusinessReports', 'readSettlements'] as const),
      'confirmSettlement',
    ],
  },
  {
    role: 'operator',
    reason: 'keeps the accounts that these are about (national 二十二), and pays (Shuozhou 六（二）)',
    acts: [
      ...(['readCosts', 'readRevenues', 'readCeilingCases', 'readBusinessReports'] as const),
      ...(['readSettlements', 'confirmSettlement', 'recordPayment'] as const),
    ],
  },
  ...(['sourceDepartment', 'partner', 'price'] as const).map((role) => ({
    role,
    reason: 'has a part in what is shared, or set its bounds, and reads the statement (Shuozhou 十（四）)',
    acts: ['readSettlements' as const],
  })),
  {
    role: 'finance',
    reason:
      'reads the ceilings and the business behind the revenue it budgets (Shuozhou 十一（五）); a pack may have ceilings reported to it',
    acts: ['readCeilingCases', 'receiptCeiling', 'readBusinessReports'],
  },
  {
    role: 'supervision',
    reason: 'guides and checks price conduct (Shuozhou 十一（五）)',
    acts: [
      ...(['readCosts', 'readRevenues', 'readCeilingCases', 'readBusinessReports'] as const),
      'readSettlements',
    ],
  },
  {
    role: 'bureau',
    reason:
      'implementing body of the public side: draws up plans with the operator, discloses, and sees to all of it (national 九（九）, 十八; Wuhai 十)',
    acts: [
      ...(['submitContingencyPlan', 'recordDrill', 'declareIncident', 'handleIncident'] as const),
      ...(['recordEvidence', 'contributeDisclosure', 'rectifyFinding', 'readIncidents'] as const),
      ...(['readContingencyPlans', 'readEvidence', 'readAudits', 'readSanctions', 'readFairness'] as const),
      'readComplaints',
    ],
  },
  {
    role: 'countyBureau',
    reason:
      'answers for its level’s data and for what it is charged with, and reads its part (Zhongwei 十一, 二十七)',
    acts: [
      ...(['answerQualityFeedback', 'declareIncident', 'rectifyFinding', 'replyToSanction'] as const),
      ...([
        'readIncidents',
        'readContingencyPlans',
        'readAudits',
        'readSanctions',
        'readComplaints',
      ] as const),
    ],
  },
  {
    role: 'sourceDepartment',
    reason: 'tells of what happens to its data, answers for its part and reads it (Zhongwei 二十七, 二十八)',
    acts: [
      ...(['submitContingencyPlan', 'recordDrill', 'declareIncident', 'rectifyFinding'] as const),
      ...(['replyToSanction', 'readIncidents', 'readContingencyPlans', 'readAudits'] as const),
      ...(['readSanctions', 'readComplaints'] as const),
    ],
  },
  {
    role: 'operator',
    reason:
      'is asked where a demand or complaint concerns it, and reads what it answers for (Zhongwei 九, 二十七)',
    acts: [
      ...(['coordinateDemand', 'readIncidents', 'readContingencyPlans', 'readEvidence'] as const),
      ...(['readAudits', 'readSanctions', 'readComplaints'] as const),
    ],
  },
  {
    role: 'merchant',
    reason: 'is heard before it is sanctioned, and reads what is about it (行政处罚法 7)',
    acts: ['replyToSanction', 'readIncidents', 'readAudits', 'readSanctions', 'readComplaints'],
  },
  {
    role: 'partner',
    reason:
      'is heard before it is sanctioned, puts right what was found of it, and reads both (行政处罚法 7)',
    acts: ['rectifyFinding', 'replyToSanction', 'readAudits', 'readSanctions'],
  },
  ...(['government', 'price', 'finance'] as const).map((role) => ({
    role,
    reason: 'reads what bears on the operation it oversees (Shuozhou 十（七）, 十一（五）)',
    acts: ['readIncidents', 'readAudits', 'readSanctions'] as Act[],
  })),
  {
    role: 'government',
    reason: 'reviews an answer on request (our reading: no text names anybody)',
    acts: ['readComplaints'],
  },
];
