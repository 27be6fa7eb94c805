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

function post(body: string, signal: AbortSignal): Promise<Response> {
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
  const response = await post(JSON.stringify({ operationName, query, variables }), signal);
  const answer = await read(response, signal);
  const first = answer.errors?.[0];
  if (first !== undefined) throw new RegistryError(refusalOf(first));
  if (answer.data === undefined || answer.data === null) {
    throw new RegistryError(unreadable(response.status));
  }
  return answer.data as Data;
}

export interface File {
  name: string;
  content: Blob;
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
): Promise<File> {
  const response = await send(address, {}, signal);
  if (!response.ok) {
    const first = (await read(response, signal)).errors?.[0];
    throw new RegistryError(first === undefined ? unreadable(response.status) : refusalOf(first));
  }
  const encoded = FILE_NAME.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const name = encoded === undefined ? otherwise : decodeURIComponent(encoded);
  return { name, content: await response.blob() };
}
