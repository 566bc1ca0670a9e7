import { z } from 'zod';
import type { CsvColumn } from '../http/csv.ts';
import { type Mandate, standsOn } from './competence.ts';
import { mandateModes, mandateStates } from './tables.ts';

/** The number of an operating agreement, and so of its mandate. */
export const AgreementId = z.string().regex(/^[0-9A-Z]{2,12}-YY-\d{4}-\d{6,9}$/);

export const MandateView = z
  .object({
    agreement: z.string().describe('The operating agreement it stands on'),
    operator: z.string(),
    mode: z.enum(mandateModes),
    fields: z.array(z.string()),
    scenarios: z.array(z.string()),
    fromOn: z.iso.date(),
    untilOn: z.iso.date().describe('Last day'),
    state: z.enum([...mandateStates, 'upcoming']).describe('As of today on the law’s clock'),
  })
  .meta({ id: 'Mandate' });
export type MandateView = z.output<typeof MandateView>;

/** A mandate as it stands on a day of Asia/Shanghai. */
export const mandateView = (row: Mandate, on: string): MandateView => ({
  ...{ agreement: row.agreement_no, operator: row.operator, mode: row.mode },
  ...{ fields: row.fields, scenarios: row.scenarios, fromOn: row.from_on, untilOn: row.until_on },
  state: standsOn(row, on),
});

export const mandateColumns: CsvColumn<MandateView>[] = [
  { title: '协议编号', value: ({ agreement }) => agreement },
  { title: '运营机构', value: ({ operator }) => operator },
  { title: '授权方式', value: ({ mode }) => mode },
  { title: '领域', value: ({ fields }) => fields.join(' ') },
  { title: '场景', value: ({ scenarios }) => scenarios.join(' ') },
  { title: '自', value: ({ fromOn }) => fromOn },
  { title: '至', value: ({ untilOn }) => untilOn },
  { title: '状态', value: ({ state }) => state },
];
