import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

let processRegistry: Registry | undefined;

/** Node's own figures (memory, event loop, collections): collected once a process, however many services it hosts. */
const processMetrics = (): Registry => {
  if (!processRegistry) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry });
  }
  return processRegistry;
};

/** The figures of one service: requests by route pattern, method and status, in seconds; faults by code. */
export const createMetrics = (service: string) => {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  const requests = new Histogram({
    name: 'gongshu_http_request_seconds',
    help: 'Time to answer a request, in seconds',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const problems = new Counter({
    name: 'gongshu_http_problems_total',
    help: 'Answers that were a refusal or a fault, by code',
    labelNames: ['code'],
    registers: [registry],
  });
  return {
    registry,
    requests,
    problems,
    /** Prometheus text of the service's and the process's figures. */
    text: async (): Promise<string> => Registry.merge([processMetrics(), registry]).metrics(),
    contentType: registry.contentType,
  };
};
export type Metrics = ReturnType<typeof createMetrics>;
