import { toInstantText } from '@gongshu/shared/business-date';
import type { BusMessage, Delivery } from './bus.ts';

/** A CloudEvent 1.0 as this platform writes it; all attributes are text, as they travel. */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  /** `/gongshu/<service>` */
  source: string;
  /** `cn.gongshu.` and the event type's name. */
  type: string;
  /** Case or object number. */
  subject: string;
  /** When it was recorded, on the machine's clock. */
  time: string;
  datacontenttype: 'application/json';
  /** Names the JSON Schema of `data`. */
  dataschema: string;
  partitionkey: string;
  /** The event's place among all events of its subject, from 1; ten digits, so that text order is number order. */
  sequence: string;
  /** `sequence` of the event of this subject before it on the same topic; zero where it is the first. */
  previoussequence: string;
  jurisdiction: string;
  /** When it happened, on the law's clock. */
  lawtime: string;
  data: unknown;
}

/** An outbox row, as far as an event is made of it. */
export interface OutboxRow {
  id: string;
  aggregateid: string;
  aggregate_version: number;
  previous_version: number;
  type: string;
  topic: string;
  jurisdiction: string;
  payload: unknown;
  occurred_at: Date;
  recorded_at: Date;
}

const prefix = 'cn.gongshu.';
const placed = (version: number) => String(version).padStart(10, '0');

/** The name under which an event type's JSON Schema is known; `/v1/event-schemas/<type>` serves it. */
export const schemaId = (type: string) => `urn:gongshu:event:${type}`;

/** The event type's name within a CloudEvent's `type`; `undefined` where it is not one of the platform. */
export const typeName = (type: string) => (type.startsWith(prefix) ? type.slice(prefix.length) : undefined);

/** Throws RangeError on a row whose instants cannot be written (`infinity`). */
export function toCloudEvent(row: OutboxRow): CloudEvent {
  return {
    specversion: '1.0',
    id: row.id,
    source: `/gongshu/${row.topic.split('.')[1]}`,
    type: `${prefix}${row.type}`,
    subject: row.aggregateid,
    time: toInstantText(Number(row.recorded_at)),
    datacontenttype: 'application/json',
    dataschema: schemaId(row.type),
    partitionkey: row.aggregateid,
    sequence: placed(row.aggregate_version),
    previoussequence: placed(row.previous_version),
    jurisdiction: row.jurisdiction,
    lawtime: toInstantText(Number(row.occurred_at)),
    data: row.payload,
  };
}

/** Binary content mode of the Kafka protocol binding: attributes as `ce_` headers, the data alone as value. */
export function toKafka(topic: string, { data, datacontenttype, ...attributes }: CloudEvent): BusMessage {
  const headers = Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value]);
  return {
    topic,
    key: attributes.partitionkey,
    headers: { ...Object.fromEntries(headers), 'content-type': datacontenttype },
    value: JSON.stringify(data),
  };
}

/** A message that is no CloudEvent of ours; the message says what is wrong, quoting nothing of it. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent';
}

const required = ['specversion', 'id', 'source', 'type', 'subject', 'sequence', 'previoussequence'] as const;

/** Reads a binary-mode message back. Throws MalformedEvent on a missing attribute, another version or content, bad JSON. */
export function fromKafka({ headers, value }: Pick<Delivery, 'headers' | 'value'>): CloudEvent {
  const attributes: Record<string, string> = {};
  for (const [name, text] of Object.entries(headers))
    if (name.startsWith('ce_')) attributes[name.slice('ce_'.length)] = text;
  for (const name of required) if (!attributes[name]) throw new MalformedEvent(`no ${name}`);
  if (attributes['specversion'] !== '1.0') throw new MalformedEvent('specversion is not 1.0');
  for (const name of ['sequence', 'previoussequence'])
    if (!/^\d{1,15}$/.test(attributes[name] ?? '')) throw new MalformedEvent(`${name} is no number`);
  const content = headers['content-type'] ?? '';
  if (!/^application\/json\b/.test(content)) throw new MalformedEvent('content-type is not application/json');
  let data: unknown;
  try {
    data = JSON.parse(value?.toString('utf8') ?? '');
  } catch {
    throw new MalformedEvent('the value is not JSON');
  }
  return { ...attributes, datacontenttype: 'application/json', data } as CloudEvent;
}
