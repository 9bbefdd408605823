/** Where a proxy or a browser listens. */
export interface Endpoint {
  /** a name, an IPv4 address, or an IPv6 address in brackets */
  host: string;
  port: number;
  /** a page's own address, as `/devtools/page/1`; absent: the endpoint is to be asked for its pages */
  path?: string;
}

/** ios-webkit-debug-proxy's list of devices. */
export const PROXY_PORT = 9221;

/**
 * Reads what a person types: "9222", "localhost:9221", "http://[::1]:9222/json",
 * "ws://localhost:9222/devtools/page/1". Undefined where it is none of these.
 */
export function parseEndpoint(text: string): Endpoint | undefined {
  const typed = /^\d{1,5}$/.test(text.trim()) ? `localhost:${text.trim()}` : text.trim();
  const [, host, port, path] =
    /^(?:(?:http|ws):\/\/)?([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(\/[^\s?#]*)?$/i.exec(typed) ?? [];
  const number = port === undefined ? PROXY_PORT : Number(port);
  if (!host || number < 1 || number > 65535) return undefined;
  const isPage = path !== undefined && /^\/(devtools\/page|socket)\//.test(path);
  return { host: host.toLowerCase(), port: number, ...(isPage && { path }) };
}

/** Whether nobody but this machine can be meant. @see https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy */
export const isLoopback = ({ host }: Endpoint): boolean =>
  /^(localhost|([a-z0-9-]+\.)+localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);

export const describeEndpoint = ({ host, port, path = "" }: Endpoint): string => `${host}:${port}${path}`;
