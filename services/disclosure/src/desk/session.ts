/** Sessions of the work desk, on the machine's clock: half an hour idle, a day's work at most. */
import type { VerifyToken } from '@gongshu/infra/http/identity';
import type { Actor } from '@gongshu/shared/may';
import { Problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import {
  deleteSession,
  findSession,
  insertSession,
  insertSignIn,
  purgeSessions,
  takeSignIn,
  touchSession,
} from './queries/session.ts';
import { hashOf, newId, seal, unseal } from './seal.ts';
import type { DeskTables } from './tables.ts';

const minute = 60_000;
export const idleMillis = 30 * minute;
export const longestMillis = 10 * 60 * minute;
export const signInMillis = 10 * minute;

const Tokens = z.object({ accessToken: z.string(), idToken: z.string().optional() });
type Tokens = z.output<typeof Tokens>;
const SignIn = z.object({ verifier: z.string(), state: z.string(), nonce: z.string(), to: z.string() });
export type SignIn = z.output<typeof SignIn>;

/** Somebody signed in: who, and with what he asks the services. `id` is the cookie's value. */
export type Session = Tokens & { id: string; person: Actor };

export type Sessions = {
  /** Keeps a sign-in under way; its id goes into a cookie. */
  begin: (signIn: SignIn) => Promise<string>;
  /** The sign-in of a cookie, once. */
  finish: (id: string) => Promise<SignIn | undefined>;
  /** A new session; ended with its token at the latest. */
  open: (tokens: Tokens, expiresInSeconds: number | undefined) => Promise<string>;
  /** Who a cookie stands for; `undefined` where the session is over or unknown. */
  find: (id: string | undefined) => Promise<Session | undefined>;
  end: (id: string) => Promise<void>;
};

export type SessionDeps = { db: Kysely<DeskTables>; verify: VerifyToken; now?: () => number };

/** Whose token it is; nobody's once the issuer's time for it is over. */
const personOf = async (verify: VerifyToken, token: string): Promise<Actor | undefined> => {
  try {
    return await verify(token);
  } catch (fault) {
    if (fault instanceof Problem && (fault.code === 'unauthenticated' || fault.code === 'rolesExclude'))
      return undefined;
    throw fault;
  }
};

export const createSessions = ({ db, verify, now = Date.now }: SessionDeps): Sessions => {
  const ago = (millis: number): Date => new Date(now() - millis);
  return {
    begin: async (signIn) => {
      const id = newId();
      await purgeSessions(db, {
        now: new Date(now()),
        idleSince: ago(idleMillis),
        signInSince: ago(signInMillis),
      });
      await insertSignIn(db, { id_hash: hashOf(id), sealed: seal(id, signIn), begun_at: new Date(now()) });
      return id;
    },
    finish: async (id) => {
      const row = await takeSignIn(db, hashOf(id), ago(signInMillis));
      return row && SignIn.safeParse(unseal(id, row.sealed)).data;
    },
    open: async (tokens, expiresInSeconds) => {
      const id = newId();
      const at = new Date(now());
      const longest = Math.min(longestMillis, (expiresInSeconds ?? Number.POSITIVE_INFINITY) * 1000);
      await insertSession(db, {
        id_hash: hashOf(id),
        sealed: seal(id, tokens),
        ...{ signed_in_at: at, seen_at: at, ends_at: new Date(now() + longest) },
      });
      return id;
    },
    find: async (id) => {
      if (!id) return undefined;
      const row = await findSession(db, hashOf(id), { now: new Date(now()), idleSince: ago(idleMillis) });
      const tokens = row && Tokens.safeParse(unseal(id, row.sealed)).data;
      if (!tokens) return undefined;
      const person = await personOf(verify, tokens.accessToken);
      if (!person) return undefined;
      await touchSession(db, hashOf(id), { now: new Date(now()), before: ago(minute) });
      return { id, person, ...tokens };
    },
    end: async (id) => {
      await deleteSession(db, hashOf(id));
    },
  };
};
