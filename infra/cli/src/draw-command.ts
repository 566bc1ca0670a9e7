import { OrganisationId } from '@gongshu/shared/organisation-id';
import { drawCommittee, isSeed, placeInDraw, seedCommitment } from '@gongshu/shared/selection/draw';
import { Command } from 'commander';
import { z } from 'zod';
import { readInput } from './read-input.ts';
import { type Cell, tableText } from './table.ts';

const Candidates = z.array(z.object({ id: OrganisationId, organisation: OrganisationId })).max(10_000);
/** A draw as it is published: who could be drawn, under which seed, and what came of it. */
const Drawn = z.object({
  pool: Candidates,
  departments: Candidates.nullable(),
  excluded: z.array(z.string().max(100)).max(10_000).default([]),
  seed: z.string().refine(isSeed, '64 hexadecimal digits'),
  size: z.int().min(3).max(99),
  odd: z.boolean(),
  expertsAtLeast: z.tuple([z.int().min(0).max(99), z.int().min(1).max(99)]),
  /** Where they were published: the hash told before the draw, and the members by id, in order. */
  commitment: z.string().optional(),
  members: z.array(z.string()).optional(),
});

/** The draw done again, and whether it is the one that was published; a difference exits 1. */
const run = (file: string, { json }: { json?: true }): void => {
  const { commitment, members, ...draw } = readInput(file, Drawn);
  const answer = drawCommittee(draw);
  const ids = 'missing' in answer ? [] : answer.members.map(({ id }) => id);
  const told = {
    commitment: seedCommitment(draw.seed),
    ...(commitment !== undefined && { commitmentHolds: commitment === seedCommitment(draw.seed) }),
    ...(members && { membersHold: JSON.stringify(members) === JSON.stringify(ids) }),
    ...answer,
  };
  const shown = (): string => {
    if ('missing' in answer)
      return tableText(
        '不能抽取',
        ['原因 code', '需要 needed', '现有 found'],
        answer.missing.map(({ code, needed, found }) => [code, needed, found]),
      );
    const row = (one: { id: string; organisation: string; seat: string }, role: string): Cell[] => [
      ...[role, one.id, one.organisation, one.seat],
      placeInDraw(draw.seed, one.id).slice(0, 16),
    ];
    const rows = [
      ...answer.members.map((one) => row(one, '成员 member')),
      ...answer.substitutes.map((one) => row(one, '递补 substitute')),
    ];
    const say = (holds: boolean | undefined) => (holds === undefined ? '' : holds ? ' ✓' : ' ✗');
    return [
      tableText('抽取结果', ['', '编号 id', '单位', '席位 seat', '序位 place'], rows),
      `种子承诺 ${told.commitment}${say(told.commitmentHolds)}`,
      ...(members ? [`与公布的成员一致 as published${say(told.membersHold)}`] : []),
    ].join('\n');
  };
  process.stdout.write(`${json ? JSON.stringify(told, null, 1) : shown()}\n`);
  if (told.commitmentHolds === false || told.membersHold === false) process.exitCode = 1;
};

/** `gongshu draw FILE`: anyone repeats the draw of a committee (O3) from what was published of it. */
export const drawCommand = (): Command =>
  new Command('draw')
    .description('复核评审组抽取 · repeats the draw of a committee from its pool and seed, and compares')
    .argument(
      '<file>',
      'JSON: pool, departments, excluded, seed, size, odd, expertsAtLeast; commitment and members to compare',
    )
    .option('--json', 'the answer as JSON')
    .action(run);
