import { Task } from '@gongshu/infra/cases/view-task';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { type Caller, withCaller } from './caller-options.ts';
import { callCatalog } from './catalog-client.ts';
import { print } from './installation.ts';
import { tableText } from './table.ts';

const TaskPage = z.object({ items: z.array(Task), next: z.string().nullable() });

const days = (text: string): string => {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('working days, a whole number.');
  return text;
};

const read = async (as: Caller, filter: Record<string, string>): Promise<Task[]> => {
  const items: Task[] = [];
  const query = new URLSearchParams({ limit: '200', ...filter });
  for (;;) {
    const page = await callCatalog(TaskPage, { method: 'GET', path: `/v1/tasks?${query.toString()}`, as });
    items.push(...page.items);
    if (page.next === null) return items;
    query.set('cursor', page.next);
  }
};

type Options = Caller & { within?: string; overdue?: true; json?: true };

/** `gongshu tasks`: what waits for a body, soonest first. */
export const tasksCommand = (): Command =>
  withCaller(new Command('tasks'), 'bureau')
    .description('待办 · what waits for a body, soonest first')
    .option('--within <days>', 'due within so many working days', days)
    .option('--overdue', 'only what is late')
    .option('--json', 'as JSON')
    .action(async ({ within, overdue, json, ...as }: Options) => {
      const tasks = await read(as, {
        ...(within !== undefined && { within }),
        ...(overdue && { overdue: 'true' }),
      });
      if (json) print(JSON.stringify(tasks, null, 2));
      else
        print(
          tableText(
            '待办 · tasks',
            ['case', 'kind', 'body', 'last day', 'left', 'overdue', 'held', 'article', 'acts'],
            tasks.map((task) => [
              task.caseNo,
              task.kind,
              task.organisation,
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
