import { type Html, html } from './escape.ts';

/** How a state is to be taken; the words say it too, colour never alone. */
export type Tone = 'good' | 'note' | 'warn' | 'stop' | 'plain';

const signs: Record<Tone, string> = { good: '✓', note: '●', warn: '!', stop: '×', plain: '○' };

/** A state as a small label: its sign and its words. */
export const tag = (words: string, tone: Tone = 'plain'): Html =>
  html`<span class="tag ${tone}"><span aria-hidden="true">${signs[tone]}</span> ${words}</span>`;
