// G1: who may do what by the texts, against the one function that answers every question of permission.
import { loadPacks } from '@gongshu/infra/packs';
import { type Act, type Actor, may, type Role } from '@gongshu/shared/may';
import { actsOfDuty, dutyActs } from '@gongshu/shared/packs/duties';
import { Duty, LawRole } from '@gongshu/shared/packs/topics/roles';

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

/**
 * Acts that a role may do though no text gives it the duty they carry out, each with its reason. Whoever stands in no
 * row here and has no such duty is refused.
 */
const besides: { role: LawRole; acts: Act[]; reason: string }[] = [
  {
    role: 'bureau',
    reason:
      'the implementing body steers the whole and sees what the others do in its city (national 三, 七)',
    acts: [
      ...([
        'approveByGovernment',
        'importResources',
        'restoreSupply',
        'vetStaff',
        'reportScenarios',
      ] as const),
      ...([
        'readPlans',
        'readOperatingAgreements',
        'readEvaluations',
        'readApplication',
        'readGrant',
      ] as const),
      ...(['readExpertQuestions', 'readStaff', 'readSocialData', 'readSupplies', 'readMerchants'] as const),
      ...(['readPartners', 'readMandates', 'registerSupplyChannel', 'readFilings', 'answerFiling'] as const),
    ],
  },
  {
    role: 'countyBureau',
    reason:
      'source department of its level: compiles, reviews, supplies, reports, is asked (Zhongwei 8, 21, 22)',
    acts: [
      ...(['editResource', 'submitResource', 'importResources', 'recordSupply', 'restoreSupply'] as const),
      ...([
        'suspendSupply',
        'mergeSupplyChannel',
        'decideReview',
        'returnReview',
        'requestExtension',
      ] as const),
      ...([
        'reportOverreach',
        'readAccesses',
        'readGrant',
        'proposeScenario',
        'answerQuestionnaire',
      ] as const),
      ...([
        'readExpertQuestions',
        'readSocialData',
        'readSupplies',
        'readMerchants',
        'readPartners',
      ] as const),
      'readMandates',
    ],
  },
  {
    role: 'sourceDepartment',
    reason: 'stops its own supply on risk, brings its needs (Zhongwei 16, 27), and reads beside the others',
    acts: [
      ...(['suspendSupply', 'registerSupplyChannel', 'signOperatingAgreement', 'proposeScenario'] as const),
      ...(['answerQuestionnaire', 'readPlans', 'readOperatingAgreements', 'readEvaluations'] as const),
      ...([
        'readApplication',
        'readExpertQuestions',
        'readSocialData',
        'readSupplies',
        'readMerchants',
      ] as const),
      ...(['readPartners', 'readMandates'] as const),
    ],
  },
  {
    role: 'operator',
    reason: 'party to its agreement and its cases; reviews where it is the data’s body (Zhongwei 21)',
    acts: [
      ...(['signOperatingAgreement', 'decideReview', 'returnReview', 'requestExtension'] as const),
      ...([
        'decideOverreach',
        'readPlans',
        'readOperatingAgreements',
        'readEvaluations',
        'readGrant',
      ] as const),
      ...(['readApplication', 'readExpertQuestions', 'readStaff', 'readSocialData', 'readSupplies'] as const),
      ...(['readMerchants', 'readPartners', 'readMandates'] as const),
    ],
  },
  {
    role: 'merchant',
    reason:
      'reads its own, names scenarios, registers its people and data, answers questionnaires (Zhongwei 16, 26, 33)',
    acts: [
      ...(['readApplication', 'readGrant', 'readAccesses', 'readStaff', 'readSocialData'] as const),
      ...(['readMerchants', 'readMandates', 'proposeScenario', 'bringInSocialData', 'manageStaff'] as const),
      'answerQuestionnaire',
    ],
  },
  {
    role: 'partner',
    reason: 'proposes scenarios and reads its own entry (Shuozhou 六（二）, 六（三）)',
    acts: ['proposeScenario', 'readPartners'],
  },
  {
    role: 'government',
    reason: 'reads what it approves, and what was filed',
    acts: ['readMandates', 'readExpertQuestions', 'readFilings'],
  },
  {
    role: 'price',
    reason: 'reads what is laid before the bodies beside the bureau (Shuozhou 十一（五）)',
    acts: ['readPlans', 'readMandates', 'readExpertQuestions'],
  },
  {
    role: 'finance',
    reason: 'reads what is laid before the bodies beside the bureau (Shuozhou 十一（五）, Wuhai 十一)',
    acts: ['readPlans', 'readMandates', 'readExpertQuestions'],
  },
  {
    role: 'supervision',
    reason: 'reads what is laid before the bodies beside the bureau (Shuozhou 十一（五）, Wuhai 十一)',
    acts: ['readPlans', 'readOperatingAgreements', 'readEvaluations', 'readExpertQuestions'],
  },
];

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
