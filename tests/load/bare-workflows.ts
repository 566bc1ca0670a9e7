/**
 * What a case costs Temporal itself: a parent and three children, with the timers, search attributes, details,
 * updates and activities of our lifecycle, and no law.
 */
import {
  allHandlersFinished,
  condition,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  startChild,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';

export type BareActivities = { insertOne: (row: { workflow: string; what: string }) => Promise<void> };

const { insertOne } = proxyActivities<BareActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

export const decideUpdate = defineUpdate<string, [{ outcome: string }]>('decide');

const keys = {
  jurisdiction: defineSearchAttributeKey('GongshuJurisdiction', 'KEYWORD'),
  kind: defineSearchAttributeKey('GongshuKind', 'KEYWORD'),
  stage: defineSearchAttributeKey('GongshuStage', 'KEYWORD'),
  organisation: defineSearchAttributeKey('GongshuOrganisation', 'KEYWORD'),
  caseNo: defineSearchAttributeKey('GongshuCaseNo', 'KEYWORD'),
  dueAt: defineSearchAttributeKey('GongshuDueAt', 'DATETIME'),
  silence: defineSearchAttributeKey('GongshuSilence', 'BOOL'),
};

const tenDays = 10 * 86_400_000;

export async function bareTurn({ id, step }: { id: string; step: string }): Promise<string> {
  let outcome = 'open';
  let concluded = false;
  setHandler(
    decideUpdate,
    async (act) => {
      outcome = act.outcome;
      await condition(() => concluded);
      return outcome;
    },
    {
      validator: (_act: { outcome: string }): void => {
        if (outcome !== 'open') throw new Error('decided');
      },
    },
  );
  const show = () => {
    upsertSearchAttributes([
      { key: keys.stage, value: `${step} ${outcome}` },
      { key: keys.dueAt, value: new Date('2024-03-16T00:00:00+08:00') },
      { key: keys.silence, value: false },
    ]);
    setCurrentDetails(`**${step}** ${outcome}`);
  };
  await insertOne({ workflow: id, what: 'clock' });
  if (outcome === 'open') {
    show();
    await condition(() => outcome !== 'open', tenDays, { summary: step });
  }
  await insertOne({ workflow: id, what: 'end' });
  concluded = true;
  show();
  await condition(allHandlersFinished);
  return outcome;
}

export async function bareCase({ id, steps }: { id: string; steps: string[] }): Promise<string> {
  for (const step of steps) {
    upsertSearchAttributes([{ key: keys.stage, value: step }]);
    setCurrentDetails(`**${step}**`);
    await insertOne({ workflow: id, what: step });
    const child = await startChild(bareTurn, {
      workflowId: `${id}/${step}`,
      args: [{ id: `${id}/${step}`, step }],
      staticSummary: step,
      typedSearchAttributes: [
        { key: keys.jurisdiction, value: '示例市' },
        { key: keys.kind, value: step },
        { key: keys.organisation, value: 'operator' },
        { key: keys.caseNo, value: id },
      ],
    });
    await child.result();
  }
  await insertOne({ workflow: id, what: 'ended' });
  upsertSearchAttributes([
    { key: keys.stage, value: 'ended' },
    { key: keys.silence, value: false },
  ]);
  setCurrentDetails('**ended**');
  await condition(allHandlersFinished);
  return 'approved';
}
