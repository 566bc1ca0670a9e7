/** Whether a failure says that a part of ours is away or busy, and not that what was asked of it was wrong. */

/** What a failure may carry, whoever threw it. */
export type Fault = {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  severity?: unknown;
  statusCode?: unknown;
};

/** A failure and its causes, eight at most. */
export const chainOf = (error: unknown): Fault[] => {
  const chain: Fault[] = [];
  for (let at = error; at !== null && typeof at === 'object' && chain.length < 8; at = (at as Fault).cause)
    chain.push(at);
  return chain;
};

/** gRPC: cancelled, deadline exceeded, resource exhausted, aborted, unavailable. */
const awayGrpc = new Set([1, 4, 8, 10, 14]);
const awayTemporal = new Set(['WorkflowUpdateRPCTimeoutOrCancelledError', 'TransportError']);
/** Node's and PostgreSQL's own: no connection, shutting down, too many connections, lock or statement timeout, deadlock. */
const awayCodes =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|08\w{3}|53\w{3}|57P0\d|57014|55P03|40001|40P01|25P0[34])$/;
const awayWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
/** A statement that is always too slow looks the same on a database that is well. */
const tooSlow = '57014';

export const isAway = ({ name, code, message }: Fault): boolean =>
  awayTemporal.has(String(name)) ||
  (typeof code === 'number' && awayGrpc.has(code)) ||
  (typeof code === 'string' && awayCodes.test(code)) ||
  (typeof message === 'string' && awayWords.test(message));

/** The database is away, or another holds what was wanted: nothing is known against the work that met it. */
export const databaseAway = (error: unknown): boolean =>
  chainOf(error).some((fault) => fault.code !== tooSlow && isAway(fault));
