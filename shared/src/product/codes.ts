/** Closed lists of a product’s egress: what an act on it may name as its ground or reason (E1–E4). */
import { z } from 'zod';

/** Why a finding of the engine may stand: the checkers accept it, or not. */
export const ExceptionGround = z.enum([
  'falseAlarm',
  'consented',
  'lawfullyPublic',
  'requiredByLaw',
  'noPersonMeant',
  'residualRiskLow',
]);
export type ExceptionGround = z.infer<typeof ExceptionGround>;

/** Why a checker refuses a field, or the authority returns a product. */
export const EgressReason = z.enum([
  'rawData',
  'reversible',
  'notDesensitised',
  'privacy',
  'tradeSecret',
  'security',
  'outsideGrant',
  'outsidePurpose',
  'outsideAgreement',
  'contentsIncomplete',
  'evidenceUnclear',
  'other',
]);
export type EgressReason = z.infer<typeof EgressReason>;

/** On what risk a product is taken out of use for a time (国家 二十一). */
export const SuspensionGround = z.enum([
  'leakRisk',
  'reidentificationRisk',
  'linkageRisk',
  'securityIncident',
  'qualityDefect',
  'grantSuspended',
  'complaint',
  'spotCheck',
  'otherRisk',
]);
export type SuspensionGround = z.infer<typeof SuspensionGround>;

/** Why a product is taken back from whoever holds it. */
export const RecallReason = z.enum([
  'leak',
  'reidentified',
  'rawDataContained',
  'consentWithdrawn',
  'grantEnded',
  'misuse',
  'undeclaredLink',
  'unlawful',
  'defect',
  'other',
]);
export type RecallReason = z.infer<typeof RecallReason>;

/** Why a product leaves the list in good order. */
export const RetirementGround = z.enum(['ownWish', 'superseded', 'grantEnded']);
export type RetirementGround = z.infer<typeof RetirementGround>;

/** The two kinds of the list (国家 九（七）, 乌海 八（八）): what serves the public, and what serves industry. */
export const ListKind = z.enum(['public', 'industry']);
export type ListKind = z.infer<typeof ListKind>;

/** The kind of the list a purpose belongs to. */
export const listKindOf = (purpose: string): ListKind => (purpose === 'industry' ? 'industry' : 'public');
