/** What of a grant a product may be made from: resources and fields, told by the catalog's events without their names. */
import type { FieldKind } from '@gongshu/shared/egress/field-kinds';
import type { FieldGrade } from '@gongshu/shared/resource';
import { sha256 } from '../hash.ts';

/** Stands for the name of a field in an event: who knows the name finds it, who does not reads nothing. */
export const fieldMark = (resource: string, field: string): string =>
  sha256(`${resource} ${field}`).slice('sha256:'.length, 'sha256:'.length + 16);

/** A field of a granted resource as the event of its grant told it; `kind` as its name says, where it does (X6). */
export type GrantedField = { field: string; grade: FieldGrade | null; kind?: FieldKind | null };

export type GrantedResource = { resource: string; reviewer: string; fields: GrantedField[] };
