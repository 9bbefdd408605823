import type { WireDevice, WirePage, WireProblem } from "../../src/index.js";
import { Icon } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";
import { count } from "../words/count.js";
import type { PageChooser } from "./pageChooser.js";

/** Devices and their pages, to choose one; what is wrong where there is none. */
export function PagePicker({ chooser, onImport }: { chooser: PageChooser; onImport(): void }) {
  const { listing, unconfirmed, canAllow, page } = chooser;
  const found = listing.value;
  return (
    <main class="picker">
      <div class="picker-column">
        <div class="picker-head">
          <h2>Look at a page on another device, or in another browser</h2>
          {page.value && (
            <button type="button" class="button" onClick={() => chooser.close()}>
              Back to the log
            </button>
          )}
        </div>
        <AddressForm chooser={chooser} />
        {unconfirmed.value !== undefined && <Unconfirmed chooser={chooser} place={unconfirmed.value} />}
        {found?.problem && (
          <Problem problem={found.problem}>
            {canAllow.value && (
              <button type="button" class="button primary" onClick={() => chooser.allow()}>
                Allow Keyhole to ask there
              </button>
            )}
          </Problem>
        )}
        {found?.devices.map((device) => (
          <Device key={device.id || device.name} device={device} chooser={chooser} />
        ))}
        {found?.devices.some(({ id }) => id !== "") && (
          <p class="quiet">
            The proxy listens on <b>all network interfaces</b> of this computer: whoever shares your network
            can look into these pages too, as long as it runs.
          </p>
        )}
        {!found && unconfirmed.value === undefined && <p class="quiet">Asking …</p>}
        <Notes origin={chooser.origin} />
        <p>
          Or{" "}
          <button type="button" class="link" onClick={onImport}>
            open a recording
          </button>
          : drop the file here, or paste it.
        </p>
      </div>
    </main>
  );
}

function AddressForm({ chooser }: { chooser: PageChooser }) {
  return (
    <form
      class="picker-address"
      onSubmit={(event) => {
        event.preventDefault();
        chooser.ask(event.currentTarget.querySelector("input")!.value.trim());
      }}
    >
      <label for="picker-address">Proxy or browser at</label>
      <input
        id="picker-address"
        type="text"
        spellcheck={false}
        autocomplete="off"
        defaultValue={chooser.address.value}
        key={chooser.address.value}
      />
      <button type="submit" class="button">
        Ask
      </button>
      <span class="picker-known">
        {KNOWN.map(({ words, address }) => (
          <button
            key={address}
            type="button"
            class="chip"
            aria-pressed={chooser.address.value === address}
            title={address}
            onClick={() => chooser.ask(address)}
          >
            {words}
          </button>
        ))}
      </span>
    </form>
  );
}

const KNOWN = [
  { words: "iPhone", address: "localhost:9221" },
  { words: "Android, Chromium", address: "localhost:9222" },
];

function Unconfirmed({ chooser, place }: { chooser: PageChooser; place: string }) {
  return (
    <section class="picker-problem" role="alert">
      <h3>
        <Icon name="warning" />
        {place} is another machine.
      </h3>
      <p>
        Everything that the page does with passkeys would come from there, unencrypted, and whoever is in
        between could read and change it.
      </p>
      <p class="picker-actions">
        <button type="button" class="button" onClick={() => chooser.confirm()}>
          Connect to it all the same
        </button>
      </p>
    </section>
  );
}

function Device({ device, chooser }: { device: WireDevice; chooser: PageChooser }) {
  const { name, osVersion, pages, problem } = device;
  return (
    <section class="picker-device">
      <h3>
        <LongText text={name} limit={60} />
        {osVersion && <span class="quiet"> iOS {osVersion}</span>}
        <span class="quiet"> {count(pages.length, "page")}</span>
      </h3>
      {problem && <Problem problem={problem} />}
      <ul>
        {pages.map((page) => (
          <PageRow key={page.socketUrl} page={page} chooser={chooser} />
        ))}
      </ul>
    </section>
  );
}

function PageRow({ page, chooser }: { page: WirePage; chooser: PageChooser }) {
  const isOurs = chooser.page.value?.socketUrl === page.socketUrl;
  const isLooking = isOurs && chooser.problem.value === undefined;
  return (
    <li class="picker-page">
      <span class="picker-names">
        <b>
          <LongText text={page.title || "(no title)"} limit={100} />
        </b>
        <span class="quiet">
          <LongText text={page.url} limit={200} />
        </span>
      </span>
      {isLooking && (
        <span class="picker-state good">
          <Icon name="good" />
          Connected
        </span>
      )}
      {!isOurs && page.isTaken && (
        <span
          class="picker-state waiting"
          title="Only one inspector can look at a page: to connect takes it over"
        >
          Inspected already
        </span>
      )}
      <button
        type="button"
        class={`button${isLooking || page.isTaken ? "" : " primary"}`}
        onClick={() => (isLooking ? chooser.close() : chooser.connect(page))}
      >
        {isLooking ? "Show" : page.isTaken && !isOurs ? "Take over" : "Connect"}
      </button>
    </li>
  );
}

/** What is wrong, and what helps against it. */
export function Problem({
  problem: { what, remedies },
  children,
}: {
  problem: WireProblem;
  children?: preact.ComponentChildren;
}) {
  return (
    <section class="picker-problem" role="status">
      <h3>
        <Icon name="error" />
        {what}
      </h3>
      <ul>
        {remedies.map((remedy) => (
          <li key={remedy}>
            <LongText text={remedy} limit={300} />
          </li>
        ))}
      </ul>
      {children && <p class="picker-actions">{children}</p>}
    </section>
  );
}

function Notes({ origin }: { origin: string }) {
  return (
    <details class="picker-notes">
      <summary>What is needed, and what to be careful with</summary>
      <ul>
        <li>
          <b>iPhone, iPad, Simulator:</b> <code>ios_webkit_debug_proxy</code> on this computer, the device
          connected and unlocked, and Web Inspector switched on in the advanced settings of Safari. Use the
          proxy in networks that you trust, or close its ports (9221 and above) to others.
        </li>
        <li>
          <b>Android:</b> <code>adb forward tcp:9222 localabstract:chrome_devtools_remote</code>
        </li>
        <li>
          <b>Chromium on a computer:</b> start it with <code>--remote-debugging-port=9222</code> and{" "}
          <code>--remote-allow-origins={origin}</code>, as it refuses extensions otherwise. Use a profile of
          its own: every program on the computer can then drive that browser.
        </li>
        <li>
          <b>WebKitGTK, WPE:</b> start the browser with{" "}
          <code>WEBKIT_INSPECTOR_HTTP_SERVER=127.0.0.1:9333</code>
        </li>
      </ul>
    </details>
  );
}
