import { type BoundCondition, restrict, type ScopeEntry, scopeOf } from './scope.ts';

const entry = (resource: string, reviewer: string, fields: string[]): ScopeEntry => ({
  resource,
  title: resource,
  reviewer,
  fields,
});
const parking = entry('ZY-1', 'dept-transport', ['停车场名称', '车牌号码', '剩余车位']);
const clinics = entry('ZY-2', 'dept-health', ['名称', '车牌号码']);
const masking = (organisation: string, ...fields: string[]): BoundCondition => ({
  organisation,
  code: 'fieldsMasked',
  text: '隐去',
  fields,
});
const granted = (conditions: BoundCondition[]) =>
  Object.fromEntries(
    scopeOf([parking, clinics], conditions).map(({ resource, fields }) => [resource, fields]),
  );

describe('a field that an approval masks is never granted', () => {
  it('in the entries of the body that set the condition, and only there', () => {
    expect(granted([masking('dept-transport', '车牌号码')])).toEqual({
      'ZY-1': ['停车场名称', '剩余车位'],
      'ZY-2': ['名称', '车牌号码'],
    });
  });

  it.each(['车牌 号码', '车牌号码 ', '车牌号码\u3000'])('however its name is spaced: %j', (name) => {
    expect(granted([masking('dept-transport', name)])['ZY-1']).toEqual(['停车场名称', '剩余车位']);
  });

  it('under any code of condition that names fields', () => {
    const condition = { ...masking('dept-transport', '车牌号码'), code: 'onlyAggregated' };
    expect(granted([condition])['ZY-1']).not.toContain('车牌号码');
  });

  it('in every entry, where the body that set it reviews none of them any more', () => {
    expect(granted([masking('dept-merged-away', '车牌号码')])).toEqual({
      'ZY-1': ['停车场名称', '剩余车位'],
      'ZY-2': ['名称'],
    });
  });
});

describe('the parties may agree on less', () => {
  const scope = scopeOf([parking, clinics], [masking('dept-transport', '车牌号码')]);

  it('a resource that is not named keeps what is left of it', () => {
    const { scope: less, faults } = restrict(scope, { 'ZY-1': ['剩余车位'] });
    expect(faults).toEqual([]);
    expect(less.map(({ fields }) => fields)).toEqual([['剩余车位'], ['名称', '车牌号码']]);
  });

  it('never on a masked field, an unknown one, or another resource', () => {
    const { faults } = restrict(scope, { 'ZY-1': ['车牌号码', '没有'], 'ZY-9': ['名称'] });
    expect(faults).toEqual([
      { resource: 'ZY-1', field: '车牌号码', code: 'masked' },
      { resource: 'ZY-1', field: '没有', code: 'unknown' },
      { resource: 'ZY-9', field: null, code: 'unknown' },
    ]);
  });
});
