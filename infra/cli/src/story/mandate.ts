/** Before anything else: the operating agreement concluded on paper is brought in, and its mandate runs (O12). */
import { readUntil } from './application.ts';
import type { Desk } from './desk.ts';

export type MandateView = {
  agreement: string;
  operator: string;
  mode: string;
  fromOn: string;
  untilOn: string;
  state: string;
};

const words = '公共数据资源授权运营协议：整体授权，期限五年，协议十三项内容。（示例）\n';

/** The mandate as it runs, read back over REST; one that stands already is not brought in again. */
export const mandateOf = async (bureau: Desk, operator: string): Promise<MandateView> => {
  const running = async () =>
    (await bureau.get<{ items: MandateView[] }>('/v1/mandates')).items.find(
      (one) => one.operator === operator && one.state === 'inForce',
    );
  const known = await running();
  if (known) return known;
  const { hash } = await bureau.upload<{ hash: string }>('/v1/documents', '授权运营协议.txt', words);
  const paper = {
    ...{ operator, signedOn: '2024-01-02', termMonths: 60, parties: ['city-bureau', operator] },
    mandate: { mode: 'whole', fields: [], scenarios: [] },
    ...{ itemsHash: hash, documents: [hash] },
  };
  await bureau.post('/v1/bring-in/agreements', { agreements: [paper] }, 'story-operating-agreement');
  const mandate = await readUntil(running, (one) => one !== undefined);
  if (!mandate) throw new Error(`the mandate of ${operator} does not run`);
  return mandate;
};
