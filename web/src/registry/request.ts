/** One door to the API: every answer and every refusal of the page comes through `ask`. */
import { currentToken } from './token';

/** A refusal in both languages, as the server worded it. */
export interface Refusal {
  code: string;
  message: string;
  messageZh: string;
  advice: string | null;
  adviceZh: string | null;
}

/** Raised when the registry refused or could not be reached; `refusal` says why. */
export class RegistryError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = 'RegistryError';
  }
}

/** Whether other rights, those of a token that is still good, could change the answer. */
export function isOfRights({ code }: Refusal): boolean {
  return code === 'FORBIDDEN' || code === 'UNAUTHENTICATED';
}

interface WireError {
  message?: string;
  extensions?: Partial<Record<'code' | 'messageZh' | 'advice' | 'adviceZh', string>>;
}

interface WireAnswer {
  data?: unknown;
  errors?: WireError[];
}

const UNREACHABLE: Refusal = {
  code: 'UNREACHABLE',
  message: 'The registry cannot be reached.',
  messageZh: '无法连接登记簿服务。',
  advice: 'Check the network connection and try again.',
  adviceZh: '请检查网络连接后重试。',
};

function unreadable(status: number): Refusal {
  return {
    code: `HTTP_${status}`,
    message: `The server gave an answer that is not GraphQL (HTTP ${status}).`,
    messageZh: `服务器的答复不是 GraphQL 格式（HTTP ${status}）。`,
    advice: 'Try again; if it stays so, tell the administrator this code.',
    adviceZh: '请重试；若仍如此，请把此代码告知管理员。',
  };
}

function refusalOf(error: WireError): Refusal {
  const message = error.message ?? 'The registry refused without a reason.';
  const said = error.extensions ?? {};
  return {
    code: said.code ?? 'UNKNOWN',
    message,
    messageZh: said.messageZh ?? message,
    advice: said.advice ?? null,
    adviceZh: said.adviceZh ?? null,
  };
}

/** Sends a request as whoever is signed in. */
async function send(
  address: string,
  request: { method?: string; headers?: Record<string, string>; body?: string },
  signal: AbortSignal,
): Promise<Response> {
  const token = currentToken();
  const headers = { ...request.headers };
  if (token !== null) headers['Authorization'] = `Bearer ${token}`;
  try {
    return await fetch(address, { ...request, headers, signal });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new RegistryError(UNREACHABLE);
  }
}

function postOperation(body: string, signal: AbortSignal): Promise<Response> {
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/graphql-response+json, application/json;q=0.9',
  };
  return send('/graphql', { method: 'POST', headers, body }, signal);
}

async function read(response: Response, signal: AbortSignal): Promise<WireAnswer> {
  try {
    const answer: unknown = await response.json();
    if (typeof answer === 'object' && answer !== null) return answer as WireAnswer;
  } catch (cause) {
    if (signal.aborted) throw cause;
  }
  throw new RegistryError(unreadable(response.status));
}

/**
 * Sends one named operation and gives its `data`.
 *
 * @throws RegistryError with the first error of the answer, even beside partial data: a clerk must
 *   not take half an answer for a whole one.
 */
export async function ask<Data>(
  operationName: string,
  query: string,
  variables: Record<string, unknown>,
  signal: AbortSignal,
): Promise<Data> {
  const response = await postOperation(JSON.stringify({ operationName, query, variables }), signal);
  const answer = await read(response, signal);
  const first = answer.errors?.[0];
  if (first !== undefined) throw new RegistryError(refusalOf(first));
  if (answer.data === undefined || answer.data === null) {
    throw new RegistryError(unreadable(response.status));
  }
  return answer.data as Data;
}

export interface NamedFile {
  name: string;
  content: Blob;
  /** What the server says of it. */
  headers: Headers;
}

const FILE_NAME = /filename\*=UTF-8''([^;]+)/i;

/**
 * Fetches a file of the server, under the name that the server gives it.
 *
 * @throws RegistryError as `ask` does.
 */
export async function fetchFile(
  address: string,
  otherwise: string,
  signal: AbortSignal,
): Promise<NamedFile> {
  const response = await send(address, {}, signal);
  if (!response.ok) throw refusedBy(await read(response, signal), response.status);
  const encoded = FILE_NAME.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const name = encoded === undefined ? otherwise : decodeURIComponent(encoded);
  return { name, content: await response.blob(), headers: response.headers };
}

function refusedBy(answer: WireAnswer, status: number): RegistryError {
  const first = answer.errors?.[0];
  return new RegistryError(first === undefined ? unreadable(status) : refusalOf(first));
}

/** The answer, if it has what only an answer has; raises RegistryError for a refusal. */
function answerWith(mark: string, answer: WireAnswer, status: number): unknown {
  if (!(mark in answer)) throw refusedBy(answer, status);
  return answer;
}

/** Posts without a body; gives the answer, which has the property `mark` as no refusal has. */
export async function post(address: string, mark: string, signal: AbortSignal): Promise<unknown> {
  const response = await send(address, { method: 'POST' }, signal);
  return answerWith(mark, await read(response, signal), response.status);
}

export interface Upload {
  address: string;
  form: FormData;
  /** Hears which share has been sent, from 0 to 1. */
  onSent: (share: number) => void;
}

/**
 * Sends a form as whoever is signed in, asking for an answer of type `accept`, and gives all of that.
 *
 * `fetch` does not tell how much of a body has been sent, so this is the older way.
 */
async function sendForm(
  { address, form, onSent }: Upload,
  accept: string,
): Promise<XMLHttpRequest> {
  const request = new XMLHttpRequest();
  request.open('POST', address);
  request.responseType = 'blob';
  request.setRequestHeader('Accept', accept);
  const token = currentToken();
  if (token !== null) request.setRequestHeader('Authorization', `Bearer ${token}`);
  request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
  const answered = new Promise<boolean>((resolve) => {
    request.onload = () => resolve(true);
    request.onerror = request.onabort = request.ontimeout = () => resolve(false);
  });
  request.send(form);
  if (!(await answered)) throw new RegistryError(UNREACHABLE);
  return request;
}

async function parsed(content: Blob, status: number): Promise<WireAnswer> {
  try {
    return JSON.parse(await content.text()) as WireAnswer;
  } catch {
    throw new RegistryError(unreadable(status));
  }
}

/** Uploads a form; gives the answer, which has the property `mark` as no refusal has. */
export async function upload(given: Upload, mark: string): Promise<unknown> {
  const { response, status } = await sendForm(given, 'application/json');
  return answerWith(mark, await parsed(response as Blob, status), status);
}

/** Uploads a form that is answered with a file of the type `accept`, whatever the status. */
export async function uploadForFile(given: Upload, accept: string): Promise<Blob> {
  const { response, status } = await sendForm(given, accept);
  const content = response as Blob;
  if (content.type === accept) return content;
  throw refusedBy(await parsed(content, status), status);
}
