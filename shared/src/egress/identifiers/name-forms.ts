/** What a Chinese name looks like, by the characters it is made of. */
import { foldChinese } from '../../chinese-text.ts';
import { givenCharacters } from './data/given-names.ts';
import { ordinaryWords } from './data/ordinary-words.ts';
import { compoundSurnames, rareSurnames, singleSurnames, usualGiven } from './data/surnames.ts';

const single = new Set(singleSurnames.trim());
const rarer = new Set(rareSurnames.trim());
const compound = new Set(compoundSurnames.trim().split(/\s+/));

let weights: ReadonlyMap<string, number> | undefined;
let words: ReadonlySet<string> | undefined;

/** What a usual character of given names weighs at least, however many words it is in. */
const usual = 1.5;

const table = (): ReadonlyMap<string, number> => {
  const all = new Map<string, number>();
  for (const [weight, characters] of givenCharacters) for (const one of characters) all.set(one, weight);
  for (const one of usualGiven.trim()) all.set(one, Math.max(usual, all.get(one) ?? 0));
  return all;
};

/**
 * How much likelier a character is in a given name than in a word, as a power of two. A traditional one weighs what its
 * simplified one does; one that is in no word weighs evenly.
 */
const weightOf = (character: string): number => {
  weights ??= table();
  return weights.get(character) ?? weights.get(foldChinese(character)) ?? 0;
};

const isWord = (text: string): boolean => {
  words ??= new Set(
    ordinaryWords
      .trim()
      .split('\n')
      .flatMap((line) => {
        const length = Number(line[0]) - 1;
        const rests = line.slice(2);
        return Array.from(
          { length: rests.length / length },
          (_, at) => (line[1] ?? '') + rests.slice(at * length, (at + 1) * length),
        );
      }),
  );
  return words.has(text) || words.has(foldChinese(text));
};

/** Last characters of places, bodies, measures and things. */
const noName =
  /[县区市镇乡村路街巷道族局厅部处科组队站所院校店厂司办费额率量数值度式款型类级税券票证号码吗呢啊的了]$/;
/** Names of peoples beyond the Han as Chinese characters write them, sound by sound. */
const sounds = new Set(
  '阿艾安巴白拜班贝比毕别波伯布才仓曹策茶查次达丹旦当得德登迪丁东都杜顿多额恩尔法费芙嘎噶盖甘刚戈格根古哈海汗罕浩赫胡吉加嘉江杰金久居卡凯康考柯科可克肯孔库夸拉莱兰朗勒雷里力丽利莲林留隆鲁罗洛吕玛马买麦曼毛梅美蒙米敏明莫木穆纳娜乃南尼娘努诺帕潘培佩彭平普其齐恰钦青琼曲热仁日茹荣萨塞赛桑色沙山尚绍申生石史舒斯苏索塔台太坦提铁图土吐托瓦旺温沃乌吾西希夏谢辛旭许雅亚叶伊依益英尤于玉扎泽曾赞詹珠祖孜措卓央仓衮敖其木牧仁萨仁娜高娃图雅呼和宝音朝鲁合提惹黑呷增贡娅再觉朵宗甫苏日勒格乐额尔德巴特毕力塔拉那顺哈斯铁穆尔白音其其格阿古达朝克图',
);

/** Four characters are more often two words than a name of two family names. */
const doubled = 1;

const average = (given: string): number => {
  let sum = 0;
  for (const character of given) sum += weightOf(character);
  return sum / given.length;
};

/** Length of the family name a text begins with: 2 for a compound one, 0 for none. `rare` counts the rarer ones too. */
export const surnameLength = (text: string, rare = false): number => {
  if (compound.has(text.slice(0, 2)) && text.length > 2) return 2;
  const first = text[0] ?? '';
  return single.has(first) || (rare && rarer.has(first)) ? 1 : 0;
};

/**
 * How much a text of 2 to 4 characters is made like a full name: the weight of its given name, or undefined where it begins
 * with no family name, is an ordinary word, or ends like a place or a measure.
 */
export const nameWeight = (text: string, rare = false): number | undefined => {
  if (text.length < 2 || text.length > 4 || noName.test(text) || text.includes('某') || isWord(text))
    return undefined;
  const family = surnameLength(text, rare);
  if (family === 0) return undefined;
  if (text.length - family <= 2) return average(text.slice(family));
  if (!single.has(text[1] ?? '')) return undefined;
  return average(text.slice(2)) - doubled; // two family names: 刘杨星辰
};

/** One of the characters that write sounds, as a regular expression. */
export const sound = `[${Array.from(sounds).join('')}]`;

const dotted = /^\p{Script=Han}{1,10}(?:[·.]\p{Script=Han}{1,10}){1,3}$/u;
/** Whether six in ten of the characters, or another share, are ones that write sounds. */
export const isSounded = (text: string, share = 0.6): boolean => {
  const bare = text.replaceAll(/[·.]/g, '');
  let written = 0;
  for (const one of bare) if (sounds.has(one)) written += 1;
  return written >= bare.length * share;
};
const unknown =
  /^(?:不详|未知|未填|保密|匿名|测试|无名|暂无|其他|其它|待定|空白|未登记|不公开|本人|同上|未提供)$/;

/**
 * How a whole cell looks: `name` is made like one; `perhaps` only begins like one, or is written by sound;
 * `han` is two to four Chinese characters, no more.
 */
export const looksLike = (cell: string): 'name' | 'perhaps' | 'han' | undefined => {
  const text = cell.replaceAll(/\s+/g, '').replace(/[(（][男女][)）]$/, '');
  if (/[·.]/.test(text)) {
    if (!dotted.test(text)) return undefined;
    return isSounded(text) ? 'name' : text.includes('.') ? undefined : 'perhaps';
  }
  if (text.length < 2 || text.length > 10 || !/^\p{Script=Han}+$/u.test(text)) return undefined;
  if (unknown.test(text) || text.includes('某')) return undefined;
  if (text.length > 4) return isSounded(text) ? 'perhaps' : undefined;
  const weight = nameWeight(text);
  if (weight !== undefined && weight >= -1) return 'name';
  if (noName.test(text)) return undefined;
  return surnameLength(text, true) > 0 || isSounded(text) ? 'perhaps' : 'han';
};
