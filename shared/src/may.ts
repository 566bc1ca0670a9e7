export const roles = [
  'public',
  'merchant',
  'operator',
  'sourceDepartment',
  'countyBureau',
  'bureau',
  'government',
  'bidder',
  'partner',
  'expert',
  'price',
  'finance',
  'supervision',
  'auditor',
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
] as const;
export type Role = (typeof roles)[number];

/** Who acts. `organisation` is the body's id; `jurisdiction` the city (tenant) of the token. */
export type Actor = {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly organisation: string | null;
  readonly jurisdiction: string;
};

/** Someone without a token: sees what is public, of every city. */
export const anyone: Actor = { id: 'anonymous', roles: ['public'], organisation: null, jurisdiction: '' };

/**
 * What an act is done to, as far as permission depends on it. Organisations by id.
 * `owner`: whose it is (applicant, compiling department); `handlers`: bodies that the case needs;
 * `assignee`: the one body whose turn it is; `published`: open to everyone.
 */
export type ActObject = {
  readonly jurisdiction: string;
  readonly owner?: string | null;
  readonly handlers?: readonly string[];
  readonly assignee?: string | null;
  readonly published?: boolean;
};

/**
 * How far a role's permission reaches: `everywhere` (no object, or any city's), `published` (what is public),
 * and within the actor's own city: `jurisdiction` (all of it), `owner`, `handler`, `assignee` (the actor's body is that one).
 */
export type Reach = 'everywhere' | 'published' | 'jurisdiction' | 'owner' | 'handler' | 'assignee';
type Row = Readonly<Partial<Record<Role, Reach>>>;

const reviewers = { sourceDepartment: 'assignee', countyBureau: 'assignee', operator: 'assignee' } as const;
const compilers = { sourceDepartment: 'owner', countyBureau: 'owner' } as const;
/** Whoever has a body of its own: each for itself. */
const eachOwn = {
  merchant: 'owner',
  operator: 'owner',
  sourceDepartment: 'owner',
  countyBureau: 'owner',
  bureau: 'jurisdiction',
} as const;
/** Bodies beside those of the daily work that decide, are asked or are told something: each for itself. */
const otherBodies = {
  price: 'owner',
  finance: 'owner',
  government: 'owner',
  supervision: 'owner',
  partner: 'owner',
  bidder: 'owner',
  expert: 'owner',
} as const;
const caseReaders = {
  merchant: 'owner',
  operator: 'handler',
  sourceDepartment: 'handler',
  countyBureau: 'handler',
  bureau: 'jurisdiction',
  auditor: 'jurisdiction',
} as const;
const everyone = { public: 'everywhere' } as const;
const staff = {
  operator: 'jurisdiction',
  sourceDepartment: 'jurisdiction',
  countyBureau: 'jurisdiction',
  bureau: 'jurisdiction',
  auditor: 'jurisdiction',
} as const;

/** Bodies above and beside the bureau that follow its procedures (G1; 朔州 十一, 乌海 十一). */
const overseers = {
  government: 'jurisdiction',
  price: 'jurisdiction',
  finance: 'jurisdiction',
  supervision: 'jurisdiction',
} as const;
/** Who answers for the whole platform, and who watches them. */
const platformReaders = {
  operator: 'jurisdiction',
  bureau: 'jurisdiction',
  auditor: 'jurisdiction',
} as const;
const bureauAlone = { bureau: 'jurisdiction' } as const;

/** Act × role (G1). Bodies as in Zhongwei arts 5, 8, 9, 20, 21; auditors read and never write. */
const table = {
  public: everyone,
  readPolicies: everyone,
  /** Closed cases of the city under another pack's rules; nothing is written. */
  readDryRun: { bureau: 'jurisdiction', auditor: 'jurisdiction' },
  previewDeadline: everyone,
  /** Scores, terms and evaluations computed without saving. */
  previewLaw: everyone,
  readCalendar: everyone,
  loadCalendar: { bureau: 'jurisdiction', systemAdministrator: 'jurisdiction' },
  /** The State Council's notice: it holds for every city of the installation. */
  loadNationalCalendar: { systemAdministrator: 'everywhere' },
  readResources: {
    public: 'published',
    ...staff,
    ...compilers,
    countyBureau: 'handler',
    operator: 'published',
  },
  readOwnResources: { ...compilers, bureau: 'jurisdiction', auditor: 'jurisdiction' },
  importResources: { ...compilers, bureau: 'jurisdiction' },
  editResource: compilers,
  /** Some body takes the next step; which one, the pack says (Zhongwei art. 8): the acts below. */
  moveResource: { ...compilers, countyBureau: 'handler', operator: 'jurisdiction', bureau: 'jurisdiction' },
  submitResource: compilers,
  reviewResource: { countyBureau: 'assignee' },
  pushResource: { operator: 'jurisdiction' },
  collectResource: { bureau: 'jurisdiction' },
  publishResource: { bureau: 'jurisdiction' },
  registerResources: { ...compilers, bureau: 'jurisdiction' },
  closeResource: { ...compilers, bureau: 'jurisdiction' },
  recordConsent: { ...compilers, bureau: 'jurisdiction' },
  recordStudy: { ...compilers, bureau: 'jurisdiction' },
  submitApplication: { merchant: 'owner' },
  readApplication: caseReaders,
  editDraft: { merchant: 'owner' },
  acceptApplication: { operator: 'handler' },
  returnApplication: { operator: 'handler' },
  resubmitApplication: { merchant: 'owner' },
  checkApplication: { operator: 'handler' },
  directCheck: { bureau: 'jurisdiction' },
  decideReview: reviewers,
  returnReview: reviewers,
  requestExtension: reviewers,
  decideExtension: { bureau: 'jurisdiction' },
  withdrawApplication: { merchant: 'owner' },
  /** Whoever is waited for: government, bidder and expert in procedures (P1, O2, O3). */
  readTasks: {
    ...staff,
    price: 'jurisdiction',
    finance: 'jurisdiction',
    merchant: 'jurisdiction',
    government: 'jurisdiction',
    bidder: 'jurisdiction',
    expert: 'jurisdiction',
    supervision: 'jurisdiction',
    partner: 'jurisdiction',
  },
  deliverIntake: { bureau: 'jurisdiction', systemAdministrator: 'jurisdiction' },
  strikeIntake: { bureau: 'jurisdiction' },
  /** Whoever acts, for its own acts. */
  readReceipt: {
    merchant: 'owner',
    operator: 'owner',
    ...compilers,
    government: 'owner',
    bidder: 'owner',
    expert: 'owner',
    price: 'owner',
    finance: 'owner',
    bureau: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  uploadDocument: {
    ...eachOwn,
    price: 'owner',
    finance: 'owner',
    government: 'owner',
    bidder: 'owner',
    partner: 'owner',
    expert: 'owner',
  },
  /** Exactly the bodies that handle what the document belongs to (design 5). */
  readDocument: {
    ...caseReaders,
    merchant: 'handler',
    supervision: 'handler',
    price: 'handler',
    finance: 'handler',
    government: 'handler',
    bidder: 'handler',
    partner: 'handler',
    expert: 'handler',
  },
  /** The standard agreement (Zhongwei art. 19). */
  renderAgreement: { operator: 'handler' },
  signAgreement: { merchant: 'owner', operator: 'handler' },
  readGrant: caseReaders,
  /** Asked by the operator's platform before it serves data (Zhongwei art. 22). */
  askAccess: { operator: 'handler' },
  readAccesses: caseReaders,
  endGrant: { merchant: 'owner', operator: 'handler' },
  reportOverreach: { sourceDepartment: 'handler', countyBureau: 'handler' },
  decideOverreach: { operator: 'handler', bureau: 'jurisdiction' },
  recordSupply: { ...compilers, bureau: 'jurisdiction' },
  suspendSupply: { ...compilers, bureau: 'jurisdiction' },
  restoreSupply: { ...compilers, bureau: 'jurisdiction' },
  readSupplies: {
    ...compilers,
    operator: 'jurisdiction',
    bureau: 'jurisdiction',
    auditor: 'jurisdiction',
    supervision: 'jurisdiction',
  },
  submitNorm: { operator: 'jurisdiction' },
  decideNorm: { bureau: 'jurisdiction' },
  readNorms: { ...staff, merchant: 'jurisdiction' },
  readMerchants: { ...staff, supervision: 'jurisdiction', merchant: 'owner' },
  suspendMerchant: { operator: 'jurisdiction', bureau: 'jurisdiction' },
  restoreMerchant: { operator: 'jurisdiction', bureau: 'jurisdiction' },
  exitMerchant: { merchant: 'owner', operator: 'jurisdiction' },
  managePeople: { ...eachOwn, systemAdministrator: 'jurisdiction' },
  readPeople: { ...eachOwn, systemAdministrator: 'jurisdiction', auditor: 'jurisdiction' },
  recordAbsence: eachOwn,
  assignTask: { ...reviewers, bureau: 'jurisdiction' },
  changeParty: { bureau: 'jurisdiction' },
  readNotices: { ...eachOwn, ...otherBodies, auditor: 'jurisdiction' },
  /** Each body for itself: the auditor reads and never writes, the bureau does not read for others. */
  acknowledgeNotice: { ...eachOwn, ...otherBodies, bureau: 'owner' },
  manageChannels: { ...eachOwn, ...otherBodies, systemAdministrator: 'jurisdiction' },
  redeliverNotice: { bureau: 'jurisdiction', systemAdministrator: 'jurisdiction' },
  /** Public events for everyone; those of cases for who answers for the whole city. */
  readEvents: {
    public: 'published',
    operator: 'jurisdiction',
    bureau: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  advanceClock: { bureau: 'jurisdiction', systemAdministrator: 'jurisdiction' },
  readAudit: { auditor: 'jurisdiction', auditAdministrator: 'jurisdiction' },
  readParties: { ...staff, ...overseers, merchant: 'owner', partner: 'owner' },
  readFigures: everyone,
  registerParty: { bureau: 'jurisdiction' },
  /** The implementation plan (national arts 9–11): compiled, decided on, filed by the bureau. */
  readPlans: { ...staff, ...overseers },
  managePlan: bureauAlone,
  /** The government decides itself, or the bureau records its document. */
  approveByGovernment: { government: 'jurisdiction', bureau: 'jurisdiction' },
  /** Selection of the operator (national arts 12, 13). */
  readSelections: {
    bureau: 'jurisdiction',
    auditor: 'jurisdiction',
    ...overseers,
    bidder: 'handler',
    expert: 'handler',
    sourceDepartment: 'handler',
  },
  manageSelection: bureauAlone,
  submitBid: { bidder: 'owner' },
  readOwnBid: { bidder: 'owner' },
  scoreBids: { expert: 'handler' },
  declareConflict: { expert: 'owner' },
  /** Anybody while the result stands in public notice, a body of the city as itself. */
  publicObjection: {
    public: 'published',
    bidder: 'jurisdiction',
    merchant: 'jurisdiction',
    operator: 'jurisdiction',
    sourceDepartment: 'jurisdiction',
    countyBureau: 'jurisdiction',
  },
  /** Operating agreement and mandate (national arts 13, 14). */
  readOperatingAgreements: { ...staff, ...overseers, bidder: 'handler' },
  manageOperatingAgreement: bureauAlone,
  signOperatingAgreement: {
    bureau: 'jurisdiction',
    operator: 'handler',
    bidder: 'handler',
    sourceDepartment: 'handler',
  },
  requestRenewal: { operator: 'handler' },
  requestExit: { operator: 'handler' },
  handOver: { operator: 'handler', bureau: 'jurisdiction' },
  bringIn: bureauAlone,
  /** Asked and refused, always (朔州 十一（三）7). */
  transferMandate: { operator: 'handler' },
  readTransfers: { operator: 'handler', bureau: 'jurisdiction', auditor: 'jurisdiction' },
  readMandates: { ...staff, ...overseers, merchant: 'jurisdiction' },
  /** Channels of data supply that stood before (Zhongwei art. 15). */
  readSupplyChannels: { ...staff },
  registerSupplyChannel: { ...compilers, bureau: 'jurisdiction' },
  assessSupplyChannel: { sourceDepartment: 'handler', countyBureau: 'handler', operator: 'handler' },
  /** A county's bureau where it is the implementing body of its level (朔州 一). */
  mergeSupplyChannel: { bureau: 'jurisdiction', countyBureau: 'handler' },
  /** The yearly evaluation (Zhongwei art. 33, Shuozhou 十（七）, Wuhai 十二). */
  readEvaluations: { ...staff, ...overseers },
  manageEvaluation: bureauAlone,
  answerQuestionnaire: {
    sourceDepartment: 'owner',
    countyBureau: 'owner',
    operator: 'owner',
    merchant: 'owner',
  },
  replyToEvaluation: { operator: 'handler' },
  reportRectification: { operator: 'handler' },
  /** Pool of experts, and the standing expert committee (Zhongwei art. 7, Wuhai 十一). */
  readExperts: { bureau: 'jurisdiction', auditor: 'jurisdiction', supervision: 'jurisdiction' },
  manageExperts: bureauAlone,
  readExpertQuestions: { ...staff, ...overseers, expert: 'handler' },
  askExperts: bureauAlone,
  giveOpinion: { expert: 'handler' },
  /** Scenarios before data is asked for (Zhongwei art. 16, Shuozhou 六（三）). */
  readScenarios: { ...staff, merchant: 'handler', partner: 'handler' },
  proposeScenario: { merchant: 'owner', partner: 'owner', ...compilers, operator: 'owner' },
  reviewScenario: { operator: 'handler' },
  appraiseScenario: { bureau: 'jurisdiction', sourceDepartment: 'handler' },
  reportScenarios: { operator: 'jurisdiction', bureau: 'jurisdiction' },
  /** Partners of the operator (Shuozhou 四, 六（二）). */
  readPartners: { ...staff, supervision: 'jurisdiction', partner: 'owner' },
  filePartner: { operator: 'owner' },
  decidePartner: bureauAlone,
  /** Social data brought in (Zhongwei art. 26, Wuhai 八（三）). */
  readSocialData: { ...staff, supervision: 'jurisdiction', merchant: 'owner' },
  bringInSocialData: { operator: 'owner', merchant: 'owner' },
  decideSocialData: bureauAlone,
  /** People who process data (Wuhai 八（三）). */
  readStaff: {
    operator: 'owner',
    merchant: 'owner',
    bureau: 'jurisdiction',
    auditor: 'jurisdiction',
    supervision: 'jurisdiction',
  },
  manageStaff: { operator: 'owner', merchant: 'owner' },
  vetStaff: { operator: 'owner', bureau: 'jurisdiction' },
  /** Packages filed with a body above, and what is published. */
  readFilings: { bureau: 'jurisdiction', auditor: 'jurisdiction', government: 'jurisdiction' },
  answerFiling: bureauAlone,
  publish: bureauAlone,
  readPublications: everyone,
  /** Products on their way out, and on the list (E1–E5): submitted, checked, filed, released, taken back. */
  readEgressCases: { ...caseReaders, supervision: 'jurisdiction' },
  submitProduct: { merchant: 'owner', operator: 'owner' },
  nameCheckers: { operator: 'handler' },
  /** Which two people, the case says; they are the operator's (中卫 二十三). */
  checkProduct: { operator: 'handler' },
  fileProduct: { operator: 'handler' },
  agreeProduct: bureauAlone,
  releaseProduct: { operator: 'handler' },
  suspendProduct: { operator: 'handler', bureau: 'jurisdiction' },
  recallProduct: { operator: 'handler', bureau: 'jurisdiction' },
  retireProduct: { merchant: 'owner', operator: 'handler' },
  /** The list is public; what is not on it, its owner and the authorities read. */
  readProducts: { public: 'published', ...caseReaders, supervision: 'jurisdiction' },
  /** Deliveries of a listed product to whoever uses it, so that a recall reaches them. */
  deliverProduct: { operator: 'handler' },
  readDeliveries: { merchant: 'owner', operator: 'handler', bureau: 'jurisdiction', auditor: 'jurisdiction' },
  /** What users say of a product, relayed to its sources and answered (E5). */
  giveFeedback: {
    merchant: 'jurisdiction',
    partner: 'jurisdiction',
    sourceDepartment: 'jurisdiction',
    countyBureau: 'jurisdiction',
    operator: 'jurisdiction',
    bureau: 'jurisdiction',
  },
  relayFeedback: { operator: 'handler' },
  answerFeedback: { sourceDepartment: 'handler', countyBureau: 'handler' },
  /** Who gave it reads what became of it; who owns or runs the product, and its sources. */
  readFeedback: { ...caseReaders, merchant: 'handler', partner: 'handler' },
  /** A developer's own checks, and spot checks of others on it (A9; 朔州 十一（四）). */
  recordSelfCheck: { merchant: 'owner', operator: 'owner' },
  spotCheck: {
    operator: 'handler',
    sourceDepartment: 'handler',
    countyBureau: 'handler',
    bureau: 'jurisdiction',
  },
  answerSpotCheck: { merchant: 'owner', operator: 'owner' },
  readSpotChecks: { ...caseReaders, supervision: 'jurisdiction' },
  /** Access, processing, transfer, destruction (D2). */
  recordTrace: { operator: 'handler', merchant: 'owner' },
  readTraces: caseReaders,
  readLedgerReports: platformReaders,
  /** What grants and products of one merchant tell together (X6; 国家 二十一). */
  readLinkage: platformReaders,
  /** Hashed fingerprints of granted resources: no raw data reaches us. */
  /** The operator's cost ledger, its yearly report and what an audit changes (F4; 朔州 十（二）, 乌海 九（一）). */
  readCosts: {
    operator: 'owner',
    bureau: 'jurisdiction',
    price: 'jurisdiction',
    finance: 'jurisdiction',
    supervision: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  recordCost: { operator: 'owner' },
  adjustCost: { bureau: 'jurisdiction', price: 'jurisdiction', finance: 'jurisdiction' },
  reportCosts: { operator: 'owner' },
  /** The body the pack has it filed with: another body's report it may not answer. */
  answerCostReport: { bureau: 'assignee', price: 'assignee', finance: 'assignee' },
  /** The permitted revenue of a year (F2): who reviews, determines and approves, the pack says. */
  readRevenues: { ...overseers, operator: 'handler', bureau: 'jurisdiction', auditor: 'jurisdiction' },
  openRevenue: { bureau: 'jurisdiction', price: 'jurisdiction' },
  decideRevenue: { bureau: 'jurisdiction', price: 'jurisdiction', government: 'jurisdiction' },
  /** Ceilings by the implementing body, reported in writing to the price authority (F3). */
  readCeilingCases: { ...overseers, operator: 'handler', bureau: 'jurisdiction', auditor: 'jurisdiction' },
  setCeiling: bureauAlone,
  receiptCeiling: { price: 'jurisdiction', finance: 'jurisdiction', bureau: 'jurisdiction' },
  /** Ceilings, tariffs and service fees that were published are everybody's to read (明码标价). */
  readTariffs: {
    ...overseers,
    public: 'published',
    operator: 'owner',
    bureau: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  setTariff: { operator: 'owner' },
  answerTariff: bureauAlone,
  setServiceFee: { operator: 'owner' },
  orderService: { merchant: 'owner' },
  chargeService: { operator: 'owner' },
  readServiceCharges: {
    merchant: 'owner',
    operator: 'handler',
    bureau: 'jurisdiction',
    price: 'jurisdiction',
    finance: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  /** Metered use and the bills that follow from it. */
  recordUsage: { operator: 'owner' },
  readUsage: {
    merchant: 'owner',
    operator: 'handler',
    bureau: 'jurisdiction',
    price: 'jurisdiction',
    finance: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  issueBills: { operator: 'owner' },
  disputeBill: { merchant: 'owner' },
  answerDispute: { operator: 'handler' },
  /** Settlement of a period, and the sharing of its surplus (F5). */
  readSettlements: {
    ...overseers,
    operator: 'handler',
    sourceDepartment: 'handler',
    partner: 'handler',
    bureau: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  openSettlement: { operator: 'owner', bureau: 'jurisdiction' },
  confirmSettlement: { operator: 'handler', bureau: 'jurisdiction', finance: 'jurisdiction' },
  recordPayment: { operator: 'handler', finance: 'jurisdiction' },
  manageSharing: bureauAlone,
  agreeSharing: { operator: 'handler' },
  /** The operator's yearly business report (65号). */
  reportBusiness: { operator: 'owner' },
  readBusinessReports: { ...overseers, operator: 'owner', bureau: 'jurisdiction', auditor: 'jurisdiction' },
  /** The mark that a resource is a public data asset, and the ledger of assets (F7; 乌海 八（七）, 朔州 十一（五）). */
  markAsset: { ...compilers, bureau: 'jurisdiction' },
  /** Which authority the ledger goes to, the pack says. */
  confirmAsset: { finance: 'jurisdiction' },
  readAssets: {
    ...compilers,
    bureau: 'jurisdiction',
    finance: 'jurisdiction',
    supervision: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  /** Complaints of the public and of merchants; a complainant's identity is read by an act of its own (S4). */
  publicComplaint: everyone,
  /** By number and code, which only the complainant has. */
  publicComplaintStatus: everyone,
  readComplaints: {
    merchant: 'owner',
    operator: 'handler',
    sourceDepartment: 'handler',
    countyBureau: 'handler',
    government: 'jurisdiction',
    supervision: 'jurisdiction',
    bureau: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  handleComplaint: bureauAlone,
  answerInquiry: { operator: 'handler', sourceDepartment: 'handler', countyBureau: 'handler' },
  decideComplaintReview: { bureau: 'jurisdiction', government: 'jurisdiction', supervision: 'jurisdiction' },
  /** The authority that handles it; whoever decides the review, of that complaint (S4: handlers alone). */
  readComplainant: { bureau: 'jurisdiction', government: 'handler', supervision: 'handler' },
  /** Data-quality feedback to the source department (C6). */
  giveQualityFeedback: {
    merchant: 'owner',
    operator: 'owner',
    sourceDepartment: 'owner',
    countyBureau: 'owner',
    bureau: 'jurisdiction',
  },
  readQualityFeedback: { ...caseReaders, merchant: 'handler' },
  answerQualityFeedback: { sourceDepartment: 'handler', countyBureau: 'handler' },
  confirmQualityFeedback: {
    merchant: 'handler',
    operator: 'handler',
    sourceDepartment: 'handler',
    countyBureau: 'handler',
    bureau: 'jurisdiction',
  },
  directQualityFeedback: bureauAlone,
  /** Demands for data, and what came of their co-ordination (C7). */
  raiseDemand: { merchant: 'owner', operator: 'owner', partner: 'owner' },
  readDemands: { ...caseReaders, merchant: 'handler', partner: 'handler' },
  coordinateDemand: { bureau: 'jurisdiction', operator: 'handler' },
  answerDemand: { sourceDepartment: 'handler', countyBureau: 'handler', operator: 'handler' },
  /** Incidents, contingency plans, drills (X2). */
  declareIncident: {
    merchant: 'owner',
    operator: 'owner',
    sourceDepartment: 'owner',
    countyBureau: 'owner',
    bureau: 'jurisdiction',
  },
  readIncidents: { ...overseers, ...caseReaders, merchant: 'handler' },
  handleIncident: { operator: 'handler', bureau: 'jurisdiction' },
  /** Suspension and restoration ordered in an incident, its review: by whom the pack says. */
  decideIncident: { bureau: 'jurisdiction', sourceDepartment: 'handler', countyBureau: 'handler' },
  readContingencyPlans: { ...staff, supervision: 'jurisdiction' },
  submitContingencyPlan: { operator: 'owner', sourceDepartment: 'owner', bureau: 'jurisdiction' },
  decideContingencyPlan: bureauAlone,
  recordDrill: { operator: 'owner', sourceDepartment: 'owner', bureau: 'jurisdiction' },
  /** Sanctions, with right of reply (X1). */
  readSanctions: { ...overseers, ...caseReaders, merchant: 'handler', partner: 'handler' },
  manageSanction: bureauAlone,
  /** Measures on record: who decides about bodies reads them, as an operator does of merchants; and a body its own. */
  readCreditRecords: {
    ...overseers,
    merchant: 'owner',
    operator: 'jurisdiction',
    partner: 'owner',
    sourceDepartment: 'owner',
    countyBureau: 'owner',
    bureau: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  replyToSanction: {
    merchant: 'handler',
    operator: 'handler',
    partner: 'handler',
    sourceDepartment: 'handler',
    countyBureau: 'handler',
  },
  decideSanction: { bureau: 'jurisdiction', government: 'jurisdiction' },
  /** Yearly disclosure of both bodies, and the figures' cases (S1, S2). */
  readDisclosures: { ...staff, ...overseers },
  manageDisclosure: bureauAlone,
  contributeDisclosure: { operator: 'handler', bureau: 'jurisdiction' },
  readDisclosureCases: { bureau: 'jurisdiction', auditor: 'jurisdiction' },
  /** Bulletins on source departments (S3). */
  readBulletins: { ...staff, ...overseers },
  manageBulletin: bureauAlone,
  replyToBulletin: { sourceDepartment: 'handler', countyBureau: 'handler' },
  readBulletinCases: {
    sourceDepartment: 'handler',
    countyBureau: 'handler',
    bureau: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  /** The operator's periodic reports (M3, M5). */
  readWorkReports: {
    operator: 'owner',
    bureau: 'jurisdiction',
    supervision: 'jurisdiction',
    auditor: 'jurisdiction',
  },
  reportWork: { operator: 'owner' },
  answerWorkReport: bureauAlone,
  /** Refusals and times by size and relation, small numbers suppressed (M4). */
  readFairness: { bureau: 'jurisdiction', supervision: 'jurisdiction', auditor: 'jurisdiction' },
  /** Evidence of the platform, with expiry (X4). */
  readEvidence: { ...platformReaders, supervision: 'jurisdiction' },
  recordEvidence: { operator: 'owner', bureau: 'jurisdiction' },
  decideEvidence: bureauAlone,
  /** Risk assessments and audits: plan, findings, rectification (X5). */
  readAudits: { ...overseers, ...caseReaders, merchant: 'handler', partner: 'handler' },
  manageAudit: { bureau: 'jurisdiction', operator: 'handler' },
  rectifyFinding: {
    merchant: 'handler',
    operator: 'handler',
    partner: 'handler',
    sourceDepartment: 'handler',
    countyBureau: 'handler',
    bureau: 'jurisdiction',
  },
  acceptRectification: bureauAlone,
  recordFingerprints: { operator: 'jurisdiction', ...compilers },
  readFingerprints: { ...platformReaders, ...compilers },
} as const satisfies Record<string, Row>;

export type Act = keyof typeof table;
export type MayResult = 'yes' | 'forbidden' | 'hidden';

/** All acts, for tests and the explanation of permissions. */
export const acts = Object.keys(table) as readonly Act[];

export const isAct = (act: unknown): act is Act => typeof act === 'string' && Object.hasOwn(table, act);

/** System, security and audit administration lie in three hands; a token with two of them is refused whole. */
const administrators: readonly Role[] = [
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
];
export const rolesExclude = (held: readonly Role[]): boolean =>
  new Set(held.filter((role) => administrators.includes(role))).size > 1;

/** How far the actor's roles reach in this act; empty when no role allows it. Lists filter their rows by it. */
export const reaches = (actor: Actor, act: Act): readonly Reach[] => {
  const row: Row = table[act];
  const held = new Set<Role>(['public', ...actor.roles]);
  return [...held].flatMap((role) => row[role] ?? []);
};

const isOwn = (actor: Actor, organisation: string | null | undefined): boolean =>
  actor.organisation !== null && organisation === actor.organisation;

const within = (reach: Reach, actor: Actor, object: ActObject): boolean => {
  if (reach === 'everywhere') return true;
  if (reach === 'published') return object.published === true;
  if (actor.jurisdiction !== object.jurisdiction) return false;
  if (reach === 'jurisdiction') return true;
  if (reach === 'owner') return isOwn(actor, object.owner);
  if (reach === 'assignee') return isOwn(actor, object.assignee);
  return isOwn(actor, object.assignee) || (object.handlers ?? []).some((handler) => isOwn(actor, handler));
};

/** Whether the actor may know that the object exists: reading reaches further than acting. */
const mayKnow = (actor: Actor, object: ActObject): boolean =>
  object.published === true ||
  (actor.jurisdiction === object.jurisdiction &&
    (actor.roles.includes('bureau') ||
      actor.roles.includes('auditor') ||
      within('owner', actor, object) ||
      within('handler', actor, object)));

/**
 * The one answer to every question of permission, apart from what the state of the object allows.
 * Without an object: whether any role allows the act at all. With one: `hidden` (answered 404) for another city's
 * or an uninvolved body's object, `forbidden` (403) when the actor may see it and yet not do this.
 */
export const may = (actor: Actor, act: Act, object?: ActObject): MayResult => {
  if (rolesExclude(actor.roles)) return 'forbidden';
  const reach = reaches(actor, act);
  if (reach.length === 0) return 'forbidden';
  if (!object || reach.some((one) => within(one, actor, object))) return 'yes';
  return mayKnow(actor, object) ? 'forbidden' : 'hidden';
};

/** The role the actor does this in, for the audit entry: the first of the token's roles that reaches the object. */
export const actingRole = (actor: Actor, act: Act, object?: ActObject): Role => {
  const row: Row = table[act];
  const held = actor.roles.find((role) => {
    const reach = row[role];
    return reach !== undefined && (!object || within(reach, actor, object));
  });
  return held ?? 'public';
};

/** Whether the act's answer depends on the object, so that a role alone doesn't settle it for this actor. */
export const needsObject = (actor: Actor, act: Act): boolean => !reaches(actor, act).includes('everywhere');
