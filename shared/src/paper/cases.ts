/**
 * The papers of a case (A1–A6, M1): acceptance, correction with everything at once, each body's opinion, the decision,
 * the certificate of silence. Pure, from what the tables of the case say; no words of the application stand in them,
 * so that whoever may read the case gets the same bytes. Numbers follow from the turn or the case, as a certificate's.
 */
import { caseTables } from '../code-tables/cases.ts';
import { lawTables } from '../code-tables/law.ts';
import { type Lifecycle, lifecycles } from '../lifecycle.ts';
import type { Texts } from '../problems/row.ts';
import { type Block, certified, type Ground, type Paper, sealed } from './paper.ts';
import { dateOfInstant, dateText, momentText } from './words.ts';

/** What every paper of a case has. */
export type PaperCase = {
  caseNo: string;
  lifecycle: Lifecycle;
  jurisdiction: string;
  /** By name where the service knows it, else by its id. */
  applicant: string;
  operator: string;
  submittedAt: string;
  contentHash: string;
};

/** A body's turn, and what it rests on. */
export type PaperTurn = {
  turn: string;
  step: 'acceptance' | 'check' | 'review';
  body: string;
  outcome: string;
  overdue: boolean;
  endedAt: string;
  grounds: Ground[];
};

export type PaperDecision = {
  findings: { field: string; finding: string; note: string }[];
  reasons: { code: string; text: string }[];
  conditions: { code: string; text: string; fields?: string[] | undefined; until?: string | undefined }[];
};

const wordOf = (codes: Readonly<Record<string, Texts>>, code: string): string => codes[code]?.zh ?? code;
const stepWord = (step: string): string => wordOf(caseTables.steps.codes, step);
const outcomeWord = (outcome: string): string => wordOf(caseTables.turnOutcomes.codes, outcome);
const caseWord = (outcome: string): string => wordOf(caseTables.caseOutcomes.codes, outcome);
const numbered = (series: string, of: string): string => `${series}-${of.replaceAll('/', '-')}`;
const paragraph = (zh: string, en?: string): Block => ({
  kind: 'paragraph',
  text: en === undefined ? { zh } : { zh, en },
});
const heading = (zh: string): Block => ({ kind: 'heading', text: { zh } });
const under = (zh: string, block: Block | undefined): Block[] => (block ? [heading(zh), block] : []);
const listOf = (items: string[]): Block | undefined =>
  items.length > 0 ? { kind: 'list', items } : undefined;
const title = ({ lifecycle }: PaperCase): string => lifecycles[lifecycle].title;
/** The facts that name the case. */
const facts = ({ caseNo, applicant, operator, submittedAt, contentHash }: PaperCase): Block => ({
  kind: 'facts',
  rows: [
    { label: '申请编号', value: caseNo },
    { label: '申请主体', value: applicant },
    { label: '运营机构', value: operator },
    { label: '提交时间', value: momentText(submittedAt) },
    { label: '申请内容校验码', value: contentHash },
  ],
});
const reasonsOf = (reasons: PaperDecision['reasons']): Block | undefined =>
  listOf(reasons.map(({ code, text }) => `${text}（${code}）`));
const conditionsOf = (conditions: PaperDecision['conditions']): Block | undefined =>
  listOf(
    conditions.map(({ code, text, fields, until }) => {
      const masked = fields && fields.length > 0 ? `；不提供字段：${fields.join('、')}` : '';
      return `${text}${masked}${until === undefined ? '' : `；期限至${dateText(until)}`}（${code}）`;
    }),
  );
const findingsOf = ({ findings }: PaperDecision): Block | undefined =>
  findings.length === 0
    ? undefined
    : {
        kind: 'table',
        columns: [
          { title: '核查内容', share: 2 },
          { title: '结论', align: 'middle' },
          { title: '说明', share: 4 },
        ],
        rows: findings.map(({ field, finding, note }) => [
          wordOf(lawTables.checkFields.codes, field),
          wordOf(caseTables.findings.codes, finding),
          note,
        ]),
      };
const common = (of: PaperCase, { grounds }: { grounds: Ground[] }) => ({
  jurisdiction: of.jurisdiction,
  addressee: of.applicant,
  grounds,
});

/** 收件回执: number and hash of the act that began the case, as everyone can have them verified (Licensing Law art. 32). */
export const receiptPaper = (of: PaperCase, { receipt, hash }: { receipt: string; hash: string }): Paper =>
  certified(
    {
      ...common(of, { grounds: [{ instrument: '中华人民共和国行政许可法', article: '三十二' }] }),
      kind: 'receipt',
      number: receipt,
      issuedBy: of.operator,
      issuedAt: of.submittedAt,
      title: { zh: '收件回执', en: 'Receipt' },
      blocks: [
        paragraph(
          `已收到你单位提交的${title(of)}。凭本回执的编号和校验码，任何人可以在公开页面核验其真实性。`,
          'Your application was received. Number and hash can be verified on the public pages.',
        ),
        facts(of),
      ],
    },
    hash,
    'receipt',
  );

/** 受理通知书, also where silence made it accepted; 不予受理通知书 with reasons (Licensing Law arts. 32, 5). */
export const acceptancePaper = (of: PaperCase, turn: PaperTurn, decision: PaperDecision | null): Paper => {
  const accepted = turn.outcome === 'approved' || turn.outcome === 'deemedApproved';
  const silent = turn.outcome === 'deemedApproved';
  return sealed({
    ...common(of, turn),
    kind: 'acceptance',
    number: numbered('SL', turn.turn),
    issuedBy: turn.body,
    issuedAt: turn.endedAt,
    title: accepted
      ? { zh: '受理通知书', en: 'Notice of acceptance' }
      : { zh: '不予受理通知书', en: 'Notice of non-acceptance' },
    blocks: [
      silent
        ? paragraph(
            `你单位提交的${title(of)}逾期未被告知是否受理，视为自收到之日起受理。`,
            'Nobody answered in time: it is deemed accepted as of its receipt.',
          )
        : paragraph(
            `你单位提交的${title(of)}，经审查，${accepted ? '予以受理' : '不予受理'}。`,
            accepted ? 'Your application was accepted.' : 'Your application was not accepted.',
          ),
      facts(of),
      ...under('不予受理的理由', accepted ? undefined : reasonsOf(decision?.reasons ?? [])),
      paragraph(accepted ? '办理期限自受理之次一工作日起算。' : '补齐材料或者情形变化后，可以重新提出申请。'),
    ],
  });
};

export type PaperCorrection = {
  /** Its place among the corrections of the turn, from 1. */
  at: number;
  items: { item: string; text: string }[];
  returnedAt: string;
  lapseOn: string | null;
};

/** 补正通知书: everything missing, told at once (Licensing Law art. 32 (4)). */
export const correctionPaper = (of: PaperCase, turn: PaperTurn, correction: PaperCorrection): Paper => {
  const { at, items, returnedAt, lapseOn } = correction;
  return sealed({
    ...common(of, {
      grounds: [...turn.grounds, { instrument: '中华人民共和国行政许可法', article: '三十二' }],
    }),
    kind: 'correction',
    number: `${numbered('BZ', turn.turn)}-${at}`,
    issuedBy: turn.body,
    issuedAt: returnedAt,
    title: { zh: '补正通知书', en: 'Notice of correction' },
    blocks: [
      paragraph(
        `你单位提交的${title(of)}在${stepWord(turn.step)}环节需要补正。现将需要补正的全部内容一次性告知如下。`,
        `Everything to be corrected is told here at once: ${items.length} item${items.length === 1 ? '' : 's'}.`,
      ),
      facts(of),
      {
        kind: 'table',
        caption: '需要补正的内容',
        columns: [
          { title: '序号', align: 'middle', share: 1 },
          { title: '事项', share: 2 },
          { title: '要求', share: 6 },
        ],
        rows: items.map(({ item, text }, index) => [
          String(index + 1),
          wordOf(caseTables.contentParts.codes, item),
          text,
        ]),
      },
      paragraph(
        lapseOn === null
          ? '请一次性补正全部事项后重新提交。'
          : `请一次性补正全部事项后重新提交；至${dateText(lapseOn)}仍未补正的，办理终止。`,
      ),
    ],
  });
};

/** 核查意见书, 审核意见书: what one body decided, with its findings, reasons and conditions (arts. 20, 21). */
export const opinionPaper = (of: PaperCase, turn: PaperTurn, decision: PaperDecision): Paper => {
  const approved = turn.outcome === 'approved';
  return sealed({
    ...common(of, turn),
    kind: 'decision',
    number: numbered('YJ', turn.turn),
    issuedBy: turn.body,
    issuedAt: turn.endedAt,
    title: {
      zh: `${stepWord(turn.step)}意见书`,
      en: turn.step === 'check' ? 'Result of the compliance check' : 'Opinion of a reviewing body',
    },
    blocks: [
      paragraph(
        `经${stepWord(turn.step)}，${approved ? (decision.conditions.length > 0 ? '附条件同意' : '同意') : '不同意'}你单位提交的${title(of)}${turn.overdue ? '。本意见逾期作出，已计入逾期' : ''}。`,
        `${approved ? 'Approved' : 'Refused'}${approved && decision.conditions.length > 0 ? ', with conditions' : ''}${turn.overdue ? '; decided late' : ''}.`,
      ),
      facts(of),
      ...under('核查结论', findingsOf(decision)),
      ...under('不同意的理由', reasonsOf(approved ? [] : decision.reasons)),
      ...under('所附条件', conditionsOf(approved ? decision.conditions : [])),
    ],
  });
};

/** A turn as the decision on the case tells it. */
export type DecidedTurn = PaperTurn & { decision: PaperDecision | null; resources: string[] };

/**
 * 决定书: how the case ended, each body's outcome beside its resources, silence told as silence; conditions and reasons
 * of all. Told by the operator (Zhongwei art. 21).
 */
export const decisionPaper = (
  of: PaperCase,
  {
    outcome,
    endedAt,
    turns,
    grounds,
  }: { outcome: string; endedAt: string; turns: DecidedTurn[]; grounds: Ground[] },
): Paper => {
  const by = (bodies: DecidedTurn[], of: (decision: PaperDecision) => string[]): string[] =>
    bodies.flatMap(({ body, decision }) => (decision ? of(decision).map((text) => `${body}：${text}`) : []));
  const refusing = turns.filter((turn) => turn.outcome === 'refused');
  const approving = turns.filter((turn) => turn.outcome === 'approved');
  const silent = turns.filter((turn) => turn.outcome.startsWith('deemed'));
  const good = ['approved', 'approvedWithDeemedReviews', 'deemedApproved', 'enrolled'].includes(outcome);
  const reasons = by(refusing, (decision) => decision.reasons.map(({ code, text }) => `${text}（${code}）`));
  const conditions = by(approving, ({ conditions: all }) => {
    const block = conditionsOf(all);
    return block?.kind === 'list' ? block.items : [];
  });
  const ended = outcome === 'withdrawn' || outcome === 'lapsed';
  return sealed({
    ...common(of, { grounds }),
    kind: 'outcome',
    number: numbered('JD', of.caseNo),
    issuedBy: of.operator,
    issuedAt: endedAt,
    title: ended
      ? { zh: '办理终止通知书', en: 'Notice of closure' }
      : { zh: `${title(of)}决定书`, en: 'Decision' },
    blocks: [
      paragraph(
        `你单位提交的${title(of)}已办结，结果为：${caseWord(outcome)}${good && conditions.length > 0 ? '（附条件）' : ''}。`,
        `Outcome: ${caseTables.caseOutcomes.codes[outcome]?.en ?? outcome}${good && conditions.length > 0 ? ', with conditions' : ''}.`,
      ),
      facts(of),
      ...under(
        '各单位办理结果',
        turns.length === 0
          ? undefined
          : {
              kind: 'table',
              columns: [
                { title: '单位', share: 3 },
                { title: '环节', align: 'middle', share: 1.6 },
                { title: '结果', share: 2.4 },
                { title: '日期', share: 2.2 },
                { title: '涉及目录', share: 3 },
              ],
              rows: turns.map((turn) => [
                ...[turn.body, stepWord(turn.step), outcomeWord(turn.outcome)],
                ...[dateOfInstant(turn.endedAt), turn.resources.join('、') || '—'],
              ]),
            },
      ),
      ...under('不予同意的理由', listOf(reasons)),
      ...under('所附条件', listOf(conditions)),
      ...(silent.length > 0
        ? [
            paragraph(
              `${silent.map(({ body }) => body).join('、')}逾期未答复，其结果由期限届满产生，不是该单位作出的同意，详见默认同意证明。`,
              'What came of silence is no approval of a body; see the certificate of silence.',
            ),
          ]
        : []),
    ],
  });
};

/** What a certificate of silence says, as it was kept when the turn ended. */
export type SilenceContent = {
  turn?: string;
  outcome?: string;
  startedAt?: string;
  lastDay?: string | null;
  deadline?: string | null;
  calendarVersion?: string;
  packVersion?: string;
  days?: { date: string; counted: boolean; reason: string; name?: string }[];
  ledger?: { kind: string; at: string }[];
  opening?: { told?: boolean; deliveredAt?: string | null };
  reminders?: { kind: string; dueAt: string; deliveredAt?: string | null }[];
};
export type Certificate = {
  id: string;
  hash: string;
  madeAt: string;
  content: SilenceContent;
  /** Whether the hash is that of the content, computed again. */
  holds: boolean;
};

const told = (deliveredAt: string | null | undefined): string =>
  deliveredAt ? `${momentText(deliveredAt)}送达` : '无送达记录';

/** 默认同意证明: the certificate that was made when silence ended a turn, under its own number and hash (art. 21). */
export const silencePaper = (of: PaperCase, turn: PaperTurn, certificate: Certificate): Paper => {
  const { id, hash, madeAt, content, holds } = certificate;
  const { days = [], ledger = [], reminders = [], opening } = content;
  const consent = turn.outcome === 'deemedApproved';
  return certified(
    {
      ...common(of, turn),
      kind: 'silence',
      number: id,
      issuedBy: of.operator,
      issuedAt: madeAt,
      title: consent
        ? { zh: '默认同意证明', en: 'Certificate of silence' }
        : { zh: '逾期未答复证明', en: 'Certificate of silence' },
      blocks: [
        paragraph(
          `${turn.body}对本${title(of)}的${stepWord(turn.step)}期限届满未作答复，依规定${outcomeWord(turn.outcome)}。本结果由期限届满产生，不是该单位作出的决定。`,
          'The body did not answer within its limit. What follows is the effect of silence, not a decision.',
        ),
        facts(of),
        {
          kind: 'facts',
          rows: [
            { label: '起算时间', value: content.startedAt ? momentText(content.startedAt) : '—' },
            { label: '最后一日', value: content.lastDay ? `${dateText(content.lastDay)}24时止` : '—' },
            { label: '计入天数', value: String(days.filter(({ counted }) => counted).length) },
            { label: '开始办理告知', value: told(opening?.deliveredAt) },
            { label: '节假日安排版本', value: content.calendarVersion ?? '—' },
            { label: '规则版本', value: content.packVersion ?? '—' },
            { label: '内容与校验码', value: holds ? '一致' : '不一致，请勿采信' },
          ],
        },
        ...under(
          '逐日计算',
          days.length === 0
            ? undefined
            : {
                kind: 'table',
                columns: [
                  { title: '日期', share: 2 },
                  { title: '是否计入', align: 'middle' },
                  { title: '说明', share: 3 },
                ],
                rows: days.map(({ date, counted, reason, name }) => [
                  dateText(date),
                  counted ? '计入' : '不计',
                  `${wordOf(lawTables.dayReasons.codes, reason)}${name === undefined ? '' : `（${name}）`}`,
                ]),
              },
        ),
        ...under(
          '期限台账',
          listOf(
            ledger.map(({ kind, at }) => `${momentText(at)} ${wordOf(caseTables.ledgerEntries.codes, kind)}`),
          ),
        ),
        ...under(
          '催办',
          listOf(
            reminders.map(({ dueAt, deliveredAt }) => `${momentText(dueAt)}应催办，${told(deliveredAt)}`),
          ),
        ),
      ],
    },
    hash,
  );
};
