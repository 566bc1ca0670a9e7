/** Attachments of a complaint in its forms (S4): chosen without script, refused by name, told to be chosen again. */
import {
  type AttachmentType,
  attachmentTypes,
  type Brought,
  maxBytes as attachmentBytes,
  maxBytesTogether,
  mostAttachments,
} from '../complaints/attached.ts';
import type { Html } from '../html/escape.ts';
import { field, type FieldError } from '../html/form.ts';
import type { FormFile } from '../html/read-multipart.ts';
import { say, type View } from '../html/view.ts';
import { complaintWords as words } from './complaint-words.ts';

export { attachmentBytes };
const name = 'attachments';

export const attachmentField = (view: View, errors: readonly FieldError[]): Html =>
  field(view, {
    ...{ name, kind: 'files', label: say(view, words.attachments), hint: say(view, words.attachmentsHint) },
    ...{ errors, accept: attachmentTypes.join(',') },
  });

const isTaken = (type: string): type is AttachmentType => attachmentTypes.some((one) => one === type);

const errorOf = (view: View, message: string): FieldError => ({
  field: name,
  message: `${say(view, words.attachments)}：${message}`,
});

/** What was chosen, as a complaint takes it; or why not, each file by its name. */
export const attachmentsOf = (
  view: View,
  files: readonly FormFile[],
): { attachments: Brought[]; errors: FieldError[] } => {
  const long = files.filter(({ content }) => content === null);
  const strange = files.filter(({ mediaType, content }) => content !== null && !isTaken(mediaType));
  const attachments = files.flatMap(({ mediaType, content }) =>
    content !== null && isTaken(mediaType) ? [{ mediaType, content }] : [],
  );
  const together = attachments.reduce((sum, { content }) => sum + content.size, 0);
  const errors = [
    ...(files.length > mostAttachments ? [errorOf(view, say(view, words.attachmentsMany))] : []),
    ...(together > maxBytesTogether ? [errorOf(view, say(view, words.attachmentsTogether))] : []),
    ...long.map((one) => errorOf(view, `${one.name} ${say(view, words.attachmentTooLong)}`)),
    ...strange.map((one) => errorOf(view, `${one.name} ${say(view, words.attachmentKind)}`)),
  ];
  return { attachments, errors };
};

/** With the errors of a form that is drawn again: which files are to be chosen again, for no browser keeps them. */
export const withAgain = (
  view: View,
  errors: readonly FieldError[],
  files: readonly FormFile[],
): FieldError[] =>
  files.length === 0 || errors.some(({ field: of }) => of === name)
    ? [...errors]
    : [
        ...errors,
        errorOf(view, `${files.map((one) => one.name).join('、')} ${say(view, words.attachmentAgain)}`),
      ];
