// A fifth city is a folder of YAML and no code (design 3): its packs load beside ours, and ours stay as they are.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedPacks, loadPacks } from '@gongshu/infra/packs';

const folder = join(import.meta.dirname, '../fifth-city');

describe('packs of a further city', () => {
  const packs = installedPacks({ mode: 'development', folder });

  it('load beside those that come with the product, which stay as they are', () => {
    expect(packs.jurisdictions).toEqual([...loadPacks().jurisdictions, 'lanting'].toSorted());
    for (const jurisdiction of loadPacks().jurisdictions)
      expect(packs.resolve(jurisdiction).version).toBe(loadPacks().resolve(jurisdiction).version);
  });

  it('say otherwise than every city of ours, each with its own article', () => {
    expect(packs.resolve('lanting').rule('dataUseApplication', 'onSilence')).toMatchObject({
      value: 'refusal',
      from: 'lanting',
      basis: { kind: 'cite', article: '十九' },
    });
    expect(packs.resolve('lanting').rule('mandate', 'modes').value.allowed).toEqual(['byScenario']);
    expect(packs.resolve('lanting').rule('operatorSelection', 'bidPeriod').value).toEqual({
      calendarDays: 7,
    });
  });

  it('a draft is withheld in production until the folder names the adopting document', () => {
    const own = mkdtempSync(join(tmpdir(), 'gongshu-packs-'));
    try {
      cpSync(folder, own, { recursive: true });
      expect(installedPacks({ mode: 'production', folder: own }).withheld['lanting']).toBeDefined();
      writeFileSync(
        join(own, 'adopted.yaml'),
        'lanting: { number: 兰政办发〔2024〕1号, from: 2024-01-01 }\n',
      );
      expect(installedPacks({ mode: 'production', folder: own }).resolve('lanting')).toMatchObject({
        ...{ status: 'inForce', number: '兰政办发〔2024〕1号', from: '2024-01-01' },
      });
      writeFileSync(
        join(own, 'adopted.yaml'),
        'lanting: { number: 兰政办发〔2024〕1号, from: 2024-02-30 }\n',
      );
      expect(() => installedPacks({ mode: 'production', folder: own })).toThrow(/adopted\.yaml/);
    } finally {
      rmSync(own, { recursive: true });
    }
  });

  it('a folder that would change a city of ours is refused', () => {
    const own = mkdtempSync(join(tmpdir(), 'gongshu-packs-'));
    try {
      mkdirSync(join(own, 'zhongwei'));
      writeFileSync(join(own, 'zhongwei/jurisdiction.yaml'), 'title: 中卫市\n');
      expect(() => installedPacks({ mode: 'development', folder: own })).toThrow(/comes with the product/);
    } finally {
      rmSync(own, { recursive: true });
    }
  });
});
