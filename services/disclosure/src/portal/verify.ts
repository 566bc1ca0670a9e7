/** Whether a paper is genuine: by its number and hash, and nothing told of what it says (E1, A8, P2). */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { type Html, html, none } from '../html/escape.ts';
import { filter, searchForm } from '../html/form.ts';
import { moment, say, type View, type Words } from '../html/view.ts';
import { type Proof, type ProofKind, verifyPaper } from '../public/queries/papers.ts';
import { cityRoute, searched } from './route.ts';
import { at, cityPage, columns } from './site.ts';

const words = {
  lead: {
    zh: '输入文书上的编号和校验值，核验默示同意证明、出域核查记录、收件回执（提交申请、进驻、投诉、异议，以及其后答复、补正、延期、复核等每一次办理的回执）、公布件、年度报告和通报是否由平台出具、内容是否被改动。核验不显示文书内容。',
    en: 'Give number and hash of a certificate of silence, a check record, a receipt (of what began a case and of every later act: answers, corrections, extensions, reviews, objections), a publication, a report or a bulletin to see whether the platform made it and whether it was altered. Nothing of its content is shown.',
  },
  label: { zh: '核验文书', en: 'Verify a paper' },
  number: { zh: '编号', en: 'Number' },
  hash: { zh: '校验值（SHA-256）', en: 'Hash (SHA-256)' },
  submit: { zh: '核验', en: 'Verify' },
  genuine: { zh: '核验一致', en: 'Genuine' },
  genuineSays: {
    zh: '编号和校验值与平台记录一致，文书未被改动。',
    en: 'Number and hash are those of the platform’s record; the paper is unaltered.',
  },
  withdrawn: {
    zh: '该件已被撤回或被新版替代，不再有效。',
    en: 'It was withdrawn or replaced since and is no longer valid.',
  },
  differs: { zh: '核验不一致', en: 'Not the same' },
  differsSays: {
    zh: '平台有此编号的记录，但校验值不同：文书可能被改动，或校验值抄录有误。请逐字核对后重试。',
    en: 'There is a record of this number with another hash: the paper may have been altered, or the hash miscopied. Compare it letter by letter.',
  },
  unknown: { zh: '未查到', en: 'Not found' },
  unknownSays: {
    zh: '平台没有此编号的公开记录。请核对编号和所在地。',
    en: 'There is no public record of this number here. Check the number and the city.',
  },
  kind: { zh: '文书种类', en: 'Kind' },
  made: { zh: '记录时间', en: 'Recorded' },
  missing: { zh: '请同时填写编号和校验值。', en: 'Give both the number and the hash.' },
} satisfies Record<string, Words>;

const kinds: Record<ProofKind, Words> = {
  silence: { zh: '默示同意证明', en: 'Certificate of silence' },
  checkRecord: { zh: '出域核查记录', en: 'Egress check record' },
  receipt: { zh: '收件回执', en: 'Receipt' },
  publication: { zh: '公布件', en: 'Publication' },
  report: { zh: '年度报告或通报', en: 'Yearly report or bulletin' },
};

const callout = (view: View, tone: string, title: Words, rest: Html): Html =>
  html`<div class="callout ${tone}" role="status"><h2>${say(view, title)}</h2>${rest}</div>`;

const told = (view: View, proof: Proof): Html => {
  if (proof.result === 'unknown')
    return callout(view, 'warn', words.unknown, html`<p>${say(view, words.unknownSays)}</p>`);
  if (proof.result === 'differs')
    return callout(view, 'stop', words.differs, html`<p>${say(view, words.differsSays)}</p>`);
  return callout(
    view,
    proof.withdrawn ? 'warn' : 'good',
    words.genuine,
    html`<p>${say(view, words.genuineSays)}</p>${proof.withdrawn ? html`<p><strong>${say(view, words.withdrawn)}</strong></p>` : none}
      <p>${say(view, words.kind)}：${say(view, kinds[proof.kind])}；${say(view, words.made)}：${moment(view, proof.at)}</p>`,
  );
};

const Query = z.object({ number: searched(160), hash: searched(100) });

export const verifyRoutes = (app: FastifyInstance, deps: DisclosureDeps): void =>
  cityRoute(app, deps, '/verify', Query, async ({ view, city, query }) => {
    const { number, hash } = query;
    const asked = number !== undefined || hash !== undefined;
    const answer =
      number !== undefined && hash !== undefined
        ? told(view, await verifyPaper(deps.db, city.id, { number, hash }))
        : asked
          ? callout(view, 'warn', words.missing, none)
          : none;
    const body = html`${answer}${searchForm({
      ...{ action: at(view, city, 'verify'), submit: say(view, words.submit), label: say(view, words.label) },
      fields: [
        filter({ name: 'number', label: say(view, words.number), value: number, maxLength: 160 }),
        filter({ name: 'hash', label: say(view, words.hash), value: hash, maxLength: 100 }),
      ],
    })}`;
    return cityPage(view, city, {
      ...{ title: say(view, columns.verify), lead: say(view, words.lead), column: 'verify', body },
    });
  });
