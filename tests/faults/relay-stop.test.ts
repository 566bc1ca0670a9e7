import { setTimeout as sleep } from 'node:timers/promises';
import { startRelay } from '@gongshu/infra/relay';
import { type TestDatabase, testDatabase } from '../support/parts.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

describe('a relay that is told to stop', () => {
  it.each([0, 1, 3, 6, 10, 15, 20, 30, 50, 120])(
    '%d ms after it began ends at once, whatever it was doing',
    async (ms) => {
      const bus = { publish: () => Promise.resolve() };
      const relay = startRelay({ databaseUrl: database.url, service: 'pricing', bus, pollMs: 60_000 });
      await sleep(ms);
      const began = performance.now();
      await relay.stop();
      expect(performance.now() - began).toBeLessThan(4_000);
    },
  );

  it('ends soon though neither database nor broker answers', async () => {
    const bus = { publish: () => Promise.reject(new Error('no broker')) };
    const relay = startRelay({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', service: 'pricing', bus });
    await sleep(100);
    expect(await relay.health()).toMatchObject({ state: 'degraded' });
    await relay.stop();
    expect(await relay.health()).toMatchObject({ state: 'stopped' });
  });
});
