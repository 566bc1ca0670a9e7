/** The notifier: puts notices into inboxes and sends them on by mail and webhook, again and again until they arrive. */
import { type Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import { record } from '../record.ts';
import { startRounds } from '../rounds.ts';
import { maxAttempts, waitAfter } from './backoff.ts';
import type { Mailer } from './mail.ts';
import { type Notice, noticeColumns, type NoticeRow, noticeView } from './notice.ts';
import { planNew, type Settled, settledChange } from './plan.ts';
import { postWebhook, signedHeaders } from './webhook.ts';

export type NotifierDeps = {
  /** The registry's schema, as its role. */
  // biome-ignore lint/suspicious/noExplicitAny: the registry's tables, and the platform's by name
  db: Kysely<any>;
  logger: Logger;
  lawNow: () => Promise<Date>;
  /** Without one, mail waits and its record says so. */
  mailer: Mailer | undefined;
  /** Webhooks by https only, and to no address of this machine. */
  production: boolean;
  /** Real milliseconds; for tests. */
  pollMillis?: number;
  wait?: (attempts: number) => number;
};

const batch = 200;
/** Sent at once, in all, by mail, and to one target: a target that hangs holds up itself alone. */
const limits = { all: 32, mail: 4, target: 2 };
/** How long a delivery that is being sent is nobody else's; longer than a try may take. */
const leaseSeconds = 60;

type Due = {
  delivery: string;
  notice: string;
  attempts: number;
  kind: 'mail' | 'webhook';
  channel: string;
  target: string;
  secret: string | null;
};

/** Takes what is due, a few a target and none of the busy ones; counts the try before it is made. */
const takeDue = async (
  { db }: NotifierDeps,
  { busy, mail, free }: { busy: string[]; mail: number; free: number },
): Promise<Due[]> => {
  const { rows } = await sql<Due>`
    with found as (
      select due.id, channel.kind, row_number() over (partition by channel.kind order by due.next_try_at) as place
      from platform.channel
      cross join lateral (
        select id, next_try_at
        from platform.notice_delivery
        where channel_id = channel.id
          and state = 'waiting'
          and next_try_at <= clock_timestamp()
        order by next_try_at
        limit ${limits.target}
      ) as due
      where channel.closed_at is null
        and channel.id <> all(${busy}::uuid[])
    ), chosen as (
      select id
      from platform.notice_delivery
      where id in (select id from found where kind = 'webhook' or place <= ${mail}::integer)
        and state = 'waiting'
        and next_try_at <= clock_timestamp()
      order by next_try_at
      limit ${free}
      for update skip locked
    )
    update platform.notice_delivery as taken
    set attempts = attempts + 1, next_try_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    from chosen, platform.channel
    where taken.id = chosen.id
      and channel.id = taken.channel_id
    returning taken.id as delivery, taken.notice_id as notice, taken.attempts, taken.kind,
              channel.id as channel, channel.target, channel.secret`.execute(db);
  return rows;
};

const readNotice = async ({ db }: NotifierDeps, id: string): Promise<Notice> => {
  const { rows } = await sql<NoticeRow>`
    select ${noticeColumns}
    from platform.notice
    where notice.id = ${id}`.execute(db);
  return noticeView(rows[0] as NoticeRow);
};

const codes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connectionRefused',
  ECONNRESET: 'connectionReset',
  ENOTFOUND: 'hostUnknown',
  EDNS: 'hostUnknown',
  ETIMEDOUT: 'timeout',
  ESOCKET: 'connectionRefused',
  timeout: 'timeout',
  targetRefused: 'targetRefused',
};

/** What a try that threw is called: the server's answer or the connection's fault, never their words. */
const codeOf = (error: unknown): string => {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (typeof responseCode === 'number') return `smtp${responseCode}`;
  return codes[String(code)] ?? 'unreachable';
};

/** One try; the code of its failure, or `undefined` when it arrived. */
const attempt = async (deps: NotifierDeps, due: Due): Promise<string | undefined> => {
  try {
    const notice = await readNotice(deps, due.notice);
    if (due.kind === 'mail') {
      await deps.mailer?.send(due.target, notice, due.delivery);
      return undefined;
    }
    const at = new Date();
    const body = JSON.stringify({ type: 'notice.issued', timestamp: at.toISOString(), data: notice });
    const headers = signedHeaders(due.secret ?? '', { id: due.notice, at, body });
    const status = await postWebhook(due.target, { headers, body, production: deps.production });
    return status >= 200 && status < 300 ? undefined : `http${status}`;
  } catch (error) {
    return codeOf(error);
  }
};

/** Writes what became of a try, once: a delivery that was settled meanwhile stays as it is. */
const settle = async (deps: NotifierDeps, due: Due, fault: string | undefined): Promise<void> => {
  const at = await deps.lawNow();
  const wait = (deps.wait ?? waitAfter)(due.attempts);
  const state = fault === undefined ? 'delivered' : due.attempts >= maxAttempts ? 'failed' : 'waiting';
  await deps.db.transaction().execute(async (trx) => {
    const { rows } = await sql<Settled>`
      update platform.notice_delivery as done
      set state = ${state},
          code = ${fault ?? null},
          next_try_at = clock_timestamp() + ${wait} * interval '1 millisecond',
          delivered_at = case when ${state} = 'delivered' then ${at}::timestamptz end,
          delivered_really_at = case when ${state} = 'delivered' then clock_timestamp() end
      from platform.notice
      where done.id = ${due.delivery}
        and done.state = 'waiting'
        and notice.id = done.notice_id
      returning done.id as delivery, notice.id as notice, notice.case_no, notice.jurisdiction,
                notice.kind as notice_kind, done.kind as channel, done.state, done.code, done.attempts`.execute(
      trx,
    );
    const [row] = rows;
    if (row && state !== 'waiting') await record(trx, 'registry', settledChange(row, at));
  });
  if (state === 'failed')
    deps.logger.warn(
      { notice: due.notice, delivery: due.delivery, code: fault },
      'a notice could not be delivered',
    );
};

/**
 * Runs until stopped: every 500 ms new notices get their deliveries and what is due is sent, some at once. A try that
 * the process did not live to settle is made again after its lease: a receiver may get a notice twice, under one id.
 * The returned function stops it and waits for the tries under way (10 s at most).
 */
export const startNotifier = (deps: NotifierDeps): (() => Promise<void>) => {
  const underWay = new Map<Promise<void>, Due>();

  const send = (due: Due): void => {
    const sent = attempt(deps, due)
      .then((fault) => settle(deps, due, fault))
      .catch((err: unknown) => deps.logger.warn({ err }, 'a delivery could not be recorded'))
      .finally(() => underWay.delete(sent));
    underWay.set(sent, due);
  };

  const look = async (): Promise<boolean> => {
    const mail = deps.mailer !== undefined;
    const planned = await planNew(deps.db, { at: await deps.lawNow(), mail, limit: batch });
    const going = [...underWay.values()];
    const mails = going.filter(({ kind }) => kind === 'mail').length;
    const due = await takeDue(deps, {
      busy: [...new Set(going.map(({ channel }) => channel))],
      mail: mail ? Math.max(limits.mail - mails, 0) : 0,
      free: Math.max(limits.all - going.length, 0),
    });
    for (const one of due) send(one);
    return planned === batch;
  };

  const stop = startRounds(look, {
    pauseMillis: deps.pollMillis ?? 500,
    onError: (err) => deps.logger.warn({ err }, 'notices could not be looked for'),
  });
  return async () => {
    await stop();
    await Promise.allSettled(underWay.keys());
    deps.mailer?.close();
  };
};
