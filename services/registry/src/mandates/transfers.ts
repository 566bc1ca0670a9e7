/** Handing a mandate on is refused, always, and the attempt stands in the register (O10; 朔州 十一（三）7). */
import { mustBeStored } from '@gongshu/infra/documents/cite';
import type { Mandate } from '@gongshu/infra/mandates/competence';
import { record } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { Kysely, Selectable } from 'kysely';

export const transferKinds = ['subLicence', 'subcontracting', 'disguisedTransfer'] as const;

type TransferTable = {
  id: string;
  agreement_no: string;
  jurisdiction: string;
  kind: (typeof transferKinds)[number];
  /** To whom, and what of the mandate, in words. */
  recipient: string;
  matters: string;
  document: string | null;
  asked_by: string;
  organisation: string;
  at: Date;
};
export type TransferTables = { mandate_transfer: TransferTable };
export type TransferRow = Selectable<TransferTable>;

export type AskedTransfer = Pick<TransferTable, 'kind' | 'recipient' | 'matters' | 'document'>;

/**
 * Writes down that the operator asked to hand its mandate on, once a key: the bureau supervises by it. The caller
 * refuses. Throws `documentUnknown` (422).
 */
export const recordAttempt = (
  db: Kysely<TransferTables>,
  pack: ResolvedPack,
  { agreement_no, jurisdiction, operator }: Mandate,
  asked: AskedTransfer,
  by: { id: string; role: string; organisation: string; at: Date; key: string },
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const { id: person, role, organisation, at, key } = by;
    if (asked.document !== null)
      await mustBeStored(trx, {
        ...{ hash: asked.document, pointer: '/body/document', organisation, jurisdiction },
      });
    const id = `ZR-${key}`;
    const fresh = await trx
      .insertInto('mandate_transfer')
      .values({ id, agreement_no, jurisdiction, ...asked, asked_by: person, organisation, at })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!fresh) return;
    await record(trx, 'registry', {
      key: `${id}/refused`,
      type: 'mandate.transferRefused.v1',
      subject: agreement_no,
      ...{ jurisdiction, at, actor: { id: person, role, organisation } },
      data: {
        ...{ transfer: id, agreement: agreement_no, operator, kind: asked.kind },
        at: toInstantText(at.getTime()),
        ...restsOn(pack, 'operatingAgreement', 'noSubLicence'),
      },
    });
  });
