/** What a body writes for the public: well formed, without control characters but line breaks (decision 0027). */
export const plainWords = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  // oxlint-disable-next-line no-control-regex -- as said
  text.toWellFormed().replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/gu, ' ');
