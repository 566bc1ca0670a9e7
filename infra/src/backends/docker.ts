import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type {
  GenericContainer,
  StartedTestContainer,
  StartupCheckStrategy,
  StartupStatus,
} from 'testcontainers';
import { type Part, reason } from './part.ts';
import { projectFolder, shortHash } from './places.ts';
import type { Say } from './download.ts';

/** A backend as a container: the official image, the port it listens on inside, and how it is set up. */
export type ContainerSpec = {
  name: string;
  image: string;
  inside: number;
  port: number;
  more?: { inside: number; port: number };
  user?: string;
  env?: Record<string, string>;
  command?: string[];
  /** A named volume that keeps the data, mounted at this path. `undefined`: the data goes with the container. */
  keep?: { volume: string; path: string };
  say: Say;
};

const label = 'gongshu.checkout';
const engineLikely = (): boolean =>
  Boolean(process.env['DOCKER_HOST'] || process.env['TESTCONTAINERS_HOST_OVERRIDE']) ||
  [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    join(homedir(), '.docker/desktop/docker.sock'),
  ].some(existsSync) ||
  existsSync(`/run/user/${process.getuid?.() ?? ''}/docker.sock`);

type Dockerode = Parameters<StartupCheckStrategy['checkStartupState']>[0];
type Engine = { host: string; testcontainers: typeof import('testcontainers') };
let engine: Promise<Engine | string> | undefined;

/** The Docker engine, asked once a process; a reason when none answers. Leftovers of a killed run are removed. */
export const dockerEngine = (): Promise<Engine | string> => {
  engine ??= (async () => {
    if (!engineLikely()) return 'no Docker engine';
    try {
      const testcontainers = await import('testcontainers');
      const client = await testcontainers.getContainerRuntimeClient();
      return { host: client.info.containerRuntime.host, testcontainers };
    } catch (error) {
      return `no Docker engine answers: ${reason(error)}`;
    }
  })();
  return engine;
};

const hasOrPulls = async (
  { testcontainers }: Engine,
  image: string,
  say: Say,
): Promise<string | undefined> => {
  const client = await testcontainers.getContainerRuntimeClient();
  const name = testcontainers.ImageName.fromString(image);
  if (await client.image.exists(name)) return undefined;
  say(`pulling ${image} 拉取镜像`);
  try {
    await client.image.pull(name);
    return undefined;
  } catch (error) {
    return `the engine has no image ${image} and cannot pull it: ${reason(error)}`;
  }
};

const removeLeftover = async ({ testcontainers }: Engine, mark: string): Promise<void> => {
  const client = await testcontainers.getContainerRuntimeClient();
  const old = await client.container.list();
  for (const found of old)
    if (found.Labels[label] === mark) await client.container.getById(found.Id).remove({ force: true });
};

/** Content once the container runs: an image that is empty but for one program has no shell to look for ports with. */
const whenRunning = ({ testcontainers }: Engine) => {
  class WhenRunning extends testcontainers.StartupCheckStrategy {
    override async checkStartupState(client: Dockerode, id: string): Promise<StartupStatus> {
      const { State } = await client.getContainer(id).inspect();
      if (State.Running) return 'SUCCESS';
      return State.Status === 'exited' ? 'FAIL' : 'PENDING';
    }
  }
  return new WhenRunning();
};

const build = (engine: Engine, spec: ContainerSpec, mark: string): GenericContainer => {
  const ports = [spec, ...(spec.more ? [spec.more] : [])].map(({ inside, port }) => ({
    container: inside,
    host: port,
  }));
  const container = new engine.testcontainers.GenericContainer(spec.image)
    .withExposedPorts(...ports)
    .withEnvironment(spec.env ?? {})
    .withLabels({ [label]: mark })
    .withWaitStrategy(whenRunning(engine).withStartupTimeout(120_000));
  if (spec.user) container.withUser(spec.user);
  if (spec.command) container.withCommand(spec.command);
  if (spec.keep) container.withBindMounts([{ source: spec.keep.volume, target: spec.keep.path }]);
  return container;
};

/**
 * Starts the container on fixed ports of the host. `prepare` sees the engine's host first, for what must be known
 * before the start. @returns where it listens, or a reason.
 */
export const startContainer = async (
  describe: (host: string) => ContainerSpec,
): Promise<{ host: string; stop: Part['stop']; container: StartedTestContainer } | string> => {
  const found = await dockerEngine();
  if (typeof found === 'string') return found;
  const spec = describe(found.host);
  const missing = await hasOrPulls(found, spec.image, spec.say);
  if (missing) return missing;
  const mark = `${shortHash(projectFolder)}-${spec.name}-${spec.port}`;
  try {
    await removeLeftover(found, mark);
    const container = await build(found, spec, mark).start();
    const stop = async () => {
      await container.stop({ timeout: 10_000 });
    };
    return { host: container.getHost(), stop, container };
  } catch (error) {
    return `the container of ${spec.image} did not start: ${reason(error)}`;
  }
};

/** The name of the volume that belongs to this data folder. */
export const volumeFor = (folder: string, part: string): string => `gongshu-${shortHash(folder)}-${part}`;
