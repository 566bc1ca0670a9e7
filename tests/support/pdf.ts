import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

/** What an independent reader finds in a PDF; text without white space and page feet, so that no break matters. */
export type ReadPdf = {
  pages: string[];
  text: string;
  fonts: { name: string; embedded: boolean }[];
  info: Record<string, unknown>;
  part: string | null;
  width: number;
  height: number;
  /** Whether it has a structure for readers by ear. */
  tagged: boolean;
};

/** Reads a PDF with pdf.js in a process of its own: it is no CommonJS. */
export const readPdf = async (pdf: Uint8Array): Promise<ReadPdf> => {
  const reader = spawn(process.execPath, [join(import.meta.dirname, 'pdf-read.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  reader.stdin.end(pdf);
  const read = (await json(reader.stdout)) as Omit<ReadPdf, 'text'>;
  const feet = /—\d+—[^—]{1,300}?·sha256:[0-9a-f]{64}/g;
  return { ...read, text: read.pages.join('').replaceAll(/\s/g, '').replaceAll(feet, '') };
};
