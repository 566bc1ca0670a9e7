/** The desk's cookies: who is signed in, and which sign-ins are under way. Never readable by script. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type Cookie = {
  read: (request: FastifyRequest) => string | undefined;
  set: (reply: FastifyReply, value: string) => void;
  clear: (reply: FastifyReply) => void;
};

const valid = /^[\w-]{43}$/;

const valueOf = (header: string | undefined, name: string): string | undefined => {
  for (const part of (header ?? '').slice(0, 8_192).split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined && valid.test(value)) return value;
  }
  return undefined;
};

/** `__Host-` binds the cookie to this one host, where the desk is reached by https. */
const cookie = (plain: string, { secure, seconds }: { secure: boolean; seconds?: number }): Cookie => {
  const name = secure ? `__Host-${plain}` : plain;
  const rest = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  // Fastify keeps every cookie that an answer is given.
  const send = (reply: FastifyReply, text: string): void => {
    reply.header('set-cookie', text);
  };
  return {
    read: ({ headers }) => valueOf(headers.cookie, name),
    set: (reply, value) =>
      send(reply, `${name}=${value}; ${rest}${seconds === undefined ? '' : `; Max-Age=${seconds}`}`),
    clear: (reply) => send(reply, `${name}=; ${rest}; Max-Age=0`),
  };
};

/** The session lives as long as the browser is open, and no longer than its row. */
export const sessionCookie = (secure: boolean): Cookie => cookie('gongshu-desk', { secure });

const signIn = 'gongshu-desk-sign-in';
/** As many tabs as anybody signs in from at once; more would make the header too long. */
const mostSignIns = 8;

/** A sign-in under way, known by the state it was asked with: two tabs that sign in at once have two. */
export const signInCookie = (secure: boolean, seconds: number, state: string) => {
  const known = createHash('sha256').update(state).digest('hex').slice(0, 12);
  return {
    ...cookie(`${signIn}-${known}`, { secure, seconds }),
    /** Takes those away that were given up, where there are too many. */
    makeRoom: ({ headers }: FastifyRequest, reply: FastifyReply): void => {
      const others = [...(headers.cookie ?? '').matchAll(/gongshu-desk-sign-in-[0-9a-f]{12}(?==)/g)];
      if (others.length >= mostSignIns)
        for (const [name] of others) cookie(name, { secure, seconds }).clear(reply);
    },
  };
};
