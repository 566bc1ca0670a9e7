import { Client, Connection } from '@temporalio/client';

/** One task queue: every lifecycle is worked on by the same workers. */
export const taskQueue = 'gongshu';

/** A client that connects when first used, so that a service starts, and reads, while Temporal is away. */
export const temporalClient = (
  address: string,
  namespace: string,
): { client: Client; close: () => Promise<void> } => {
  const connection = Connection.lazy({ address, connectTimeout: '3 seconds' });
  return { client: new Client({ connection, namespace }), close: () => connection.close() };
};
