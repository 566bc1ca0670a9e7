import type { RefusalReason } from '@gongshu/shared/egress/report';

/** Where in the file it was seen. Rows count from 1 without the header; the header is row 0. */
export type RefusedAt = { row?: number; column?: string; sheet?: string | null };

/**
 * The engine does not judge this file (E1): whoever cannot read a file whole must not call it clean.
 * The message names the kind of fault and its place, never a value of the file.
 */
export class Refused extends Error {
  readonly reason: RefusalReason;
  readonly at: RefusedAt;

  constructor(reason: RefusalReason, what: string, at: RefusedAt = {}) {
    super(what);
    this.name = 'Refused';
    this.reason = reason;
    this.at = at;
  }
}

/** Stops between two steps of a long work; a scan stopped half-way is refused, never clean. */
export const mustGoOn = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw new Refused('stopped', 'stopped before the end');
};
