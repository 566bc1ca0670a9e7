/**
 * What the public side says to evaluations (V1): complaints, incidents, sanctions, reports, evidence, findings, drills,
 * disclosures, bulletins, feedback, demands. What names no operator is the whole city's, and counts for each of its
 * operators; a complaint that was put to bodies counts for the operators among them alone.
 */
import type { Insertable } from 'kysely';
import type { EvaluationFactTable } from '@gongshu/infra/evaluations/tables';

type Fact = Insertable<EvaluationFactTable>;
export type Said = Pick<Fact, 'source' | 'operator' | 'case_no' | 'tag' | 'good'>;
type Data = Readonly<Record<string, unknown>>;
type Sayings = Readonly<Record<string, (data: Data) => Said[]>>;

/** Whose a fact is that names no operator. */
export const wholeCity = '';

const text = (data: Data, key: string): string => String(data[key]);
/** `good`: undefined where the event tells nothing of it yet. */
const one = (
  source: string,
  data: Data,
  good: boolean | null,
  { operator = wholeCity, caseNo = text(data, 'caseNo'), tag = 'case' } = {},
): Said[] => [{ source, operator, case_no: caseNo, tag, good }];

const ofOperator = (data: Data): string =>
  typeof data['operator'] === 'string' ? data['operator'] : wholeCity;
const inTime = (data: Data): boolean => data['late'] === false;

const putTo = (data: Data, body: string): Said[] =>
  one('complaintsOf', data, null, { operator: body, tag: body });
const complaint: Sayings = {
  'complaint.opened.v1': (data) => one('complaints', data, null),
  /** Put to a body of whatever role: it concerns that one, and no operator that was not asked. */
  'complaint.bodyAsked.v1': (data) => putTo(data, text(data, 'body')),
  'complaint.bodyReplaced.v1': (data) => putTo(data, text(data, 'by')),
  /** One that was not accepted is found against nobody, and closed as such when no review is asked for. */
  'complaint.closed.v1': (data) =>
    one('complaints', data, data['result'] === 'unfounded' || data['result'] === 'notAccepted'),
  'complaint.notAccepted.v1': (data) => one('complaints', data, true),
  'complaint.withdrawn.v1': (data) => one('complaints', data, true),
};

/** An incident is one as long as it is not found to be none. */
const incident: Sayings = {
  'incident.declared.v1': (data) => one('incidents', data, null, { operator: ofOperator(data) }),
  'incident.closed.v1': (data) => one('incidents', data, false),
  'incident.dismissed.v1': (data) => one('incidents', data, true),
};

const drill = (data: Data, good: boolean | null): Said[] =>
  one('drillsHeld', data, good, {
    operator: text(data, 'body'),
    caseNo: text(data, 'drill'),
    tag: text(data, 'dueOn'),
  });
const drills: Sayings = {
  'drill.due.v1': (data) => drill(data, null),
  'drill.overdue.v1': (data) => drill(data, false),
  'drill.recorded.v1': (data) => drill(data, inTime(data)),
};

/** Of whoever it is against; one that its review lifted is counted by nobody. */
const sanction: Sayings = {
  'sanction.opened.v1': (data) => one('sanctions', data, null, { operator: text(data, 'target') }),
  'sanction.decided.v1': (data) => one('sanctions', data, false, { operator: text(data, 'target') }),
  'sanction.dropped.v1': (data) => one('sanctions', data, true),
  'sanction.reviewDecided.v1': (data) =>
    data['result'] === 'lift' ? one('sanctionsLifted', data, null) : [],
};

const report = (data: Data, good: boolean | null): Said[] =>
  one('workReports', data, good, {
    operator: ofOperator(data),
    caseNo: text(data, 'report'),
    tag: text(data, 'kind'),
  });
const reports: Sayings = {
  'workReport.asked.v1': (data) => report(data, null),
  'workReport.filed.v1': (data) => report(data, inTime(data)),
  'workReport.overdue.v1': (data) => report(data, false),
};

/** Evidence that ran out counts in the year in which it did. */
const evidence = (data: Data, tag: string, good: boolean): Said[] =>
  one('evidenceInForce', data, good, {
    operator: ofOperator(data),
    caseNo: text(data, 'evidence'),
    tag,
  });

const finding = (data: Data, no: unknown, good: boolean | null): Said[] =>
  one('findingsRectified', data, good, { operator: ofOperator(data), tag: String(no) });
const supervision: Sayings = {
  'evidence.accepted.v1': (data) => evidence(data, 'accepted', true),
  'evidence.expired.v1': (data) => evidence(data, 'expired', false),
  'audit.findingsStand.v1': (data) =>
    (data['standing'] as { no: number }[]).flatMap(({ no }) => finding(data, no, null)),
  'audit.escalated.v1': (data) => finding(data, data['finding'], false),
  'audit.rectificationAccepted.v1': (data) => finding(data, data['finding'], inTime(data)),
};

/** The operator's own part; the implementing body's says nothing about an operator. */
const disclosed = (data: Data, good: boolean | null): Said[] =>
  data['part'] === 'operator'
    ? one('disclosuresOnTime', data, good, { operator: text(data, 'body'), tag: text(data, 'year') })
    : [];
const openness: Sayings = {
  'yearlyDisclosure.opened.v1': (data) => disclosed(data, null),
  'yearlyDisclosure.published.v1': (data) =>
    disclosed(data, inTime(data) && (data['missing'] as unknown[]).length === 0),
  'yearlyDisclosure.escalated.v1': (data) => disclosed(data, false),
  'bulletin.drafted.v1': (data) => one('bulletinsIssued', data, null),
  'bulletin.issued.v1': (data) => one('bulletinsIssued', data, inTime(data)),
  'bulletin.overdue.v1': (data) => one('bulletinsIssued', data, false),
};

const catalog: Sayings = {
  'qualityFeedback.opened.v1': (data) => one('qualityFeedback', data, null),
  'qualityFeedback.overdue.v1': (data) => one('qualityFeedback', data, false),
  'qualityFeedback.closed.v1': (data) => one('qualityFeedback', data, true),
  'demandResponse.opened.v1': (data) => one('demandResponses', data, null),
  'demandResponse.overdue.v1': (data) => one('demandResponses', data, false),
  'demandResponse.concluded.v1': (data) => one('demandResponses', data, inTime(data)),
  'demandResponse.declined.v1': (data) => one('demandResponses', data, inTime(data)),
};

const sayings: Sayings = {
  ...{
    ...complaint,
    ...incident,
    ...drills,
    ...sanction,
    ...reports,
    ...supervision,
    ...openness,
    ...catalog,
  },
};

/** Event types this listens to, for the tests. */
export const publicSideTypes = Object.keys(sayings);

/** What an event of the public side says; nothing for every other. */
export const ofPublicSide = (type: string, data: Data): Said[] => sayings[type]?.(data) ?? [];
