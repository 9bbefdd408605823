import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import {
  type Analysis,
  type AnalyzeOptions,
  type BytePlace,
  type Call,
  type CallId,
  type CeremonySource,
  type CredentialHistory,
  type Finding,
  IOS_GENERATIONS,
  importAnything,
  memorySource,
  type Platform,
  type Problem,
  type Realm,
  type Recording,
} from "../../src/index.js";
import { type Comparing, openComparing } from "../compare/comparing.js";
import { openPreferences, type PanelSettings, type PreferenceStore } from "../settings/preferences.js";
import { openSites, type SiteSettings, type SiteStore } from "../settings/recordingSites.js";
import { say, sayCount } from "../words/say.js";
import { type Analyst, startAnalyst } from "./analysis.js";
import { type Filter, NO_FILTER, parseFilter } from "./filter.js";
import { type Forecaster, startForecaster } from "./forecaster.js";
import { type Given, openGiven } from "./given.js";
import { hideRules } from "./hideRules.js";
import { type Known, knowledge } from "./known.js";
import { type Log, openLog } from "./log.js";
import { type CallRow, NO_ROWS, RowMaker, type Rows } from "./rows.js";
import { inSlices, inTurns, pause } from "./slices.js";

export type Tab = "summary" | "request" | "response" | "bytes" | "verify" | "environment" | "compare";

export type OpenDialog =
  | { kind: "export" }
  | { kind: "credentials" }
  | { kind: "timeline" }
  /** the hook as a script for Web Inspector */
  | { kind: "bootstrap" }
  | { kind: "import"; problems?: readonly Problem[]; fileName?: string; takenFor?: string }
  /** what could not be read of the import that is open */
  | { kind: "oddities" }
  /** with what was sought among the rules, and the rule whose entry was visited from there */
  | { kind: "settings"; sought?: string; visited?: string }
  /** a rule's entry in the catalogue; closing it leads back to where it was opened */
  | { kind: "rule"; ruleId: string; back?: OpenDialog }
  /** the clipboard refused: the text is shown, to be copied by hand */
  | { kind: "copy-by-hand"; text: string; what: string };

export interface Store {
  readonly log: ReadonlySignal<Log>;
  /** the name of what is being opened, while it is read */
  readonly opening: ReadonlySignal<string | undefined>;
  /** which share of it is read, from 0 to 1 */
  readonly openingShare: ReadonlySignal<number>;
  /** the name of the imported recording that is open; undefined: the live log */
  readonly importedName: ReadonlySignal<string | undefined>;
  /** what the open import was taken for, in words */
  readonly importedAs: ReadonlySignal<string>;
  /** what is odd about the imported recording, though it could be opened */
  readonly importedProblems: ReadonlySignal<readonly Problem[]>;
  /** how many there are; the places of the first hundred are known */
  readonly importedOddities: ReadonlySignal<number>;
  /** the open log as a recording */
  readonly recording: ReadonlySignal<Recording>;
  /** without what the switched-off rules say */
  readonly analysis: ReadonlySignal<Analysis | undefined>;
  /** what the log is judged as, and with */
  readonly analyzeOptions: ReadonlySignal<AnalyzeOptions>;
  /** the findings of switched-off rules */
  readonly hiddenFindings: ReadonlySignal<readonly Finding[]>;
  readonly isJudging: ReadonlySignal<boolean>;
  /** how far a long analysis is */
  readonly judgingProgress: Analyst["progress"];
  readonly judgingProblem: ReadonlySignal<string | undefined>;
  readonly known: ReadonlySignal<Known>;
  /** every credential of the log, as it stands */
  readonly credentials: ReadonlySignal<readonly CredentialHistory[]>;
  /** number of findings of the whole log, by severity */
  readonly totals: ReadonlySignal<Pick<CallRow, "errors" | "warnings" | "infos">>;
  /** keys and certificates that somebody pasted, for this visit */
  readonly given: Given;

  /** what the selected call is compared with */
  readonly comparing: Comparing;

  /** how a call fares on each iOS generation; undefined until that is known */
  readonly outlookOf: Forecaster["outlookOf"];

  readonly filter: ReadonlySignal<Filter>;
  readonly filterProblem: ReadonlySignal<string | undefined>;
  readonly rows: ReadonlySignal<Rows>;

  readonly selectedId: ReadonlySignal<CallId | undefined>;
  readonly selectedCall: ReadonlySignal<Call | undefined>;
  readonly isDetailOpen: ReadonlySignal<boolean>;
  readonly tab: ReadonlySignal<Tab>;
  /** the place that a finding pointed at; `turn` counts up, so that the same place can be shown again */
  readonly place: ReadonlySignal<{ callId: CallId; pointer: string; turn: number } | undefined>;
  /** the finding that someone came to from its field */
  readonly pointedFinding: ReadonlySignal<Finding | undefined>;
  /** the bytes that a finding or a step pointed at, and the step that someone came to from its bytes */
  readonly bytePlace: ReadonlySignal<{ callId: CallId; place: BytePlace; turn: number } | undefined>;
  readonly pointedStep: ReadonlySignal<{ callId: CallId; check: string; turn: number } | undefined>;
  readonly dialog: ReadonlySignal<OpenDialog | undefined>;
  /** what a screen reader is told, politely */
  readonly announcement: ReadonlySignal<string>;
  /** the sentence is for those as well who see */
  readonly isAnnouncementSeen: ReadonlySignal<boolean>;
  readonly preferences: PreferenceStore;
  /** epoch milliseconds, counting on while a call of the live log is pending */
  readonly now: ReadonlySignal<number>;

  /** undefined where the place of the panel has none to give */
  readonly bootstrapScript?: BootstrapScriptMaker;
  /** undefined where nobody records without being asked */
  readonly sites?: SiteStore;

  setFilter(change: Partial<Filter>): void;
  clearFilter(): void;
  /** Selects a call; the details follow if they are open. */
  select(callId: CallId | undefined): void;
  /** Selects a call and opens its details. */
  open(callId: CallId): void;
  closeDetail(): void;
  /** Marks a call for comparing; if another one is marked, opens this one beside it. */
  compareFrom(callId: CallId): void;
  showTab(tab: Tab): void;
  /** Opens the tab in which a place of a call stands, and marks it. */
  showPlace(finding: Pick<Finding, "callId" | "at">): void;
  /** Opens the Bytes tab at the bytes that a finding or a step is about. */
  showBytes(callId: CallId, place: BytePlace): void;
  /** Opens the Verify tab at a step. */
  showStep(callId: CallId, check: string): void;
  /** Opens the Summary at a finding. */
  showFinding(finding: Finding): void;
  setJudgeAs(label: string): void;
  /** Hides what a rule says, or shows it again; remembered between visits. */
  switchRule(ruleId: string, isOn: boolean): void;
  clear(): void;
  showDialog(dialog: OpenDialog | undefined): void;
  /**
   * Opens whatever it is (text, or the bytes of a file) beside the live log and says what it was taken for;
   * what can't be read is explained and changes nothing.
   */
  importAny(input: string | Uint8Array, name: string): Promise<void>;
  backToLive(): void;
  announce(sentence: string, isSeen?: boolean): void;
  close(): void;
}

/** The script with the key of this installation; whether it writes settled calls to the console. */
export type BootstrapScriptMaker = (console: "off" | "calls") => string;

/** Everything that the panel knows and can do. One store a mount; `close` lets go of source and timers. */
export function createStore(
  source: CeremonySource,
  settings: PanelSettings,
  bootstrapScript?: BootstrapScriptMaker,
  siteSettings?: SiteSettings,
): Store {
  const preferences = openPreferences(settings);
  const sites = siteSettings && openSites(siteSettings);
  const live = openLog(source, () => preferences.current.peek().callLimit);
  const imported = signal<Imported | undefined>(undefined);
  const log = computed(() => imported.value?.log ?? live);
  const liveRealms = computed(() => live.state.value.realms);
  const liveRealmList = computed(() => [...liveRealms.value.values()]);
  const recording = computed(() => imported.value?.recording ?? recordingOf(live, liveRealmList.value));

  const given = openGiven();
  const options = computed((): AnalyzeOptions => {
    const platform = platformNamed(preferences.current.value.judgeAs);
    const roots = given.roots.value.map(({ der }) => der);
    return { publicKeys: given.publicKeys.value, roots, ...(platform && { platform }) };
  });
  const analyst = startAnalyst(
    computed(() => {
      const { calls, changes, version } = log.value.state.value;
      const isInOrder = recording.value.calls === calls;
      const judged = { logId: log.value, recording: recording.value, changes, version, isInOrder };
      return { ...judged, options: options.value };
    }),
  );
  const switchedOffRules = computed(() => preferences.current.value.switchedOffRules);
  const shown = computed(() => hideRules(analyst.judgements.value?.whole(), switchedOffRules.value));
  const analysis = computed(() => shown.value.analysis);
  // Not to put the whole of a long analysis together for nothing.
  const hiddenFindings = computed(() => (switchedOffRules.value.length === 0 ? [] : shown.value.hidden));
  const divide = computed(() => knowledge(switchedOffRules.value));
  const known = computed(() => divide.value(analyst.judgements.value));

  const filter = signal<Filter>(NO_FILTER);
  const parsedFilter = computed(() => parseFilter(filter.value));
  const rows = signal<Rows>(NO_ROWS);
  const rowMaker = new RowMaker();
  const stopMakingRows = effect(() => {
    const making = rowMaker.make(log.value.state.value, known.value, parsedFilter.value.matches);
    // The first slice is made at once: a short list needs no other.
    return inSlices(making, (made) => {
      rows.value = made;
    });
  });

  const selectedId = signal<CallId | undefined>(undefined);
  const selectedCall = computed(() => {
    const id = selectedId.value;
    return id === undefined ? undefined : log.value.state.value.calls.find((call) => call.id === id);
  });
  const isDetailOpen = signal(false);
  const tab = signal<Tab>("summary");
  const place = signal<{ callId: CallId; pointer: string; turn: number } | undefined>(undefined);
  const pointedFinding = signal<Finding | undefined>(undefined);
  const bytePlace = signal<{ callId: CallId; place: BytePlace; turn: number } | undefined>(undefined);
  const pointedStep = signal<{ callId: CallId; check: string; turn: number } | undefined>(undefined);
  const dialog = signal<OpenDialog | undefined>(undefined);
  const announcement = signal("");
  const isAnnouncementSeen = signal(false);
  const now = signal(Date.now());

  const hasPending = computed(() => !imported.value && live.state.value.pending > 0);
  const stopTicking = effect(() => {
    if (!hasPending.value) return;
    now.value = Date.now();
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 1_000);
    return () => clearInterval(timer);
  });

  const forecaster = startForecaster(
    analyst,
    computed(() => (isDetailOpen.value && tab.value === "summary" ? selectedId.value : undefined)),
    switchedOffRules,
  );

  let importTurn = 0;
  const opening = signal<string | undefined>(undefined);
  const openingShare = signal(0);
  const letGoOfPlaces = () => {
    place.value = undefined;
    pointedFinding.value = undefined;
    bytePlace.value = undefined;
    pointedStep.value = undefined;
  };
  const leaveDetail = () => {
    store.comparing.forget();
    selectedId.value = undefined;
    isDetailOpen.value = false;
    letGoOfPlaces();
  };
  const turnAfter = (last: { turn: number } | undefined) => (last?.turn ?? 0) + 1;

  const store: Store = {
    log,
    opening,
    openingShare,
    importedName: computed(() => imported.value?.name),
    importedAs: computed(() => imported.value?.takenFor ?? ""),
    importedProblems: computed(() => imported.value?.problems ?? []),
    importedOddities: computed(() => imported.value?.unreadable ?? 0),
    recording,
    analysis,
    analyzeOptions: options,
    hiddenFindings,
    isJudging: analyst.isWorking,
    judgingProgress: analyst.progress,
    judgingProblem: analyst.problem,
    known,
    totals: computed(() => rows.value.totals),
    credentials: computed(() => analyst.judgements.value?.credentials() ?? []),
    given,
    comparing: openComparing(recording),
    outlookOf: forecaster.outlookOf,
    filter,
    filterProblem: computed(() => parsedFilter.value.problem),
    rows,
    selectedId,
    selectedCall,
    isDetailOpen: computed(() => isDetailOpen.value && selectedCall.value !== undefined),
    tab,
    place,
    pointedFinding,
    bytePlace,
    pointedStep,
    dialog,
    announcement,
    isAnnouncementSeen,
    preferences,
    now,
    ...(bootstrapScript && { bootstrapScript }),
    ...(sites && { sites }),

    setFilter(change) {
      filter.value = { ...filter.peek(), ...change };
    },
    clearFilter() {
      filter.value = NO_FILTER;
    },
    select(callId) {
      selectedId.value = callId;
    },
    open(callId) {
      selectedId.value = callId;
      isDetailOpen.value = true;
    },
    compareFrom(callId) {
      const marked = store.comparing.markedId.peek();
      if (marked === undefined || marked === callId) {
        store.select(callId);
        store.comparing.mark(marked === callId ? undefined : callId);
        // Those who see have the bar.
        store.announce(say(marked === callId ? "announce_unmarked" : "announce_marked"));
        return;
      }
      store.comparing.choose(callId, { callId: marked, isInSecond: false });
      store.comparing.mark(undefined);
      store.open(callId);
      store.showTab("compare");
    },
    closeDetail() {
      isDetailOpen.value = false;
    },
    showTab(next) {
      tab.value = next;
      letGoOfPlaces();
    },
    showPlace({ callId, at }) {
      selectedId.value = callId;
      isDetailOpen.value = true;
      tab.value = tabOfPlace(at);
      place.value = { callId, pointer: at, turn: turnAfter(place.peek()) };
    },
    showBytes(callId, found) {
      selectedId.value = callId;
      isDetailOpen.value = true;
      tab.value = "bytes";
      bytePlace.value = { callId, place: found, turn: turnAfter(bytePlace.peek()) };
    },
    showStep(callId, check) {
      selectedId.value = callId;
      isDetailOpen.value = true;
      tab.value = "verify";
      pointedStep.value = { callId, check, turn: turnAfter(pointedStep.peek()) };
    },
    showFinding(finding) {
      selectedId.value = finding.callId;
      isDetailOpen.value = true;
      tab.value = "summary";
      place.value = undefined;
      pointedFinding.value = finding;
    },
    setJudgeAs(label) {
      preferences.change("judgeAs", label);
    },
    switchRule(ruleId, isOn) {
      const others = switchedOffRules.peek().filter((id) => id !== ruleId);
      preferences.change("switchedOffRules", isOn ? others : [...others, ruleId]);
      if (pointedFinding.peek()?.ruleId === ruleId) pointedFinding.value = undefined;
      const hidden = hiddenFindings.peek().filter((finding) => finding.ruleId === ruleId);
      store.announce(
        isOn
          ? say("announce_ruleOn", { rule: ruleId })
          : sayCount("announce_ruleOff", hidden.length, { rule: ruleId }),
      );
    },
    clear() {
      const open = log.peek();
      if (!open.clear) return;
      open.clear();
      leaveDetail();
      store.announce(say("announce_cleared"));
    },
    showDialog(next) {
      dialog.value = next;
    },
    async importAny(input, name) {
      const turn = ++importTurn;
      opening.value = name;
      openingShare.value = 0;
      const pace = inTurns((share) => {
        if (turn === importTurn) openingShare.value = share;
      });
      const reading = importAnything(input, { pace });
      const { recording, problems, takenFor, unreadable } = await reading.finally(() => {
        if (turn === importTurn) opening.value = undefined;
      });
      // What was opened last counts, however long the one before it takes.
      if (turn !== importTurn) return;
      if (!recording) {
        dialog.value = { kind: "import", problems, fileName: name, ...(takenFor && { takenFor }) };
        return;
      }
      const log = openLog(memorySource(recording, name));
      if (recording.calls.length > SHOWN_AT_ONCE) {
        // To show and to judge it is work of its own.
        await pause();
        if (turn !== importTurn) return log.close();
      }
      imported.peek()?.log.close();
      leaveDetail();
      imported.value = { name, recording, problems, log, takenFor: takenFor ?? "", unreadable };
      dialog.value = undefined;
      const amounts = [
        sayCount("callCount", recording.calls.length),
        ...(unreadable > 0 ? [sayCount("status_oddities", unreadable)] : []),
      ];
      store.announce(say("announce_opened", { name, form: takenFor ?? "", amounts: amounts.join(", ") }));
      const [only] = recording.calls;
      if (only?.imported && recording.calls.length === 1) store.open(only.id);
    },
    backToLive() {
      imported.peek()?.log.close();
      leaveDetail();
      imported.value = undefined;
    },
    announce(sentence, isSeen = false) {
      isAnnouncementSeen.value = isSeen;
      announcement.value = sentence;
    },
    close() {
      stopTicking();
      stopMakingRows();
      analyst.close();
      forecaster.close();
      imported.peek()?.log.close();
      live.close();
      sites?.close();
    },
  };
  return store;
}

interface Imported {
  name: string;
  log: Log;
  recording: Recording;
  problems: readonly Problem[];
  takenFor: string;
  unreadable: number;
}

/** calls */
const SHOWN_AT_ONCE = 500;

/** The tab in which a place of a call is shown. */
export function tabOfPlace(pointer: string): Tab {
  if (pointer.startsWith("/arguments")) return "request";
  if (pointer.startsWith("/outcome")) return "response";
  return "environment";
}

function platformNamed(label: string): Platform | undefined {
  return IOS_GENERATIONS.find((generation) => generation.label === label)?.platform;
}

function recordingOf(log: Log, realms: Realm[]): Recording {
  const { calls, lost } = log.state.value;
  return {
    format: "keyhole-recording",
    version: 1,
    createdBy: { name: "Keyhole", version: realms.at(-1)?.hook.version ?? "0" },
    createdAt: new Date().toISOString(),
    ...(lost > 0 && { lostCalls: lost }),
    realms,
    // Nobody changes what a log has shown.
    calls: calls as Call[],
  };
}
