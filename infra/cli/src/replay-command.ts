import { createBus } from '@gongshu/infra/bus';
import { connect } from '@gongshu/infra/database';
import { replayTopic } from '@gongshu/infra/replay';
import { serviceNames, type ServiceName, visibilities, type Visibility } from '@gongshu/shared/events';
import { Command, InvalidArgumentError, Option } from 'commander';
import { databaseUrl, kafkaBrokers, print } from './installation.ts';

const number = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('a whole number from 0.');
  return Number(text);
};

type Options = { service: ServiceName; visibility: Visibility; from: number };

/** `gongshu replay`: sends again what a topic has held from one number on; ids stay, so subscribers add nothing twice. */
export const replayCommand = (): Command =>
  new Command('replay')
    .description('事件重放 · sends published events again, in their order')
    .addOption(new Option('--service <name>').choices([...serviceNames]).makeOptionMandatory())
    .addOption(new Option('--visibility <which>').choices([...visibilities]).makeOptionMandatory())
    .requiredOption('--from <number>', 'the first number to send again; 0 sends all', number)
    .action(async ({ service, visibility, from }: Options) => {
      const bus = createBus({ brokers: kafkaBrokers(), clientId: 'gongshu-replay' });
      const db = connect<unknown>(databaseUrl(), { schema: service, max: 2 });
      try {
        const sent = await replayTopic({ db, bus, service, visibility, fromPubSeq: from });
        print(`${sent} events sent again to gongshu.${service}.${visibility}.v1`);
      } finally {
        await bus.close();
        await db.destroy();
      }
    });
