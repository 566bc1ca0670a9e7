/**
 * Editing what stands: the form begins with it and carries its version (ETag); what was changed by somebody else in the
 * meantime is shown, and overwrites nothing that was written.
 */
import type { ServiceName } from '@gongshu/shared/events';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import type { ActForm, Done } from './act.ts';
import type { Answer } from './api.ts';
import { type Sent, valueOf } from './form-read.ts';
import type { At } from './serve.ts';
import type { Shape } from './shape.ts';

/** Where it is read: at its own address, or above it where a part of it is edited. */
const readPath = (path: string): string => path.replace(/\/contents$/, '');

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** What of an answer the form can say: the fields by their names, wherever the answer keeps them. */
const editable = (shape: Shape, read: unknown): Record<string, unknown> => {
  if (shape.kind !== 'object' || !isObject(read)) return {};
  const versions = Array.isArray(read['versions']) ? read['versions'].at(-1) : undefined;
  const nested = isObject(versions) ? (versions['contents'] ?? versions) : undefined;
  const places = [read, read['contents'], nested].filter(isObject);
  const picked = places.map((place) =>
    Object.fromEntries(
      shape.fields.flatMap(({ name }) =>
        place[name] === undefined || place[name] === null ? [] : [[name, place[name]]],
      ),
    ),
  );
  return picked.toSorted((one, other) => Object.keys(other).length - Object.keys(one).length)[0] ?? {};
};

/** As it stands: its version, and what of it can be edited. A service that does not answer throws `unavailable`. */
export type Standing = { etag: string | null; value: Record<string, unknown> };
export const standingOf = async (
  { desk, asker }: Pick<At, 'desk' | 'asker'>,
  { service, path, shape }: ActForm,
): Promise<Standing | undefined> => {
  const answer = await desk.api.tagged<unknown>(asker, service, readPath(path));
  return answer.ok ? { etag: answer.etag, value: editable(shape, answer.body) } : undefined;
};

export type Changed = { name: string; before: unknown; now: unknown };

/** What somebody else changed, field by field. */
export const changesOf = (before: Record<string, unknown>, now: Record<string, unknown>): Changed[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(now[name] ?? null))
    .map((name) => ({ name, before: before[name] ?? null, now: now[name] ?? null }));

/** What the form began with, as it carried it; nothing where it was altered on the way. */
export const beganWith = (sent: Sent): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(sent.text('was') ?? '{}');
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
};

/** Sends the edit, under the version that the form was drawn from. */
export const sendEdit = (
  { desk, asker }: Pick<At, 'desk' | 'asker'>,
  { service, path, shape, route }: { service: ServiceName } & ActForm,
  sent: Sent,
): Promise<Answer<Done>> => {
  const { method } = route;
  if (method === 'post') throw new TypeError('what is posted is no edit');
  const etag = sent.text('etag') || null;
  const body = method === 'delete' ? undefined : (valueOf(shape, '/body', sent) ?? {});
  return desk.api.edit<Done>(asker, service, path, { method, etag, body });
};
