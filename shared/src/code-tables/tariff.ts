import type { CeilingState } from '../ceiling/types.ts';
import { codeTable } from './define.ts';

/** Ceilings and tariffs as they are read (F3). */
export const tariffTables = {
  priceStandings: codeTable('价格执行状态', 'How a ceiling or tariff stands on a day', {
    announced: ['公示中，尚未执行', 'Announced'],
    inForce: ['执行中', 'In force'],
    ended: ['已停止执行', 'Ended'],
  }),
  ceilingStages: codeTable<CeilingState['stage']>('上限收费标准办理环节', 'Stages of a ceiling price', {
    drafted: ['已拟制', 'Drafted'],
    set: ['已制定，待书面报告', 'Set, to be reported'],
    reported: ['已书面报告，待回执', 'Reported'],
    done: ['已办结', 'Ended'],
  }),
  ceilingOutcomes: codeTable<NonNullable<CeilingState['outcome']>>(
    '上限收费标准办理结果',
    'Outcomes of a ceiling price',
    { closed: ['已报告并回执', 'Reported and receipted'], withdrawn: ['已撤回', 'Withdrawn'] },
  ),
};
