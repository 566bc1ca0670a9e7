import type { Act, ActObject, Actor } from '@gongshu/shared/may';
import type { Problem } from '@gongshu/shared/problems';
import type { RouteOptions } from 'fastify';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { VerifyToken } from './identity.ts';
import type { ProblemPage } from './pages.ts';

/** What every service is built from; its own routes close over whatever else they need. */
export type ServiceDeps = {
  /** The service's schema; holds the idempotency table. */
  // biome-ignore lint/suspicious/noExplicitAny: each service has its own tables, the kit knows only its one
  db: Kysely<any>;
  logger: Logger;
  verify: VerifyToken;
  /** The instant the law runs on: the database's clock, through the sandbox's offset. */
  lawNow: () => Promise<Date>;
  sandbox: boolean;
  /** Addresses and networks of the gateways before the service, beside this machine; none when left out. */
  trustedProxies?: readonly string[] | undefined;
  /** How long a client may take to send a whole request; 30 s when left out. Longer where files of data are uploaded. */
  uploadMillis?: number | undefined;
  /** The body that an actor's body has gone into; `null` for one that stands. Left out where no bodies are known. */
  successorOf?: (jurisdiction: string, organisation: string) => Promise<string | null>;
  /** What must answer for the service to be ready, by name; each rejects when its part is away. */
  checks: Readonly<Record<string, () => Promise<unknown>>>;
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a caller does here; `may()` is asked before the handler. A route without it does not register. */
    act?: Act;
    /** True where the answer's rows are filtered by the actor's reach, so that there is no one object to ask about. */
    lists?: true;
    /** False for a POST that needs no Idempotency-Key: it changes nothing, or its content is its own key. */
    changes?: false;
    /**
     * True where it is a secret that anybody asked at all: nothing is logged, counted or kept, also no answer under its
     * key. The handler itself answers the same key with the same.
     */
    sealed?: true;
    /** A page for people, in HTML: no part of the OpenAPI document, its refusals pages too; a POST carries its key in the form (`token`). */
    page?: true;
    /** Media types of the body; JSON when left out. */
    consumes?: readonly string[];
  }

  interface FastifyInstance {
    /** Every route as it was declared, the kit's own among them; what tests of permission walk over. */
    declaredRoutes: readonly RouteOptions[];
    /** Draws refusals for browsers; undefined where a service has no pages. */
    problemPage: ProblemPage | undefined;
  }

  interface FastifyRequest {
    /** Who asks; `anyone` without a token. */
    actor: Actor;
    /** Why the token given was refused, told once the rate has been counted. */
    tokenRefusal: Problem | undefined;
    /** Whether `mustBeAllowed` has been asked. */
    objectAsked: boolean;
    /** The caller's key of a changing POST; the Temporal update's id too. Throws where the route takes none. */
    readonly idempotencyKey: string;
    /** The row this request holds while it works; undefined where there is none. */
    idempotencyRow: { readonly startedAt: Date } | undefined;
    /** The law's instant now. */
    lawNow: () => Promise<Date>;
    /**
     * Asks `may()` about the object of the act (of the route's own, or of `act`): throws `notFound` (404) when it is
     * another city's or body's, `forbidden` (403) when it may be seen but not so acted on.
     */
    mustBeAllowed: (object: ActObject, act?: Act) => void;
  }
}
