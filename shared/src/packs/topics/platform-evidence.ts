import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { ArticleName, None, WorkingDays, listBy, listOf } from '../values.ts';

/** What the operator proves of its platform, by document. */
export const evidenceKinds = [
  /** Multi-level protection at level three or above (网络安全等级保护三级). */
  'mlps3',
  /** Commercial cryptography assessed (密码法). */
  'cryptographyAssessment',
  /** Personal information protection (个人信息保护法). */
  'personalInformationAudit',
  /** Management norms and technical standards of the platform (平台管理规范和技术标准). */
  'platformNorms',
  /** Simulated data for development (仿真数据). */
  'simulatedData',
  /** Tools tested and certified (经测试认证的工具). */
  'toolCertification',
  /** The environment is secure, controllable, auditable. */
  'environmentAssessment',
  /** National and regional standards of a platform. */
  'platformStandards',
  /** Networks, tenants, development and production apart (隔离). */
  'isolation',
  /** Desensitisation and egress checks built in (数据脱敏处理、出域审核等功能). */
  'platformFunctions',
  /** Every operation traced, data traced to its source (可追踪、可溯源). */
  'operationTrace',
] as const;
export const EvidenceKind = z.enum(evidenceKinds);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** Evidence with expiry that a platform is what the text asks for (平台合规证明). Row X4. */
export const platformEvidence = topic({
  required: {
    row: 'X4',
    value: z.union([None, listBy(z.strictObject({ kind: EvidenceKind, article: ArticleName }), 'kind')]),
  },
  /** Who hands it in. */
  from: { within: 'X4', value: z.literal('operator') },
  acceptedBy: { within: 'X4', value: z.literal('authority') },
  /** From receipt to acceptance or return; late is overdue, never accepted. */
  acceptanceLimit: { within: 'X4', value: WorkingDays },
  /** From the first day of a mandate to what was never filed; none: asked for at once, without a last day. */
  firstFiling: { within: 'X4', value: z.union([None, WorkingDays]) },
  /** The longest that a piece of evidence holds, by kind; without one, as long as it says itself. */
  longestMonths: { within: 'X4', value: z.partialRecord(EvidenceKind, z.int().min(1).max(120)) },
  /** Warned so many calendar days before it expires. */
  warnDays: { within: 'X4', value: listOf(z.int().min(1).max(366)) },
  /** Kinds without which supply is suspended when they have expired; of the rest it is only warned. */
  suspends: { within: 'X4', value: z.union([None, listOf(EvidenceKind)]) },
});

/** Values of the topic `platformEvidence`, as a resolved pack carries them. */
export type PlatformEvidenceRules = ValuesOf<typeof platformEvidence>;
