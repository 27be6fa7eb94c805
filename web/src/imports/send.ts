/**
 * How a file is sent (导入): by `POST /import`, which `importFile` comes to the same as.
 *
 * The mutation tells the first thousand errors; this tells all of them, and gives the annotated copy.
 */
import {
  fetchFile,
  type NamedFile,
  post,
  type Refusal,
  RegistryError,
  type Upload,
  upload,
  uploadForFile,
} from '../registry/request';

export type State = 'DECIDED' | 'UNCHANGED' | 'REFUSED' | 'RECORDED' | 'STOPPED' | 'REVERSED';

/** An error in a cell, or in a whole row where there is no column (导入错误). */
export interface Fault {
  sheet: string;
  row: number;
  column: string | null;
  cell: string;
  code: string;
  message: string;
  messageZh: string;
  advice: string;
  adviceZh: string;
}

/** What an import came to (导入结果), trial runs included. */
export interface Report {
  importId: string;
  state: State;
  rows: number;
  commands: number;
  recorded: number;
  skipped: number;
  firstPosition: number | null;
  lastPosition: number | null;
  errorsCutShort: boolean;
  errors: Fault[];
}

export interface Options {
  kind: string;
  effectiveOn: string;
  source: string;
  skipErrors: boolean;
}

/** A file as it was when it was chosen: what is recorded is what was tried, whatever became of it on the disk. */
export interface Chosen {
  file: File;
  options: Options;
}

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const GONE: Refusal = {
  code: 'FILE_GONE',
  message: 'The file cannot be read any more.',
  messageZh: '文件已读不出来。',
  advice:
    'It was moved, changed or locked since it was chosen. Close it elsewhere and choose it again.',
  adviceZh: '选择之后它被移动、改动或占用了。请关闭打开它的程序，重新选择。',
};

export async function kept(file: File): Promise<File> {
  try {
    return new File([await file.arrayBuffer()], file.name, { type: file.type });
  } catch {
    throw new RegistryError(GONE);
  }
}

function formOf({ file, options }: Chosen, dryRun: boolean): FormData {
  const form = new FormData();
  const { skipErrors, ...texts } = options;
  for (const [name, text] of Object.entries(texts)) if (text !== '') form.set(name, text);
  form.set('dryRun', String(dryRun));
  form.set('skipErrors', String(skipErrors));
  form.set('file', file);
  return form;
}

type OnSent = (share: number) => void;

function uploadOf(chosen: Chosen, dryRun: boolean, onSent: OnSent): Upload {
  return { address: '/import', form: formOf(chosen, dryRun), onSent };
}

/** What every report has, and no refusal. */
const MARK = 'importId';

export async function tryFile(chosen: Chosen, onSent: OnSent): Promise<Report> {
  return (await upload(uploadOf(chosen, true, onSent), MARK)) as Report;
}

export async function recordFile(chosen: Chosen, onSent: OnSent): Promise<Report> {
  return (await upload(uploadOf(chosen, false, onSent), MARK)) as Report;
}

/** The file with every error in its cell; it is decided once more for that, and nothing is recorded. */
export function annotatedCopy(chosen: Chosen, onSent: OnSent): Promise<Blob> {
  return uploadForFile(uploadOf(chosen, true, onSent), WORKBOOK);
}

export async function reverse(
  importId: string,
  dryRun: boolean,
  signal: AbortSignal,
): Promise<Report> {
  return (await post(`/import/${importId}/reversal?dryRun=${dryRun}`, MARK, signal)) as Report;
}

export function fetchTemplate(name: string, signal: AbortSignal): Promise<NamedFile> {
  return fetchFile('/import/template.xlsx', name, signal);
}
