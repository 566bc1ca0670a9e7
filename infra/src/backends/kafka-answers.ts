import kafkajs from 'kafkajs';
import { answers } from './ports.ts';

/** Whether a broker gives its cluster's description (an open port is not enough: it opens before it serves). */
export const brokerAnswers = async (brokers: string): Promise<boolean> => {
  const list = brokers.split(',').map((broker) => broker.trim());
  const [host, port] = (list[0] ?? '').split(':');
  if (!host || !(await answers(Number(port ?? 9092), host))) return false;
  const client = new kafkajs.Kafka({
    clientId: 'gongshu-look',
    brokers: list,
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 2000,
    retry: { retries: 0 },
  });
  const admin = client.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length > 0;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => {});
  }
};
