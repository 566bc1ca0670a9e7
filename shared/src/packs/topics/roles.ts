import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { ArticleName, listBy, listOf } from '../values.ts';

/** The twelve roles of G1. */
export const LawRole = z.enum([
  'government',
  'bureau',
  'countyBureau',
  'sourceDepartment',
  'operator',
  'merchant',
  'partner',
  'expert',
  'price',
  'finance',
  'supervision',
  'public',
]);
export type LawRole = z.infer<typeof LawRole>;

/** What a text gives a role to do. */
export const Duty = z.enum([
  'lead',
  'approvePlan',
  'organise',
  'selectOperator',
  'signOperatingAgreement',
  'superviseOperation',
  'coordinateSupply',
  'discloseOperation',
  'trainAndAdvise',
  'formExpertCommittee',
  'fileNationwide',
  'compileCatalog',
  'supplyData',
  'keepQuality',
  'reviewApplications',
  'superviseOwnField',
  'reportOverreach',
  'signNoOwnAgreement',
  'runPlatform',
  'findScenarios',
  'checkCompliance',
  'processData',
  'signWithMerchants',
  'serveProducts',
  'keepLedger',
  'keepSecurity',
  'disclose',
  'submitToSupervision',
  'developProducts',
  'redevelopProducts',
  'selfCheck',
  'studyHardQuestions',
  'assessRisk',
  'advise',
  'setPricePolicy',
  'superviseAssets',
  'superviseSecurity',
  'superviseMarket',
  'protectRights',
  'watch',
  'complain',
]);
export type Duty = z.infer<typeof Duty>;

/** Who does what (职责分工): the twelve roles with the acts their text gives them. Row G1. */
export const roles = topic({
  duties: {
    row: 'G1',
    value: listBy(
      z.strictObject({ role: LawRole, does: listOf(Duty), articles: listOf(ArticleName) }),
      'role',
    ),
  },
  /** Roles that the text does not name. */
  unnamed: { within: 'G1', value: z.array(LawRole).max(12) },
});

/** Values of the topic `roles`, as a resolved pack carries them. */
export type RoleRules = ValuesOf<typeof roles>;
