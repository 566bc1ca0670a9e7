import type { View } from '../../html/view.ts';
import { page } from '../../html/page.ts';
import { html } from '../../html/escape.ts';
import { plainPage } from '../shell.ts';
import { recordOf } from './record.ts';

const view: View = { language: 'zh', large: false, path: '/desk', now: null, sandbox: false };
const textOf = (markup: unknown): string =>
  String(markup)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/\s+/g, ' ');

it('amounts in fen are read in yuan, in terms and in tables; another number stays what it is', () => {
  expect(textOf(recordOf(view, { fen: 88_912_800, count: 3, often: 5 }))).toMatch(
    /金额 889,128\.00 元 .* 3 .* 5 /,
  );
  expect(textOf(recordOf(view, [{ revenueFen: 100 }]))).toBe(' 收入 1.00 元 ');
});

it('the foot of the desk speaks of the desk, that of the portal of public events, signed in or not', () => {
  expect(textOf(plainPage(view, '工作台', html`<p>1</p>`))).toContain('以您本人的身份');
  const site = { title: '中卫市', subtitle: '信息公开', home: '/zhongwei' };
  for (const more of [{}, { person: html`<a href="/desk">工作台登录</a>` }])
    expect(textOf(page(view, { title: '概况', site, nav: [], body: html`<p>1</p>`, ...more }))).toContain(
      '由平台公开事件自动生成',
    );
});
