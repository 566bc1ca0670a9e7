/** Entries of the catalog and bodies, as everyone may read them (C1–C5). */
import { gramsOf, markOf, searchTextOf } from './grams.ts';
import { type Handler, keep, type Told } from './keep.ts';

const key = ({ subject }: Told) => ({ id: subject });

const open =
  (isOpen: boolean): Handler =>
  (trx, told) =>
    keep(
      trx,
      'public_resource',
      key(told),
      { jurisdiction: told.jurisdiction, open: isOpen, open_sequence: told.sequence },
      'open_sequence',
    );

const described: Handler = async (trx, told) => {
  const { data, jurisdiction, sequence, at } = told;
  const names = data.fields.map(({ name }: { name: string }) => name);
  const search = searchTextOf([data.title, data.abstract, ...names]);
  const marks = [
    markOf('jurisdiction', jurisdiction),
    markOf('provider', data.provider),
    ...(data.level ? [markOf('level', data.level)] : []),
    ...(data.updateFrequency ? [markOf('frequency', data.updateFrequency)] : []),
    ...(data.grade ? [markOf('grade', data.grade)] : []),
    ...(data.classification ? [markOf('classification', data.classification)] : []),
  ];
  await keep(
    trx,
    'public_resource',
    key(told),
    {
      ...{ jurisdiction, provider: data.provider, provider_name: data.providerName, title: data.title },
      ...{ abstract: data.abstract, fields: JSON.stringify(data.fields), level: data.level },
      ...{ update_frequency: data.updateFrequency, classification: data.classification, grade: data.grade },
      ...{ registration_code: data.registrationCode, state: data.state },
      ...{ search_text: search, grams: [...marks, ...gramsOf(search)] },
      ...{ described_at: at, described_sequence: sequence },
    },
    'described_sequence',
  );
  await open(true)(trx, told);
};

const published: Handler = async (trx, told) => {
  await keep(
    trx,
    'public_resource',
    key(told),
    {
      jurisdiction: told.jurisdiction,
      published_on: told.data.publishedOn,
      published_sequence: told.sequence,
    },
    'published_sequence',
  );
  await open(true)(trx, told);
};

const named: Handler = (trx, { data, jurisdiction, sequence }) =>
  keep(
    trx,
    'public_body',
    { jurisdiction, id: data.party },
    {
      ...{ kind: data.kind, name: data.name, uscc: data.uscc, level: data.level, county: data.county },
      ...{ successor: data.successor, sequence },
    },
    'sequence',
  );

export const resourceHandlers: Readonly<Record<string, Handler>> = {
  'resource.described.v1': described,
  'resource.published.v1': published,
  'resource.suspended.v1': open(false),
  'resource.closed.v1': open(false),
  'party.named.v1': named,
};
