/** The first page of the desk: what waits, for whom, until when; also as CSV. */
import { t } from '../language.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sendCsv, type CsvColumn } from '@gongshu/infra/http/csv';
import { businessDateOf } from '@gongshu/shared/business-date';
import { html, none } from '../../html/escape.ts';
import { filter, searchForm } from '../../html/form.ts';
import { figures } from '../../html/table.ts';
import { tag } from '../../html/tag.ts';
import { placeOf } from '../act-paths.ts';
import { type ActTitle, actTitles } from '../case-acts.ts';
import type { Desk } from '../deps.ts';
import { welcomeOf } from '../people.ts';
import { getPage } from '../serve.ts';
import { deskPage } from '../shell.ts';
import { dueGroups, groupOf, redOf, type TaskQuery, tasksOf, type Waiting } from '../tasks.ts';
import { taskList, wordsOfLacking } from '../views/task-list.ts';
import { wordOf } from '../words.ts';

const shown = [
  ['office', '本单位的'],
  ['mine', '交给我的（含代办）'],
  ['overdue', '已逾期的'],
] as const;
const within = [
  ['', '不限'],
  ['0', '今日'],
  ['2', '2 个工作日内'],
  ['5', '5 个工作日内'],
  ['10', '10 个工作日内'],
] as const;

const askedOf = ({ show, days }: Readonly<Record<string, string>>): TaskQuery => ({
  ...(show === 'mine' && { mine: true }),
  ...(show === 'overdue' && { overdue: true }),
  ...(days !== undefined && /^\d{1,3}$/.test(days) && Number(days) <= 250 && { within: Number(days) }),
});

const columnsOf = (titleOf: ActTitle): CsvColumn<Waiting>[] => [
  { title: '案件编号', value: ({ caseNo }) => (placeOf(caseNo) ? caseNo : wordsOfLacking(caseNo)) },
  { title: '事项', value: ({ kind }) => wordOf(kind, 'taskKinds') },
  { title: '办理单位', value: ({ organisation }) => organisation },
  { title: '承办人', value: ({ assignee }) => assignee },
  { title: '代办', value: ({ standingInFor }) => standingInFor },
  { title: '最后一日', value: ({ lastDay }) => lastDay },
  { title: '剩余工作日', value: ({ daysLeft }) => daysLeft },
  { title: '提示', value: (task) => redOf(task).join('；') },
  { title: '依据', value: ({ article }) => article },
  { title: '可以办理', value: (task) => task.acts.map((act) => titleOf(task, act)).join('、') },
];

const said = (options: readonly (readonly [code: string, words: string])[]) =>
  options.map(([code, words]) => [code, t(words)] as const);

export const taskRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    getPage(app, desk, '/desk', async (at) => {
      const { view, session, query } = at;
      const { tasks, more, away } = await tasksOf(at, askedOf(query));
      const today = businessDateOf((view.now ?? new Date()).getTime());
      const counts = Map.groupBy(tasks, (task) => groupOf(task, today));
      const csv = new URLSearchParams({ show: query['show'] ?? '', days: query['days'] ?? '' });
      return deskPage(view, session, {
        title: t('待办'),
        lead: welcomeOf(session.person),
        body: html`
          ${figures(
            [
              {
                label: t('已逾期'),
                value: String(counts.get('overdue')?.length ?? 0),
                unit: t('件'),
                href: '#overdue',
              },
              {
                label: t('今日到期'),
                value: String(counts.get('today')?.length ?? 0),
                unit: t('件'),
                href: '#today',
              },
              {
                label: t('本周到期'),
                value: String(counts.get('week')?.length ?? 0),
                unit: t('件'),
                href: '#week',
              },
              { label: t('全部'), value: String(tasks.length), unit: t('件') },
            ].map((one) =>
              dueGroups.some((group) => `#${group}` === one.href && !counts.has(group))
                ? { ...one, href: '#main' }
                : one,
            ),
          )}
          ${searchForm({
            ...{ action: '/desk', submit: t('筛选'), label: t('筛选待办') },
            fields: html`${filter({ name: 'show', label: t('范围'), value: query['show'], options: said(shown) })}${filter({ name: 'days', label: t('到期'), value: query['days'], options: said(within) })}`,
          })}
          ${away.length === 0 ? none : html`<p role="status">${tag(t('部分服务暂不可用，下列事项不全'), 'stop')} ${away.map((one) => html`<span class="code">${one}</span> `)}</p>`}
          ${more ? html`<p role="status">${tag(t('事项较多，此处只列出最早到期的部分'), 'note')}</p>` : none}
          ${taskList(view, tasks, today, await actTitles(at, tasks))}
          <p><a href="/desk/tasks.csv?${csv.toString()}">${t('下载 CSV')}</a></p>`,
      });
    });

    getPage(app, desk, '/desk/tasks.csv', async (at) => {
      const { tasks } = await tasksOf(at, askedOf(at.query), { most: 10_000 });
      return sendCsv(at.reply, 'tasks', columnsOf(await actTitles(at, tasks)), tasks);
    });
  };
