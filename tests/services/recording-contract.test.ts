import { Parser } from '@asyncapi/parser';
import { asyncApiDocument, eventFilesAdrift, eventSchema } from '@gongshu/infra/asyncapi';
import { fromKafka, MalformedEvent, type OutboxRow, toCloudEvent, toKafka } from '@gongshu/infra/cloud-event';
import { eventTypeNames, eventTypes } from '@gongshu/shared/events';
import { Ajv2020 } from 'ajv/dist/2020.js';

const row: OutboxRow = {
  id: '0b6c6d0e-4a34-4d1f-9f60-8d1f0c9d7f11',
  aggregateid: 'GS-640500-A-2026-000001',
  aggregate_version: 3,
  previous_version: 1,
  type: 'application.withdrawn.v1',
  topic: 'gongshu.catalog.case.v1',
  jurisdiction: 'zhongwei',
  payload: { caseNo: 'GS-640500-A-2026-000001' },
  occurred_at: new Date('2026-03-02T01:30:00Z'),
  recorded_at: new Date('2026-11-22T01:30:00.250Z'),
};
const delivered = () => {
  const { headers, value } = toKafka(row.topic, toCloudEvent(row));
  return { headers, value: Buffer.from(value) };
};

describe('CloudEvents 1.0 in Kafka’s binary mode', () => {
  it('carries every required attribute, non-empty and in the form the specification asks for', () => {
    const { headers } = delivered();
    for (const name of ['ce_id', 'ce_source', 'ce_specversion', 'ce_type'])
      expect(headers[name]).toMatch(/\S/);
    expect(headers).toMatchObject({
      ce_specversion: '1.0',
      ce_type: 'cn.gongshu.application.withdrawn.v1',
      ce_source: '/gongshu/catalog',
      ce_subject: row.aggregateid,
      ce_sequence: '0000000003',
      ce_previoussequence: '0000000001',
      ce_lawtime: '2026-03-02T09:30:00+08:00',
      ce_time: '2026-11-22T09:30:00.250+08:00',
      'content-type': 'application/json',
    });
    const names = Object.keys(headers).filter((name) => name !== 'content-type');
    for (const name of names) expect(name).toMatch(/^ce_[a-z0-9]{1,20}$/);
    expect(URL.canParse(headers['ce_dataschema']!)).toBe(true);
  });

  it('is keyed by the subject, and its value is the data alone', () => {
    const { key, value } = toKafka(row.topic, toCloudEvent(row));
    expect(key).toBe(row.aggregateid);
    expect(JSON.parse(value)).toEqual(row.payload);
  });

  it('comes back as it was sent', () => {
    expect(fromKafka(delivered())).toEqual(toCloudEvent(row));
  });

  it('keeps number order in text order', () => {
    const of = (aggregate_version: number) => toCloudEvent({ ...row, aggregate_version }).sequence;
    expect([of(10), of(9), of(100)].toSorted()).toEqual([of(9), of(10), of(100)]);
  });

  it('cannot be made of an instant that is none', () => {
    expect(() => toCloudEvent({ ...row, occurred_at: Number.POSITIVE_INFINITY as unknown as Date })).toThrow(
      RangeError,
    );
  });

  const without = (name: string) => {
    const { [name]: _, ...headers } = delivered().headers;
    return { headers, value: delivered().value };
  };
  const withHeader = (name: string, text: string) => ({
    ...delivered(),
    headers: { ...delivered().headers, [name]: text },
  });
  it.each([
    { name: 'no id', message: without('ce_id') },
    { name: 'no type', message: without('ce_type') },
    { name: 'another version', message: withHeader('ce_specversion', '0.3') },
    { name: 'a sequence that is no number', message: withHeader('ce_sequence', 'three') },
    { name: 'structured mode', message: withHeader('content-type', 'application/cloudevents+json') },
    { name: 'bad JSON', message: { ...delivered(), value: Buffer.from('{"caseNo": ') } },
    { name: 'no value', message: { ...delivered(), value: null } },
    { name: 'no headers', message: { headers: {}, value: Buffer.from('{}') } },
  ])('refuses $name', ({ message }) => {
    expect(() => fromKafka(message)).toThrow(MalformedEvent);
  });
});

describe('the contract that subscribers read', () => {
  it('AsyncAPI 3.0 document is valid', async () => {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApiDocument()));
    const faults = diagnostics
      .filter(({ severity }) => severity <= 1)
      .map(({ message, path }) => `${path.join('.')}: ${message}`);
    expect(faults).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
    expect(document?.messages().length).toBeGreaterThanOrEqual(eventTypeNames.length);
  }, 30_000);

  it('every type has a JSON Schema that compiles and lets later fields through', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const type of eventTypeNames) {
      const schema = eventSchema(type);
      expect(JSON.stringify(schema)).not.toContain('"additionalProperties":false');
      expect(ajv.compile(schema)({})).toBe(false);
    }
  });

  it('committed documents are what the schemas say (gongshu events generate writes them)', async () => {
    expect(await eventFilesAdrift()).toEqual([]);
  });

  it('every type has a past-tense name with a version, and a summary in both languages', () => {
    for (const type of eventTypeNames) {
      expect(type).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*\.v[1-9]$/);
      expect(eventTypes[type].summary.zh).toMatch(/\p{Script=Han}/u);
      expect(eventTypes[type].summary.en).toMatch(/^[A-Z]/);
    }
  });

  it('no field of any event takes a Chinese name, a space or free text, save an article', () => {
    const strings = (schema: unknown, path: string[] = []): [string, Record<string, unknown>][] => {
      if (schema === null || typeof schema !== 'object') return [];
      const own = schema as Record<string, unknown>;
      const here: [string, Record<string, unknown>][] =
        own['type'] === 'string' ? [[path.join('.'), own]] : [];
      return [...here, ...Object.entries(own).flatMap(([key, value]) => strings(value, [...path, key]))];
    };
    const open = eventTypeNames.flatMap((type) =>
      strings(eventSchema(type)['properties'])
        .filter(
          ([path, own]) =>
            !path.startsWith('article') && !['pattern', 'format', 'enum'].some((bound) => bound in own),
        )
        .map(([path]) => `${type} ${path}`),
    );
    expect(open).toEqual([]);
  });
});
