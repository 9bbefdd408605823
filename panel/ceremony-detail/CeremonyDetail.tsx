import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../../src/index.js";
import { BytesTab } from "../bytes/BytesTab.js";
import { responseBuffers } from "../bytes/responseBuffers.js";
import { CompareTab } from "../compare/CompareTab.js";
import { FindingCounts } from "../findings/FindingCounts.js";
import type { Store, Tab } from "../store/createStore.js";
import { countFindings } from "../store/rows.js";
import { useActions } from "../ui/actions.js";
import { Icon } from "../ui/Icon.js";
import { Menu } from "../ui/Menu.js";
import { say } from "../words/say.js";
import { copiesOfCall } from "./copiesOfCall.js";
import { EnvironmentTab } from "./EnvironmentTab.js";
import { RequestTab } from "./RequestTab.js";
import { ResponseTab } from "./ResponseTab.js";
import { SummaryTab } from "./SummaryTab.js";
import { countVerdicts, VerifyTab } from "./VerifyTab.js";

/** The details of the selected call, a tab for each question. */
export function CeremonyDetail({ store, call }: { store: Store; call: Call }) {
  const { copy } = useActions();
  const tablist = useRef<HTMLDivElement>(null);
  const verdicts = store.known.value.ceremonyOf(call.id)?.verdicts ?? [];
  const hasBytes = responseBuffers(call).length > 0;
  const tabs = TABS.filter(
    ({ tab }) => (tab !== "verify" || verdicts.length > 0) && (tab !== "bytes" || hasBytes),
  );
  const current = tabs.find(({ tab }) => tab === store.tab.value) ?? tabs[0]!;

  const [isCut, setCut] = useState(false);

  // Whatever narrows the strip or widens a tab (a count that comes later): the selected one stays in view.
  useEffect(() => {
    const strip = tablist.current!;
    const observer = new ResizeObserver(() => {
      strip.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
      // The menu takes its room from the strip: whether the tabs would fit without it is what counts.
      const menu = strip.nextElementSibling?.matches(".all-tabs") ? MENU_WIDTH : 0;
      setCut(strip.scrollWidth > strip.clientWidth + menu);
    });
    for (const element of [strip, ...strip.children]) observer.observe(element);
    return () => observer.disconnect();
  }, [current.tab, tabs.length]);

  const showAndFocus = (tab: Tab) => {
    store.showTab(tab);
    tablist.current?.querySelector<HTMLElement>(`[data-tab=${tab}]`)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.indexOf(current);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    showAndFocus(tabs[(next + tabs.length) % tabs.length]!.tab);
  };

  return (
    <section class="detail" aria-label={say("detail_label")}>
      <div class="detail-head">
        <div class="tabs" role="tablist" aria-label={say("detail_tabs")} ref={tablist} onKeyDown={onKeyDown}>
          {tabs.map(({ tab }) => (
            <button
              key={tab}
              type="button"
              role="tab"
              id={`tab-${tab}`}
              data-tab={tab}
              aria-selected={tab === current.tab}
              aria-controls="tab-panel"
              tabIndex={tab === current.tab ? 0 : -1}
              onClick={() => store.showTab(tab)}
            >
              {say(`tab_${tab}`)}
              {tab === "verify" ? (
                <span
                  class={
                    verdicts.some(({ outcome }) => outcome === "fail") ? "tab-count has-failed" : "tab-count"
                  }
                >
                  {countVerdicts(verdicts)}
                </span>
              ) : (
                <TabFindings store={store} call={call} tab={tab} />
              )}
            </button>
          ))}
        </div>
        {isCut && (
          <Menu
            label={say("detail_allTabs")}
            class="icon-button all-tabs"
            items={tabs.map(({ tab }) => ({ label: say(`tab_${tab}`), run: () => showAndFocus(tab) }))}
          >
            <Icon name="more" />
          </Menu>
        )}
        <Menu
          label={say("detail_copyAs")}
          class="copy-call"
          items={copiesOfCall(call, store.known.value, store.log.value.state.value.calls).map(
            ({ label, text }) => ({
              label,
              run: () => copy(text(), label),
            }),
          )}
        >
          <Icon name="copy" />
          <Icon name="down" />
        </Menu>
        <button
          type="button"
          class="icon-button"
          aria-label={say("detail_close")}
          title={say("detail_closeHint")}
          onClick={() => store.closeDetail()}
        >
          <Icon name="close" />
        </button>
      </div>
      <div
        class="tab-panel"
        id="tab-panel"
        role="tabpanel"
        aria-labelledby={`tab-${current.tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls has to be reachable by keyboard
        tabIndex={0}
        key={`${call.id} ${current.tab}`}
      >
        <div class={`tab-body ${current.tab}`}>
          {current.tab !== "summary" && <h2 class="visually-hidden">{say(`tab_${current.tab}`)}</h2>}
          <current.Body store={store} call={call} />
        </div>
      </div>
    </section>
  );
}

/** Summary shows every finding; the tabs of the fields show how many stand there. */
function TabFindings({ store, call, tab }: { store: Store; call: Call; tab: Tab }) {
  const area = AREAS[tab];
  if (!area) return null;
  const findings = store.known.value.findingsOf(call.id).filter(({ at }) => at.startsWith(area));
  return <FindingCounts {...countFindings(findings)} />;
}

/** CSS pixels that the menu of all tabs takes, its gap included; also in ui.css and ceremony-detail.css. */
const MENU_WIDTH = 26;

const AREAS: Partial<Record<Tab, string>> = {
  request: "/arguments",
  response: "/outcome",
  environment: "/environment",
};

const TABS: readonly {
  tab: Tab;
  Body: (props: { store: Store; call: Call }) => preact.JSX.Element | null;
}[] = [
  { tab: "summary", Body: SummaryTab },
  { tab: "request", Body: RequestTab },
  { tab: "response", Body: ResponseTab },
  { tab: "bytes", Body: BytesTab },
  { tab: "verify", Body: VerifyTab },
  { tab: "environment", Body: EnvironmentTab },
  { tab: "compare", Body: CompareTab },
];
