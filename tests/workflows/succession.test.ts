import { moveWork } from '@gongshu/service-catalog/move-work';
import type { Kysely } from 'kysely';
import { type Case, inReview, mustCount, submit } from '../support/cases.ts';
import { type Given, startTurns, type Turns } from '../support/turns.ts';
import { bundleTwin } from './twins/workflows.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns({ replayed: true });
}, 120_000);
afterEach(() => {
  turns.temporal.away = false;
});
afterAll(() => turns.stop());

/** A body goes into another, as the registry's event tells it; the intake hands it on. */
const merge = async (from: string, to: string, { kind = 'sourceDepartment' } = {}): Promise<void> => {
  const at = new Date(await turns.law.now());
  await (turns.db as unknown as Kysely<any>)
    .transaction()
    .execute((trx) => moveWork(trx, { jurisdiction: 'zhongwei', from, to, kind, at }));
  await turns.deliverLeft();
};
/** The bodies and entries as they were, for the next case. */
const undo = async (from: string, to: string): Promise<void> => {
  const db = turns.db as unknown as Kysely<any>;
  await db.updateTable('body').set({ successor: null }).where('id', '=', from).execute();
  await db.deleteFrom('outbox').where('type', '=', 'party.workMoved.v1').execute();
  for (const [name, id] of turns.entries)
    if (name === 'transport')
      await db
        .updateTable('resource')
        .set({ reviewer_organisation: from, provider_organisation: from })
        .where('id', '=', id)
        .where('reviewer_organisation', '=', to)
        .execute();
};
const mobility = {
  roles: ['sourceDepartment'],
  organisation: 'dept-mobility',
  jurisdiction: 'zhongwei',
} as const;
const decide = (one: Case, who: typeof mobility, organisation: string) =>
  turns.call(who, 'POST', `/v1/applications/${one.caseNo}/reviews/${organisation}/decision`, {
    body: { outcome: 'approve' },
  });
const deadlineOf = async (id: string, one: Case) => (await one.turnRow(id)).deadline?.toISOString();
const entriesOf = async (id: string): Promise<string[]> =>
  (
    await turns.db
      .selectFrom('turn_entry')
      .select('kind')
      .where('turn_id', '=', id)
      .orderBy('position')
      .execute()
  ).map(({ kind }) => kind);
const heard = (one: Case, id: string, to: string) =>
  one.until(
    `${id} heard`,
    async () => (await entriesOf(id)).includes('succeeded') && (await one.turnRow(id)).organisation === to,
  );

/** During a review: the same clock, the successor acts, the old body does not. */
const goesOn = async (given: Given): Promise<void> => {
  await turns.workWith(given);
  const one = await inReview(turns, '2024-04-15T09:00:00', { by: ['transport'], path: 'merged-in-review' });
  const id = one.turn('transport');
  const before = await deadlineOf(id, one);
  await turns.law.goTo('2024-04-19T10:00:00');
  try {
    await merge('dept-transport', 'dept-mobility');
    await heard(one, id, 'dept-mobility');
    if ((await deadlineOf(id, one)) !== before) throw new Error('the clock began anew');
    expect(await entriesOf(id)).toEqual(['started', 'succeeded']);
    expect(await one.told('bodySucceeded')).toMatchObject([{ from: 'dept-transport', to: 'dept-mobility' }]);
    expect((await decide(one, turns.city.department as never, 'dept-transport')).statusCode).toBe(403);
    expect((await decide(one, turns.city.department as never, 'dept-mobility')).statusCode).toBe(403);
    expect((await decide(one, mobility, 'dept-mobility')).statusCode).toBe(200);
    await one.quiet();
    expect((await one.story()).slice(-3)).toEqual([
      'bodySucceeded dept-mobility',
      'reviewApproved dept-mobility',
      'approved',
    ]);
  } finally {
    await turns.workWith();
    await turns.law.goTo('2024-06-15T09:00:00');
    await one.quiet();
    await undo('dept-transport', 'dept-mobility');
  }
};

describe('G1: the work of a body goes to its successor', () => {
  it('[A5 zhongwei accepts] in review, with the clock it has; the ledger says so', async () => {
    await expect(goesOn({})).resolves.toBeUndefined();
  });

  it('silence after the merger is certified to the successor', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', {
      by: ['transport'],
      path: 'merged-then-silent',
    });
    const id = one.turn('transport');
    await turns.law.goTo('2024-04-28T23:59:00');
    turns.temporal.away = true;
    const at = new Date(await turns.law.now());
    // Its workflow has not heard when the deadline passes: whose turn it is, silence asks before it speaks.
    await (turns.db as unknown as Kysely<any>).transaction().execute((trx) =>
      moveWork(trx, {
        jurisdiction: 'zhongwei',
        from: 'dept-transport',
        to: 'dept-mobility',
        kind: 'sourceDepartment',
        at,
      }),
    );
    await turns.law.goTo('2024-04-29T00:05:00');
    await one.until('ended', async () => (await one.row()).outcome !== null);
    const certificate = await turns.db
      .selectFrom('certificate')
      .select('content')
      .where('turn_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(certificate.content).toMatchObject({ organisation: 'dept-mobility', lastDay: '2024-04-28' });
    expect((await one.told('silenceCertified'))[0]).toMatchObject({ reviewer: 'dept-mobility' });
    await turns.deliverLeft();
    await undo('dept-transport', 'dept-mobility');
  });

  it('before a review began it begins as the successor’s, and two that fell together are one', async () => {
    const one = await submit(turns, '2024-04-15T09:00:00', {
      by: ['transport', 'health'],
      path: 'merged-before-review',
    });
    await merge('dept-transport', 'dept-health');
    await mustCount(one.accept());
    await one.quiet();
    await mustCount(one.check());
    await one.quiet();
    expect((await turns.rowsOf(one.caseNo)).map(({ turn_id }) => turn_id)).toEqual([
      `${one.caseNo}/acceptance`,
      `${one.caseNo}/check`,
      `${one.caseNo}/review/dept-health`,
    ]);
    await mustCount(one.approve('health'));
    await one.quiet();
    expect((await one.row()).outcome).toBe('approved');
    await undo('dept-transport', 'dept-health');
  });

  it('two reviewers that merge while both review keep each its clock, and the successor decides both', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', {
      by: ['transport', 'health'],
      path: 'reviewers-merged',
    });
    const [first, second] = [one.turn('health'), one.turn('transport')];
    const before = [await deadlineOf(first, one), await deadlineOf(second, one)];
    await merge('dept-transport', 'dept-health');
    await heard(one, second, 'dept-health');
    expect([await deadlineOf(first, one), await deadlineOf(second, one)]).toEqual(before);
    expect(await entriesOf(first)).toEqual(['started']);
    await mustCount(one.approve('health'));
    await mustCount(one.approve('health'));
    await one.quiet();
    expect((await one.row()).outcome).toBe('approved');
    expect((await turns.rowsOf(one.caseNo)).map(({ outcome }) => outcome)).toEqual([
      'approved',
      'approved',
      'approved',
      'approved',
    ]);
    await undo('dept-transport', 'dept-health');
  });

  it('a twin that starts the clock anew is caught', async () => {
    const bundle = await bundleTwin([
      [
        "if (of.organisation === succession.from) enter({ kind: 'succeeded', ...succession, receipt: null });",
        "if (of.organisation === succession.from) { enter({ kind: 'succeeded', ...succession, receipt: null }); ledger[0] = { ...ledger[0]!, at: succession.at } as Recorded; }",
      ],
    ]);
    await expect(goesOn({ bundle })).rejects.toThrow('the clock began anew');
  });

  it('the operator’s turns and those to come go to its successor', async () => {
    const one = await submit(turns, '2024-04-15T09:00:00', { path: 'operator-merged' });
    await merge('operator', 'operator-2', { kind: 'operator' });
    await heard(one, one.turn('acceptance'), 'operator-2');
    const next = { roles: ['operator'], organisation: 'operator-2', jurisdiction: 'zhongwei' } as const;
    expect(await one.accept()).toMatchObject({ status: 403, code: 'partySucceeded' });
    const accepted = await turns.call(next, 'POST', `/v1/applications/${one.caseNo}/acceptance/decision`, {
      body: { outcome: 'approve' },
    });
    expect(accepted.statusCode).toBe(200);
    await one.quiet();
    expect(await one.turnRow(one.turn('check'))).toMatchObject({ organisation: 'operator-2' });
    await mustCount(one.withdraw());
    await one.quiet();
  });
});
