/** Signed webhooks as Standard Webhooks 1.0 has them (standardwebhooks.com): HMAC-SHA256 over id, time and body. */
import { createHmac, randomBytes } from 'node:crypto';
import { lookup as resolve } from 'node:dns';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const timeoutMillis = 5_000;
const prefix = 'whsec_';

/** A new secret of 256 bits, in the form the specification gives it. */
export const newSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

/** The three headers of a message; `at` in real time, for the receiver refuses what is old. */
export const signedHeaders = (
  secret: string,
  { id, at, body }: { id: string; at: Date; body: string },
): Record<string, string> => {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
};

/** This machine and its neighbours on the link, metadata services included; agencies' own networks are let through. */
const ours = new BlockList();
for (const [network, bits, family] of [
  ['0.0.0.0', 8, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
] as const)
  ours.addSubnet(network, bits, family);

const isOurs = (address: string): boolean =>
  ours.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') || /^::ffff:(127|169\.254|0)\./i.test(address);

const guarded: LookupFunction = (host, options, done) =>
  resolve(host, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error) done(error, '');
    else if (!first || addresses.some(({ address }) => isOurs(address)))
      done(Object.assign(new Error('an address of this machine'), { code: 'targetRefused' }), '');
    else if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });

/** Why an address is no target for webhooks; `undefined` when it is one. Production wants https and another machine. */
export const whyNoTarget = (
  target: string,
  production: boolean,
): 'malformed' | 'withPassword' | 'notHttps' | 'thisMachine' | undefined => {
  if (!URL.canParse(target)) return 'malformed';
  const { protocol, username, password, hostname } = new URL(target);
  if (protocol !== 'https:' && protocol !== 'http:') return 'malformed';
  if (username !== '' || password !== '') return 'withPassword';
  if (!production) return undefined;
  if (protocol !== 'https:') return 'notHttps';
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  return host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isOurs(host))
    ? 'thisMachine'
    : undefined;
};

/**
 * Posts a message once: no redirect is followed, the answer's body is not read, the whole takes 5 s at most.
 * Resolves to the status. Rejects with a `code` where there was none: `timeout`, `targetRefused`, or the system's.
 */
export const postWebhook = (
  target: string,
  { headers, body, production }: { headers: Record<string, string>; body: string; production: boolean },
): Promise<number> =>
  new Promise((done, failed) => {
    const url = new URL(target);
    const request = (url.protocol === 'https:' ? secure : plain)(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'gongshu' },
      agent: false, // a connection of its own: nothing waits behind a target that hangs
      ...(production && { lookup: guarded }),
    });
    const timer = setTimeout(
      () => request.destroy(Object.assign(new Error('no answer in time'), { code: 'timeout' })),
      timeoutMillis,
    );
    request.on('response', (response) => {
      clearTimeout(timer);
      done(response.statusCode ?? 0);
      response.destroy();
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      failed(error);
    });
    request.on('close', () => clearTimeout(timer));
    request.end(body);
  });
