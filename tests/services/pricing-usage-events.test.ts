// F1: use told by an outside metering system: each record once, what is no record is named and never taken.
import { MalformedEvent } from '@gongshu/infra/cloud-event';
import { readMeteredUse } from '@gongshu/service-pricing/usage/metered-subscriber';

const headers = {
  ce_specversion: '1.0',
  ce_id: 'm-1',
  ce_source: '/meter/1',
  ce_type: 'cn.gongshu.usage.metered.v1',
};
const data = {
  ...{
    jurisdiction: 'zhongwei',
    operator: 'operator',
    id: 'u-1',
    product: 'P-1',
    unit: 'hour',
    qty: '1.250000',
  },
  ...{ merchant: 'merchant-1', class: 'general', purpose: 'industry', usedOn: '2024-03-01' },
};
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

it('a message of the type is read, its record checked', () => {
  const event = readMeteredUse({ headers, value: bytes(data) });
  expect(event).toMatchObject({ id: '/meter/1 m-1', subject: 'u-1', jurisdiction: 'zhongwei' });
});
it('another type is passed over', () => {
  const other = { ...headers, ce_type: 'cn.gongshu.other.v1' };
  expect(readMeteredUse({ headers: other, value: bytes(data) })).toBeUndefined();
});
it.each([
  ['no JSON', headers, Buffer.from('{')],
  ['no id', { ...headers, ce_id: '' }, bytes(data)],
  ['another version', { ...headers, ce_specversion: '0.3' }, bytes(data)],
  ['seven places', headers, bytes({ ...data, qty: '1.1234567' })],
  ['nothing used', headers, bytes({ ...data, qty: 0 })],
  ['a day that does not exist', headers, bytes({ ...data, usedOn: '2024-02-30' })],
  ['a name in it', headers, bytes({ ...data, name: '张三' })],
])('%s is malformed, and parked', (_name, given, value) => {
  expect(() => readMeteredUse({ headers: given, value })).toThrow(MalformedEvent);
});
