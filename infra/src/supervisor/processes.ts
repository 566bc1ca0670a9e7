import { PartUnavailable } from '../backends/part.ts';

/** Every address a running installation has, by name; also what the story and each process is given. */
export type Urls = Record<ProcessName, string> & {
  database: string;
  temporal: string;
  temporalUi: string;
  kafka: string;
};

type Row = {
  /** In the table of addresses; the process gets its port as GONGSHU_PORT. */
  name: string;
  title: string;
  file: string;
  /** Its usual port; GONGSHU_<NAME>_PORT moves it. */
  port: number;
  /** Answers 200 once the process does its work. */
  health: string;
  /** A page worth opening. */
  page?: string;
};

/** What `npm start` runs beside the three backends, started side by side. */
export const processes = [
  {
    name: 'issuer',
    title: 'token issuer 令牌签发（仅开发）',
    file: 'infra/src/issuer-server.ts',
    port: 7105,
    health: '/.well-known/openid-configuration',
  },
  {
    name: 'catalog',
    title: 'catalog service 目录服务',
    file: 'services/catalog/src/server.ts',
    port: 7101,
    health: '/health/ready',
    page: '/docs',
  },
  {
    name: 'registry',
    title: 'registry service 登记服务',
    file: 'services/registry/src/server.ts',
    port: 7102,
    health: '/health/ready',
    page: '/docs',
  },
  {
    name: 'pricing',
    title: 'pricing service 价格服务',
    file: 'services/pricing/src/server.ts',
    port: 7103,
    health: '/health/ready',
    page: '/docs',
  },
  {
    name: 'disclosure',
    title: 'disclosure service 披露服务',
    file: 'services/disclosure/src/server.ts',
    port: 7104,
    health: '/health/ready',
    page: '/docs',
  },
  {
    name: 'worker',
    title: 'workflow worker 流程工作进程',
    file: 'activities/src/worker.ts',
    port: 7106,
    health: '/health/ready',
  },
  {
    name: 'relay',
    title: 'outbox relay 事件中继',
    file: 'infra/src/relay-server.ts',
    port: 7107,
    health: '/health/ready',
  },
] as const satisfies readonly Row[];

export type ProcessName = (typeof processes)[number]['name'];

/** How everything goes down: writers before what they write to. */
export const stopWaves: readonly (readonly string[])[] = [
  ['relay'],
  ['worker'],
  ['catalog', 'registry', 'pricing', 'disclosure', 'issuer'] satisfies ProcessName[],
  ['Kafka'],
  ['Temporal'],
  ['PostgreSQL'],
];

/** The ports of the backends, unless their variables say otherwise. */
export const backendPorts = {
  postgres: 7132,
  temporal: 7233,
  temporal_ui: 7243,
  kafka: 7192,
  kafka_controller: 7193,
} as const;

/** The environment variable that moves a port. */
export const portVariable = (name: ProcessName | keyof typeof backendPorts): string =>
  `GONGSHU_${name.toUpperCase()}_PORT`;

/** The port of a part. @throws PartUnavailable when its variable holds no port number. */
export const portOf = (name: ProcessName | keyof typeof backendPorts): number => {
  const variable = portVariable(name);
  const text = process.env[variable];
  if (!text)
    return name in backendPorts
      ? backendPorts[name as keyof typeof backendPorts]
      : usual(name as ProcessName);
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new PartUnavailable(`${variable} is "${text}"; it must be a port number from 1 to 65535`);
};

const usual = (name: ProcessName): number => processes.find((row) => row.name === name)?.port ?? 0;
