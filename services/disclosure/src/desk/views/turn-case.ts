/** The page of an application or an onboarding: facts, documents, clocks, changes, history. */
import { t } from '../language.ts';
import type { CaseView, ClockView, HistoryItem } from '@gongshu/infra/cases/view';
import { type Html, html, none } from '../../html/escape.ts';
import { facts, table } from '../../html/table.ts';
import { tag } from '../../html/tag.ts';
import { day, moment, type View } from '../../html/view.ts';
import { type CasePlace, placeTitle } from '../act-paths.ts';
import { bodyName } from '../names.ts';
import { labelOf, wordOf } from '../words.ts';
import { clockBlock } from './clock.ts';
import { documentTable } from './documents.ts';
import { recordOf } from './record.ts';

export type TurnCase = {
  place: CasePlace;
  view: CaseView;
  clocks: readonly ClockView[];
  history: readonly HistoryItem[];
  /** Whether there is more history than is shown. */
  moreHistory: boolean;
};

const contents = (view: View, given: CaseView['contents']): Html =>
  given.contents === null
    ? html`<p class="empty">${t('申请内容只对办理本案的单位显示。')}</p>`
    : facts(
        Object.entries(given.contents).map(
          ([name, value]) => [labelOf(name), recordOf(view, value, 1)] as const,
        ),
      );

type Change = CaseView['contents']['changed'][number];

const changes = (view: View, changed: readonly Change[]): Html =>
  table(view, {
    caption: t('与上一版的不同'),
    quiet: true,
    columns: [
      { title: t('内容'), cell: ({ field }) => labelOf(field), head: true },
      { title: t('退回前'), cell: ({ before }) => recordOf(view, before, 1) },
      { title: t('补正后'), cell: ({ after }) => recordOf(view, after, 1) },
    ],
    rows: changed,
    empty: t('没有改动'),
  });

const corrections = (view: View, given: CaseView['corrections']): Html =>
  given.length === 0
    ? none
    : html`<h2 id="corrections">${t('补正')}</h2>${given.map(
        ({ kind, items, returnedAt, lapseOn, answeredAt, answer }) => html`<section>
          <h3>${wordOf(kind ?? 'correction')} · ${moment(view, returnedAt)} ${answeredAt === null ? tag(t('等待补正'), 'warn') : tag(t('已补正'), 'good')}</h3>
          <ul>${items.map(({ item, text }) => html`<li>${labelOf(item)}：${text}</li>`)}</ul>
          ${facts([
            [t('补正期限'), lapseOn === null ? null : day(view, lapseOn)],
            [t('补正时间'), answeredAt === null ? null : moment(view, answeredAt)],
            [t('补正版本'), answer === null ? null : t('第 {0} 版', answer.version)],
          ])}
          ${answer === null ? none : changes(view, answer.changed)}
        </section>`,
      )}`;

const history = (view: View, { history: items, moreHistory }: TurnCase): Html =>
  html`<h2 id="history">${t('办理经过')}</h2>${table(view, {
    caption: t('办理经过'),
    quiet: true,
    columns: [
      { title: t('时间'), cell: ({ at }) => moment(view, at), head: true },
      {
        title: t('事项'),
        cell: ({ name, kind }) => wordOf(name, kind === 'event' ? 'eventTypes' : undefined),
      },
      {
        title: t('办理人'),
        cell: ({ actor }) =>
          `${wordOf(actor.role, 'roles')}${actor.organisation ? ` · ${actor.organisation}` : ''}`,
      },
      {
        title: t('状态'),
        cell: ({ state, code }) =>
          state === null
            ? '—'
            : `${wordOf(state, 'intakeStates')}${code ? `：${wordOf(code, 'problems')}` : ''}`,
      },
      {
        title: t('回执'),
        cell: ({ receipt }) => (receipt === null ? '—' : html`<span class="code">${receipt}</span>`),
      },
    ],
    rows: items,
  })}${moreHistory ? html`<p>${t('经过较长，只列出前 {0} 项。', items.length)}</p>` : none}`;

const outcomeTag = ({ outcome }: CaseView): Html =>
  outcome === null ? tag(t('办理中'), 'note') : tag(wordOf(outcome, 'caseOutcomes'), 'plain');

/** Everything of the case but the acts and the papers, which stand beside it. */
export const turnCaseBody = (view: View, given: TurnCase): Html => {
  const { view: one, clocks, place } = given;
  const turnOf = ({ turn }: ClockView) => one.turns.find((own) => own.turn === turn);
  const changed = one.contents.changed;
  return html`
    <h2 id="facts">${t('基本情况')} ${outcomeTag(one)} ${one.overdue ? tag(t('逾期'), 'stop') : none} ${one.suspended ? tag(t('中止'), 'note') : none}</h2>
    ${facts([
      [t('案件编号'), html`<span class="code">${one.caseNo}</span>`],
      [t('事项'), placeTitle(place)],
      [t('申请单位'), bodyName(view, one.applicant)],
      [t('运营机构'), bodyName(view, one.operator)],
      [t('环节'), wordOf(one.stage, 'steps')],
      [t('待办单位'), one.waitsFor.map((body) => bodyName(view, body)).join('、')],
      [t('提交时间'), moment(view, one.submittedAt)],
      [t('受理时间'), one.acceptedAt === null ? null : moment(view, one.acceptedAt)],
      [t('最后一日'), one.lastDay === null ? null : day(view, one.lastDay)],
      [t('办结时间'), one.endedAt === null ? null : moment(view, one.endedAt)],
      [t('未在期限内答复'), one.silence.map((body) => bodyName(view, body)).join('、')],
      [
        t('目录条目'),
        one.resources.length === 0
          ? null
          : html`<ul>${one.resources.map(({ resource, reviewer }) => html`<li>${t('{0}（审核：{1}）', resource, bodyName(view, reviewer.organisation))}</li>`)}</ul>`,
      ],
      [t('规则版本'), html`<span class="code">${one.packVersion}</span>`],
    ])}
    <h2 id="contents">${t('申请内容（第 {0} 版）', one.contents.version)}</h2>
    ${contents(view, one.contents)}
    ${one.contents.version > 1 ? html`<h2 id="changes">${t('自上次退回后的改动')}</h2>${changes(view, changed)}` : none}
    ${corrections(view, one.corrections)}
    <h2 id="clock">${t('期限')}</h2>
    ${clocks.length === 0 ? html`<p class="empty">${t('尚未开始计时。')}</p>` : clocks.map((clock) => clockBlock(view, clock, turnOf(clock)))}
    <h2 id="documents">${t('材料')}</h2>
    ${documentTable(view, place.service, one.documents)}
    ${history(view, given)}`;
};
