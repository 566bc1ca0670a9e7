import { createConnection, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PartUnavailable } from './part.ts';

const host = '127.0.0.1';

/** A port of this machine that nobody listens on now (another program may take it later). */
export const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => found(port));
    });
  });

const canListen = (port: number, on?: string): Promise<boolean> =>
  new Promise((answer) => {
    const server = createServer().once('error', () => answer(false));
    server.listen({ port, host: on, exclusive: true }, () => server.close(() => answer(true)));
  });

/** Whether a program accepts connections on this port. */
export const answers = (port: number, at = host): Promise<boolean> =>
  new Promise((answer) => {
    const socket = createConnection({ port, host: at, timeout: 2000 });
    const done = (yes: boolean) => {
      socket.destroy();
      answer(yes);
    };
    socket
      .once('connect', () => done(true))
      .once('error', () => done(false))
      .once('timeout', () => done(false));
  });

/** @throws PartUnavailable naming the port, its purpose and the variable that moves it, when it is taken. */
export const mustBeFree = async (port: number, purpose: string, variable: string): Promise<void> => {
  if ((await canListen(port, host)) && (await canListen(port))) return;
  throw new PartUnavailable(
    `Port ${port}, needed for ${purpose}, is in use by another program; stop that program, or choose another port: ${variable}=${port + 1000} npm start`,
  );
};

/** Asks until `ready` says yes. @throws PartUnavailable after `withinMs`, or at once when `gaveUp` returns a reason. */
export const waitUntil = async (
  what: string,
  ready: () => Promise<boolean>,
  {
    withinMs,
    gaveUp,
    everyMs = 50,
  }: { withinMs: number; gaveUp?: () => string | undefined | Promise<string | undefined>; everyMs?: number },
): Promise<void> => {
  const until = performance.now() + withinMs;
  for (;;) {
    if (await ready()) return;
    const ended = await gaveUp?.();
    if (ended) throw new PartUnavailable(`${what} ${ended}`);
    if (performance.now() > until)
      throw new PartUnavailable(`${what} did not answer within ${Math.round(withinMs / 1000)} seconds`);
    await sleep(everyMs);
  }
};
