import { mustTellNobody, type Reading } from '../../beside-cells.ts';
import type { RefusedAt } from '../../refused.ts';
import type { Members } from './members.ts';
import { type Attributes, readXml } from './xml.ts';

/** Marks of a page's header and footer: fonts, sizes, what is filled in. */
const marks = /&(?:"[^"]*"|[A-Z]|\d{1,2})/gi;

/** The texts of one part that stand in no cell, gathered between two tags. */
export class Aside {
  private readonly where: string;
  private gathered = '';

  constructor(where: string) {
    this.where = where;
  }

  text(part: string): void {
    this.gathered += part;
  }

  /**
   * At each tag's end. Marks of a page header may stand before a number or within it.
   * @throws Refused malformed where the text tells of somebody.
   */
  end(at: RefusedAt = {}, reading?: Reading): void {
    const text = this.gathered;
    if (text === '') return;
    this.gathered = '';
    const texts = text.includes('&')
      ? [text, text.replaceAll(marks, ' '), text.replaceAll(marks, ''), text.replaceAll(/&[A-Z]/gi, ' ')]
      : [text];
    for (const one of texts) mustTellNobody(one, this.where, at, reading);
  }

  /** @throws Refused malformed where an attribute tells of somebody. */
  attributes(of: Attributes, at: RefusedAt = {}): void {
    for (const value of Object.values(of)) if (value.length > 1) mustTellNobody(value, this.where, at);
  }
}

/** Who wrote a workbook and who saved it last: names by their place. */
const people = new Set(['creator', 'lastModifiedBy', 'Manager', 'userName']);
const cells = /^xl\/worksheets\/|^xl\/sharedStrings\.xml$/;

/**
 * Everything a workbook says outside its sheets: properties, titles, defined names, styles, tables, links of the book.
 * @throws Refused malformed where any of it identifies somebody.
 */
export const mustTellNobodyBeside = async (members: Members): Promise<void> => {
  for (const member of members.names) {
    mustTellNobody(member, 'the name of a part');
    if (!/\.(?:xml|rels)$/.test(member) || cells.test(member)) continue;
    const aside = new Aside(member.startsWith('xl/tables/') ? 'a table' : member);
    let within = '';
    const reading = (): Reading => (people.has(within) ? { header: '姓名' } : {});
    await readXml(members, member, {
      open(tag, attributes) {
        aside.end();
        within = tag;
        aside.attributes(attributes);
      },
      text: (part) => aside.text(part),
      close: () => aside.end({}, reading()),
    });
  }
};
