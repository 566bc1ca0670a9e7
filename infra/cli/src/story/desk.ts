/** One seat at the REST interface: a token for a role and a body, and the verbs the story needs. */
import { requestToken } from '@gongshu/infra/tokens';
import type { Role } from '@gongshu/shared/may';

export type Desk = {
  get: <T>(path: string) => Promise<T>;
  /** `key` is the Idempotency-Key: the same story told again changes nothing. Sent again while nothing was taken in (503). */
  post: <T>(path: string, body: unknown, key: string) => Promise<T>;
  /** Uploads a text file; the same words again are the same document. */
  upload: <T>(path: string, fileName: string, text: string) => Promise<T>;
};

/** What a service answers when it took nothing in and asks for the act once more: a busy machine, a clock not yet computed. */
const sendAgain = new Set(['intakeTooSlow', 'clockNotReady']);

export type Seat = { role: Role; organisation: string; jurisdiction: string };

/** An answer that is no success, with the problem it carried. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;
  readonly code: string;
  constructor(path: string, status: number, problem: { code?: string; title?: string; detail?: string }) {
    super(`${path}: ${status} ${problem.code ?? ''} ${problem.title ?? ''} ${problem.detail ?? ''}`);
    this.status = status;
    this.code = problem.code ?? '';
  }
}

/** A desk at one service, for whoever the token names. */
export const deskWith = (url: string, token: string): Desk => {
  const ask = async (
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: string | FormData },
  ): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'accept-language': 'zh', ...init.headers },
      signal: AbortSignal.timeout(90_000),
    });
    const text = await response.text();
    const body = text === '' ? {} : (JSON.parse(text) as { code?: string });
    if (!response.ok) throw new Refused(path, response.status, body);
    return body;
  };
  return {
    get: async <T>(path: string) => (await ask(path, {})) as T,
    post: async <T>(path: string, body: unknown, key: string) => {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      };
      for (let left = 4; ; left -= 1) {
        try {
          return (await ask(path, init)) as T;
        } catch (error) {
          if (!(error instanceof Refused) || !sendAgain.has(error.code) || left === 0) throw error;
          await new Promise((go) => setTimeout(go, 500));
        }
      }
    },
    upload: async <T>(path: string, fileName: string, text: string) => {
      const body = new FormData();
      body.append('file', new Blob([text], { type: 'text/plain' }), fileName);
      return (await ask(path, { method: 'POST', body })) as T;
    },
  };
};

/** A desk at one service, with a token of its own for an hour. */
export const deskAt = async (
  url: string,
  issuer: { issuerUrl: string; dataFolder: string },
  { role, organisation, jurisdiction }: Seat,
): Promise<Desk> =>
  deskWith(
    url,
    await requestToken(issuer, {
      roles: [role],
      organisation,
      jurisdiction,
      subject: `${role}-${organisation}`,
      seconds: 3600,
    }),
  );
