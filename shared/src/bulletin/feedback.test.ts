// S3, C6: what is promised, disputed or directed and not yet corrected is outstanding; what is settled is not.
import { startOfDay } from '../business-date.ts';
import { Calendar } from '../calendar.ts';
import { type Fact, isFactType } from '../disclosure-facts/fact.ts';
import { bulletinFigures } from './figures.ts';

const calendar = new Calendar({
  years: [{ year: 2024, notice: { number: null }, holidays: [], workingWeekends: [] }],
  changes: [],
});
type Said = [name: string, on: string, data?: object];
const promised: Said = ['answered', '2024-04-09', { answer: 'willCorrect' }];
const corrected = (on: string): Said => ['answered', on, { answer: 'corrected', on }];
const noFault: Said = ['answered', '2024-04-10', { answer: 'notAFault', ground: 'asDefined' }];
const disputed: Said = ['disputed', '2024-04-12'];
const directed: Said = ['directed', '2024-04-15', { direction: 'correct', due: '2024-07-20' }];
const dismissed: Said = ['directed', '2024-04-15', { direction: 'dismiss', due: null }];
const closed = (result: string): Said => ['closed', '2024-04-20', { result }];

const counted = (said: readonly Said[], from = '2024-04-01', until = '2024-06-30') => {
  const all: Said[] = [['opened', '2024-04-08', { department: 'dept-a' }], ...said];
  const facts = all.map(([name, on, data], at): Fact => {
    const type = `qualityFeedback.${name}.v1`;
    if (!isFactType(type)) throw new Error(`${type} is not kept`);
    return {
      ...{ id: `f-${at}`, type, subject: 'ZL-1', sequence: at + 1, at: startOfDay(on) + 36_000_000 },
      data: { caseNo: 'ZL-1', ...data },
    };
  });
  const ask = { span: { from, until }, figures: ['dataQuality'] as const, smallest: 1, calendar };
  const [one] = bulletinFigures(facts.toReversed(), ask);
  const of = (name: string) => one?.figures.find((figure) => figure.name === name)?.value;
  return [of('feedbackAnswered'), of('feedbackOpen')];
};

it.each<[string, Said[], [answered: number, open: number]]>([
  ['nothing said', [], [0, 1]],
  ['promised, and not yet corrected', [promised], [0, 1]],
  ['promised and corrected', [promised, corrected('2024-04-12')], [1, 0]],
  ['said to be no fault', [noFault], [1, 0]],
  ['disputed', [noFault, disputed], [0, 1]],
  ['directed, and not yet corrected', [noFault, disputed, directed], [0, 1]],
  ['directed and corrected', [noFault, disputed, directed, corrected('2024-05-06')], [1, 0]],
  ['disputed in vain', [noFault, disputed, dismissed, closed('notAFault')], [1, 0]],
  ['withdrawn while it was promised', [promised, closed('withdrawn')], [0, 0]],
])('%s', (_name, said, expected) => expect(counted(said)).toEqual(expected));

it('each bulletin tells its own period: outstanding at its end, answered within it', () => {
  const said = [promised, corrected('2024-07-05')];
  expect(counted(said)).toEqual([0, 1]);
  expect(counted(said, '2024-07-01', '2024-09-30')).toEqual([1, 0]);
});
