import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type EventType,
  eventTypeNames,
  eventTypes,
  type ServiceName,
  serviceNames,
  topicOf,
  type Visibility,
  visibilities,
} from '@gongshu/shared/events';
import { meteredUse } from '@gongshu/shared/events/usage';
import { z } from 'zod';
import { schemaId } from './cloud-event.ts';

const attribute = (description: string) => ({ type: 'string', description });

/** The CloudEvents attributes as Kafka headers (binary content mode). */
const headers = (type: EventType) => ({
  type: 'object',
  required: [
    'ce_specversion',
    'ce_id',
    'ce_source',
    'ce_type',
    'ce_subject',
    'ce_time',
    'ce_sequence',
    'ce_previoussequence',
  ],
  properties: {
    'content-type': { type: 'string', const: 'application/json' },
    ce_specversion: { type: 'string', const: '1.0' },
    ce_type: { type: 'string', const: `cn.gongshu.${type}` },
    ce_id: attribute('事件唯一标识，据此去重 · unique; deduplicate by it'),
    ce_source: { type: 'string', const: `/gongshu/${eventTypes[type].service}` },
    ce_subject: attribute('案件编号或对象编号 · case or object number'),
    ce_time: attribute('系统记录时间 · when it was recorded (RFC 3339, +08:00)'),
    ce_lawtime: attribute(
      '发生时间（法定时钟） · when it happened on the clock of the law (RFC 3339, +08:00)',
    ),
    ce_dataschema: { type: 'string', const: schemaId(type) },
    ce_partitionkey: attribute('同 subject · the same as subject'),
    ce_sequence: attribute(
      '该 subject 的事件序号，从 1 起，十位数字 · place among all events of the subject, from 1, ten digits',
    ),
    ce_previoussequence: attribute(
      '本主题中该 subject 上一事件的序号，用于发现缺口 · sequence of the subject’s event before it on this topic; zero for the first',
    ),
    ce_jurisdiction: attribute('政策辖区 · jurisdiction'),
  },
});

/** JSON Schema (2020-12) of one type's data. Fields may be added later, so others are let through. */
export function eventSchema(type: EventType): Record<string, unknown> {
  const { schema, summary } = eventTypes[type];
  const { $schema, ...body } = z.toJSONSchema(schema, { io: 'input' });
  return { $schema, $id: schemaId(type), title: type, description: `${summary.zh} · ${summary.en}`, ...body };
}

const componentName = (type: string) => type.replaceAll('.', '-');
const channelName = (service: ServiceName, visibility: Visibility) => `${service}-${visibility}`;

function message(type: EventType) {
  const { summary } = eventTypes[type];
  const { $schema: _, $id: __, ...payload } = eventSchema(type);
  return {
    name: `cn.gongshu.${type}`,
    title: summary.zh,
    summary: summary.en,
    contentType: 'application/json',
    headers: headers(type),
    payload,
  };
}

/** What the platform hears: the record of a metering system outside, which counts once by its own id (F1). */
const heard = () => {
  const { $schema: _, ...payload } = z.toJSONSchema(meteredUse.schema, { io: 'input' });
  const { topic, type, summary } = meteredUse;
  const attributes = {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_type: { type: 'string', const: `cn.gongshu.${type}` },
    ce_id: attribute('消息标识 · of the message; with ce_source it is taken once'),
    ce_source: attribute('计量系统 · the metering system'),
    ce_time: attribute('发送时间 · when it was sent (RFC 3339)'),
  };
  return {
    channel: {
      address: topic,
      description:
        '由外部计量系统写入；不能识别的消息连同原因单独存放 · written by metering systems; what is no record is parked with its reason',
      messages: { [componentName(type)]: { $ref: `#/components/messages/${componentName(type)}` } },
    },
    message: {
      name: `cn.gongshu.${type}`,
      ...{ title: summary.zh, summary: summary.en, contentType: 'application/json' },
      headers: {
        type: 'object',
        required: ['ce_specversion', 'ce_type', 'ce_id', 'ce_source'],
        properties: attributes,
      },
      payload,
    },
  };
};

/**
 * The AsyncAPI 3.0 document of both topics of every service that says anything, and of the one it hears from outside, made
 * from the schemas that validate.
 */
export function asyncApiDocument(): Record<string, unknown> {
  const channels: Record<string, unknown> = {};
  const operations: Record<string, unknown> = {};
  for (const service of serviceNames)
    for (const visibility of visibilities) {
      const types = eventTypeNames.filter(
        (type) => eventTypes[type].service === service && eventTypes[type].visibility === visibility,
      );
      if (types.length === 0) continue;
      const channel = channelName(service, visibility);
      channels[channel] = {
        address: topicOf(service, visibility),
        description:
          visibility === 'public'
            ? '可以公开的事件 · what may be published'
            : '案件事件，按订阅方授权 · events of cases, open to admitted subscribers',
        messages: Object.fromEntries(
          types.map((type) => [
            componentName(type),
            { $ref: `#/components/messages/${componentName(type)}` },
          ]),
        ),
        bindings: { kafka: { partitions: 4, topicConfiguration: { 'retention.ms': -1 } } },
      };
      operations[`publish-${channel}`] = { action: 'send', channel: { $ref: `#/channels/${channel}` } };
    }
  const metering = heard();
  channels['metering-usage'] = metering.channel;
  operations['receive-metering-usage'] = {
    action: 'receive',
    channel: { $ref: '#/channels/metering-usage' },
  };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Gongshu 公数 events',
      version: '1.0.0',
      description:
        'CloudEvents 1.0, binary content mode on Kafka; the key is the subject. At least once: deduplicate by ce_id. ' +
        'Data carry ids, codes, hashes, instants and counts only.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: {
      messages: {
        ...Object.fromEntries(eventTypeNames.map((type) => [componentName(type), message(type)])),
        [componentName(meteredUse.type)]: metering.message,
      },
    },
  };
}

/** Every generated file by its path below `infra/generated`, as it should stand in the repository. */
export function generatedEventFiles(): Map<string, string> {
  const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    ['asyncapi.json', text(asyncApiDocument())],
    ...eventTypeNames.map((type) => [`events/${type}.json`, text(eventSchema(type))] as const),
  ]);
}

export const generatedFolder = join(import.meta.dirname, '..', 'generated');

/** Paths whose committed text differs from what the schemas say, or that belong to no type any more. */
export async function eventFilesAdrift(folder = generatedFolder): Promise<string[]> {
  const wanted = generatedEventFiles();
  const adrift: string[] = [];
  for (const [path, text] of wanted) {
    const file = join(folder, path);
    if (!existsSync(file) || (await readFile(file, 'utf8')) !== text) adrift.push(path);
  }
  const events = join(folder, 'events');
  const present = existsSync(events) ? await readdir(events) : [];
  return [...adrift, ...present.map((file) => `events/${file}`).filter((path) => !wanted.has(path))];
}

/** Writes the committed documents anew (`gongshu events generate`); returns the paths that changed. */
export async function writeEventFiles(folder = generatedFolder): Promise<string[]> {
  const adrift = await eventFilesAdrift(folder);
  const wanted = generatedEventFiles();
  for (const path of adrift) {
    const text = wanted.get(path);
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    if (text === undefined) await rm(file);
    else await writeFile(file, text);
  }
  return adrift;
}
