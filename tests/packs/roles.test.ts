// G1: who may do what by the texts, against the one function that answers every question of permission.
import { loadPacks } from '@gongshu/infra/packs';
import { type Act, type Actor, may, type Role } from '@gongshu/shared/may';
import { actsOfDuty, dutyActs } from '@gongshu/shared/packs/duties';
import { Duty, LawRole } from '@gongshu/shared/packs/topics/roles';
import { besides } from './roles-besides.ts';

const packs = loadPacks();
const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];

const duties = cities.flatMap((city) =>
  packs
    .resolve(city)
    .rule('roles', 'duties')
    .value.flatMap(({ role, does, articles }) => does.map((duty) => ({ city, role, duty, articles }))),
);

const somebody = (role: Role, jurisdiction: string): Actor => ({
  id: 'someone',
  roles: [role],
  organisation: 'own',
  jurisdiction,
});
/** Whose it is, who handles it, whose turn it is and whether it is public: as near to the actor as can be. */
const own = (jurisdiction: string) => ({ jurisdiction, owner: 'own', handlers: ['own'], assignee: 'own' });
const allowed = (role: LawRole, act: Act, city: string, at = city): boolean =>
  may(somebody(role, city), act, own(at)) === 'yes';

/** Role × act × city: everything a text gives a role, by the acts that carry it out. */
const table = duties.flatMap(({ duty, role, ...rest }) =>
  actsOfDuty(duty, role).map((act) => ({ ...rest, duty, role, act })),
);
const of = (city: City) => table.filter((one) => one.city === city);
/** Acts whose object is every city's: a stranger to the city may do them too. */
const openToAll = (act: Act): boolean =>
  may({ id: 'x', roles: [], organisation: null, jurisdiction: '' }, act) === 'yes';

describe('[G1 national] 三, 七 [G1 zhongwei] 五, 六, 七 [G1 shuozhou] 一, 十一 [G1 wuhai] 十一: each role does what its text gives it', () => {
  it.each(table)('$city: $role may $duty ($articles) by $act', ({ city, role, act }) => {
    expect(allowed(role, act, city)).toBe(true);
    expect(allowed(role, act, city, 'elsewhere')).toBe(openToAll(act));
  });

  it('every duty of every city is carried out by an act, refrained from, or named with what is still to carry it', () => {
    const bare = duties.filter(
      ({ duty, role }) =>
        actsOfDuty(duty, role).length === 0 && !dutyActs[duty].never && dutyActs[duty].later === undefined,
    );
    expect(bare).toEqual([]);
    expect(Object.keys(dutyActs).toSorted()).toEqual(Duty.options.toSorted());
  });

  it('covers every city, and each of the roles that a text names', () => {
    for (const city of cities) expect(of(city).length).toBeGreaterThan(0);
    const named = new Set(duties.map(({ role }) => role));
    expect(LawRole.options.filter((role) => !named.has(role))).toEqual(['partner']);
  });
});

describe('[G1 national refuses] [G1 zhongwei refuses] [G1 shuozhou refuses] [G1 wuhai refuses] whom no text gives it is refused', () => {
  const acts = [...new Set(table.map(({ act }) => act))].filter((act) => !openToAll(act));
  const given = (role: LawRole, act: Act): boolean =>
    table.some((one) => one.role === role && one.act === act);
  const excepted = (role: LawRole, act: Act): boolean =>
    besides.some((one) => one.role === role && one.acts.includes(act));
  const others = LawRole.options.flatMap((role) =>
    acts.filter((act) => !given(role, act) && !excepted(role, act)).map((act) => ({ role, act })),
  );

  it.each(cities.flatMap((city) => LawRole.options.map((role) => ({ city, role }))))(
    '$city: $role, save by the reasons listed',
    ({ city, role }) => {
      const wrong = others.filter((one) => one.role === role && allowed(role, one.act, city));
      expect(wrong.map(({ act }) => act)).toEqual([]);
    },
  );

  it('no exception is listed that is none', () => {
    const idle = besides.flatMap(({ role, acts: listed }) =>
      listed
        .filter((act) => given(role, act) || !allowed(role, act, 'zhongwei'))
        .map((act) => `${role} ${act}`),
    );
    expect(idle).toEqual([]);
  });

  it.each(duties.filter(({ duty }) => dutyActs[duty].never))(
    '$city: $role refrains: $duty ($articles)',
    ({ city, role, duty }) => {
      for (const act of dutyActs[duty].never ?? []) expect(allowed(role, act, city)).toBe(false);
    },
  );

  it('what a city leaves unnamed has no duty there', () => {
    for (const city of cities) {
      const unnamed = new Set<string>(packs.resolve(city).rule('roles', 'unnamed').value);
      expect(duties.filter((one) => one.city === city && unnamed.has(one.role))).toEqual([]);
    }
  });

  it('an auditor does none of it but read', () => {
    const done = acts.filter((act) => may(somebody('auditor', 'zhongwei'), act, own('zhongwei')) === 'yes');
    expect(done.filter((act) => !act.startsWith('read'))).toEqual([]);
  });
});
