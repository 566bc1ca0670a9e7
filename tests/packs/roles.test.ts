// G1: who may do what by the texts, against the one function that answers every question of permission.
import { loadPacks } from '@gongshu/infra/packs';
import { type Act, type Actor, type Role, may } from '@gongshu/shared/may';
import type { Duty, LawRole } from '@gongshu/shared/packs/topics/roles';

const packs = loadPacks();
const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'];

/** Roles of the texts that act in the platform under an account of their own. */
const accounts: Partial<Record<LawRole, Role>> = {
  bureau: 'bureau',
  countyBureau: 'countyBureau',
  sourceDepartment: 'sourceDepartment',
  operator: 'operator',
  merchant: 'merchant',
  public: 'public',
};

/** Duties and the act by which each is done; those that name one role alone. */
const actOf: Partial<Record<Duty, Act>> = {
  superviseOperation: 'directCheck',
  compileCatalog: 'editResource',
  reviewApplications: 'decideReview',
  reportOverreach: 'reportOverreach',
  checkCompliance: 'checkApplication',
  signWithMerchants: 'renderAgreement',
  processData: 'askAccess',
  redevelopProducts: 'submitApplication',
};

const duties = cities.flatMap((city) =>
  packs
    .resolve(city)
    .rule('roles', 'duties')
    .value.flatMap(({ role, does, articles }) => does.map((duty) => ({ city, role, duty, articles }))),
);
/** A county's bureau watches over its own cases; it directs nobody's check, that is the city's (Zhongwei 5). */
const bySight = (role: LawRole, duty: Duty): Act | undefined =>
  role === 'countyBureau' && duty === 'superviseOperation' ? 'readApplication' : actOf[duty];
const built = duties.flatMap(({ duty, role, ...rest }) => {
  const [act, account] = [bySight(role, duty), accounts[role]];
  return act && account ? [{ ...rest, duty, role, act, account }] : [];
});

const somebody = (role: Role, jurisdiction: string): Actor => ({
  id: 'someone',
  roles: [role],
  organisation: 'own',
  jurisdiction,
});
/** Whose it is, who handles it and whose turn it is: the actor's own body in each. */
const own = (jurisdiction: string) => ({ jurisdiction, owner: 'own', handlers: ['own'], assignee: 'own' });

describe('duties of the texts and permissions', () => {
  it.each(built)('$city: $role may $duty ($articles) by $act', ({ city, account, act }) => {
    expect(may(somebody(account, city), act, own(city))).toBe('yes');
    expect(may(somebody(account, city), act, own('elsewhere'))).not.toBe('yes');
  });

  it('covers every city, and each of the acts', () => {
    expect(new Set(built.map(({ city }) => city))).toEqual(new Set(cities));
    expect(new Set(built.map(({ act }) => act))).toEqual(
      new Set([...Object.values(actOf), 'readApplication']),
    );
  });

  // A county's bureau reviews by Zhongwei 21, compiles and reports as the source department of its level (8, 22).
  const alike: Partial<Record<Role, readonly Duty[]>> = {
    countyBureau: ['reviewApplications', 'compileCatalog', 'reportOverreach'],
    operator: ['reviewApplications'],
  };
  const others = Object.entries(actOf).flatMap(([duty, act]) =>
    Object.values(accounts)
      .filter((account) => !built.some((one) => one.act === act && one.account === account))
      .filter((account) => !alike[account]?.some((one) => one === duty))
      .map((account) => ({ duty, act, account })),
  );
  it.each(others)('$account, to whom no text gives it, may not $duty by $act', ({ act, account }) => {
    expect(may(somebody(account, 'zhongwei'), act, own('zhongwei'))).not.toBe('yes');
  });

  it('what a city leaves unnamed has no duty there', () => {
    for (const city of cities) {
      const unnamed = new Set<string>(packs.resolve(city).rule('roles', 'unnamed').value);
      expect(duties.filter((one) => one.city === city && unnamed.has(one.role))).toEqual([]);
    }
  });
});
