/** The work list as it is drawn: by due day, with days left, article, what is red and why, and the acts allowed now. */
import { t } from '../language.ts';
import type { BusinessDate } from '@gongshu/shared/business-date';
import { type Html, html, none } from '../../html/escape.ts';
import { tag } from '../../html/tag.ts';
import { day, type View } from '../../html/view.ts';
import { actHref, addressOf, caseHref, placeOf } from '../act-paths.ts';
import { type DueGroup, dueGroups, groupOf, redOf, type Waiting } from '../tasks.ts';
import type { ActTitle } from '../case-acts.ts';
import { wordOf } from '../words.ts';

const titles: Record<DueGroup, string> = {
  overdue: '已逾期',
  today: '今日到期',
  week: '本周到期',
  later: '以后到期',
  undated: '未设期限',
};

/** How a task is named in an address: what picks it out of its service's list. */
export const taskKey = ({ service, kind, subject, caseNo, organisation }: Waiting): string =>
  [service, kind, subject, caseNo, organisation ?? ''].join('~');

const left = (task: Waiting): Html => {
  const { daysLeft } = task;
  if (task.overdue || (daysLeft !== null && daysLeft < 0))
    return tag(daysLeft === null ? t('已逾期') : t('逾期 {0} 个工作日', Math.abs(daysLeft)), 'stop');
  if (daysLeft === null) return none;
  return tag(
    daysLeft === 0 ? t('今日截止') : t('剩 {0} 个工作日', daysLeft),
    daysLeft <= 2 ? 'warn' : 'plain',
  );
};

const lying = ({ assignee, standingInFor }: Waiting): Html =>
  standingInFor !== null
    ? tag(t('代 {0} 办理', standingInFor), 'note')
    : assignee === null
      ? html`${t('本单位')}`
      : html`${assignee}`;

const acts = (task: Waiting, back: string, title: ActTitle): Html => {
  const links = task.acts.flatMap((act) => {
    const address = addressOf(task.service, task, act);
    return address ? [html`<li><a href="${actHref(address, back)}">${title(task, act)}</a></li>`] : [];
  });
  if (links.length > 0) return html`<ul class="acts">${links}</ul>`;
  return placeOf(task.caseNo) ? html`<a href="${caseHref(task.caseNo)}">${t('查看')}</a>` : html`—`;
};

/** What was never filed goes by its kind, a plan for scenarios by their class too. */
export const wordsOfLacking = (of: string): string =>
  of
    .split('/')
    .map((part) => wordOf(part, 'planClasses'))
    .join(' · ');

const row = (view: View, task: Waiting, named: ActTitle): Html => {
  const red = redOf(task).filter((reason) => reason !== t('已逾期'));
  const kind = wordOf(task.kind, 'taskKinds');
  const isCase = placeOf(task.caseNo) !== undefined;
  const of = isCase ? task.caseNo : wordsOfLacking(task.caseNo);
  const number = isCase ? html`<a href="${caseHref(task.caseNo)}">${of}</a>` : html`${of}`;
  const title = `${kind} ${of}`;
  return html`<tr role="row">
    <td role="cell" data-label="${t('选择')}"><input type="checkbox" name="task" value="${taskKey(task)}" aria-label="${t('选择')} ${title}" /></td>
    <th role="rowheader" scope="row" data-label="${t('事项')}"><div>${kind}<br /><span class="code">${number}</span></div></th>
    <td role="cell" data-label="${t('最后一日')}"><div>${task.lastDay === null ? '—' : day(view, task.lastDay)} ${left(task)} ${task.optional ? tag(t('可选'), 'note') : none}</div></td>
    <td role="cell" data-label="${t('依据')}">${task.article ?? '—'}</td>
    <td role="cell" data-label="${t('承办')}">${lying(task)}</td>
    <td role="cell" data-label="${t('提示')}"><div>${red.length === 0 ? '—' : red.map((reason) => html`<p>${tag(reason, 'stop')}</p>`)}</div></td>
    <td role="cell" data-label="${t('现在可以办理')}"><div>${acts(task, view.path, named)}</div></td>
  </tr>`;
};

const columns = ['选择', '事项', '最后一日', '依据', '承办', '提示', '现在可以办理'];

const section = (view: View, group: DueGroup, tasks: readonly Waiting[], named: ActTitle): Html =>
  tasks.length === 0
    ? none
    : html`<h2 id="${group}">${t(titles[group])}（${tasks.length}）</h2>
      <table role="table"><caption class="unseen">${t(titles[group])}</caption>
        <thead role="rowgroup"><tr role="row">${columns.map((title) => html`<th role="columnheader" scope="col">${t(title)}</th>`)}</tr></thead>
        <tbody role="rowgroup">${tasks.map((task) => row(view, task, named))}</tbody>
      </table>`;

/** Acts that several of the tasks offer: they can be done for more than one at once; with what they are called. */
const sharedActs = (tasks: readonly Waiting[], named: ActTitle): [act: string, title: string][] => {
  const counts = new Map<string, number>();
  const titles = new Map<string, string>();
  for (const task of tasks)
    for (const act of task.acts)
      if (addressOf(task.service, task, act)) {
        counts.set(act, (counts.get(act) ?? 0) + 1);
        titles.set(act, named(task, act));
      }
  return [...titles].filter(([act]) => (counts.get(act) ?? 0) > 1);
};

/** The list in one form: several alike are chosen here and decided on the next page. */
export const taskList = (
  view: View,
  tasks: readonly Waiting[],
  today: BusinessDate,
  named: ActTitle,
): Html => {
  if (tasks.length === 0) return html`<p class="empty">${t('没有待办事项')}</p>`;
  const grouped = Map.groupBy(tasks, (task) => groupOf(task, today));
  const together = sharedActs(tasks, named);
  return html`<form method="get" action="/desk/decisions">
    ${dueGroups.map((group) => section(view, group, grouped.get(group) ?? [], named))}
    ${
      together.length === 0
        ? none
        : html`<div class="field"><label for="together">${t('对所选事项一并办理')}</label>
          <select id="together" name="act">${together.map(([act, title]) => html`<option value="${act}">${title}</option>`)}</select></div>
          <p class="actions"><button type="submit">${t('逐件填写后一并办理')}</button></p>`
    }
  </form>`;
};
