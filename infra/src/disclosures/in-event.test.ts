// S1–S3, decision 0027: what is too long for an event is cut by lines, and says how many there are.
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { inEvent } from './in-event.ts';

const table = (name: string, rows: number) => ({
  ...{ name, columns: ['resource', 'title'], of: rows + 7 },
  rows: Array.from({ length: rows }, (_, n) => [`R-${n}`, '名'.repeat(200)]),
});
const cutOf = (content: object) => JSON.parse(inEvent(canonicalJson(content)));

it('what fits is told as it is', () => {
  const content = canonicalJson({
    form: 'f',
    items: [{ item: 'ceilings', tables: [table('ceilings', 100)] }],
  });
  expect(inEvent(content)).toBe(content);
});

it('of tables that do not fit the first rows stay, beside how many there are; all else is whole', () => {
  const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((item) => ({
    ...{ item, statement: '说明' },
    tables: [table(item, 100), table('short', 2)],
  }));
  const cut = cutOf({ form: 'f', items });
  expect(JSON.stringify(cut).length).toBeLessThanOrEqual(150_000);
  expect(cut.items).toHaveLength(9);
  for (const { statement, tables } of cut.items) {
    expect(statement).toBe('说明');
    expect(tables.map(({ rows, of }: { rows: unknown[]; of: number }) => [rows.length, of])).toEqual([
      ...[
        [75, 107],
        [2, 9],
      ],
    ]);
  }
});

it('of departments the first ones stay, beside how many there are', () => {
  const departments = Array.from({ length: 900 }, (_, n) => ({
    department: `d-${n}`,
    figures: 'x'.repeat(400),
  }));
  const cut = cutOf({ form: 'f', departments });
  expect([cut.departments.length, cut.of]).toEqual([300, 900]);
});

it('words alone that fit no event leave the form and the city', () => {
  const content = { form: 'f', jurisdiction: 'c', items: [{ statement: '言'.repeat(200_000), tables: [] }] };
  expect(cutOf(content)).toEqual({ form: 'f', jurisdiction: 'c' });
});
