/** A refusal as it is answered (RFC 9457): its words in one language, codes in the words of their tables. */
import { wordIn } from './code-tables/word.ts';
import { type ArticleRef, type Language, type Problem, type ProblemCode, problemTable } from './problems.ts';
import type { ProblemRow } from './problems/row.ts';

const bodies = ['packBodies', 'roles', 'partyKinds'];
const states = [
  ...['auditFindingStates', 'contingencyPlanStates', 'evidenceStates', 'costReportStates', 'partnerStates'],
  ...[
    'socialDataStates',
    'supplyChannelStates',
    'scenarioStates',
    'staffStates',
    'grantStates',
    'productStates',
  ],
  ...[
    'tariffStates',
    'settlementStates',
    'serviceOrderStates',
    'usageStates',
    'normStates',
    'publicationStates',
  ],
  ...['filingStates', 'agreementStates', 'mandateStates', 'resourceStates', 'draftStates', 'objectionStates'],
  ...['feedbackStates', 'spotCheckStates', 'intakeStates', 'expertStates', 'questionStates', 'assetStates'],
];
const stages = [
  ...['auditStages', 'incidentStages', 'sanctionStages', 'complaintStages', 'planStages', 'selectionStages'],
  ...['agreementStages', 'revenueStages', 'settlementStages', 'disclosureStages', 'bulletinStages'],
  ...['evaluationStages', 'egressStages', 'qualityFeedbackStages', 'demandStages', 'ceilingStages'],
];

/** By the place in a detail, the tables that its codes may be in; what is in none of them, an id, stays as it is. */
export const tablesOfDetail: Readonly<Record<string, readonly string[]>> = {
  ...{ by: bodies, with: bodies, roles: bodies, parties: ['sharingParties', ...bodies] },
  class: ['planClasses', 'productClasses'],
  contents: ['workReportContents', 'contentParts'],
  ground: ['sanctionGrounds', 'complaintRefusals', 'noDepartmentGrounds', 'exitGrounds', 'demandGrounds'],
  grounds: ['sanctionGrounds', 'exitGrounds'],
  item: ['agreementItems', 'disclosureItems', 'handOverItems'],
  items: ['disclosureItems', 'renewalMaterial', 'agreementItems', 'handOverItems'],
  kind: ['norms', ...bodies],
  kinds: ['auditKinds', 'evidenceKinds', 'planClasses'],
  measure: ['sanctionKinds'],
  mode: ['mandateModes', 'selectionModes'],
  modes: ['selectionModes', 'mandateModes'],
  outcome: ['renewalOutcomes', 'evaluationOutcomes'],
  severity: ['incidentGrades'],
  stage: stages,
  standing: ['merchantStandings'],
  state: states,
  to: ['reportRecipients', ...bodies],
};

/** One code or several, parted by commas or spaces, each in its words. */
const inWords = (place: string, value: string | number, language: Language): string => {
  const tables = Object.hasOwn(tablesOfDetail, place) ? (tablesOfDetail[place] ?? []) : [];
  if (tables.length === 0) return String(value);
  const codes = String(value).split(/, |、| /);
  const words = codes.map((code) => wordIn(tables, code, language));
  return words.some((word) => word !== undefined)
    ? codes.map((code, at) => words[at] ?? code).join(language === 'zh' ? '、' : ', ')
    : String(value);
};

/** The body of an RFC 9457 answer. */
export type ProblemBody = {
  type: string;
  title: string;
  detail?: string;
  status: number;
  instance: string;
  code: ProblemCode;
  article?: ArticleRef;
  errors?: { pointer: string; code: string; message: string }[];
  traceId: string;
};

/** The sentence with its places filled in; none where something that it names is not known (any more). */
const filled = (
  text: string,
  params: Readonly<Record<string, string | number>>,
  language: Language,
): string | undefined => {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  return names.every((name) => params[name] !== undefined)
    ? text.replace(/\{(\w+)\}/g, (_, name: string) => inWords(name, params[name] ?? '', language))
    : undefined;
};

/** The answer's body in one language. A fault (5xx) shows its code's own text, never what was thrown. */
export const problemBody = (
  refusal: Problem,
  language: Language,
  request: { instance: string; traceId: string },
): ProblemBody => {
  const row: ProblemRow = problemTable[refusal.code];
  const detail = row.detail && filled(row.detail[language], refusal.params, language);
  return {
    type: `urn:gongshu:problem:${refusal.code}`,
    title: row.title[language],
    ...(detail && { detail }),
    status: row.status,
    instance: request.instance,
    code: refusal.code,
    ...(refusal.article && { article: refusal.article }),
    ...(refusal.errors.length > 0 && {
      errors: refusal.errors.map(({ message, ...place }) => ({
        ...place,
        message: typeof message === 'string' ? message : message[language],
      })),
    }),
    traceId: request.traceId,
  };
};
