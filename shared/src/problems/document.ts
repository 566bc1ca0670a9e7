import { problemRows } from './row.ts';

/** Refusals about documents, and about drafts that name them. */
export const documentProblems = problemRows({
  documentTypeNotAllowed: {
    status: 415,
    title: { zh: '不接受此类文件', en: 'Files of this type are not taken' },
    detail: { zh: '请提交以下类型之一：{types}。', en: 'Send one of these: {types}.' },
  },
  documentTypeDiffers: {
    status: 422,
    title: { zh: '文件内容与所称类型不符', en: 'The file is not of the type it says' },
    detail: {
      zh: '文件名后缀、所报类型与内容须一致；请另存为所需格式后重新上传。',
      en: 'File name, declared type and content must agree; save it in the format meant and upload it again.',
    },
  },
  documentTooLarge: {
    status: 413,
    title: { zh: '文件过大', en: 'The file is too large' },
    detail: {
      zh: '单个文件不超过 {bytes} 字节；请压缩或拆分后上传。',
      en: 'A file has at most {bytes} bytes; compress or divide it.',
    },
  },
  documentEmpty: {
    status: 422,
    title: { zh: '文件为空', en: 'The file is empty' },
    detail: { zh: '请上传有内容的文件。', en: 'Upload a file that holds something.' },
  },
  documentFileMissing: {
    status: 422,
    title: { zh: '没有上传文件', en: 'No file was sent' },
    detail: {
      zh: '请以 multipart/form-data 提交，含一个文件部分，可附 title。',
      en: 'Send multipart/form-data with one file part, and a title if wanted.',
    },
  },
  documentIncomplete: {
    status: 400,
    title: { zh: '上传中断，文件不完整', en: 'The upload broke off' },
    detail: { zh: '未保存任何内容，请重新上传。', en: 'Nothing was kept; upload it again.' },
  },
  documentUnknown: {
    status: 422,
    title: { zh: '所引材料尚未上传', en: 'A document named here was not uploaded' },
    detail: {
      zh: '请先由本单位上传该材料（POST /v1/documents），再引用其哈希值。',
      en: 'Upload it first (POST /v1/documents), by the body that names it; then name its hash.',
    },
  },
  documentMissing: {
    status: 410,
    title: { zh: '材料文件已缺失', en: 'The document is missing' },
    detail: {
      zh: '登记在册但文件不在；请原上传单位重新上传同一文件，或由运维从备份恢复。',
      en: 'It is on record and its file is gone; its uploader may upload the same file again, or it is restored from backup.',
    },
  },
  documentAltered: {
    status: 409,
    title: { zh: '材料文件已被改动', en: 'The document was altered' },
    detail: {
      zh: '文件与登记的哈希值不符，不予提供；请原上传单位重新上传同一文件，或由运维从备份恢复。',
      en: 'The file no longer matches its hash and is not served; its uploader may upload the same file again, or it is restored from backup.',
    },
  },
  draftClosed: {
    status: 409,
    title: { zh: '草稿已关闭', en: 'The draft is closed' },
    detail: {
      zh: '草稿已提交或已废弃，不再更改；请另建草稿。',
      en: 'It was submitted or discarded and is not changed; make a new draft.',
    },
  },
});
