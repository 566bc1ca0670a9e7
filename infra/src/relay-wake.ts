import pg from 'pg';

export interface Wake {
  /** Resolves when something was written since the last call, or after `ms` milliseconds. */
  next(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Listens for new outbox rows of a schema. Only a hint: whoever uses it looks by itself after `ms` anyway, so a
 * database that is away costs nothing but delay; the connection is opened again with the next call.
 */
export function createWake(databaseUrl: string, schema: string): Wake {
  let client: pg.Client | undefined;
  let opening: Promise<void> | undefined;
  let stopped = false;
  let woken = false;
  let wake = () => {};

  const listen = async () => {
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      application_name: `gongshu-listen-${schema}`,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    client = fresh;
    const lost = () => {
      if (client === fresh) client = undefined;
    };
    fresh.on('error', lost).on('end', lost);
    fresh.on('notification', () => {
      woken = true;
      wake();
    });
    try {
      await fresh.connect();
      await fresh.query(`listen gongshu_outbox_${schema}`);
    } catch {
      lost();
      void fresh.end().catch(() => {});
    }
  };

  return {
    next: async (ms) => {
      if (!client && !stopped) await (opening = listen());
      if (!woken && !stopped)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      woken = false;
      wake = () => {};
    },
    stop: async () => {
      stopped = true;
      wake();
      await opening; // a client that is ended while it connects settles neither
      await client?.end().catch(() => {});
    },
  };
}
