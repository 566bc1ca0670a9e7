import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SelectionMode } from '@gongshu/shared/packs/topics/operator-selection';
import { type OcdsFacts, ocdsPackage, ocdsRelease } from '@gongshu/shared/selection/ocds';
import Draft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const read = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'ocds', `${name}-1.1.5.json`), 'utf8')) as object;
const ajv = new Draft4.default({ allErrors: true, strict: false });
addFormats.default(ajv);
const validRelease = ajv.compile(read('release-schema'));
const validPackage = ajv.compile(read('release-package-schema'));

const at = '2024-03-01T09:00:00+08:00';
const authority = { id: 'city-bureau', name: '示例市数据局' };
const first = { id: 'bidder-1', name: '甲公司', uscc: '91640500MA75XXXX0Y' };
const second = { id: 'bidder-2', name: '乙公司', uscc: '91640500MA76XXXX0Y' };
const tender = {
  title: '公共数据资源授权运营机构选定',
  mode: 'openTender',
  modeWords: '公开招标',
  status: 'active',
  opensAt: at,
  closesAt: '2024-03-21T23:59:59+08:00',
  eligibility: '见公告',
  criteria: '综合评分',
} as const;
const base: OcdsFacts = { prefix: 'ocds-000000', caseNo: 'ZW-XZ-2024-0001', authority, tender };
const notice = { id: 'd-1', type: 'tenderNotice', title: '公告', publishedAt: at } as const;
const award = { id: 'award-1', status: 'active', at, suppliers: [first] } as const;
const contract = {
  id: 'agreement-1',
  status: 'active',
  signedAt: at,
  from: '2024-04-01',
  until: '2029-03-31',
} as const;
const whole: OcdsFacts = {
  ...base,
  planning: { rationale: '实施方案已批准', documents: [{ ...notice, type: 'procurementPlan' }] },
  tender: {
    ...tender,
    status: 'complete',
    tenderers: [first, second],
    documents: [{ ...notice, url: 'https://example.cn/1' }],
  },
  award,
  contract,
};
const faults = (validate: typeof validRelease, value: unknown) =>
  validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

describe('releases of a selection are OCDS 1.1, by the standard’s own schema', () => {
  it.each<[string, OcdsFacts, Parameters<typeof ocdsRelease>[1]['tags']]>([
    [
      'planning alone',
      {
        prefix: base.prefix,
        caseNo: base.caseNo,
        authority,
        planning: { rationale: '实施方案已批准', documents: [{ ...notice, type: 'procurementPlan' }] },
      },
      ['planning'],
    ],
    ['an announcement', base, ['tender']],
    [
      'an announcement without periods',
      { ...base, tender: { title: 'x', mode: 'openCall', modeWords: 'x', status: 'planned' } },
      ['tender'],
    ],
    [
      'a failed selection',
      { ...base, tender: { ...tender, status: 'unsuccessful' } },
      ['tenderCancellation'],
    ],
    [
      'no bidder was chosen',
      { ...base, award: { ...award, status: 'unsuccessful', suppliers: [] } },
      ['award'],
    ],
    ['an award', { ...base, award }, ['award']],
    ['everything', whole, ['award', 'contract']],
  ])('%s', (_name, facts, tags) => {
    const release = ocdsRelease(facts, { tags, number: 3, at });
    expect(faults(validRelease, JSON.parse(JSON.stringify(release)))).toEqual([]);
    const file = ocdsPackage([release], { uri: 'https://example.cn/ocds/1.json', publisher: first, at });
    expect(faults(validPackage, JSON.parse(JSON.stringify(file)))).toEqual([]);
  });

  it('the schema refuses what is no release: the judge can say no', () => {
    const { ocid: _gone, ...release } = ocdsRelease(base, { tags: ['tender'], number: 1, at });
    expect(faults(validRelease, release)).toEqual([" must have required property 'ocid'"]);
    expect(
      faults(validRelease, { ...release, ocid: 'x', tag: ['selection'], date: 'yesterday' }),
    ).toHaveLength(2);
    expect(faults(validPackage, { releases: [] })).not.toEqual([]);
  });

  it.each(SelectionMode.options)('%s has a method of the closed list', (mode) => {
    const release = ocdsRelease(
      { ...base, tender: { ...tender, mode } },
      { tags: ['tender'], number: 1, at },
    );
    expect(faults(validRelease, release)).toEqual([]);
    expect(release.tender?.procurementMethod).toBe(
      { openTender: 'open', openCall: 'open', invitedTender: 'selective', negotiation: 'limited' }[mode],
    );
  });

  it('a body stands once among the parties, with all its roles and its credit code', () => {
    const {
      parties,
      tender: told,
      awards,
      contracts,
    } = ocdsRelease(whole, { tags: ['contract'], number: 9, at });
    const id = `CN-SAIC-${first.uscc}`;
    expect(parties.map((party) => [party.id, party.roles])).toEqual([
      ['city-bureau', ['buyer', 'procuringEntity']],
      [id, ['tenderer', 'supplier']],
      [`CN-SAIC-${second.uscc}`, ['tenderer']],
    ]);
    expect(told).toMatchObject({ numberOfTenderers: 2, tenderPeriod: { startDate: at } });
    expect(awards?.[0]).toMatchObject({ suppliers: [{ id, name: '甲公司' }] });
    expect(contracts?.[0]).toMatchObject({
      awardID: 'award-1',
      period: { startDate: '2024-04-01T00:00:00+08:00', endDate: '2029-03-31T23:59:59+08:00' },
    });
  });

  it('before the opening nothing tells of bidders', () => {
    expect(JSON.stringify(ocdsRelease(base, { tags: ['tender'], number: 1, at }))).not.toMatch(
      /ender+ers|甲|乙/i,
    );
  });

  it('a contract without an award is refused', () => {
    const { award: _none, ...rest } = whole;
    expect(() => ocdsRelease(rest, { tags: ['contract'], number: 1, at })).toThrow(RangeError);
  });
});
