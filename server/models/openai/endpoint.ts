/**
 * Where an OpenAI-compatible endpoint is and who may use it. Keys come from the environment only (safety.md 15); addresses
 * may also come from configuration.
 */
export interface Endpoint {
  /** Ends before `/chat/completions`: `http://127.0.0.1:8080/v1`. Holds no user name or password. */
  readonly baseUrl: string;
  /** Null: no `Authorization` header is sent. */
  readonly key: string | null;
  /** The variable that the key came from, or that it would come from, for messages. */
  readonly keyVariable: string;
}

export type EndpointResult =
  | { readonly kind: "endpoint"; readonly endpoint: Endpoint }
  | { readonly kind: "invalid"; readonly message: string };

const publicEndpoint = "https://api.openai.com/v1";

/**
 * Reads TOUCHSTONE_BASE_URL or `configured` with TOUCHSTONE_API_KEY, else OPENAI_BASE_URL with either key. A key that was set
 * for OpenAI's variables is never sent to an address that was set for Touchstone's, unless that is OpenAI's own.
 */
export function readEndpoint(
  environment: Readonly<Record<string, string | undefined>>,
  configured?: string,
): EndpointResult {
  const own = configured || environment.TOUCHSTONE_BASE_URL;
  const where = configured ? "the configured base URL" : own ? "TOUCHSTONE_BASE_URL" : "OPENAI_BASE_URL";
  const address = own || environment.OPENAI_BASE_URL || publicEndpoint;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return {
      kind: "invalid",
      message: `${where} is not an http(s) URL: write something like http://127.0.0.1:8080/v1`,
    };
  const url = new URL(address);
  if (url.username !== "" || url.password !== "" || url.search !== "")
    return {
      kind: "invalid",
      message: `${where} has a password or a query in it: put the key into TOUCHSTONE_API_KEY, and only the address into the URL`,
    };
  const openAiKeyMayGo = !own || url.host === new URL(publicEndpoint).host;
  const touchstoneKey = environment.TOUCHSTONE_API_KEY?.trim();
  const openAiKey = openAiKeyMayGo ? environment.OPENAI_API_KEY?.trim() : undefined;
  const key = touchstoneKey || openAiKey || null;
  if (key !== null && /[^\x21-\x7e]/.test(key))
    return {
      kind: "invalid",
      message: `the key in ${touchstoneKey ? "TOUCHSTONE_API_KEY" : "OPENAI_API_KEY"} has characters that no header can carry: copy it again`,
    };
  const keyVariable = touchstoneKey || !openAiKey ? "TOUCHSTONE_API_KEY" : "OPENAI_API_KEY";
  return {
    kind: "endpoint",
    endpoint: { baseUrl: url.href.replace(/\/+$/, ""), key, keyVariable },
  };
}
