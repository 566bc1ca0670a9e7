/** What waits for whom in disclosure: its cases, and what its registers wait for. */
import type { MoreTasks } from '@gongshu/infra/cases/tasks';
import { tasksWithoutPanels } from '@gongshu/infra/procedures/tasks';
import { evidenceTasks } from './evidence/queries.ts';

export const disclosureTasks: MoreTasks = (...asked) => [
  ...tasksWithoutPanels(...asked),
  ...evidenceTasks(...asked),
];
