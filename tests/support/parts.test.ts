import { Connection } from '@temporalio/client';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { testDatabase, testKafka, testTemporal, timeSkippingServer } from './parts.ts';

const ask = async (url: string, query: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
};

describe('the real parts of the tests', () => {
  it('a test database is a migrated clone of its own, gone after drop', async () => {
    const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
    expect(one.url).not.toBe(other.url);
    await ask(one.url, 'create table only_here (id int)');
    expect(await ask(other.url, `select to_regclass('only_here') as here`)).toEqual([{ here: null }]);
    const schemas = await ask(other.url, `select nspname from pg_namespace where nspname = 'platform'`);
    expect(schemas).toHaveLength(1);
    await Promise.all([one.drop(), other.drop()]);
    await expect(ask(one.url, 'select 1')).rejects.toThrow('does not exist');
  });

  it('Kafka keeps what it is given', async () => {
    const { brokers } = await testKafka();
    const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    const topic = `parts-${process.pid}`;
    await admin.createTopics({ topics: [{ topic, numPartitions: 4 }], waitForLeaders: true });
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages: [{ key: 'a', value: '公数' }] });
    const offsets = await admin.fetchTopicOffsets(topic);
    expect(offsets.reduce((sum, { high }) => sum + Number(high), 0)).toBe(1);
    await producer.disconnect();
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
  }, 120_000);

  it('Temporal knows the search attributes that a case is found by', async () => {
    const { address, namespace } = await testTemporal();
    const connection = await Connection.connect({ address });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(customAttributes ?? {})).toEqual(
      expect.arrayContaining(['GongshuCaseNo', 'GongshuDueAt', 'GongshuJurisdiction', 'GongshuSilence']),
    );
    await connection.close();
  }, 60_000);

  it('names a time-skipping server or leaves it to the SDK', async () => {
    const { server } = await timeSkippingServer();
    expect(server?.executable.path ?? 'left to the SDK').toMatch(/test-server|left to the SDK/);
  }, 60_000);
});
