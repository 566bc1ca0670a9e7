import { beganWith, changesOf } from './edit.ts';
import { nothingSent } from './form-read.ts';

it('what somebody else changed is told field by field; the order of keys is no change', () => {
  const before = { title: '甲', fields: [{ name: 'a', grade: 'x' }], level: 'city', gone: 1 };
  const now = { title: '乙', fields: [{ grade: 'x', name: 'a' }], level: 'city', scenario: 's' };
  expect(changesOf(before, now)).toEqual([
    { name: 'title', before: '甲', now: '乙' },
    { name: 'gone', before: 1, now: null },
    { name: 'scenario', before: null, now: 's' },
  ]);
  expect(changesOf(now, { ...now })).toEqual([]);
});

it.each([['not JSON'], ['[1]'], ['null'], ['"x"']])(
  'what a form carried and is no object (%s) counts as nothing',
  (text) => {
    expect(beganWith({ ...nothingSent, text: () => text })).toEqual({});
  },
);
