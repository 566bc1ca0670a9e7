import { Refused } from './refused.ts';

/** The words of an error, whichever world of objects it was made in (tests run in one of their own). */
export const wordsOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';

/**
 * What DuckDB says of a file it cannot read, as a refusal; its own words may quote the file and go no further.
 * Anything else (a missing file, a fault of ours) stays the error it is.
 */
export const asRefusal = (error: unknown, signal?: AbortSignal): unknown => {
  if (error instanceof Refused) return error;
  const words = wordsOf(error);
  if (signal?.aborted || /^INTERRUPT/i.test(words)) return new Refused('stopped', 'stopped before the end');
  if (/max_temp_directory_size|No space left/i.test(words))
    return new Refused('tooLarge', 'more than the room for temporary files');
  if (/^Out of Memory Error|bad allocation|Allocation failed/i.test(words))
    return new Refused('outOfMemory', 'more than the memory for its tables');
  if (
    /^(?:Invalid Input|Conversion|IO|Invalid|Serialization|INTERNAL|FATAL|Out of Range|Not implemented|TransactionContext) ?Error|^Invalid Error/i.test(
      words,
    )
  )
    return new Refused('malformed', 'cannot be read as what it says it is');
  return error;
};
