import fc from 'fast-check';
import { houseOf, type OwnershipLink } from './chains.ts';

const link = (owner: string, owned: string): OwnershipLink => ({ id: `${owner}>${owned}`, owner, owned });
const house = (body: string, ...links: OwnershipLink[]) => [...houseOf([body], links).keys()].toSorted();

describe('who belongs to one house', () => {
  it.each<[string, OwnershipLink[], string[]]>([
    ['nobody without links', [], ['a']],
    ['what it owns', [link('a', 'b')], ['a', 'b']],
    ['who owns it', [link('b', 'a')], ['a', 'b']],
    [
      'five steps up',
      [link('b', 'a'), link('c', 'b'), link('d', 'c'), link('e', 'd'), link('f', 'e')],
      ['a', 'b', 'c', 'd', 'e', 'f'],
    ],
    ['what its owner owns', [link('p', 'a'), link('p', 'b'), link('b', 'c')], ['a', 'b', 'c', 'p']],
    ['not who shares a venture with it', [link('a', 'v'), link('b', 'v')], ['a', 'v']],
    ['not strangers', [link('x', 'y')], ['a']],
    ['a ring', [link('a', 'b'), link('b', 'c'), link('c', 'a')], ['a', 'b', 'c']],
    ['two that own each other', [link('a', 'b'), link('b', 'a')], ['a', 'b']],
  ])('%s', (_name, links, expected) => {
    expect(house('a', ...links)).toEqual(expected);
  });

  it('by the shortest chain of links', () => {
    const links = [link('p', 'a'), link('q', 'p'), link('q', 'b'), link('p', 'b')];
    expect(houseOf(['a'], links).get('b')).toEqual(['p>a', 'p>b']);
    const ring = [link('p', 'a'), link('p', 'b'), link('b', 'c'), link('c', 'p')];
    expect(houseOf(['a'], ring).get('b')).toEqual(['p>a', 'p>b']);
  });

  const nodes = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const graphs = fc.array(
    fc.tuple(nodes, nodes).map(([owner, owned]) => link(owner, owned)),
    { maxLength: 14 },
  );
  it('of one owner’s house are both sides: who is in mine has me in his', () => {
    fc.assert(
      fc.property(graphs, (links) => {
        for (const one of ['a', 'b', 'c'])
          for (const other of houseOf([one], links).keys()) expect(house(other, ...links)).toContain(one);
      }),
    );
  });

  it('each chain is made of links that stand, and leads there', () => {
    fc.assert(
      fc.property(graphs, (links) => {
        for (const [body, chain] of houseOf(['a'], links)) {
          const along = chain.reduce((at, id) => {
            const { owner, owned } = links.find((one) => one.id === id) ?? link('?', '?');
            expect([owner, owned]).toContain(at);
            return at === owner ? owned : owner;
          }, 'a');
          expect(along).toBe(body);
        }
      }),
    );
  });

  it('sabotage: without the way up, an owner’s other companies are not found', () => {
    const downOnly = (links: OwnershipLink[]) => {
      const found = new Set(['a']);
      for (const _ of links) for (const { owner, owned } of links) if (found.has(owner)) found.add(owned);
      return [...found].toSorted();
    };
    expect(
      fc.check(fc.property(graphs, (links) => downOnly(links).join() === house('a', ...links).join())).failed,
    ).toBe(true);
  });
});
