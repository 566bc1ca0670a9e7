/** How merchants stand (M1), as far as a figure counts them: no name, no reason. */
import { type Handler, keep } from './keep.ts';

const stands =
  (standing: 'enrolled' | 'suspended' | 'exited'): Handler =>
  (trx, { data, jurisdiction, sequence, at }) =>
    keep(
      trx,
      'public_merchant',
      { jurisdiction, merchant: data.merchant },
      { standing, at, sequence },
      'sequence',
    );

export const merchantHandlers: Readonly<Record<string, Handler>> = {
  'merchant.enrolled.v1': stands('enrolled'),
  'merchant.suspended.v1': stands('suspended'),
  'merchant.restored.v1': stands('enrolled'),
  'merchant.exited.v1': stands('exited'),
};
