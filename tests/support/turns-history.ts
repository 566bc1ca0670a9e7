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

/** Writes the histories of all cases with a path, one file a workflow; nothing unless they are being recorded. */
export const keepHistories = async (
  client: Client,
  turnsOf: (caseNo: string) => Promise<string[]>,
): Promise<void> => {
  if (!historiesFolder) return;
  for (const [caseNo, path] of named) {
    const folder = join(historiesFolder, path);
    mkdirSync(folder, { recursive: true });
    for (const workflowId of [caseNo, ...(await turnsOf(caseNo))]) {
      const history = await client.workflow.getHandle(workflowId).fetchHistory();
      const file = workflowId === caseNo ? 'case' : workflowId.slice(caseNo.length + 1).replaceAll('/', '-');
      writeFileSync(join(folder, `${file}.json`), historyToJSON(history));
    }
  }
  named.clear();
};
