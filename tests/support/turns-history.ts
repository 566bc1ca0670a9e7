/** Histories of the cases that tests play, kept for the replay corpus while it is being recorded. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

/** Where `tests/replay/record.ts` gathers them; nothing is kept when it is not set. */
export const historiesFolder = process.env['GONGSHU_RECORD_HISTORIES'];

const named = new Map<string, string>();

/** The case's path, by which its histories are filed. */
export const namePath = (caseNo: string, path: string): void => {
  named.set(caseNo, path);
};

/** The histories of a workflow's runs, the last first: one that lives for years continues as new. */
export const runsOf = async (client: Client, workflowId: string) => {
  const runs = [];
  let runId: string | undefined;
  do {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.push(history);
    const [first] = history.events ?? [];
    runId = first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  } while (runId);
  return runs;
};

/** Writes the histories of all cases with a path, one file a run of a workflow; nothing unless they are being recorded. */
export const keepHistories = async (
  client: Client,
  turnsOf: (caseNo: string) => Promise<string[]>,
): Promise<void> => {
  if (!historiesFolder) return;
  for (const [caseNo, path] of named) {
    const folder = join(historiesFolder, path);
    mkdirSync(folder, { recursive: true });
    for (const workflowId of [caseNo, ...(await turnsOf(caseNo))]) {
      const file = workflowId === caseNo ? 'case' : workflowId.slice(caseNo.length + 1).replaceAll('/', '-');
      for (const [back, history] of (await runsOf(client, workflowId)).entries())
        writeFileSync(
          join(folder, `${file}${back === 0 ? '' : `-${back}-before`}.json`),
          historyToJSON(history),
        );
    }
  }
  named.clear();
};
