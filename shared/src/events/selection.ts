/** Events of the selection of the operator (O1–O4): of a bid nothing before the opening, of a vote and a sheet no more than that it came. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id, Instant, publicEvent } from './define.ts';
import { deliberationShape, procedureBase, reminderShape } from './procedure.ts';

type Shape = Parameters<typeof caseEvent>[3];
const e = <S extends Shape>(zh: string, en: string, shape: S) => caseEvent('registry', zh, en, shape);
const open = <S extends Shape>(zh: string, en: string, shape: S) => publicEvent('registry', zh, en, shape);
const base = procedureBase;
const codes = Code.array().max(50);
const ids = Id.array().max(100);
const sought = { fields: ids, scenarios: ids, termMonths: Count };
const papers = { ...base, contentHash: Hash, closesOn: DateOn.nullable(), mode: Code };
const document = { document: Hash };
const round = { round: Count };
const last = { ...base, lastDay: DateOn };
const votes = z.array(z.object({ bidder: Id, votes: Count })).max(100);

export const selectionEvents = {
  'selection.opened.v1': e('遴选已启动', 'A selection of the operator was opened', {
    ...{ ...base, plan: Id, mode: Code, by: Code, rerunOf: Id.nullable(), mandate: Code },
    ...sought,
  }),
  'selection.consulted.v1': e('已征求意见', 'Consultation was recorded', {
    ...{ ...base, ...document, on: Code.nullable() },
  }),
  'selection.announced.v1': open('遴选公告已发布', 'The selection was announced', papers),
  'selection.invited.v1': e('邀请已发出', 'Invitations went out', papers),
  'selection.seedCommitted.v1': e('抽取种子已登记', 'The seed of the draw was committed', {
    ...{ ...base, seedHash: Hash },
  }),
  'selection.committeeDrawn.v1': e('评审委员会已抽取', 'The committee was drawn', {
    ...{ ...base, members: Count, substitutes: Count, poolHash: Hash, seedHash: Hash },
  }),
  'selection.announcementEnded.v1': e(
    '公告或邀请期满',
    'The announcement or invitation has stood its time',
    last,
  ),
  'selection.biddingClosed.v1': e('申报已截止', 'Bids have closed', last),
  'selection.bidsOpened.v1': e('申报已开启', 'Bids were opened', {
    ...{ ...base, seed: Id, closedAt: Instant },
    bids: z.array(z.object({ bidder: Id, envelopeHash: Hash, receivedAt: Instant })).max(100),
  }),
  'selection.bidsExamined.v1': e('资格审查完成', 'Bids were examined', {
    ...base,
    findings: z.array(z.object({ bidder: Id, valid: z.boolean(), failed: codes })).max(100),
    ...{ findingsHash: Hash, valid: Count, needed: Count },
  }),
  'selection.expertLeft.v1': e('专家退出评审', 'An expert left the panel', {
    ...base,
    expert: Id,
    source: Code,
  }),
  'selection.substituteDrawn.v1': e('递补评审成员', 'A substitute took a seat', {
    ...base,
    expert: Id,
    seat: Code,
  }),
  'selection.sheetReceived.v1': e('已收评分表', 'A sheet came in', {
    ...{ ...base, ...round, expert: Id, sheetHash: Hash },
  }),
  'selection.feasibilityRecorded.v1': e('可行性论证意见已登记', 'The opinion on feasibility was recorded', {
    ...{ ...base, ...document, feasible: z.boolean() },
  }),
  'selection.ranked.v1': e('已排序', 'Bids were ranked', {
    ...{ ...base, ...round },
    scores: z.array(z.object({ bidder: Id, exact: Id, shown: Id })).max(100),
    ranking: ids.array().max(100),
  }),
  'selection.tieVoted.v1': e('已收并列表决', 'A member voted on the tie', {
    ...base,
    expert: Id,
    tieRound: Count,
  }),
  'selection.tieDecided.v1': e('并列已由评审组决定', 'The panel decided the tie', {
    ...{ ...base, votes, tieRound: Count, winner: Id },
  }),
  'selection.tieRepeated.v1': e('表决仍并列，再次表决', 'The vote was tied; it is taken again', {
    ...{ ...base, votes, tieRound: Count },
  }),
  'selection.assessed.v1': open('评选结果已定', 'The assessment has its result', {
    ...base,
    ...round,
    winner: Id,
  }),
  'selection.negotiated.v1': e('谈判已登记', 'Negotiation was recorded', {
    ...{ ...base, ...document, outcome: Code, annex: Hash.nullable() },
  }),
  'selection.coreAnnexFiled.v1': e('核心附件已提交', 'The core annex was filed', { ...base, ...document }),
  'selection.deliberated.v1': e(
    '集体决策通过',
    'The selection was carried by collective decision',
    deliberationShape,
  ),
  'selection.notCarried.v1': e('集体决策未通过', 'The selection was not carried', deliberationShape),
  'selection.approved.v1': e('政府批准', 'The government approved the selection', { ...base, ...document }),
  'selection.notApproved.v1': e('政府未批准', 'The government did not approve the selection', {
    ...{ ...base, ...document, reasonCodes: codes },
  }),
  'selection.noticePublished.v1': open('结果公示', 'The result was put to public notice', {
    ...{ ...base, winner: Id.nullable(), notice: Count, workingDays: Count },
  }),
  'selection.noticeEnded.v1': e('公示期满', 'The public notice has ended', { ...last, notice: Count }),
  'selection.objectionRaised.v1': e('收到异议', 'An objection was raised', { ...base, objection: Count }),
  'selection.objectionAnswered.v1': e('异议已答复', 'An objection was answered', {
    ...{
      ...base,
      objection: Count,
      outcome: Code,
      then: Code.nullable(),
      reasonCodes: codes,
      late: z.boolean(),
    },
  }),
  'selection.objectionOverdue.v1': e('异议答复逾期', 'An answer to an objection is overdue', {
    ...{ ...last, objection: Count },
  }),
  'selection.reassessed.v1': e('重新评审', 'The assessment begins anew', { ...base, ...round }),
  'selection.failed.v1': open('选择失败', 'The selection has failed', {
    ...{
      ...base,
      reason: Code,
      valid: Count.optional(),
      needed: Count.optional(),
      members: Count.optional(),
    },
  }),
  'selection.withdrawn.v1': open('遴选已撤回', 'The selection was withdrawn', {
    ...base,
    reasonCodes: codes,
  }),
  'selection.selected.v1': open('运营机构已选定', 'The operator was selected', {
    ...{ ...base, selection: Id, winner: Id, plan: Id, mode: Code },
    ...sought,
    ...{ annex: Hash.nullable(), signedBy: Code },
  }),
  'selection.reminderDue.v1': e('期限将满催办', 'A period of the selection ends soon', reminderShape),
};
