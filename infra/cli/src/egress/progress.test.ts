import { progressShown } from './progress.ts';

const shown = (isTTY: boolean, wait: number): string[] => {
  const lines: string[] = [];
  const out = { isTTY, write: (text: string) => lines.push(text) > 0 } as unknown as NodeJS.WriteStream;
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
  const { tell } = progressShown(out);
  now = wait;
  for (let done = 0; done <= 1_000; done += 1) {
    now += 1;
    tell({ phase: 'identifiers', done, of: 1_000 });
  }
  tell({ phase: 'identifiers', done: 1_000, of: 1_000 });
  tell({ phase: 'groups', done: 0, of: 1 });
  clock.mockRestore();
  return lines;
};

describe('how far a scan is (E1)', () => {
  it.each([
    ['on a terminal', true],
    ['in a log', false],
  ])('%s: a phase ends at 100 %, told once', (_where, terminal) => {
    const lines = shown(terminal, 10_000);
    expect(lines.length).toBeLessThan(20);
    expect(lines.at(-2)).toContain('identifiers 1000/1000 100 %');
    expect(lines.at(-3)).not.toContain('100 %');
    expect(lines.at(-1)).toContain('groups 0/1 0 %');
  });

  it('a short work shows nothing', () => {
    expect(shown(true, 0)).toEqual([]);
  });
});
