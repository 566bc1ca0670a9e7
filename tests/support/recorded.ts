/** The recorded histories of every version: cases of an older version still run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '@gongshu/infra/backends/places';
import type { ProcedureKind } from '@gongshu/shared/procedure/kinds';

const folder = join(projectFolder, 'workflows/histories');

/** Each recorded path by its version and name, as the text of its file. */
export const corpus = readdirSync(folder)
  .filter((version) => /^\d+\.\d+\.\d+$/.test(version))
  .flatMap((version) =>
    readdirSync(join(folder, version)).map((file) => ({
      path: `${version}/${file.slice(0, -'.json'.length)}`,
      text: readFileSync(join(folder, version, file), 'utf8'),
    })),
  );

/** What a procedure wrote for people to read. */
export type Written = {
  start: { procedure: ProcedureKind; facts: Record<string, unknown> };
  state: { stage: string; outcome: string | null } & Record<string, unknown>;
  waitsFor: { act: string; role: string; period?: string }[];
  entries: { data: Record<string, unknown> }[];
};

const payload = ({ data }: { data: string }): unknown =>
  JSON.parse(Buffer.from(data, 'base64').toString('utf8') || 'null');

/** Of a recorded path: what its procedures wrote, and the acts that were sent to its workflows. */
export const toldIn = (text: string): { written: Written[]; acts: unknown[] } => {
  const events: any[] = JSON.parse(text).flatMap(({ history }: any) => history.events);
  return {
    written: events
      .map((one) => one.activityTaskScheduledEventAttributes)
      .filter((one) => one?.activityType.name === 'recordProcedure')
      .map(({ input }) => payload(input.payloads[0]) as Written),
    acts: events.flatMap(
      (one) =>
        one.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest.input.args?.payloads?.map(
          payload,
        ) ?? [],
    ),
  };
};
