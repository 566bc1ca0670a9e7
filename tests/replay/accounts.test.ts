// Who acted is kept by account, so that nobody judges his own act; a body that takes part is shown none (personal data).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '@gongshu/infra/backends/places';
import { stateFor } from '@gongshu/infra/procedures/reader';
import { stateShown } from '@gongshu/service-registry/products/view';
import { type ProcedureKind, procedureKinds } from '@gongshu/shared/procedure/kinds';

type Written = {
  start: { procedure: ProcedureKind; facts: Record<string, unknown> };
  state: Record<string, unknown>;
} & Record<string, unknown>;

const folder = join(projectFolder, 'workflows/histories');
const payload = ({ data }: { data: string }): unknown =>
  JSON.parse(Buffer.from(data, 'base64').toString('utf8') || 'null');

/** Every text in it, with where it stands. */
const textsIn = (value: unknown, at = ''): [string, string][] =>
  typeof value === 'string'
    ? [[at, value]]
    : value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, one]) => textsIn(one, `${at}/${key}`))
      : [];

/** What the histories of a version wrote for people to read, and the accounts that acted in them. */
const writtenIn = (version: string): { written: Written; accounts: ReadonlySet<string> }[] =>
  readdirSync(join(folder, version)).flatMap((file) => {
    const runs = JSON.parse(readFileSync(join(folder, version, file), 'utf8'));
    const events: any[] = runs.flatMap(({ history }: any) => history.events);
    const written = events
      .map((one) => one.activityTaskScheduledEventAttributes)
      .filter((one) => one?.activityType.name === 'recordProcedure')
      .map(({ input }) => payload(input.payloads[0]) as Written);
    const acts = events.flatMap(
      (one) =>
        one.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest.input.args?.payloads?.map(
          payload,
        ) ?? [],
    );
    const accounts = new Set(
      textsIn([written, acts]).flatMap(([at, text]) => (at.endsWith('/account') ? [text] : [])),
    );
    return written.map((one) => ({ written: one, accounts }));
  });

const versions = readdirSync(folder).filter((one) => /^\d+\.\d+\.\d+$/.test(one));
const all = versions.flatMap(writtenIn);

type Shows = (state: Record<string, unknown>, kind: ProcedureKind) => Record<string, unknown>;
/** As a body reads it that takes part and does not oversee the city. */
const shown: Shows = (state, kind) =>
  kind === 'productEgress' ? stateShown(state, 'whole') : stateFor({ partOnly: true }, state);

/** Where such a reader is shown an account: kinds and places. */
const accountsShown = (shows: Shows): string[] => {
  const found = all.flatMap(({ written: { start, state, ...rest }, accounts }) =>
    // A product's author is taken from its facts by its own view, as every other account of its case.
    textsIn([
      rest,
      shows(state ?? {}, start.procedure),
      start.procedure === 'productEgress' ? {} : start.facts,
    ])
      .filter(([, text]) => accounts.has(text))
      .map(([at]) => `${start.procedure} ${at.replaceAll(/\d+/g, 'n')}`),
  );
  return [...new Set(found)];
};

it('no body that takes part in a procedure of any kind is shown an account', () => {
  expect(new Set(all.map(({ written }) => written.start.procedure))).toEqual(new Set(procedureKinds));
  expect(accountsShown(shown)).toEqual([]);
});

it('a view that shows the state as it stands is caught', () => {
  const found = accountsShown((state) => state);
  for (const one of ['complaint', 'sanction', 'productEgress'])
    expect(found.some((place) => place.startsWith(one))).toBe(true);
});
