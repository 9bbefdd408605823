import type { countErrors } from "../background/countErrors.js";

/** What `judge.js` leaves behind. */
export interface Judge {
  countErrors: typeof countErrors;
}

declare global {
  var keyholeJudge: Judge | undefined;
}

/** To be called while the background starts, so that `loadJudge` can be called at any time after that. */
export function prepareJudge(): void {
  // A service worker gets later what it had while it was installed, and nothing else; it has no `import()`.
  // @see https://w3c.github.io/ServiceWorker/#importscripts
  const worker = serviceWorker();
  if (worker) addEventListener("install", () => worker.importScripts(FILE));
}

/** Rejects where it cannot be loaded; it is tried again then. */
export async function loadJudge(): Promise<Judge> {
  if (!globalThis.keyholeJudge) {
    const worker = serviceWorker();
    if (worker) worker.importScripts(FILE);
    else await addToPage();
  }
  return globalThis.keyholeJudge!;
}

const FILE = "/judge.js";

interface ServiceWorker {
  importScripts(path: string): void;
}

function serviceWorker(): ServiceWorker | undefined {
  return "importScripts" in globalThis ? (globalThis as unknown as ServiceWorker) : undefined;
}

/** In Firefox and Safari the background is a page, though one that nobody sees. */
function addToPage(): Promise<void> {
  const script = document.createElement("script");
  script.src = FILE;
  return new Promise((resolve, reject) => {
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${FILE} cannot be loaded`));
    document.head.append(script);
  });
}
