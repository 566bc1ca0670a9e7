/** How a paper of prices names a body: the city, what it is, its id. Names themselves stand with the registry alone. */
import { codeTables } from '@gongshu/shared/code-tables';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';

export const bodyName = (pack: Pick<ResolvedPack, 'title'>, kind: string, id?: string | null): string => {
  const word = codeTables['partyKinds']?.codes[kind]?.zh ?? kind;
  return `${pack.title}${word}${id ? `（${id}）` : ''}`;
};
