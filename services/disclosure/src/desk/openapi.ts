/** What the services take, as their own OpenAPI documents say: the desk's forms are drawn from them. */
import { type ServiceName, serviceNames } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';

/** A JSON schema, as far as forms ask about it. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  default?: unknown;
  description?: string;
  additionalProperties?: Schema | boolean;
};

type Operation = {
  summary?: string;
  'x-act'?: string;
  requestBody?: { required?: boolean; content?: Record<string, { schema?: Schema }> };
};
export type ApiDocument = {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
};

/** How something is changed: posted as an act, or edited where it stands, by its version (If-Match). */
export const methods = ['post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

/** A route that changes something, and what it takes. */
export type ActRoute = {
  service: ServiceName;
  method: Method;
  /** `/v1/applications/{caseNo}/withdrawal` */
  template: string;
  summary: string;
  /** The act of `may()` that it asks for; undefined where the document does not say. */
  act: string | undefined;
  /** Undefined where it takes no body. */
  schema: Schema | undefined;
};

export type Documents = {
  /** Every route of a service that JSON is posted to. */
  actsOf: (service: ServiceName) => Promise<ActRoute[]>;
  /** Every route by which something that stands is edited or discarded. */
  editsOf: (service: ServiceName) => Promise<ActRoute[]>;
  /** The route an address belongs to; what is posted, where no method is named. */
  routeOf: (service: ServiceName, address: string, method?: Method) => Promise<ActRoute | undefined>;
  /** The components that schemas refer to. */
  componentsOf: (service: ServiceName) => Promise<Record<string, Schema>>;
};

/** Read anew after so long: a service may have been renewed meanwhile. */
const freshMillis = 60_000;

const escaped = (text: string): string => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
const patternOf = (template: string): RegExp =>
  new RegExp(`^${escaped(template).replace(/\{\w+\}/g, '[^/?#]+')}$`);

const isServed = (content: Record<string, { schema?: Schema }> | undefined): boolean =>
  content === undefined || 'application/json' in content;

const actRoutes = (service: ServiceName, { paths }: ApiDocument): ActRoute[] =>
  Object.entries(paths).flatMap(([template, operations]) =>
    methods.flatMap((method): ActRoute[] => {
      const operation = operations[method];
      const body = operation?.requestBody?.content;
      if (!operation || !template.startsWith('/v1/') || !isServed(body)) return [];
      return [
        {
          ...{ service, method, template, summary: operation.summary ?? template, act: operation['x-act'] },
          schema: body?.['application/json']?.schema,
        },
      ];
    }),
  );

type Known = {
  routes: (ActRoute & { pattern: RegExp })[];
  components: Record<string, Schema>;
  until: number;
};

/** Reads each service's document from `/openapi.json`, which everybody may, and keeps it for a minute. */
export const createDocuments = (addresses: Readonly<Record<ServiceName, string>>): Documents => {
  const known = new Map<ServiceName, Promise<Known>>();
  const read = async (service: ServiceName): Promise<Known> => {
    const response = await fetch(`${addresses[service]}/openapi.json`, {
      signal: AbortSignal.timeout(10_000),
    }).catch((cause: unknown) => {
      throw problem('unavailable', { cause });
    });
    if (!response.ok) throw problem('unavailable');
    const document = (await response.json()) as ApiDocument;
    return {
      // What has no parameter comes first: `/v1/tasks/decisions` before `/v1/tasks/{id}`.
      routes: actRoutes(service, document)
        .map((route) => ({ ...route, pattern: patternOf(route.template) }))
        .sort((one, other) => one.template.split('{').length - other.template.split('{').length),
      components: document.components?.schemas ?? {},
      until: Date.now() + freshMillis,
    };
  };
  const of = async (service: ServiceName): Promise<Known> => {
    const held = known.get(service);
    if (held) {
      const one = await held.catch(() => undefined);
      if (one && one.until > Date.now()) return one;
    }
    const reading = read(service);
    known.set(service, reading);
    return reading;
  };
  const routesOf = async (service: ServiceName): Promise<ActRoute[]> =>
    serviceNames.includes(service) ? (await of(service)).routes : [];
  return {
    actsOf: async (service) => (await routesOf(service)).filter(({ method }) => method === 'post'),
    editsOf: async (service) => (await routesOf(service)).filter(({ method }) => method !== 'post'),
    routeOf: async (service, address, method = 'post') =>
      (await of(service)).routes.find((one) => one.method === method && one.pattern.test(address)),
    componentsOf: async (service) => (await of(service)).components,
  };
};
