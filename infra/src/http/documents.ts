import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { z } from 'zod';

type Operation = { responses?: Record<string, unknown>; tags?: string[] };
type Document = {
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, unknown> };
};

const referenced = (value: unknown, into: Set<string>, schemas: Record<string, unknown>): void => {
  if (value === null || typeof value !== 'object') return;
  for (const [key, item] of Object.entries(value)) {
    const name = key === '$ref' && typeof item === 'string' ? item.split('/').at(-1) : undefined;
    if (name === undefined) referenced(item, into, schemas);
    else if (!into.has(name)) {
      into.add(name);
      referenced(schemas[name], into, schemas);
    }
  }
};

const anyRefusal = {
  description: 'Any other refusal or fault',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** What the kit may answer at any address of the API, beside what a route names: body too large, too many requests … */
const withRefusals = <T extends Document>(document: T): T => {
  for (const [path, operations] of Object.entries(document.paths ?? {}))
    if (path.startsWith('/v1/'))
      for (const operation of Object.values(operations))
        operation.responses = { ...operation.responses, default: anyRefusal };
  return document;
};

/** A group for each resource, `/v1/<resource>/…`, where a route names none. */
const withGroups = <T extends Document>(document: T): T => {
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    const resource = /^\/v1\/([^/]+)/.exec(path)?.[1];
    if (resource) for (const operation of Object.values(operations)) operation.tags ??= [resource];
  }
  return document;
};

/** Keeps the components that the paths use, in order: the registry is shared by all services of a process. */
const withoutStrangers = <T extends Document>(document: T): T => {
  const schemas = document.components?.schemas ?? {};
  const used = new Set<string>();
  referenced(document.paths, used, schemas);
  const kept = Object.fromEntries(
    [...used].sort().flatMap((name) => (name in schemas ? [[name, schemas[name]]] : [])),
  );
  return { ...document, components: { ...document.components, schemas: kept } };
};

/** Each operation says the act of `may()` that it asks for, so that a client offers nobody what his role never does. */
const withAct: typeof jsonSchemaTransform = (given) => {
  const made = jsonSchemaTransform(given);
  const { act } = given.route.config ?? {};
  return act === undefined ? made : { ...made, schema: { ...made.schema, 'x-act': act } as never };
};

const csp =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'";

/**
 * OpenAPI 3.1 at /openapi.json, made from the schemas that validate; Swagger UI at /docs, its files from this host.
 * Register before the routes.
 */
export const documentRoutes = async (app: FastifyInstance, name: string, title: string): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version: 'v1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      servers: [{ url: '/' }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ token: [] }, {}],
    },
    transform: withAct,
    transformObject: (source) =>
      withoutStrangers(withGroups(withRefusals(jsonSchemaTransformObject(source) as Document))) as never,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: csp,
    uiConfig: { url: '/openapi.json', validatorUrl: null },
  });
  app.withTypeProvider<ZodTypeProvider>().get(
    '/openapi.json',
    {
      config: { act: 'public' },
      schema: {
        tags: ['operations'],
        summary: `OpenAPI 3.1 of ${name}`,
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (_request, reply) => reply.send(app.swagger() as never),
  );
};
