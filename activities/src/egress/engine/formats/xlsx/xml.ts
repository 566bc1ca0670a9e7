import sax from 'sax';
import { mustTellNobody } from '../../beside-cells.ts';
import { Refused } from '../../refused.ts';
import type { Members } from './members.ts';

export type Attributes = Readonly<Record<string, string>>;
export type XmlReader = {
  open(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
  /** After each piece of the member: the place to hand on what has gathered. */
  between?(): Promise<void>;
};

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads one XML member of a workbook as it unpacks; names come without their prefix.
 * @throws Refused malformed where it is not well formed, or brings a document type along (entities), or a remark tells of somebody.
 */
export const readXml = async (members: Members, name: string, reader: XmlReader): Promise<void> => {
  const parser = sax.parser(true, { position: false });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const bad = () => new Refused('malformed', 'a part of the workbook is not XML as it should be');
  const fail = () => {
    throw bad();
  };
  parser.onerror = fail;
  parser.ondoctype = fail;
  parser.oncomment = (text) => mustTellNobody(text, 'a remark in XML');
  parser.onopentag = (tag) => reader.open(bare(tag.name), tag.attributes as Attributes);
  if (reader.close) parser.onclosetag = (tag) => reader.close?.(bare(tag));
  if (reader.text) {
    parser.ontext = (text) => reader.text?.(text);
    parser.oncdata = (text) => reader.text?.(text);
  }
  const write = (text: string) => {
    try {
      parser.write(text);
    } catch (error) {
      throw error instanceof Refused ? error : bad();
    }
  };
  const decoded = (piece?: Buffer): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      throw bad(); // another encoding than UTF-8
    }
  };
  await members.each(name, async (piece) => {
    write(decoded(piece));
    await reader.between?.();
  });
  write(decoded());
  try {
    parser.close();
  } catch (error) {
    throw error instanceof Refused ? error : bad();
  }
  await reader.between?.();
};
