import type { WireDevice, WirePage, WireProblem } from "../../src/index.js";
import { Icon } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";
import { sayProblem } from "../words/engineWords.js";
import { say, sayCount, sayParts } from "../words/say.js";
import type { PageChooser } from "./pageChooser.js";

/** Devices and their pages, to choose one; what is wrong where there is none. */
export function PagePicker({ chooser, onImport }: { chooser: PageChooser; onImport(): void }) {
  const { listing, unconfirmed, canAllow, page } = chooser;
  const found = listing.value;
  return (
    <main class="picker">
      <div class="picker-column">
        <div class="picker-head">
          <h2>{say("picker_title")}</h2>
          {page.value && (
            <button type="button" class="button" onClick={() => chooser.close()}>
              {say("picker_back")}
            </button>
          )}
        </div>
        <AddressForm chooser={chooser} />
        {unconfirmed.value !== undefined && <Unconfirmed chooser={chooser} place={unconfirmed.value} />}
        {found?.problem && (
          <Problem problem={found.problem}>
            {canAllow.value && (
              <button type="button" class="button primary" onClick={() => chooser.allow()}>
                {say("picker_allow")}
              </button>
            )}
          </Problem>
        )}
        {found?.devices.map((device) => (
          <Device key={device.id || device.name} device={device} chooser={chooser} />
        ))}
        {found?.devices.some(({ id }) => id !== "") && (
          <p class="quiet">{sayParts("picker_network", { all: <b>{say("picker_allInterfaces")}</b> })}</p>
        )}
        {!found && unconfirmed.value === undefined && <p class="quiet">{say("picker_asking")}</p>}
        <Notes origin={chooser.origin} />
        <p>
          {sayParts("picker_or", {
            open: (
              <button type="button" class="link" onClick={onImport}>
                {say("empty_openRecording")}
              </button>
            ),
          })}
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
      <label for="picker-address">{say("picker_address")}</label>
      <input
        id="picker-address"
        type="text"
        spellcheck={false}
        autocomplete="off"
        defaultValue={chooser.address.value}
        key={chooser.address.value}
      />
      <button type="submit" class="button">
        {say("picker_ask")}
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
            {say(words)}
          </button>
        ))}
      </span>
    </form>
  );
}

const KNOWN = [
  { words: "picker_iphone", address: "localhost:9221" },
  { words: "picker_android", address: "localhost:9222" },
] as const;

function Unconfirmed({ chooser, place }: { chooser: PageChooser; place: string }) {
  return (
    <section class="picker-problem" role="alert">
      <h3>
        <Icon name="warning" />
        {say("picker_otherMachine", { place })}
      </h3>
      <p>{say("picker_otherMachineRisk")}</p>
      <p class="picker-actions">
        <button type="button" class="button" onClick={() => chooser.confirm()}>
          {say("picker_confirm")}
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
        <span class="quiet"> {sayCount("pageCount", pages.length)}</span>
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
          <LongText text={page.title || say("picker_noTitle")} limit={100} />
        </b>
        <span class="quiet">
          <LongText text={page.url} limit={200} />
        </span>
      </span>
      {isLooking && (
        <span class="picker-state good">
          <Icon name="good" />
          {say("picker_connected")}
        </span>
      )}
      {!isOurs && page.isTaken && (
        <span class="picker-state waiting" title={say("picker_takenHint")}>
          {say("picker_taken")}
        </span>
      )}
      <button
        type="button"
        class={`button${isLooking || page.isTaken ? "" : " primary"}`}
        onClick={() => (isLooking ? chooser.close() : chooser.connect(page))}
      >
        {say(isLooking ? "picker_show" : page.isTaken && !isOurs ? "picker_takeOver" : "picker_connect")}
      </button>
    </li>
  );
}

/** What is wrong, and what helps against it. */
export function Problem({
  problem,
  heading: Heading = "h3",
  children,
}: {
  problem: WireProblem;
  heading?: "h2" | "h3";
  children?: preact.ComponentChildren;
}) {
  const { what, remedies } = sayProblem(problem);
  return (
    <section class="picker-problem" role="status">
      <Heading>
        <Icon name="error" />
        {what}
      </Heading>
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
      <summary>{say("picker_needed")}</summary>
      <ul>
        <li>
          {sayParts("picker_needIphone", {
            who: <b>{say("picker_iphoneWho")}</b>,
            proxy: <code>ios_webkit_debug_proxy</code>,
          })}
        </li>
        <li>
          <b>{say("picker_androidWho")}</b>{" "}
          <code>adb forward tcp:9222 localabstract:chrome_devtools_remote</code>
        </li>
        <li>
          {sayParts("picker_needChromium", {
            who: <b>{say("picker_chromiumWho")}</b>,
            port: <code>--remote-debugging-port=9222</code>,
            origins: <code>--remote-allow-origins={origin}</code>,
          })}
        </li>
        <li>
          {sayParts("picker_needWebKit", {
            who: <b>{say("picker_webKitWho")}</b>,
            variable: <code>WEBKIT_INSPECTOR_HTTP_SERVER=127.0.0.1:9333</code>,
          })}
        </li>
      </ul>
    </details>
  );
}
