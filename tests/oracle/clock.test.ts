import { playScenarios } from '@gongshu/cli/play/play';
import { type PlayServer, startPlayServer } from '@gongshu/cli/play/server';
import { shippedCalendar } from '@gongshu/infra/shipped-calendar';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { workflowBundle } from '../support/parts.ts';
import { playPurely } from '../support/pure-play.ts';
import { knownDifferences } from './known-differences.ts';
import { readClockAnswers, readScenarios, writtenByHand } from './read-scenarios.ts';

const calendar = shippedCalendar();
const scenarios = readScenarios();
const answers = readClockAnswers();
const alike = scenarios.filter(({ name }) => !Object.hasOwn(knownDifferences, name));

describe('the clock equals the oracle, step for step', () => {
  it('in every scenario, played purely', () => {
    const differing = alike.filter(
      (scenario) => JSON.stringify(playPurely(scenario, calendar)) !== JSON.stringify(answers[scenario.name]),
    );
    expect(scenarios).toHaveLength(3122);
    expect(differing.map(({ name }) => name)).toEqual([]);
  }, 90_000);

  it.each(Object.entries(knownDifferences))('and differs by our reading alone in %s (%s)', (name) => {
    const scenario = scenarios.find((one) => one.name === name);
    expect(scenario && playPurely(scenario, calendar)).not.toEqual(answers[name]);
  });

  describe('through the workflow itself', () => {
    let server: PlayServer;
    beforeAll(async () => {
      Runtime.install({
        logger: new DefaultLogger('ERROR'),
        telemetryOptions: {
          logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) },
        },
      });
      server = await startPlayServer(() => {});
    });
    afterAll(() => server.stop());

    it('in a third of those written by hand and thirty random ones', async () => {
      const chosen = alike.filter((_, index) =>
        index < writtenByHand ? index % 3 === 0 : index % 100 === 7,
      );
      const { codePath } = await workflowBundle();
      const played = await playScenarios(chosen, { calendar, address: server.address, bundlePath: codePath });
      expect(chosen.length).toBeGreaterThan(65);
      for (const { name } of chosen)
        expect({ name, steps: played[name] }).toEqual({ name, steps: answers[name] });
    }, 90_000);
  });
});
