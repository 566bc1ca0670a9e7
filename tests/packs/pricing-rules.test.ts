import { loadPacks } from '@gongshu/infra/packs';
import { pricing } from '@gongshu/shared/packs/topics/pricing';
import { ceilingRules, resting, settlementRules } from '@gongshu/shared/pricing/rules';
import { revenueRules } from '@gongshu/shared/permitted-revenue/rules';

const packs = loadPacks();
type Pack = Parameters<typeof ceilingRules>[0];
const keys = Object.keys(pricing) as (keyof typeof pricing)[];
const whole = (pack: Pack) => resting(pack, keys);
const all = [whole, revenueRules, ceilingRules, settlementRules];
const priceMechanism = '国家发展改革委 国家数据局关于建立公共数据资源授权运营价格形成机制的通知';

describe('what a case about money carries', () => {
  it.each(['national', 'zhongwei', 'shuozhou', 'wuhai', 'zhongning'])(
    '%s: every key of the topic, as plain JSON',
    (city) => {
      const carried = whole(packs.resolve(city));
      expect(Object.keys(carried).toSorted()).toEqual(Object.keys(pricing).toSorted());
      expect(JSON.parse(JSON.stringify(carried))).toEqual(carried);
    },
  );

  it('a value stands beside its article; beside nothing where the text is silent', () => {
    const rules = whole(packs.resolve('shuozhou'));
    expect(rules.revenueRoute.rests).toEqual({
      instrument: '朔州市公共数据资源授权运营实施方案（试行）（征求意见稿）',
      article: '十（三）',
    });
    expect(rules.revenueDate).toEqual({ value: '06-30', rests: null });
    expect(rules.maximumPoints).toEqual({ value: '6', rests: { instrument: priceMechanism, article: '三' } });
  });

  it('Shuozhou pools in its text, and rests on 65号, which deducts', () => {
    const { excess } = settlementRules(packs.resolve('shuozhou'));
    expect(excess).toEqual({
      value: { to: 'pool', conflict: expect.any(String) },
      rests: { instrument: priceMechanism, article: '四' },
    });
  });

  it('a pack without the topic is refused, and says whose it is', () => {
    const wuhai = packs.resolve('wuhai');
    const { pricing: _, ...rules } = wuhai.rules;
    for (const read of all) expect(() => read({ ...wuhai, rules })).toThrow(RangeError);
    expect(() => resting({ ...wuhai, rules }, ['assets'])).toThrow(
      'The pack of wuhai holds no rule pricing.assets',
    );
  });
});
