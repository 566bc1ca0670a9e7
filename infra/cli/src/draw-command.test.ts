import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedCommitment } from '@gongshu/shared/selection/draw';
import { drawCommand } from './draw-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongshu-draw-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  process.exitCode = undefined;
  jest.restoreAllMocks();
});

const seed = 'a3'.repeat(32);
const published = {
  pool: ['a', 'b', 'c', 'd'].map((id) => ({ id, organisation: `of-${id}` })),
  ...{ departments: null, seed, size: 3, odd: true, expertsAtLeast: [1, 1] },
};
const repeat = async (draw: object, ...options: string[]) => {
  const file = join(folder, 'draw.json');
  writeFileSync(file, JSON.stringify(draw));
  let text = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((part) => {
    text += String(part);
    return true;
  });
  await drawCommand().parseAsync(['node', 'draw', file, ...options]);
  return { text, exit: process.exitCode ?? 0 };
};

describe('gongshu draw repeats a draw that was published (O3)', () => {
  it('the same members and the hash told before: all holds', async () => {
    const { text, exit } = await repeat(
      { ...published, members: ['d', 'a', 'b'], commitment: seedCommitment(seed) },
      '--json',
    );
    expect(JSON.parse(text)).toMatchObject({
      commitmentHolds: true,
      membersHold: true,
      substitutes: [{ id: 'c' }],
    });
    expect(exit).toBe(0);
  });

  it.each<[string, object]>([
    ['another member', { members: ['d', 'a', 'c'] }],
    ['another order', { members: ['a', 'd', 'b'] }],
    ['another seed than was told', { commitment: seedCommitment('0'.repeat(64)) }],
  ])('%s is found, and exits 1', async (_name, change) => {
    const { text, exit } = await repeat({ ...published, ...change });
    expect(text).toContain('✗');
    expect(exit).toBe(1);
  });

  it('what no committee can be had from is said', async () => {
    expect((await repeat({ ...published, size: 5 })).text).toContain('tooFewExperts');
  });

  it('a file that is no draw is refused by its place', async () => {
    await expect(repeat({ ...published, seed: 'x' })).rejects.toThrow('.seed');
  });
});
