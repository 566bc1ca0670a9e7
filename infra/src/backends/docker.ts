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
import { waitUntil } from './ports.ts';
import { identityOf } from './process-identity.ts';
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

const checkoutLabel = 'gongshu.checkout';
const ownerLabel = 'gongshu.owner';
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
      const { host } = client.info.containerRuntime;
      const found = { host: host === 'localhost' ? '127.0.0.1' : host, testcontainers };
      await removeLeftovers(found);
      return found;
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

/** Removes containers of this checkout whose starter was killed. */
const removeLeftovers = async ({ testcontainers }: Engine): Promise<void> => {
  const client = await testcontainers.getContainerRuntimeClient();
  for (const { Id, Labels } of await client.container.list()) {
    if (Labels[checkoutLabel] !== shortHash(projectFolder)) continue;
    const [pid, identity] = (Labels[ownerLabel] ?? '').split(':');
    if (identityOf(Number(pid)) !== identity) await client.container.getById(Id).remove({ force: true });
  }
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

const build = (engine: Engine, spec: ContainerSpec): GenericContainer => {
  const { GenericContainer } = engine.testcontainers;
  class OnThisMachine extends GenericContainer {
    /** Its ports are for this machine, not for the network it stands in. */
    protected override async beforeContainerCreated(): Promise<void> {
      if (engine.host !== '127.0.0.1') return;
      for (const bindings of Object.values(this.hostConfig.PortBindings ?? {}))
        for (const binding of bindings as { HostIp?: string }[]) binding.HostIp = engine.host;
    }
  }
  const ports = [spec, ...(spec.more ? [spec.more] : [])].map(({ inside, port }) => ({
    container: inside,
    host: port,
  }));
  const container = new OnThisMachine(spec.image)
    .withExposedPorts(...ports)
    .withEnvironment(spec.env ?? {})
    .withLabels({
      [checkoutLabel]: shortHash(projectFolder),
      [ownerLabel]: `${process.pid}:${identityOf(process.pid)}`,
    })
    .withAutoCleanup(false) // no helper image is needed: the next start removes what a killed one left
    .withWaitStrategy(whenRunning(engine).withStartupTimeout(120_000));
  if (spec.user) container.withUser(spec.user);
  if (spec.command) container.withCommand(spec.command);
  if (spec.keep) container.withBindMounts([{ source: spec.keep.volume, target: spec.keep.path }]);
  return container;
};

const lastWords = async (engine: Engine, id: string): Promise<string | undefined> => {
  const client = await engine.testcontainers.getContainerRuntimeClient();
  const container = client.container.getById(id);
  if ((await container.inspect()).State.Running) return undefined;
  const log = await container.logs({ stdout: true, stderr: true, tail: 3 });
  return `ended by itself: ${reason(log.toString('utf8').replaceAll(/[^\P{Cc}\n]/gu, ''))}`;
};

/**
 * Starts the container on fixed ports and waits until `ready` says so. `describe` and `ready` are given the host it
 * listens on. @returns that host, or a reason; a container that does not become ready is removed.
 */
export const startContainer = async (
  describe: (host: string) => ContainerSpec,
  ready: (host: string) => Promise<boolean>,
): Promise<{ host: string; stop: Part['stop'] } | string> => {
  const found = await dockerEngine();
  if (typeof found === 'string') return found;
  const spec = describe(found.host);
  const missing = await hasOrPulls(found, spec.image, spec.say);
  if (missing) return missing;
  let container: StartedTestContainer | undefined;
  const stop = async () => {
    await container?.stop({ timeout: 20_000 });
  };
  try {
    container = await build(found, spec).start();
    const id = container.getId();
    const gaveUp = () => lastWords(found, id);
    await waitUntil(spec.name, () => ready(found.host), { withinMs: 90_000, gaveUp, everyMs: 200 });
    return { host: found.host, stop };
  } catch (error) {
    await stop().catch(() => {});
    return `the container of ${spec.image} did not start: ${reason(error)}`;
  }
};

/** The name of the volume that belongs to this data folder. */
export const volumeFor = (folder: string, part: string): string => `gongshu-${shortHash(folder)}-${part}`;
