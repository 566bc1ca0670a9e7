/** What waits for somebody, of all services, by the day it is due. */
import { t } from './language.ts';
import type { Task } from '@gongshu/infra/cases/view-task';
import { addDays, type BusinessDate } from '@gongshu/shared/business-date';
import { type ServiceName, serviceNames } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';
import type { Answer } from './api.ts';
import type { At } from './serve.ts';

export type Waiting = Task & { service: ServiceName };
export type TaskQuery = { mine?: boolean; overdue?: boolean; within?: number; caseNo?: string };

type Page = { items: Task[]; next: string | null };

/** More than anybody looks through on a page; the CSV has all. */
const mostOnPage = 400;
const pageSize = 200;

const queryOf = ({ mine, overdue, within, caseNo }: TaskQuery, cursor: string | null): string => {
  const query = new URLSearchParams({ limit: String(pageSize) });
  if (mine) query.set('mine', 'true');
  if (overdue) query.set('overdue', 'true');
  if (within !== undefined) query.set('within', String(within));
  if (caseNo !== undefined) query.set('caseNo', caseNo);
  if (cursor !== null) query.set('cursor', cursor);
  return query.toString();
};

const ofService = async (
  { desk, asker }: Pick<At, 'desk' | 'asker'>,
  service: ServiceName,
  asked: TaskQuery,
  most: number,
): Promise<{ items: Waiting[]; more: boolean }> => {
  const items: Waiting[] = [];
  let cursor: string | null = null;
  do {
    const answer: Answer<Page> = await desk.api.get<Page>(
      asker,
      service,
      `/v1/tasks?${queryOf(asked, cursor)}`,
    );
    // Who has no work list reads cases all the same.
    if (!answer.ok && answer.status === 403) return { items: [], more: false };
    if (!answer.ok) throw problem('unavailable', { cause: answer.refusal });
    items.push(...answer.body.items.map((task) => ({ ...task, service })));
    cursor = answer.body.next;
  } while (cursor !== null && items.length < most);
  return { items, more: cursor !== null };
};

export type Found = {
  tasks: Waiting[];
  /** Whether there are more than are shown. */
  more: boolean;
  /** Services that do not answer just now. */
  away: ServiceName[];
};

/** The tasks of all four services, soonest due first. One that is away is named, and the others' are shown. */
export const tasksOf = async (
  at: Pick<At, 'desk' | 'asker'>,
  asked: TaskQuery,
  { services = serviceNames, most = mostOnPage }: { services?: readonly ServiceName[]; most?: number } = {},
): Promise<Found> => {
  const answers = await Promise.allSettled(services.map((service) => ofService(at, service, asked, most)));
  const found = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const dueAt = ({ deadline }: Task): number =>
    deadline === null ? Number.POSITIVE_INFINITY : Date.parse(deadline);
  return {
    tasks: found.flatMap(({ items }) => items).sort((one, other) => dueAt(one) - dueAt(other) || 0),
    more: found.some(({ more }) => more),
    away: services.filter((_service, index) => answers[index]?.status === 'rejected'),
  };
};

export const dueGroups = ['overdue', 'today', 'week', 'later', 'undated'] as const;
export type DueGroup = (typeof dueGroups)[number];

/** The Sunday that ends the week of a day (weeks begin on Monday). */
const endOfWeek = (today: BusinessDate): BusinessDate => {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  return addDays(today, weekday === 0 ? 0 : 7 - weekday);
};

/** Under which heading a task stands today. */
export const groupOf = ({ overdue, lastDay, daysLeft }: Task, today: BusinessDate): DueGroup => {
  if (overdue || (daysLeft !== null && daysLeft < 0)) return 'overdue';
  if (lastDay === null) return 'undated';
  if (lastDay <= today) return 'today';
  return lastDay <= endOfWeek(today) ? 'week' : 'later';
};

/** What is red about a task, in words. */
export const redOf = ({ overdue, told, provisional, held }: Task): string[] => [
  ...(overdue ? [t('已逾期')] : []),
  ...(told === false ? [t('启动期限的告知尚无送达记录')] : []),
  ...(provisional ? [t('涉及尚未公布的节假日安排，期限为暂定')] : []),
  ...(held ? [t('有期限届满前收到的办理尚未送达，暂不视为同意')] : []),
];
