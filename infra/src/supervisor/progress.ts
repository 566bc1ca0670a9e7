/** When the person typed the command: the bootstrap passes its own start on (milliseconds since 1970). */
const begun = Number(process.env['GONGSHU_BEGUN'] ?? Date.now());

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1).padStart(5)} s`;

/** One line of progress with the seconds since the start. */
export const say = (line: string): void => {
  process.stdout.write(`[${seconds(Date.now() - begun)}] ${line}\n`);
};

/** Seconds since the command was given, for people. */
export const elapsed = (): string => ((Date.now() - begun) / 1000).toFixed(1);

/** Columns wide enough for what they hold; a Chinese character counts for two. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, width(cell))));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const width = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (/[⺀-￯]/u.test(character) ? 2 : 1), 0);
