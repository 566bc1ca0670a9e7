// Who acted is kept by account, so that nobody judges his own act; a body that takes part is shown none (personal data).
import { stateFor } from '@gongshu/infra/procedures/reader';
import { stateShown } from '@gongshu/service-registry/products/view';
import { type ProcedureKind, procedureKinds } from '@gongshu/shared/procedure/kinds';
import { corpus, toldIn } from '../support/recorded.ts';

/** Every text in it, with where it stands. */
const textsIn = (value: unknown, at = ''): [string, string][] =>
  typeof value === 'string'
    ? [[at, value]]
    : value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, one]) => textsIn(one, `${at}/${key}`))
      : [];

/** What each recorded path wrote for people to read, beside the accounts that acted in it. */
const all = corpus.flatMap(({ text }) => {
  const { written, acts } = toldIn(text);
  const accounts = new Set(
    textsIn([written, acts]).flatMap(([at, said]) => (at.endsWith('/account') ? [said] : [])),
  );
  return written.map((one) => ({ written: one, accounts }));
});

type Shows = (state: Record<string, unknown>, kind: ProcedureKind) => Record<string, unknown>;
/** As a body reads it that takes part and does not oversee the city. */
const shown: Shows = (state, kind) =>
  kind === 'productEgress' ? stateShown(state, 'whole') : stateFor({ partOnly: true }, state);

/** Where such a reader is shown an account: kinds and places. */
const accountsShown = (shows: Shows): string[] => {
  const found = all.flatMap(({ written: { start, state, ...rest }, accounts }) =>
    // A product's author is taken from its facts by its own view, as every other account of its case.
    textsIn([rest, shows(state, start.procedure), start.procedure === 'productEgress' ? {} : start.facts])
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
