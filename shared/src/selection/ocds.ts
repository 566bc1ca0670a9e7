/**
 * What is published of a selection as releases of the Open Contracting Data Standard 1.1 (O1–O4): plain data in, plain
 * JSON out. Whoever calls sees to it that nothing sealed is given before the opening.
 */
import type { SelectionMode } from '../packs/topics/operator-selection.ts';

/** Instants are RFC 3339 with +08:00; days are dates of Asia/Shanghai, both included. */
export type OcdsBody = { readonly id: string; readonly name: string; readonly uscc?: string | null };
export type OcdsDocument = {
  readonly id: string;
  readonly type: 'tenderNotice' | 'awardNotice' | 'contractSigned' | 'evaluationCriteria' | 'procurementPlan';
  readonly title: string;
  readonly publishedAt: string;
  readonly url?: string;
};
export type OcdsFacts = {
  /** As the Open Contracting Partnership assigned it to the publisher, such as `ocds-213czf`. */
  readonly prefix: string;
  readonly caseNo: string;
  readonly authority: OcdsBody;
  readonly planning?: { readonly rationale: string; readonly documents?: readonly OcdsDocument[] };
  readonly tender?: {
    readonly title: string;
    readonly mode: SelectionMode;
    readonly modeWords: string;
    readonly status: 'planned' | 'active' | 'cancelled' | 'unsuccessful' | 'complete';
    readonly opensAt?: string;
    readonly closesAt?: string;
    readonly eligibility?: string;
    readonly criteria?: string;
    /** Only after the opening. */
    readonly tenderers?: readonly OcdsBody[];
    readonly documents?: readonly OcdsDocument[];
  };
  readonly award?: {
    readonly id: string;
    readonly status: 'pending' | 'active' | 'cancelled' | 'unsuccessful';
    readonly at: string;
    readonly suppliers: readonly OcdsBody[];
    readonly documents?: readonly OcdsDocument[];
  };
  readonly contract?: {
    readonly id: string;
    readonly status: 'pending' | 'active' | 'cancelled' | 'terminated';
    readonly signedAt: string;
    readonly from: string;
    readonly until: string;
    readonly documents?: readonly OcdsDocument[];
  };
};

export type OcdsTag =
  | 'planning'
  | 'tender'
  | 'tenderUpdate'
  | 'tenderCancellation'
  | 'award'
  | 'awardUpdate'
  | 'awardCancellation'
  | 'contract'
  | 'contractUpdate'
  | 'contractTermination';
/** One release: `number` counts them within the selection, from 1; `at` is when it is made public. */
export type OcdsOccasion = {
  readonly tags: readonly [OcdsTag, ...OcdsTag[]];
  readonly number: number;
  readonly at: string;
};

/** 邀请招标 invites among the qualified; 谈判 goes to some of the authority's choice. */
const methods = {
  openTender: 'open',
  openCall: 'open',
  invitedTender: 'selective',
  negotiation: 'limited',
} as const satisfies Record<SelectionMode, string>;

type Role = 'buyer' | 'procuringEntity' | 'tenderer' | 'supplier';
/** Lists in org-id.guide: the register of businesses, whose numbers are the credit codes since 2015. */
const scheme = 'CN-SAIC';

const idOf = ({ id, uscc }: OcdsBody): string => (uscc ? `${scheme}-${uscc}` : id);
const reference = (body: OcdsBody) => ({ id: idOf(body), name: body.name });

/** Every body once, with all its roles. OCDS takes no empty lists. */
const partiesOf = ({ authority, tender, award }: OcdsFacts) => {
  const roles = new Map<string, { body: OcdsBody; roles: Role[] }>();
  const take = (body: OcdsBody, ...given: Role[]) => {
    const known = roles.get(idOf(body)) ?? { body, roles: [] };
    roles.set(idOf(body), { body: known.body, roles: [...new Set([...known.roles, ...given])] });
  };
  take(authority, 'buyer', 'procuringEntity');
  for (const body of tender?.tenderers ?? []) take(body, 'tenderer');
  for (const body of award?.suppliers ?? []) take(body, 'supplier');
  return [...roles.values()].map(({ body, roles: held }) => ({
    ...reference(body),
    ...(body.uscc ? { identifier: { scheme, id: body.uscc, legalName: body.name } } : {}),
    roles: held,
  }));
};

const documentsOf = (documents: readonly OcdsDocument[] | undefined) =>
  documents?.length
    ? {
        documents: documents.map(({ id, type, title, publishedAt, url }) => ({
          ...{ id, documentType: type, title, datePublished: publishedAt, language: 'zh' },
          ...(url === undefined ? {} : { url }),
        })),
      }
    : {};

const tenderOf = (caseNo: string, authority: OcdsBody, tender: NonNullable<OcdsFacts['tender']>) => {
  const { title, mode, modeWords, status, opensAt, closesAt, eligibility, criteria, tenderers } = tender;
  const period = {
    ...(opensAt === undefined ? {} : { startDate: opensAt }),
    ...(closesAt === undefined ? {} : { endDate: closesAt }),
  };
  return {
    ...{ id: caseNo, title, status, procuringEntity: reference(authority) },
    ...{ procurementMethod: methods[mode], procurementMethodDetails: modeWords },
    mainProcurementCategory: 'services',
    ...(Object.keys(period).length === 0 ? {} : { tenderPeriod: period }),
    ...(eligibility === undefined ? {} : { eligibilityCriteria: eligibility }),
    ...(criteria === undefined ? {} : { awardCriteria: 'ratedCriteria', awardCriteriaDetails: criteria }),
    ...(tenderers?.length
      ? { numberOfTenderers: tenderers.length, tenderers: tenderers.map(reference) }
      : {}),
    ...documentsOf(tender.documents),
  };
};

/** The contracting process's id: the same in every release of the selection. */
export const ocidOf = (prefix: string, caseNo: string): string => `${prefix}-${caseNo}`;

/** One release of a selection. Throws RangeError on a contract without an award: OCDS has none. */
export const ocdsRelease = (facts: OcdsFacts, { tags, number, at }: OcdsOccasion) => {
  const { prefix, caseNo, authority, planning, tender, award, contract } = facts;
  if (contract && !award) throw new RangeError('A contract follows an award');
  const ocid = ocidOf(prefix, caseNo);
  return {
    ...{ ocid, id: `${ocid}-${number}`, date: at, tag: [...tags] },
    ...{ initiationType: 'tender', language: 'zh' },
    parties: partiesOf(facts),
    buyer: reference(authority),
    ...(planning ? { planning: { rationale: planning.rationale, ...documentsOf(planning.documents) } } : {}),
    ...(tender ? { tender: tenderOf(caseNo, authority, tender) } : {}),
    ...(award
      ? {
          awards: [
            {
              ...{ id: award.id, status: award.status, date: award.at },
              ...(award.suppliers.length > 0 ? { suppliers: award.suppliers.map(reference) } : {}),
              ...documentsOf(award.documents),
            },
          ],
        }
      : {}),
    ...(contract && award
      ? {
          contracts: [
            {
              ...{ id: contract.id, awardID: award.id, status: contract.status },
              period: {
                startDate: `${contract.from}T00:00:00+08:00`,
                endDate: `${contract.until}T23:59:59+08:00`,
              },
              dateSigned: contract.signedAt,
              ...documentsOf(contract.documents),
            },
          ],
        }
      : {}),
  };
};
export type OcdsRelease = ReturnType<typeof ocdsRelease>;

/** Releases as a file that stands by itself; `uri` is where it is published. */
export const ocdsPackage = (
  releases: readonly OcdsRelease[],
  { uri, publisher, at }: { uri: string; publisher: OcdsBody; at: string },
) => ({
  ...{ uri, version: '1.1', publishedDate: at },
  publisher: {
    name: publisher.name,
    ...(publisher.uscc ? { scheme, uid: publisher.uscc } : {}),
  },
  releases: [...releases],
});
