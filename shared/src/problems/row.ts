/** A text in both languages of the platform: Chinese first, English second. */
export type Texts = { readonly zh: string; readonly en: string };

/** One code of the table: its HTTP status, its title, and a detail whose `{name}` places are filled from `params`. */
export type ProblemRow = { readonly status: number; readonly title: Texts; readonly detail?: Texts };

/** Types a domain's rows without widening their codes. */
export const problemRows = <const T extends Record<string, ProblemRow>>(rows: T): T => rows;
