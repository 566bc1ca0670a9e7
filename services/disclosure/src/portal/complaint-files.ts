/** Attachments of a complaint in its forms (S4): chosen without script, refused by name, told to be chosen again. */
import {
  type Attachment,
  attachmentTypes,
  maxBytes as attachmentBytes,
  mostAttachments,
} from '../complaints/given.ts';
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

const isTaken = (type: string): type is Attachment['mediaType'] =>
  attachmentTypes.some((one) => one === type);

const errorOf = (view: View, message: string): FieldError => ({
  field: name,
  message: `${say(view, words.attachments)}：${message}`,
});

/** What was chosen, as a complaint takes it; or why not, each file by its name. */
export const attachmentsOf = (
  view: View,
  files: readonly FormFile[],
): { attachments: Attachment[]; errors: FieldError[] } => {
  const long = files.filter(({ tooLong }) => tooLong);
  const strange = files.filter(({ mediaType, tooLong }) => !tooLong && !isTaken(mediaType));
  const errors = [
    ...(files.length > mostAttachments ? [errorOf(view, say(view, words.attachmentsMany))] : []),
    ...long.map((one) => errorOf(view, `${one.name} ${say(view, words.attachmentTooLong)}`)),
    ...strange.map((one) => errorOf(view, `${one.name} ${say(view, words.attachmentKind)}`)),
  ];
  const attachments = files.flatMap(({ mediaType, content }) =>
    isTaken(mediaType) ? [{ mediaType, content: content.toString('base64') }] : [],
  );
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
