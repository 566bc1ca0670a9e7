/** Mandates, selections, evaluations, publications, reports, proofs, and complaints by their number (O4, O7, V2, S1–S4). */
import { receiptEvents } from '@gongshu/shared/events/receipt';
import { sql } from 'kysely';
import { type Handler, keep, monthOf, restsOf, type Told } from './keep.ts';

const mandate =
  (state: 'inForce' | 'suspended' | 'ended'): Handler =>
  (trx, told) => {
    const { data, jurisdiction, sequence, at } = told;
    return keep(
      trx,
      'public_mandate',
      { agreement: data.agreement },
      {
        ...{ jurisdiction, operator: data.operator, mode: data.mode, fields: data.fields },
        ...{ scenarios: data.scenarios, from_on: data.from, until_on: data.until, state },
        ...{ ground: data.ground ?? null, document: data.document ?? null, told_at: at, sequence },
        ...restsOf(told),
      },
      'sequence',
    );
  };

/** Signed while its mandate rested, an amendment restores nothing: the mandate stands as it stood. */
const amended: Handler = async (trx, told) => {
  const row = await trx
    .selectFrom('public_mandate')
    .select('state')
    .where('agreement', '=', told.data.agreement)
    .executeTakeFirst();
  return mandate(row?.state === 'suspended' ? 'suspended' : 'inForce')(trx, told);
};

const step =
  (kind: string): Handler =>
  (trx, { data, jurisdiction, subject, sequence, at }) =>
    keep(
      trx,
      'public_selection',
      { case_no: subject, sequence },
      { jurisdiction, kind, at, data: JSON.stringify(data) },
    );

const evaluation: Handler = (trx, told) => {
  const { data, jurisdiction, sequence, at } = told;
  return keep(
    trx,
    'public_evaluation',
    { case_no: data.caseNo },
    {
      ...{ jurisdiction, agreement: data.agreement, operator: data.operator, year: data.year },
      ...{ outcome: data.outcome, round: data.round, exact: data.exact, shown: data.shown },
      ...{ without_source: JSON.stringify(data.withoutSource), second_rectify: data.secondRectify },
      ...{ at, sequence, ...restsOf(told) },
    },
    'sequence',
  );
};

const publicationKey = ({ data }: Told) => ({ number: data.publication });
const published: Handler = (trx, told) => {
  const { data, jurisdiction, at } = told;
  return keep(trx, 'public_publication', publicationKey(told), {
    ...{ jurisdiction, kind: data.kind, subject: data.subject, hash: data.hash, published_at: at },
    ...{ from_on: data.from, until_on: data.until, ...restsOf(told) },
  });
};
const worded: Handler = (trx, told) => {
  const { data, jurisdiction } = told;
  return keep(trx, 'public_publication', publicationKey(told), {
    ...{ jurisdiction, title_zh: data.title.zh, title_en: data.title.en, document: data.document },
  });
};
const withdrawn: Handler = (trx, told) =>
  keep(trx, 'public_publication', publicationKey(told), {
    ...{ jurisdiction: told.jurisdiction, withdrawn_at: told.at, withdrawn_code: told.data.reasonCode },
  });

const tableOf = (kind: string) => (kind === 'bulletin' ? 'public_bulletin' : 'public_report');
const disclosed: Handler = (trx, told) => {
  const { data, jurisdiction, at } = told;
  return keep(
    trx,
    tableOf(data.kind),
    { document: data.document },
    {
      ...{ jurisdiction, kind: data.kind, subject: data.subject, issuer: data.issuer, year: data.year },
      ...{ title_zh: data.title.zh, title_en: data.title.en, content: data.content, hash: data.hash },
      ...{ from_on: data.from, until_on: data.until, published_at: at, ...restsOf(told) },
    },
  );
};
const undisclosed: Handler = (trx, { data, jurisdiction, at }) =>
  keep(
    trx,
    tableOf(data.kind),
    { document: data.document },
    {
      ...{ jurisdiction, kind: data.kind, subject: data.subject, hash: data.hash },
      ...{ withdrawn_at: at, withdrawn_code: data.reasonCode, replaced_by: data.by ?? null },
    },
  );

const proof =
  (kind: 'silence' | 'checkRecord' | 'receipt', number: string, hash: string): Handler =>
  (trx, { data, jurisdiction, at }) =>
    keep(
      trx,
      'public_proof',
      { number: data[number], kind },
      {
        ...{ jurisdiction, hash: data[hash], at },
      },
    );

/** Counts an event of a complaint by its name and month; nothing of who complained, of whom, or about what. */
export const countComplaint =
  (measure: string): Handler =>
  async (trx, told) => {
    await sql`
      insert into public_complaint_figure as f (jurisdiction, month, measure, count)
      values (${told.jurisdiction}, ${monthOf(told)}, ${measure}, 1)
      on conflict (jurisdiction, month, measure) do update
      set count = f.count + 1`.execute(trx);
  };

const publicSteps = ['announced', 'assessed', 'noticePublished', 'failed', 'withdrawn', 'selected'];

export const caseHandlers: Readonly<Record<string, Handler>> = {
  'operatingAgreement.inForce.v1': mandate('inForce'),
  'operatingAgreement.amended.v1': amended,
  'operatingAgreement.restored.v1': mandate('inForce'),
  'operatingAgreement.suspended.v1': mandate('suspended'),
  'operatingAgreement.ended.v1': mandate('ended'),
  ...Object.fromEntries(publicSteps.map((kind) => [`selection.${kind}.v1`, step(kind)])),
  'evaluation.resultPublished.v1': evaluation,
  'publication.published.v1': published,
  'publication.worded.v1': worded,
  'publication.withdrawn.v1': withdrawn,
  'disclosed.published.v1': disclosed,
  'disclosed.withdrawn.v1': undisclosed,
  'application.silenceCertified.v1': proof('silence', 'certificate', 'certificateHash'),
  'onboarding.silenceCertified.v1': proof('silence', 'certificate', 'certificateHash'),
  'product.checkRecorded.v1': proof('checkRecord', 'record', 'hash'),
  ...Object.fromEntries(
    Object.keys(receiptEvents).map((type) => [type, proof('receipt', 'receipt', 'hash')]),
  ),
};
