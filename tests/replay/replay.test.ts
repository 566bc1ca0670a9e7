import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '@gongshu/infra/backends/places';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { contents, words } from '../support/cases.ts';
import { words as onboardingWords } from '../support/onboardings.ts';
import { workflowBundle } from '../support/parts.ts';
import { corpus } from '../support/recorded.ts';
import { bundleTwin } from '../workflows/twins/workflows.ts';

type Recorded = { workflow: string; history: { events: object[] } };

const histories = corpus.flatMap(({ path, text }) =>
  (JSON.parse(text) as Recorded[]).map(({ workflow, history }) => ({
    workflowId: `${path}/${workflow}`,
    history,
  })),
);

/** Which histories the bundle does not replay. */
const failures = async (workflowBundle: { codePath: string } | { code: string }): Promise<string[]> => {
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories))
    if (error) failed.push(`${workflowId}: ${error.name}`);
  return failed;
};

beforeAll(() => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'OFF' } },
  });
});
afterAll(() => Runtime.instance().shutdown());

/** Payloads as text: everything a history carries. */
const decoded = (text: string): string =>
  text.replaceAll(/"data":"([A-Za-z0-9+/=]+)"/g, (_whole, data: string) =>
    Buffer.from(data, 'base64').toString('utf8'),
  );

const han = /\p{Script=Han}+/gu;
/** What each of them waits for is said in Chinese beside its timers. */
const publicSide = [
  ...['complaint', 'incident', 'sanction', 'yearly-disclosure', 'bulletin', 'audit'],
  ...['quality-feedback', 'demand-response'],
];
const machinesOfThePublicSide = [
  ...publicSide.flatMap((one) => [`shared/src/${one}/machine.ts`, `workflows/src/${one}.ts`]),
  ...['complaint/standing', 'demand-response/standing', 'sanction/decision', 'incident/orders'].map(
    (one) => `shared/src/${one}.ts`,
  ),
  ...['workflows/src/drill-look.ts', 'workflows/src/evidence-look.ts'],
];
/** Chinese that may stand in a history: our own words, the instrument's title, names of offices, numbers of articles. */
const ours = new RegExp(
  `^(?:${[
    ...[
      ...['workflows/src/application.ts', 'workflows/src/onboarding.ts', 'workflows/src/case.ts'],
      'workflows/src/grant-term.ts',
      ...['workflows/src/turn.ts', 'workflows/src/show.ts', 'workflows/src/succession.ts'],
      ...['shared/src/packs/resting-on.ts', 'services/catalog/src/applications/submit.ts'],
      ...['services/registry/src/onboardings/submit.ts', 'services/registry/src/onboardings/hand.ts'],
      ...['services/catalog/src/applications/hand.ts', 'shared/policy-packs/zhongwei/jurisdiction.yaml'],
      'shared/policy-packs/instruments.yaml',
      ...['workflows/src/procedure.ts', 'workflows/src/options.ts', 'workflows/src/annual-evaluation.ts'],
      ...['workflows/src/product-egress.ts', 'workflows/src/ledger-report.ts', 'shared/src/product/waits.ts'],
      ...['shared/src/procedure/kinds.ts'],
      ...['shared/src/plan/machine.ts', 'shared/src/selection/machine.ts'],
      ...['permitted-revenue', 'ceiling', 'settlement'].map((one) => `shared/src/${one}/machine.ts`),
      ...['shared/src/operating-agreement/machine.ts', 'shared/src/evaluation/waiting.ts'],
      ...machinesOfThePublicSide,
      ...['shuozhou', 'wuhai', 'national'].map((city) => `shared/policy-packs/${city}/jurisdiction.yaml`),
      // Where a text is silent, a case carries our reading, with the words of the text that it goes by.
      ...['shuozhou', 'wuhai', 'national'].map((city) => `shared/policy-packs/${city}/evaluation.yaml`),
    ].flatMap((file) => readFileSync(join(projectFolder, file), 'utf8').match(han) ?? []),
    // What earlier releases called a merchant stays in their histories.
    ...['交通局', '数据商进驻', '[一二三四五六七八九十百]'],
  ].join('|')})+$`,
);

describe('histories of every path', () => {
  it('are replayed by the workflows as they are', async () => {
    expect(corpus.length).toBeGreaterThan(20);
    expect(await failures(await workflowBundle())).toEqual([]);
  }, 300_000);

  it('a renamed activity is caught in each that used it', async () => {
    const renamed = await bundleTwin([
      [
        'const { concludeTurn } = proxyActivities<TurnActivities>(',
        'const { concludeTurns: concludeTurn } = proxyActivities<any>(',
      ],
    ]);
    const closed = histories.filter(({ history }) => JSON.stringify(history).includes('"concludeTurn"'));
    const failed = await failures(renamed);
    expect(failed).toHaveLength(closed.length);
    expect(failed.every((text) => text.endsWith('DeterminismViolationError'))).toBe(true);
  }, 300_000);

  it.each(corpus)('$path carries ids and codes, and no words of people', ({ text }) => {
    const said = decoded(text);
    const spoken = [
      ...Object.values(words),
      ...Object.values(onboardingWords),
      ...Object.values(contents).filter((part) => typeof part === 'string'),
    ];
    for (const phrase of spoken) expect(said).not.toContain(phrase);
    const strange = [...new Set(said.match(han) ?? [])].filter((run) => !ours.test(run));
    expect(strange).toEqual([]);
  });
});
