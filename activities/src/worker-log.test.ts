import { toldOf } from './worker-log.ts';

it('says which activity failed and how, and nothing of what its error quotes', () => {
  const error = Object.assign(new RangeError('no such phone: 13800138000'), { code: '40001' });
  const told = toldOf({ workflowId: 'A-1', activityType: 'keepEntry', attempt: 2, error, taskToken: 'x' });
  expect(told).toMatchObject({
    ...{ workflowId: 'A-1', activityType: 'keepEntry', attempt: 2, kind: 'RangeError', code: '40001' },
  });
  expect(JSON.stringify(told)).not.toMatch(/13800138000|taskToken/);
});

it('says nothing more where nothing is known', () => {
  expect(JSON.stringify(toldOf(undefined))).toBe('{}');
});
