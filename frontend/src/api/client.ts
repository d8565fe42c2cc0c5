/** Asks the server: JSON there and back; what it refuses becomes an error with a code and words. */

/** One thing the server found wrong. */
export interface Problem {
  readonly code: string;
  readonly what: string;
  readonly place: string;
  readonly hint: string;
}

/** The server said no. `code` never changes its meaning; "OFFLINE" is ours: nobody answered. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly problems: readonly Problem[];
  /** Seconds to wait before another try, where the server says so. */
  readonly retryAfterS: number | undefined;

  constructor(told: {
    status: number;
    code: string;
    title: string;
    detail?: string;
    problems?: readonly Problem[];
    retryAfterS?: number | undefined;
  }) {
    super(told.title);
    this.status = told.status;
    this.code = told.code;
    this.title = told.title;
    this.detail = told.detail ?? "";
    this.problems = told.problems ?? [];
    this.retryAfterS = told.retryAfterS;
  }
}

/** What goes along with a request. */
export interface Along {
  /** Only where the thing still has this tag. */
  readonly ifMatch?: string | undefined;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What answer is wanted; JSON where nothing is said. */
  readonly accept?: string | undefined;
}

/** An answer with its tag: send it back as `ifMatch`. */
export interface Tagged<T> {
  readonly data: T;
  readonly tag: string;
}

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** The ways to ask. JSON answers come parsed, other ones as text, empty ones as null. */
export interface Api {
  get<T = unknown>(path: string, along?: Along): Promise<T>;
  post<T = unknown>(path: string, body?: unknown, along?: Along): Promise<T>;
  put<T = unknown>(path: string, body?: unknown, along?: Along): Promise<T>;
  patch<T = unknown>(path: string, body?: unknown, along?: Along): Promise<T>;
  delete<T = unknown>(path: string, along?: Along): Promise<T>;
  tagged<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    along?: Along,
  ): Promise<Tagged<T>>;
  blob(path: string, along?: Along): Promise<Blob>;
  /** Full address of a path, for links and pictures. */
  address(path: string, query?: Along["query"]): string;
}

/** An api below an address, with its own way to fetch; pages use `api`. */
export function apiOf(base: () => string, fetching: Fetch): Api {
  const address = (path: string, query: Along["query"] = {}) => {
    const found = new URL(path.replace(/^\//, ""), base());
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) found.searchParams.set(name, String(value));
    }
    return found.href;
  };

  const send = async (method: string, path: string, body: unknown, along: Along) => {
    const headers: Record<string, string> = { accept: along.accept ?? "application/json" };
    if (along.ifMatch !== undefined) headers["if-match"] = along.ifMatch;
    const init: RequestInit = { method, headers, credentials: "same-origin" };
    if (along.signal !== undefined) init.signal = along.signal;
    if (body !== undefined) init.body = sendable(body, headers);
    let answer: Response;
    try {
      answer = await fetching(address(path, along.query), init);
    } catch (error) {
      throw away(along, error);
    }
    if (!answer.ok) throw await refusedOf(answer);
    return answer;
  };

  const ask = async <T>(method: string, path: string, body: unknown, along: Along = {}) =>
    whole(along, read<T>(await send(method, path, body, along)));

  return {
    get: (path, along) => ask("GET", path, undefined, along),
    post: (path, body, along) => ask("POST", path, body, along),
    put: (path, body, along) => ask("PUT", path, body, along),
    patch: (path, body, along) => ask("PATCH", path, body, along),
    delete: (path, along) => ask("DELETE", path, undefined, along),
    tagged: async <T>(method: string, path: string, body?: unknown, along: Along = {}) => {
      const answer = await send(method, path, body, along);
      const tag = answer.headers.get("etag") ?? "";
      return { data: await whole(along, read<T>(answer)), tag };
    },
    blob: async (path, along = {}) => {
      const answer = await send("GET", path, undefined, { accept: "*/*", ...along });
      return whole(along, answer.blob());
    },
    address,
  };
}

/** What nobody answered; asked of by nobody any more, the error as it is. */
function away(along: Along, error: unknown): unknown {
  if (along.signal?.aborted) return error;
  return new Refused({ status: 0, code: "OFFLINE", title: "the server does not answer" });
}

/** An answer that came to its end; the line may break in the middle of it. */
async function whole<T>(along: Along, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw away(along, error);
  }
}

function sendable(body: unknown, headers: Record<string, string>): BodyInit {
  if (body instanceof Blob || body instanceof FormData || body instanceof ArrayBuffer) return body;
  if (typeof body === "string") {
    headers["content-type"] = "application/yaml";
    return body;
  }
  headers["content-type"] = "application/json";
  return JSON.stringify(body);
}

function isJson(answer: Response): boolean {
  return /[/+]json\b/.test(answer.headers.get("content-type") ?? "");
}

async function read<T>(answer: Response): Promise<T> {
  const none: T = JSON.parse("null");
  if (answer.status === 204 || answer.status === 304) return none;
  const said = await answer.text();
  return JSON.parse(isJson(answer) ? said || "null" : JSON.stringify(said));
}

/** What the server refused, as an error. */
export async function refusedOf(answer: Response): Promise<Refused> {
  const waits = Number(answer.headers.get("retry-after") ?? "");
  const retryAfterS = waits > 0 ? waits : undefined;
  const { status } = answer;
  let told: unknown;
  try {
    told = isJson(answer) ? await answer.json() : undefined;
  } catch {
    told = undefined;
  }
  const text = (name: string) => {
    const value = isRecord(told) ? told[name] : undefined;
    return typeof value === "string" ? value : "";
  };
  const listed = isRecord(told) && Array.isArray(told.problems) ? told.problems : [];
  return new Refused({
    status,
    code: text("code") || `HTTP ${status}`,
    title: text("title") || answer.statusText || `the server answered ${status}`,
    detail: text("detail"),
    problems: listed.filter(isProblem),
    retryAfterS,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isProblem(value: unknown): value is Problem {
  const names = ["code", "what", "place", "hint"];
  return isRecord(value) && names.every((name) => typeof value[name] === "string");
}

/** The server this page came from; also below a path of a proxy, because addresses are relative. */
export const api: Api = apiOf(
  () => document.baseURI,
  (address, init) => fetch(address, init),
);
