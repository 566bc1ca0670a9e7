import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { type Draw, drawCommittee, expertSeats, placeInDraw, seedCommitment } from './draw.ts';

const people = (letter: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `${letter}${at}`, organisation: `of-${letter}${at}` }));
const seed = 'a3'.repeat(32);
const base: Draw = {
  pool: people('e', 12),
  seed,
  size: 5,
  odd: true,
  expertsAtLeast: [2, 3],
  departments: people('d', 3),
  excluded: [],
};
const drawn = (draw: Draw) => {
  const answer = drawCommittee(draw);
  if ('missing' in answer) throw new Error(JSON.stringify(answer));
  return answer;
};
const seats = (draw: Draw) => drawn(draw).members.map(({ seat }) => seat);

const draws = fc
  .record({
    experts: fc.integer({ min: 9, max: 25 }),
    departments: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }),
    size: fc.constantFrom(3, 5, 7, 9),
    seed: fc.stringMatching(/^[0-9a-f]{64}$/),
  })
  .map(
    ({ experts, departments, size, seed: by }): Draw => ({
      ...{ ...base, size, seed: by, pool: people('e', experts) },
      departments: departments === null ? null : people('d', departments),
    }),
  );

describe('a committee is drawn', () => {
  it('a place is the HMAC of the id under the seed, the commitment the hash of the seed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), fc.string(), (by, id) => {
        expect(placeInDraw(by, id)).toBe(createHmac('sha256', by).update(id).digest('hex'));
        expect(seedCommitment(by)).toBe(`sha256:${createHash('sha256').update(by).digest('hex')}`);
      }),
    );
  });

  it('by anyone again: members are the lowest places, in order', () => {
    const places = base.pool.map(({ id }) => [createHmac('sha256', seed).update(id).digest('hex'), id]);
    const expected = places.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)).map(([, id]) => id);
    const { members, substitutes } = drawn({ ...base, departments: null });
    expect(members.map(({ id }) => id)).toEqual(expected.slice(0, 5));
    expect(substitutes.map(({ id }) => id)).toEqual(expected.slice(5));
  });

  it('the order of the pool does not matter, and another seed draws others', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        const turned = {
          ...draw,
          pool: draw.pool.toReversed(),
          departments: draw.departments?.toReversed() ?? null,
        };
        expect(drawCommittee(turned)).toEqual(drawCommittee(draw));
      }),
    );
    const others = Array.from({ length: 40 }, (_, at) => at.toString(16).padStart(64, '0'));
    expect(
      new Set(others.map((by) => JSON.stringify(drawn({ ...base, seed: by }).members))).size,
    ).toBeGreaterThan(35);
  });

  it('every one sits once, of the size asked, with the share of experts, nobody excluded', () => {
    fc.assert(
      fc.property(draws, fc.integer({ min: 0, max: 2 }), (draw, out) => {
        const excluded = draw.pool.slice(0, out).map(({ id }) => id);
        const answer = drawCommittee({ ...draw, excluded });
        fc.pre(!('missing' in answer));
        if ('missing' in answer) return;
        const ids = answer.members.map(({ id }) => id);
        expect(new Set(ids).size).toBe(draw.size);
        expect(answer.members.filter(({ seat }) => seat === 'expert').length).toBeGreaterThanOrEqual(
          expertSeats(draw.size, draw.expertsAtLeast),
        );
        const listed = [...ids, ...answer.substitutes.map(({ id }) => id)];
        expect(listed.filter((id) => excluded.includes(id))).toEqual([]);
        expect(ids.some((id) => id.startsWith('d'))).toBe(draw.departments !== null);
      }),
    );
  });

  it('who is excluded is followed by the first substitute; nobody else moves', () => {
    const before = drawn({ ...base, departments: null });
    const after = drawn({ ...base, departments: null, excluded: [before.members[1]!.id] });
    expect(after.members).toEqual([before.members[0], ...before.members.slice(2), before.substitutes[0]]);
  });

  it('each of the pool is drawn about as often as any other', () => {
    const counts = new Map<string, number>();
    for (let at = 0; at < 1200; at += 1) {
      const by = createHash('sha256').update(`seed ${at}`).digest('hex');
      for (const { id } of drawn({ ...base, departments: null, seed: by }).members)
        counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    // 1,200 draws of 5 in 12: 500 each, deviation 17; six of them leave no chance to a fair draw.
    for (const { id } of base.pool) expect(Math.abs((counts.get(id) ?? 0) - 500)).toBeLessThan(103);
  });

  it('departments take the seats left, of different departments first; experts fill what they cannot', () => {
    expect(seats(base)).toEqual(['expert', 'expert', 'expert', 'expert', 'department']);
    const one = { organisation: 'of-one' };
    const departments = [
      { id: 'x', ...one },
      { id: 'y', ...one },
      { id: 'z', organisation: 'of-two' },
    ];
    const nine = drawn({ ...base, size: 9, departments });
    expect(nine.members.filter(({ seat }) => seat === 'department').map(({ id }) => id)).toHaveLength(3);
    const seven = drawn({ ...base, size: 7, departments }).members.filter(
      ({ seat }) => seat === 'department',
    );
    expect(new Set(seven.map(({ organisation }) => organisation))).toEqual(new Set(['of-one', 'of-two']));
    expect(seats({ ...base, size: 7, departments: departments.slice(0, 1) })).toHaveLength(7);
  });

  it('an expert whom a department sends too sits once', () => {
    const both = { ...base, pool: people('e', 5), departments: [...people('e', 1), ...people('d', 1)] };
    expect(
      drawn(both)
        .members.map(({ id }) => id)
        .toSorted(),
    ).toEqual(expect.arrayContaining(['d0']));
    expect(new Set(drawn(both).members.map(({ id }) => id)).size).toBe(5);
  });
});

describe('what no committee can be had from is said', () => {
  it.each<[string, Partial<Draw>, object[]]>([
    ['a pool too small', { pool: people('e', 3) }, [{ code: 'tooFewExperts', needed: 4, found: 3 }]],
    [
      'a pool too small after conflicts',
      { pool: people('e', 4), excluded: ['e1'] },
      [{ code: 'tooFewExperts', needed: 4, found: 3 }],
    ],
    ['an even size', { size: 6 }, [{ code: 'sizeNotOdd', needed: 7, found: 6 }]],
    [
      'no department, where one must sit',
      { departments: [] },
      [{ code: 'tooFewDepartments', needed: 1, found: 0 }],
    ],
    [
      'the only representative in conflict',
      { departments: people('d', 1), excluded: ['d0'] },
      [{ code: 'tooFewDepartments', needed: 1, found: 0 }],
    ],
    [
      'experts alone by share, and departments too',
      { expertsAtLeast: [1, 1] },
      [{ code: 'noSeatForDepartments', needed: 1, found: 0 }],
    ],
    [
      'everything at once',
      { size: 4, pool: [], departments: [] },
      [
        { code: 'sizeNotOdd', needed: 5, found: 4 },
        { code: 'tooFewDepartments', needed: 1, found: 0 },
        { code: 'tooFewExperts', needed: 4, found: 0 },
      ],
    ],
  ])('%s', (_name, change, missing) => {
    expect(drawCommittee({ ...base, ...change })).toEqual({ missing });
  });

  it('exactly enough is enough', () => {
    expect(seats({ ...base, pool: people('e', 4) })).toHaveLength(5);
  });

  it.each(['', 'a3', 'A3'.repeat(32), `${seed}0`])('a seed %j is none', (by) => {
    expect(() => drawCommittee({ ...base, seed: by })).toThrow(RangeError);
  });
});
