import { Task } from '@gongshu/infra/cases/view-task';
import { serviceNames } from '@gongshu/shared/events';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { type Caller, withCaller } from './caller-options.ts';
import { type CalledService, callCatalog } from './catalog-client.ts';
import { print } from './installation.ts';
import { tableText } from './table.ts';

const TaskPage = z.object({ items: z.array(Task), next: z.string().nullable() });

const days = (text: string): string => {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('working days, a whole number.');
  return text;
};

const readOf = async (
  service: CalledService,
  as: Caller & { subject?: string },
  filter: Record<string, string>,
): Promise<Task[]> => {
  const items: Task[] = [];
  const query = new URLSearchParams({ limit: '200', ...filter });
  for (;;) {
    const page = await callCatalog(TaskPage, {
      service,
      method: 'GET',
      path: `/v1/tasks?${query.toString()}`,
      as,
    });
    items.push(...page.items);
    if (page.next === null) return items;
    query.set('cursor', page.next);
  }
};

/** Without a deadline yet (provisional): after every other. */
const dueOf = ({ deadline }: Task): number => (deadline === null ? Infinity : Date.parse(deadline));

/** Of every service, soonest first. One that does not answer is named on standard error. */
const read = async (as: Caller & { subject?: string }, filter: Record<string, string>): Promise<Task[]> => {
  const found = await Promise.allSettled(serviceNames.map((service) => readOf(service, as, filter)));
  const missing = found.filter((one) => one.status === 'rejected');
  if (missing.length === found.length) throw missing[0]?.reason;
  for (const { reason } of missing)
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
  return found
    .flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    .toSorted((a, b) => dueOf(a) - dueOf(b) || (a.subject < b.subject ? -1 : 1));
};

type Options = Caller & { subject?: string; within?: string; overdue?: true; mine?: true; json?: true };

/** `gongshu tasks`: what waits for a body, soonest first. */
export const tasksCommand = (): Command =>
  withCaller(new Command('tasks'), 'bureau')
    .description('待办 · what waits for a body, soonest first')
    .option('--within <days>', 'due within so many working days', days)
    .option('--overdue', 'only what is late')
    .option('--mine', 'only what was given to the account, or to whom it stands in for today')
    .option('--subject <id>', 'the account to ask for')
    .option('--json', 'as JSON')
    .action(async ({ within, overdue, mine, json, ...as }: Options) => {
      const tasks = await read(as, {
        ...(within !== undefined && { within }),
        ...(overdue && { overdue: 'true' }),
        ...(mine && { mine: 'true' }),
      });
      if (json) print(JSON.stringify(tasks, null, 2));
      else
        print(
          tableText(
            '待办 · tasks',
            [
              'case',
              'kind',
              'subject',
              'body',
              'given to',
              'last day',
              'left',
              'overdue',
              'held',
              'article',
              'acts',
            ],
            tasks.map((task) => [
              task.caseNo,
              task.kind,
              task.subject,
              task.organisation,
              task.standingInFor === null ? task.assignee : `${task.assignee}（代）`,
              task.provisional ? '暂定' : task.lastDay,
              task.daysLeft,
              task.overdue,
              task.held,
              task.article,
              task.acts.join(' '),
            ]),
          ),
        );
    });
