import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { html } from './escape.ts';

const hostile = `"><script>alert(1)</script><img src=x onerror='x'>&amp;`;

describe('what is no markup of ours is text', () => {
  it('in content and in attributes', () => {
    const made = String(html`<p title="${hostile}">${hostile}</p>`);
    expect(made.match(/[<>]/g)).toHaveLength(4);
    expect(made).toContain('&#60;script&#62;');
  });

  it('in lists, and in whatever looks like markup of ours without being it', () => {
    const forged = { markup: '<b>', toString: () => '<b>' } as never;
    expect(String(html`${[hostile, html`<i>1</i>`]}${forged}`).match(/<[^>]*>/g)).toEqual(['<i>', '</i>']);
  });

  it('also where an author wrote an exclamation mark before it', () => {
    expect(String(html`<b>Look!${'<i>'}</b>`)).toBe('<b>Look&#33;&#60;i&#62;</b>');
    expect(String(html`<b>Look!${html`<i>`}</b>`)).toBe('<b>Look&#33;<i></b>');
  });

  it('for any text: no mark comes through, and what is read is what was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite' }), (text) => {
        const made = String(html`${text}`);
        expect(made).not.toMatch(/[<>"']/);
        const read = made.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
        expect(read).toBe(
          text.toWellFormed().replaceAll(/[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, ''),
        );
      }),
    );
  });

  it('and cannot turn the words after it', () => {
    expect(String(html`${'a\u202eb\u2066c\u0000d'}`)).toBe('abcd');
  });
});

it('nothing, false and null are nothing; numbers are numbers', () => {
  expect(String(html`${null}${undefined}${false}${0}${12n}`)).toBe('012');
});

describe('templates of pages', () => {
  const root = join(import.meta.dirname, '..');
  const sources = ['html', 'portal', 'desk'].flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')] as const);
    } catch {
      return [];
    }
  });
  const unquoted = /<[a-z][^<>`]*\s[a-z-]+=\$\{/;

  it.each(sources)('%s quotes its attributes, has no script and no style of its own', (_name, source) => {
    expect(source).not.toMatch(unquoted);
    expect(source).not.toMatch(/<script|<style|\sstyle="|\son[a-z]+="|javascript:/);
  });

  it('would be found where they do not', () => {
    expect('<a href=${x}>').toMatch(unquoted);
  });
});
