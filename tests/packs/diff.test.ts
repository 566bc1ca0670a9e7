import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diff } from '@gongshu/cli/packs';
import { packsDir } from '@gongshu/infra/packs';

describe('gongshu packs diff', () => {
  it('two jurisdictions: a table with both values and the article of each', () => {
    const { text, ok } = diff({ a: 'shuozhou', b: 'wuhai' });
    expect(ok).toBe(true);
    const [title, headings, , ...rows] = text.split('\n');
    expect(title).toBe('朔州市 · 乌海市');
    expect(headings).toMatch(/^topic +key +differs +shuozhou +article +wuhai +article$/);
    const term = rows.find((row) => /^operatingAgreement +term /.test(row));
    expect(term).toMatch(
      /value +\{"maxYears":3,"inPrinciple":true\} +八 +\{"maxYears":5,"inPrinciple":false\} +七$/,
    );
    expect(rows.some((row) => / basis /.test(row))).toBe(false);
    // Wuhai knows no scenarios before data is asked for: the other side is empty.
    expect(rows.find((row) => /^scenario +treatment /.test(row))).toMatch(/六（三） +– +–$/);
  });

  it('words alone, where that is asked for', () => {
    const both = diff({ a: 'zhongwei', b: 'shuozhou', basis: true }).text.split('\n');
    const values = diff({ a: 'zhongwei', b: 'shuozhou' }).text.split('\n');
    expect(both.length).toBeGreaterThan(values.length);
    expect(both.find((row) => /^dataUseApplication +reviewLimit +basis /.test(row))).toBeDefined();
  });

  it('two versions of one: what changed since, and nothing else', () => {
    const earlier = mkdtempSync(join(tmpdir(), 'packs-'));
    try {
      cpSync(packsDir, earlier, { recursive: true });
      const file = join(earlier, 'wuhai/evaluation.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('days: 30', 'days: 45'));
      const found = JSON.parse(
        diff({ a: 'wuhai', b: 'wuhai', against: earlier, json: true }).text,
      ) as object[];
      expect(found).toEqual([
        expect.objectContaining({
          topic: 'evaluation',
          key: 'rectification',
          a: expect.objectContaining({ value: { limit: 'fixed', days: 30, unit: 'calendarDays' } }),
          b: expect.objectContaining({ value: { limit: 'fixed', days: 45, unit: 'calendarDays' } }),
        }),
      ]);
      expect(diff({ a: 'zhongwei', b: 'zhongwei', against: earlier }).text).toBe('No value differs');
    } finally {
      rmSync(earlier, { recursive: true });
    }
  });

  it('a jurisdiction that is not held is refused with those that are', () => {
    expect(diff({ a: 'wuhai', b: 'atlantis' })).toEqual({
      text: 'The packs are of national, shuozhou, wuhai, zhongning, zhongwei',
      ok: false,
    });
  });
});
