/** The page of a procedure: facts, what it waits for, periods, documents, every entry. */
import { t } from '../language.ts';
import type { ProcedureView } from '@gongshu/infra/procedures/view';
import { citeText } from '@gongshu/shared/packs/resting-on';
import { type Html, html, none } from '../../html/escape.ts';
import { facts, table } from '../../html/table.ts';
import { tag } from '../../html/tag.ts';
import { day, moment, type View } from '../../html/view.ts';
import { type CasePlace, placeTitle } from '../act-paths.ts';
import { bodyName } from '../names.ts';
import { periodWord, whichOf } from '../period-words.ts';
import { endWord, stageWord, wordOf } from '../words.ts';
import { daysOf } from './clock.ts';
import { documentTable } from './documents.ts';
import { entryTable } from './entries.ts';
import { ofKind } from './of-kind.ts';
import { recordOf } from './record.ts';

type Period = ProcedureView['periods'][number];

const lengthOf = ({ budget, unit }: Period): string | null =>
  budget === null || unit === null ? null : `${budget} ${wordOf(unit, 'periodUnits')}`;

/** 《…办法》第二十一条. */
const basisOf = ({ article, articleInstrument }: Period): string | null =>
  article === null || articleInstrument === null
    ? article
    : citeText({ instrument: articleInstrument, article });

/** One period that runs: how long, on what article, until when, and every day of it. */
const periodBlock = (view: View, kind: string, period: Period): Html =>
  html`<section aria-label="${periodWord(kind, period.key)}">
    <h3>${periodWord(kind, period.key)} ${period.provisional ? tag(t('暂定'), 'warn') : none}</h3>
    ${facts([
      [t('期限'), lengthOf(period)],
      [t('依据'), basisOf(period)],
      [t('起算'), period.from === null ? null : moment(view, period.from)],
      [t('最后一日'), period.lastDay === null ? null : day(view, period.lastDay)],
      [t('期限届满'), period.endsAt === null ? null : moment(view, period.endsAt)],
    ])}
    ${daysOf(view, period, `${periodWord(kind, period.key)}：${t('逐日计算')}`)}
  </section>`;

/** What the machine keeps besides where it stands, which is told above in the words of its kind. */
const keptOf = ({ state }: ProcedureView): Record<string, unknown> => {
  const { stage: _stage, outcome: _outcome, ...kept } = state;
  return kept;
};

/** The last day; the hour too where the period ends within a day. */
const dueOf = (view: View, { lastDay, dueAt }: ProcedureView['waitsFor'][number]): Html | string => {
  if (lastDay === null) return '—';
  return dueAt === null || dueAt.includes('T00:00:00') ? day(view, lastDay) : moment(view, dueAt);
};

/** Everything of the case but the acts allowed now; `changes` since the last return, where there was one. */
export const procedureBody = (
  view: View,
  place: CasePlace,
  one: ProcedureView,
  titleOf: (act: string) => string,
  changes: Html,
): Html => html`
  <h2 id="facts">${t('基本情况')} ${one.outcome === null ? tag(t('办理中'), 'note') : tag(endWord(one.kind, one.outcome), 'plain')}</h2>
  ${facts([
    [t('案件编号'), html`<span class="code">${one.caseNo}</span>`],
    [t('事项'), placeTitle(place)],
    [t('主办单位'), bodyName(view, one.authority)],
    [t('环节'), stageWord(one.kind, one.stage)],
    [t('启动时间'), moment(view, one.openedAt)],
    [t('办结时间'), one.endedAt === null ? null : moment(view, one.endedAt)],
    [t('规则版本'), html`<span class="code">${one.packVersion}</span>`],
  ])}
  <h2 id="waits">${t('等待办理')}</h2>
  ${table(view, {
    caption: t('等待办理'),
    quiet: true,
    columns: [
      {
        title: t('事项'),
        cell: ({ act, period }) => `${titleOf(act)}${period === null ? '' : whichOf(one.kind, period)}`,
        head: true,
      },
      {
        title: t('由谁办理'),
        cell: ({ role, body }) => `${wordOf(role, 'roles')}${body ? ` · ${bodyName(view, body)}` : ''}`,
      },
      { title: t('最后一日'), cell: (waiting) => dueOf(view, waiting) },
      { title: t('剩余工作日'), cell: ({ daysLeft }) => daysLeft ?? '—', figure: true },
    ],
    rows: one.waitsFor,
    empty: t('没有等待办理的事项'),
  })}
  ${one.periods.length === 0 ? none : html`<h2 id="clock">${t('期限')}</h2>${one.periods.map((period) => periodBlock(view, one.kind, period))}`}
  ${changes}
  <h2 id="began">${t('启动时的情况')}</h2>${recordOf(view, ofKind(one.kind, one.facts))}
  <details><summary>${t('当前状态')}</summary>${recordOf(view, ofKind(one.kind, keptOf(one)))}</details>
  <h2 id="documents">${t('材料')}</h2>${documentTable(view, place.service, one.documents)}
  <h2 id="history">${t('办理经过')}</h2>${entryTable(view, one, { caption: t('办理经过'), by: true })}`;
