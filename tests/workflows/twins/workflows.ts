/** Known-bad variants of the turn: a few lines of it put otherwise, bundled on their own. */
import { join } from 'node:path';
import { projectFolder } from '@gongshu/infra/backends/places';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Our line, and what a twin says in its place. */
export type Lines = [ours: string, bad: string][];

export const twins = {
  /** An act is judged only by whether the turn is open: the timer decides, not the instant. */
  openIsEnough: [
    [
      'const reading = mustCount(input.rules, state, clock, act);',
      'mustBeOpen(state); const reading = clock as ClockReading;',
    ],
  ],
  /** An act that comes while the clock is computed is judged by the clock before. */
  ledgerBefore: [
    ['let recorded = 0;', 'let stale: ClockReading | undefined; let recorded = 0;'],
    ['    ledger.push(entry);\n', '    ledger.push(entry); stale = clock ?? stale;\n'],
    [
      'Promise<TurnState> => {\n    while (isOpen(state) && !clock) await condition(() => !isOpen(state) || clock !== undefined);',
      'Promise<TurnState> => {\n    if (!clock && !stale) await condition(() => clock !== undefined);',
    ],
    ['mustCount(input.rules, state, clock, act)', 'mustCount(input.rules, state, clock ?? stale, act)'],
  ],
  /** The validator is async: the server sees a promise, not a refusal. */
  asyncValidator: [
    [
      'const validator = (_act: Delivered<TurnAct>) => mustBeOpen(state);',
      'const validator = async (_act: Delivered<TurnAct>) => mustBeOpen(state);',
    ],
  ],
  /** What was known before the last look is acted on after it. */
  noSecondLook: [['    if (moved()) continue; // acts land during any await: look again after each\n', '']],
  /** Silence on an onboarding's check is taken for consent. */
  onboardingDeemed: [
    [
      'else state = bySilence[input.rules.onSilence];',
      "else state = bySilence[input.lifecycle === 'onboarding' ? 'consent' : input.rules.onSilence];",
    ],
  ],
} as const satisfies Record<string, Lines>;

/** Bundles the workflows with a twin's lines, or any others. */
export const bundleTwin = async (
  lines: Lines,
  file: 'turn' | 'grant-term' = 'turn',
): Promise<{ code: string }> =>
  bundleWorkflowCode({
    workflowsPath: join(projectFolder, 'workflows/src/index.ts'),
    logger: new DefaultLogger('ERROR', () => {}),
    webpackConfigHook: (config) => {
      const loader = join(import.meta.dirname, 'patch-loader.cjs');
      config.module?.rules?.push({
        test: (path: string) => path.replaceAll('\\', '/').endsWith(`/workflows/src/${file}.ts`),
        enforce: 'pre',
        use: [{ loader, options: { lines } }],
      });
      return config;
    },
  });
