/** Words of what a pack leaves to the city: its second lock (E2; 中卫 二十三, 朔州 六（三）, 乌海 八（八）). */
import type { ProductEgressRules } from '../packs/topics/product-egress.ts';
import type { Texts } from '../problems/row.ts';

/** Where the authority notes a filing, and where it must agree. */
export const secondLockWords: Readonly<Record<ProductEgressRules['secondLock']['act'], Texts>> = {
  filing: { zh: '备案', en: 'filing' },
  agreement: { zh: '同意', en: 'agreement' },
};
