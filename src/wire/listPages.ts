import { diagnose } from "./diagnose.js";
import { describeEndpoint, type Endpoint, PROXY_PORT, parseEndpoint } from "./endpoint.js";
import type { Listing, WireDevice, WirePage, WireProblem } from "./listing.js";
import { type Members, textOf } from "./message.js";
import { parseList } from "./parseList.js";
import { parsePageTable } from "./parsePageTable.js";
import type { WireWorld } from "./world.js";

/**
 * Asks what can be looked at: ios-webkit-debug-proxy for its devices and their pages, WebKitGTK, WPE or a
 * Chromium for its pages. Never rejects: what is wrong is part of the answer. Pages are reached at the host
 * that was asked, wherever the list says that they are.
 *
 * @see https://github.com/google/ios-webkit-debug-proxy
 */
export async function listPages(world: WireWorld, endpoint: Endpoint): Promise<Listing> {
  const address = describeEndpoint(endpoint);
  if (endpoint.path !== undefined) return { devices: [deviceOfPage(endpoint)] };
  const asked = await ask(world, endpoint, "/json");
  if (asked.problem) return { devices: [], problem: asked.problem };
  const items = parseList(asked.text);
  if (items?.some(isDevice))
    return {
      devices: await Promise.all(items.filter(isDevice).map((item) => askDevice(world, endpoint, item))),
    };
  if (items?.length === 0) return { devices: [], problem: await whyEmpty(world, endpoint) };

  const pages = items ? pagesOf(items, endpoint) : await askWebKit(world, endpoint);
  if (!pages) return { devices: [], problem: diagnose.notAList(address) };
  if (pages.length === 0) return { devices: [], problem: diagnose.noPage() };
  const isProxy = items?.some(ofProxy) === true;
  return { devices: [{ id: isProxy ? address : "", name: address, pages }] };
}

type Asked = { text: string; problem?: never } | { problem: WireProblem; text?: never };

async function ask(world: WireWorld, endpoint: Endpoint, path: string): Promise<Asked> {
  const address = describeEndpoint(endpoint);
  const url = `http://${address}${path}`;
  try {
    const { text } = await world.getText(url);
    return { text };
  } catch {
    const isAnswering = await world.isAnswering?.(url).catch(() => false);
    return { problem: isAnswering ? diagnose.notReadable(address) : diagnose.nothingThere(endpoint) };
  }
}

/** Of devices, of one device's pages, or of a browser's? An empty list does not say. */
async function whyEmpty(world: WireWorld, endpoint: Endpoint): Promise<WireProblem> {
  if (endpoint.port === PROXY_PORT) return diagnose.noDevice();
  // The proxy's list of one device's pages, as people see it.
  const { text = "" } = await ask(world, endpoint, "/");
  const [, device] = /<title>([^<]{1,200})<\/title>.*Inspectable pages for/s.exec(text) ?? [];
  if (device !== undefined) return diagnose.noPage(device);
  // The proxy has no such address.
  const version = await ask(world, endpoint, "/json/version");
  return /"Browser"\s*:/.test(version.text ?? "") ? diagnose.noPage() : diagnose.noDevice();
}

const isDevice = ({ deviceId }: Members): boolean => typeof deviceId === "string";

async function askDevice(world: WireWorld, { host }: Endpoint, item: Members): Promise<WireDevice> {
  const id = textOf(item.deviceId);
  const name = textOf(item.deviceName) || id;
  const osVersion = textOf(item.deviceOSVersion);
  const device: WireDevice = { id, name, ...(osVersion && { osVersion }), pages: [] };
  if (osVersion && isTooOld(osVersion)) return { ...device, problem: diagnose.tooOld(name, osVersion) };
  const port = parseEndpoint(textOf(item.url))?.port;
  if (port === undefined) return { ...device, problem: diagnose.deviceSilent(name) };
  const asked = await ask(world, { host, port }, "/json");
  if (asked.problem?.code === "not-readable") return { ...device, problem: asked.problem };
  // Where the proxy could not speak with the device, its port answers with 404, or not at all.
  const items = asked.text === undefined ? undefined : parseList(asked.text);
  if (!items) return { ...device, problem: diagnose.deviceSilent(name) };
  const pages = pagesOf(items, { host, port }, name);
  return { ...device, pages, ...(pages.length === 0 && { problem: diagnose.noPage(name) }) };
}

/** Pausing targets before their first script came with iOS 13.4. */
function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < 13 || (major === 13 && minor < 4);
}

const ofProxy = ({ appId }: Members): boolean => typeof appId === "string";

/** The items of a list that are pages; none of it where no item has a page's address. */
function pagesOf(items: Members[], endpoint: Endpoint, device?: string): WirePage[] {
  const isProxy = items.some(ofProxy);
  // It tells by an empty address of a front end which page it is at already, if it knows a front end.
  const knowsFrontEnd =
    isProxy && items.some(({ devtoolsFrontendUrl }) => textOf(devtoolsFrontendUrl) !== "");
  return items.flatMap((item): WirePage[] => {
    const path = parseEndpoint(textOf(item.webSocketDebuggerUrl))?.path;
    if (path === undefined || (!isProxy && item.type !== "page")) return [];
    return [
      {
        title: textOf(item.title),
        url: textOf(item.url),
        socketUrl: socketUrl({ ...endpoint, path }),
        protocol: isProxy ? "webkit" : "chromium",
        ...(device !== undefined && { device }),
        isTaken: knowsFrontEnd && textOf(item.devtoolsFrontendUrl) === "",
      },
    ];
  });
}

/** WebKitGTK and WPE have a list for people alone. */
async function askWebKit(world: WireWorld, endpoint: Endpoint): Promise<WirePage[] | undefined> {
  const { text } = await ask(world, endpoint, "/");
  return text === undefined
    ? undefined
    : parsePageTable(text)?.map(({ title, url, path }) => ({
        title,
        url,
        socketUrl: socketUrl({ ...endpoint, path }),
        protocol: "webkit",
        isTaken: false,
      }));
}

function deviceOfPage(endpoint: Endpoint): WireDevice {
  const url = socketUrl(endpoint);
  // Chromium names its pages by 32 hexadecimal digits, the proxy numbers them.
  const protocol = /\/devtools\/page\/[0-9A-F-]{16,}$/i.test(url) ? "chromium" : "webkit";
  return {
    id: "",
    name: describeEndpoint(endpoint),
    pages: [{ title: url, url: "", socketUrl: url, protocol, isTaken: false }],
  };
}

const socketUrl = (endpoint: Endpoint): string => `ws://${describeEndpoint(endpoint)}`;
