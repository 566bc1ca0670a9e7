/** What XML 1.0 cannot hold, and what turns the direction of text; lone surrogates are made whole first. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
// oxlint-disable-next-line no-control-regex -- as said
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu;

/** Text as any format can hold it. */
export const plain = (text: string): string => text.toWellFormed().replaceAll(unwritable, ' ');
