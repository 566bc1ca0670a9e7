// S3: nobody is reported on unheard, whatever is drafted anew and whenever.
import { businessDateOf, toInstantText } from '../business-date.ts';
import { eventTypes, isEventType } from '../events.ts';
import { type Entry, isRefused } from '../procedure/machine.ts';
import { type BulletinAct, bulletinMachine } from './machine.ts';

const base = Date.parse('2026-04-01T09:00:00+08:00');
const hash = (n: number) => `sha256:${String(n).repeat(64)}`;
const draft = (n: number, ...departments: string[]) => ({ hash: hash(n), departments });
const start = {
  ...{ procedure: 'bulletin' as const, caseNo: 'TB-1', jurisdiction: 'x', jurisdictionTitle: 'X' },
  ...{ authority: 'bureau', packVersion: 'v', startedAt: base, receipt: 'SJ-0' },
  rules: {
    ...{ figures: ['dataQuality' as const], months: 3, replyDays: 5, issueDays: 15, published: true },
    ...{ smallest: 3, rests: null },
  },
  facts: { from: '2026-01-01', until: '2026-03-31', draft: draft(1, 'a', 'b') },
  by: { account: 'x', organisation: 'bureau', role: 'bureau' },
};
const replies = (department: string): BulletinAct => ({
  ...{ kind: 'replyToBulletin', department, words: hash(9), documents: [] },
});
const redraft = (n: number, of: string[], before: number, changed: string[]): BulletinAct => ({
  ...{ kind: 'redraftBulletin', draft: draft(n, ...of), before: hash(before), changed },
});
const issue = (n: number): BulletinAct => ({ kind: 'issueBulletin', hash: hash(n) });

/** Plays acts, a day apart; a period's key ends it. */
const play = (...moves: (BulletinAct | string)[]) => {
  let { state, entries } = bulletinMachine.begin(start);
  const refused: string[] = [];
  moves.forEach((move, n) => {
    const at = base + (n + 1) * 86_400_000;
    if (typeof move === 'string') {
      expect(bulletinMachine.periods(start, state).map(({ key }) => key)).toContain(move);
      const reading = { key: move, lastDay: businessDateOf(at - 1), at, provisional: false };
      const next = bulletinMachine.ended(start, state, reading);
      expect(bulletinMachine.periods(start, next.state).map(({ key }) => key)).not.toContain(move);
      [state, entries] = [next.state, [...entries, ...next.entries]];
      return;
    }
    const next = bulletinMachine.act(start, state, { ...move, at, receipt: `SJ-${n}`, by: start.by }, {});
    if (isRefused(next)) refused.push(next.refused);
    else [state, entries] = [next.state, [...entries, ...next.entries]];
  });
  for (const entry of entries) mustBeEvent(entry);
  const waits = bulletinMachine.waitsFor(start, state).map(({ act, body, period }) => [act, body, period]);
  const periods = bulletinMachine.periods(start, state);
  return { state, refused, kinds: entries.map(({ kind }) => kind), entries, waits, periods };
};
const mustBeEvent = ({ kind, at, data }: Entry): void => {
  const type = `bulletin.${kind}.v1`;
  if (!isEventType(type)) throw new Error(`no event ${type}`);
  const told = { caseNo: 'TB-1', packVersion: 'v', at: toInstantText(at), ...data };
  expect(eventTypes[type].schema.strict().safeParse(told).error).toBeUndefined();
};
const toIssue = [replies('a'), replies('b')];
const waitsOf = (turn: number, ...bodies: string[]) =>
  bodies.map((body) => ['replyToBulletin', body, `reply/${turn}`]);

describe('a draft made anew (S3): whom it names newly, and of whom it says something else, is heard on it', () => {
  it('goes back to the reply stage for these, with as many days from the redraft, and is not issued meanwhile', () => {
    const { state, refused, waits, periods } = play(
      ...[...toIssue, redraft(2, ['a', 'b', 'c'], 1, ['b', 'c']), issue(2)],
    );
    expect([state.stage, refused]).toEqual(['reply', ['bulletinReplyRunning']]);
    expect(waits).toEqual(waitsOf(2, 'b', 'c'));
    expect(periods).toContainEqual(
      expect.objectContaining({
        ...{ key: 'reply/2', from: base + 3 * 86_400_000, limit: { workingDays: 5 } },
      }),
    );
  });
  it('is issued once these replied, or once their days passed', () => {
    const anew = [...toIssue, redraft(2, ['a', 'b', 'c'], 1, ['b', 'c'])];
    expect(play(...anew, replies('b'), replies('c'), issue(2)).kinds.at(-1)).toBe('issued');
    const silent = play(...anew, replies('c'), 'reply/2', issue(2));
    expect(silent.kinds.slice(-2)).toEqual(['replyEnded', 'issued']);
    expect(silent.entries.at(-2)?.data).toMatchObject({ left: 1 });
  });
  it('once more goes back once more, in a period of its own', () => {
    const again = play(
      ...[...toIssue, redraft(2, ['a', 'b'], 1, ['b']), 'reply/2', redraft(3, ['a', 'b'], 2, ['a'])],
    );
    expect(again.waits).toEqual(waitsOf(3, 'a'));
  });
  it('in the reply stage awaits also those who had not replied yet, not whom it names no more', () => {
    expect(play(replies('a'), redraft(2, ['a', 'b', 'c'], 1, ['c'])).waits).toEqual(waitsOf(2, 'b', 'c'));
    expect(play(replies('a'), redraft(2, ['a', 'c'], 1, ['c'])).waits).toEqual(waitsOf(2, 'c'));
    expect(play(replies('a'), redraft(2, ['a'], 1, []), issue(2)).state.stage).toBe('issued');
  });
  it('that changes nothing of whom it names is issued without another hearing', () => {
    expect(play(...toIssue, redraft(2, ['a'], 1, []), issue(2)).refused).toEqual([]);
  });
  it('is refused where it was compared with a draft that stands no more', () => {
    const { refused, state } = play(...toIssue, redraft(2, ['a', 'b'], 1, []), redraft(3, ['a', 'b'], 1, []));
    expect([refused, state.draft.hash]).toEqual([['bulletinDraftMoved'], hash(2)]);
  });
  it('by an act of before, which says nothing of whom it changes, leaves the stage as it was', () => {
    const old: BulletinAct = { kind: 'redraftBulletin', draft: draft(2, 'a', 'b', 'c') };
    expect(play(...toIssue, old, issue(2)).kinds).toEqual([
      ...['drafted', 'replied', 'replied', 'redrafted', 'issued'],
    ]);
  });
});
