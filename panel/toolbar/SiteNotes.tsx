import type { Withheld } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { say, sayCount } from "../words/say.js";

/** What the status is while nothing of the page itself is recorded; undefined: it is, or nobody asks. */
export function siteSentence({ log, sites }: Store): string | undefined {
  const page = log.value.withheld.value.find(({ isPage }) => isPage);
  if (!page || !sites) return undefined;
  if (!isAllowed(sites, page)) return say("sites_notRecording", { site: page.site });
  return log.value.status.value.state === "live" ? undefined : say("sites_now", { site: page.site });
}

/** Whether calls of the page or of frames in it are left out, as long as nobody allows to record them. */
export const isWithheld = ({ log, sites }: Store): boolean =>
  sites !== undefined && log.value.withheld.value.some((site) => !isAllowed(sites, site));

/** The way to allow recording on the page's site and those of its frames, and how many calls were let go. */
export function SiteNotes({ store: { log, sites } }: { store: Store }) {
  const withheld = log.value.withheld.value;
  if (!sites || withheld.length === 0) return null;
  const unasked = withheld.filter((site) => !isAllowed(sites, site));
  const page = unasked.find(({ isPage }) => isPage);
  const frames = unasked.find(({ isPage }) => !isPage);
  const leftOut = withheld.reduce((sum, { calls }) => sum + calls, 0);
  return (
    <>
      {page && <Allow onClick={() => sites.allow(page.site)}>{say("sites_recordHere")}</Allow>}
      {frames && (
        <span class="late">
          {frames.site === ""
            ? say("sites_notRecordingOther")
            : say("sites_notRecordingFrames", { site: frames.site })}
        </span>
      )}
      {frames && frames.site !== "" && (
        <Allow onClick={() => sites.allow(frames.site)}>{say("sites_recordThere")}</Allow>
      )}
      {leftOut > 0 && <span>{sayCount("sites_leftOut", leftOut)}</span>}
    </>
  );
}

function Allow({ onClick, children }: { onClick(): void; children: string }) {
  return (
    <button type="button" class="link" onClick={onClick}>
      {children}
    </button>
  );
}

const isAllowed = ({ current }: NonNullable<Store["sites"]>, { site }: Withheld): boolean =>
  !current.value.ask || current.value.allowed.includes(site);
