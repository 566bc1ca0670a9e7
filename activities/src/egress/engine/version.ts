/** Changes whenever the same file could get another report; part of every report. */
export const engineVersion = '1.0.0';
