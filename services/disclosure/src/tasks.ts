/** What waits for whom in disclosure: its cases, and what its registers wait for. */
import type { MoreTasks } from '@gongshu/infra/cases/tasks';
import { tasksWithoutPanels } from '@gongshu/infra/procedures/tasks';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { planTasks } from './contingency/tasks.ts';
import { evidenceTasks } from './evidence/tasks.ts';

export const disclosureTasks =
  (packs: PackSet): MoreTasks =>
  (...asked) => [
    ...tasksWithoutPanels(...asked),
    ...evidenceTasks(packs)(...asked),
    ...planTasks(packs)(...asked),
  ];
