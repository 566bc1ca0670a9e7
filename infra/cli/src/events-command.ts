import { userInfo } from 'node:os';
import { writeEventFiles } from '@gongshu/infra/asyncapi';
import { connect } from '@gongshu/infra/database';
import { listParked, release } from '@gongshu/infra/parked';
import { serviceNames, type ServiceName } from '@gongshu/shared/events';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Kysely } from 'kysely';
import { databaseUrl, print } from './installation.ts';
import { tableText } from './table.ts';

const within = async <T>(service: ServiceName, act: (db: Kysely<unknown>) => Promise<T>): Promise<T> => {
  const db = connect<unknown>(databaseUrl(), { schema: service, max: 2 });
  try {
    return await act(db);
  } finally {
    await db.destroy();
  }
};

const parked = async ({ json }: { json?: true }): Promise<void> => {
  const found = [];
  for (const service of serviceNames)
    found.push(...(await within(service, listParked)).map((one) => ({ service, ...one })));
  if (json) print(JSON.stringify(found, null, 2));
  else
    print(
      tableText(
        '待人工处理的消息 · parked messages',
        ['service', 'id', 'consumer', 'subject', 'topic', 'reason', 'parked'],
        found.map((one) => [
          one.service,
          one.id,
          one.consumer,
          one.subject,
          one.topic,
          one.reason,
          one.parkedAt.toISOString(),
        ]),
      ),
    );
};

const idOf = (text: string): number => {
  if (!/^\d{1,15}$/.test(text))
    throw new InvalidArgumentError('the number that `gongshu events parked` shows.');
  return Number(text);
};

type Release = { service: ServiceName; resolution: 'retry' | 'skip'; by: string };

/** `gongshu events parked|release|generate`. */
export const eventsCommand = (): Command => {
  const command = new Command('events').description('事件 · events that wait for a person; their documents');
  command
    .command('parked')
    .description('what could be neither sent nor taken in')
    .option('--json', 'as JSON')
    .action(parked);
  command
    .command('release')
    .description('sends a parked event again, or gives it up')
    .argument('<id>', 'its number', idOf)
    .addOption(new Option('--service <name>').choices([...serviceNames]).makeOptionMandatory())
    .addOption(
      new Option('--resolution <what>', 'retry, or skip: its subscribers will see a gap')
        .choices(['retry', 'skip'])
        .makeOptionMandatory(),
    )
    .option('--by <id>', 'who decides', userInfo().username)
    .action(async (id: number, { service, resolution, by }: Release) => {
      if (!(await within(service, (db) => release(db, id, { by, resolution }))))
        throw new Error(`The relay has nothing parked under ${id} in ${service}.`);
      print(`${id}: ${resolution}`);
    });
  command
    .command('generate')
    .description('rewrites the AsyncAPI document and the JSON Schemas from the event types')
    .action(async () => {
      const changed = await writeEventFiles();
      print(changed.length === 0 ? 'nothing changed' : changed.join('\n'));
    });
  return command;
};
