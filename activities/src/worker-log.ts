/** What the worker's log says beside the words of Temporal. */

const from = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

/**
 * Which activity, of which case, at which attempt, and the kind of its error with its code; never the error's own words,
 * which may hold a value.
 */
export const toldOf = (meta: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> => {
  const { workflowType, workflowId, activityType, attempt, error } = meta ?? {};
  const kind = error instanceof Error ? (from(error, 'type') ?? error.constructor.name) : undefined;
  return { workflowType, workflowId, activityType, attempt, kind, code: from(error, 'code') };
};
