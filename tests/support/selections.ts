/** A city ready to select its operator: a plan in force, bidders, a pool of experts, debarment lists; and its acts. */
import { newestCalendar } from '@gongshu/infra/calendars';
import { loadPacks } from '@gongshu/infra/packs';
import { sha256 } from '@gongshu/infra/hash';
import { valuesOf } from '@gongshu/shared/packs/pack';
import type { SelectionState } from '@gongshu/shared/selection/types';
import { sql } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import { usccNo } from './onboardings.ts';
import { peopleOf, type Procedures } from './procedures.ts';

const packs = loadPacks();
export const bidders = ['bidder-a', 'bidder-b', 'bidder-c', 'bidder-d'] as const;
export const rulesOf = (city: string) => valuesOf(packs.resolve(city), 'operatorSelection');
/** Days of a selection: it begins, bids have closed, it is deliberated on. The national text binds from 2025-03-01. */
export const daysOf = (city: string) =>
  city === 'national'
    ? {
        begin: '2025-03-03T09:00:00',
        opening: '2025-03-25T09:00:00',
        heldOn: '2025-03-28',
        listed: '2025-03-24',
      }
    : {
        begin: '2024-03-01T09:00:00',
        opening: '2024-03-22T09:00:00',
        heldOn: '2024-03-25',
        listed: '2024-03-20',
      };
const planNo = (city: string): string => `plan-${city}`;

/** Rows that other lifecycles and registers write. */
export const seedCity = async ({ db }: Procedures, city: string): Promise<void> => {
  const { version: calendar } = await newestCalendar(db as never, city);
  for (const [at, id] of bidders.entries())
    await sql`
      insert into party (jurisdiction, id, kind, name, uscc, registered_at, version)
      values (${city}, ${id}, 'bidder', ${`申报机构${at}`}, ${usccNo(at + 700)}, now(), 1)`.execute(db);
  await sql`
    insert into procedure (case_no, kind, jurisdiction, authority, pack_version, start, stage, outcome, state, calendar_version, opened_by, opened_at)
    values (${planNo(city)}, 'plan', ${city}, 'city-bureau', 'p', ${JSON.stringify({ facts: { version: 1, replaces: null, contentHash: sha256('plan') } })}, 'done', 'inForce', '{}', ${calendar}, 'someone', now())`.execute(
    db,
  );
  await sql`
    insert into plan (case_no, jurisdiction, version, content_hash, in_force_at)
    values (${planNo(city)}, ${city}, 1, ${sha256('plan')}, now())`.execute(db);
  for (let n = 1; n <= 9; n += 1) {
    const kind = n <= 6 || city === 'wuhai' ? 'outside' : 'department';
    await sql`
      insert into expert (jurisdiction, id, kind, organisation, institution, account, name, registered_at)
      values (${city}, ${`ex-${n}`}, ${kind}, ${`institute-${n}`}, 'university', ${`expert@institute-${n}`}, ${`专家${n}`}, now())`.execute(
      db,
    );
  }
  for (const condition of rulesOf(city).conditions)
    if (condition.kind === 'debarmentLists')
      for (const list of condition.lists)
        await sql`
          insert into debarment_list (jurisdiction, list, as_of, source, content_hash, entries, without_code, loaded_by, loaded_at)
          values (${city}, ${list}, ${daysOf(city).listed}, 'test', ${sha256(list)}, 0, 0, 'someone', now())`.execute(
          db,
        );
};

export const bidOf = (city: string, contents = '申报方案') => ({
  contents,
  documents: rulesOf(city)
    .conditions.filter(({ kind }) => kind === 'evidence' || kind === 'legalPerson')
    .map(({ code }) => ({ title: code, hash: sha256(`${contents} ${code}`), condition: code })),
  mlps: [{ level: 3, from: '2023-01-01', until: '2025-12-31', document: sha256('mlps') }],
});

export const votes = (inFavour: number, absent = 0) =>
  Array.from({ length: 7 }, (_, n) => ({
    ...{ member: `m-${n}`, vote: n < inFavour ? 'for' : n < 7 - absent ? 'against' : 'absent' },
  }));

export const actsOf = (the: Procedures, city: string) => {
  const { bureau, government } = peopleOf(city);
  const rules = rulesOf(city);
  const days = daysOf(city);
  const [mode] = rules.modes;
  const url = (caseNo: string, path: string) => `/v1/selections/${caseNo}/${path}`;
  const bidder = (id: string): Who => ({ roles: ['bidder'], organisation: id, jurisdiction: city });
  const expert = (id: string): Who => ({
    ...{ roles: ['expert'] as const, organisation: `institute-${id.slice(3)}`, jurisdiction: city },
  });
  const act = (caseNo: string, path: string, body: object = {}, who: Who = bureau) =>
    the.post(who, url(caseNo, path), body);
  const must = async (caseNo: string, path: string, body: object = {}, who: Who = bureau): Promise<void> => {
    const answer = await the.call(who, 'POST', url(caseNo, path), body);
    if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.body}`);
  };
  const state = async (caseNo: string): Promise<SelectionState> =>
    (await the.row(caseNo)).state as unknown as SelectionState;
  const paper = (title: string) => the.upload(city, 'city-bureau', title);
  const byInvitation = mode?.by === 'invitation';
  const body = (change: object = {}) => ({
    ...{ plan: planNo(city), mode: mode?.mode, method: 'mean', tieRule: 'panelDecides' },
    criteria: [
      { id: 'plan', weight: 60, max: 100 },
      { id: 'security', weight: 40, max: 100 },
    ],
    mandate: { mode: 'whole', termMonths: 36 },
    ...(byInvitation && { invitees: bidders.slice(0, 3) }),
    ...change,
  });
  const papers = (change: object = {}) => ({
    title: '运营机构遴选公告',
    contents: Object.fromEntries(rules.announcementContents.map((item) => [item, `关于${item}`])),
    ...change,
  });
  const open = (change: object = {}, path?: string) => the.open(bureau, '/v1/selections', body(change), path);
  const begin = () => the.law.begin(days.begin);
  /** Bids close at the end of the twentieth day. */
  const issue = async (caseNo: string, change: object = {}): Promise<void> => {
    if ((await state(caseNo)).stage === 'consultation')
      await must(caseNo, 'consultation', { document: await paper('征求意见') });
    await must(caseNo, byInvitation ? 'invitations' : 'announcement', papers(change));
  };
  const draw = async (caseNo: string): Promise<void> => {
    await must(caseNo, 'seed');
    await must(caseNo, 'committee');
  };
  const bid = (caseNo: string, id: string, contents?: string) =>
    act(caseNo, 'bids', bidOf(city, contents), bidder(id));
  const findings = (change: Record<string, object> = {}, ids: readonly string[] = bidders.slice(0, 3)) => ({
    bids: ids.map((id) => ({
      ...{ bidder: id, incidents: [], violations: [] },
      findings: Object.fromEntries(rules.conditions.map(({ code }) => [code, 'met'])),
      ...change[id],
    })),
  });
  const sheet = (marks: Record<string, number>) => ({
    scores: Object.entries(marks).flatMap(([id, mark]) => [
      { bidder: id, criterion: 'plan', score: mark },
      { bidder: id, criterion: 'security', score: mark },
    ]),
  });
  const marks = { 'bidder-a': 90, 'bidder-b': 80, 'bidder-c': 70 };
  /** Three bids, drawn, opened and examined. */
  const toAssessment = async (path?: string, change: object = {}): Promise<string> => {
    const caseNo = await open(change, path);
    await issue(caseNo);
    await draw(caseNo);
    for (const id of bidders.slice(0, 3)) {
      const { status, code } = await bid(caseNo, id);
      if (status !== 201) throw new Error(`${id}: ${code}`);
    }
    await the.goTo(days.opening, caseNo);
    await must(caseNo, 'opening');
    await must(caseNo, 'examination', findings());
    return caseNo;
  };
  const score = async (caseNo: string, given: Record<string, number> = marks): Promise<void> => {
    const { panel, sheets } = await state(caseNo);
    for (const { id } of panel)
      if (!sheets.includes(id)) await must(caseNo, 'sheets', sheet(given), expert(id));
    if (rules.assessment.feasibilityOpinion && (await state(caseNo)).feasible === null)
      await must(caseNo, 'feasibility', { document: await paper('可行性论证'), feasible: true });
    await must(caseNo, 'assessment');
  };
  const deliberate = async (caseNo: string, given: object[] = votes(5)) =>
    act(caseNo, 'deliberation', { heldOn: '2024-03-25', votes: given, minutes: await paper('会议纪要') });
  const approve = async (caseNo: string, change: object = {}) =>
    act(
      caseNo,
      'approval',
      { outcome: 'approve', document: await the.upload(city, 'city-government', '批复'), ...change },
      government,
    );
  return {
    ...{
      act,
      must,
      state,
      paper,
      body,
      papers,
      open,
      issue,
      draw,
      bid,
      findings,
      sheet,
      marks,
      toAssessment,
    },
    ...{ begin, days, score, deliberate, approve, bidder, expert, url, bureau, government, rules },
  };
};
