/** The clock of a turn, day by day: what counted, what was skipped and why, what paused or prolonged it. */
import { t } from '../language.ts';
import type { ClockView, TurnView } from '@gongshu/infra/cases/view';
import { type Html, html, none } from '../../html/escape.ts';
import { facts, table } from '../../html/table.ts';
import { tag } from '../../html/tag.ts';
import { day, moment, type View } from '../../html/view.ts';
import { wordOf } from '../words.ts';

const leftOf = ({ daysLeft, outcome }: Pick<ClockView, 'daysLeft' | 'outcome'>): string | null =>
  outcome !== 'open' || daysLeft === null
    ? null
    : daysLeft < 0
      ? t('逾期 {0} 个工作日', Math.abs(daysLeft))
      : t('剩 {0} 个工作日', daysLeft);

const standing = (clock: ClockView): Html =>
  html`${[
    ...(clock.suspended ? [tag(t('中止'), 'note')] : []),
    ...(clock.overdue ? [tag(t('逾期'), 'stop')] : []),
    ...(clock.provisional ? [tag(t('暂定'), 'warn')] : []),
    ...(clock.outcome === 'open' ? [] : [tag(wordOf(clock.outcome, 'turnOutcomes'), 'plain')]),
  ]}`;

const dayWords = (reason: string, name: string | undefined): string => {
  const said = wordOf(reason, 'dayReasons');
  return name ? `${said}（${name}）` : said;
};

const ledger = (view: View, clock: ClockView): Html =>
  table(view, {
    caption: t('期限台账'),
    columns: [
      { title: t('时间'), cell: ({ at }) => moment(view, at), head: true },
      { title: t('事项'), cell: ({ kind }) => wordOf(kind, 'ledgerEntries') },
      {
        title: t('回执'),
        cell: ({ receipt }) => (receipt === null ? '—' : html`<span class="code">${receipt}</span>`),
      },
    ],
    rows: clock.ledger,
  });

/** Each day of a period, counted or left out, and why (A7). */
export const daysOf = (
  view: View,
  clock: Pick<ClockView, 'days' | 'daysCounted' | 'daysSkipped'>,
  of = t('逐日计算'),
): Html =>
  clock.days.length === 0
    ? none
    : html`<details><summary>${t('逐日计算：计入 {0} 日，跳过 {1} 日', clock.daysCounted, clock.daysSkipped)}</summary>
        ${table(view, {
          caption: of,
          quiet: true,
          columns: [
            { title: t('日期'), cell: ({ date }) => day(view, date), head: true },
            {
              title: t('是否计入'),
              cell: ({ counted }) => (counted ? tag(t('计入'), 'good') : tag(t('跳过'), 'plain')),
            },
            { title: t('说明'), cell: ({ reason, name }) => dayWords(reason, name) },
          ],
          rows: clock.days,
        })}</details>`;

const extensions = (view: View, turn: TurnView | undefined): Html =>
  turn === undefined || turn.extensions.length === 0
    ? none
    : table(view, {
        caption: t('延期申请'),
        columns: [
          { title: t('申请时间'), cell: ({ requestedAt }) => moment(view, requestedAt), head: true },
          { title: t('申请工作日'), cell: ({ workingDays }) => String(workingDays), figure: true },
          { title: t('理由'), cell: ({ reason }) => reason },
          { title: t('状态'), cell: ({ state }) => wordOf(state, 'extensionStates') },
          {
            title: t('准予工作日'),
            cell: ({ grantedWorkingDays }) => grantedWorkingDays ?? '—',
            figure: true,
          },
        ],
        rows: turn.extensions,
      });

/** One turn: its limit, where it stands, and every day of it. */
export const clockBlock = (view: View, clock: ClockView, turn: TurnView | undefined): Html =>
  html`<section aria-label="${wordOf(clock.step, 'steps')} ${clock.organisation}">
    <h3>${wordOf(clock.step, 'steps')} · ${turn?.organisationName ?? clock.organisation} ${standing(clock)}</h3>
    ${facts([
      [t('期限'), `${clock.budget} ${wordOf(clock.unit, 'clockUnits')}`],
      [t('依据'), clock.article],
      [t('最后一日'), clock.lastDay === null ? null : day(view, clock.lastDay)],
      [t('期限届满'), clock.deadline === null ? null : moment(view, clock.deadline)],
      [t('剩余'), leftOf(clock)],
      [t('逾期效果'), `${wordOf(clock.onSilence, 'silence')}（${clock.silenceArticle}）`],
      [t('启动告知'), turn ? (turn.told ? tag(t('已送达'), 'good') : tag(t('尚无送达记录'), 'stop')) : null],
      [t('节假日版本'), html`<span class="code">${clock.calendarVersion}</span>`],
    ])}
    ${turn?.decision ? decision(view, turn.decision) : none}
    ${extensions(view, turn)}
    ${daysOf(view, clock)}
    <details><summary>${t('期限台账（{0} 项）', clock.ledger.length)}</summary>${ledger(view, clock)}</details>
  </section>`;

const decision = (view: View, made: NonNullable<TurnView['decision']>): Html => html`
  ${facts([
    [t('决定'), wordOf(made.outcome, 'turnOutcomes')],
    [t('决定时间'), moment(view, made.decidedAt)],
    [
      t('理由'),
      made.reasons.length === 0
        ? null
        : html`<ul>${made.reasons.map(({ code, text }) => html`<li>${wordOf(code)}：${text}</li>`)}</ul>`,
    ],
    [
      t('附加条件'),
      made.conditions.length === 0
        ? null
        : html`<ul>${made.conditions.map(({ code, text }) => html`<li>${wordOf(code)}：${text}</li>`)}</ul>`,
    ],
    [
      t('核查内容'),
      made.findings.length === 0
        ? null
        : html`<ul>${made.findings.map(({ field, finding, note }) => html`<li>${wordOf(field, 'checkFields')}：${wordOf(finding, 'findings')}${note ? `（${note}）` : ''}</li>`)}</ul>`,
    ],
  ])}`;
