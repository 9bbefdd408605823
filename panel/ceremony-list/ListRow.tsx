import { Component } from "preact";
import { FindingCounts } from "../findings/FindingCounts.js";
import type { Store } from "../store/createStore.js";
import type { CallRow, Row } from "../store/rows.js";
import { Icon } from "../ui/Icon.js";
import { describeDurationShort } from "../words/describeDuration.js";
import { say } from "../words/say.js";

interface Props {
  row: Row;
  /** among all rows of the list */
  index: number;
  /** pixels from the top of the list's body */
  top: number;
  store: Store;
  isSelected: boolean;
  /** the row by which the Tab key enters the list */
  isReachable: boolean;
  /** waits for another to be compared with */
  isMarked: boolean;
  onFocus: (id: string) => void;
}

/** One row. Drawn again only when what it says has changed: rows that say the same are the same object. */
export class ListRow extends Component<Props> {
  override shouldComponentUpdate(next: Readonly<Props>): boolean {
    const { props } = this;
    return (["row", "index", "top", "isSelected", "isReachable", "isMarked"] as const).some(
      (name) => props[name] !== next[name],
    );
  }

  override render({ row, index, top, store, isSelected, isReachable, isMarked }: Props) {
    if (row.kind === "note") {
      return (
        <div
          class="list-note"
          role="row"
          aria-rowindex={index + 2}
          style={{ top: `${top}px` }}
          title={row.title}
        >
          <span role="gridcell">{row.text}</span>
        </div>
      );
    }
    return (
      <div
        class={`list-row ${row.tone}`}
        role="row"
        aria-rowindex={index + 2}
        style={{ top: `${top}px` }}
        data-call={row.id}
        aria-selected={isSelected}
        tabIndex={isReachable ? 0 : -1}
        onClick={() => store.open(row.id)}
        onFocus={() => this.props.onFocus(row.id)}
      >
        <span role="gridcell" class="method" title={`${row.method} ${row.variant}`}>
          <span class="method-name">
            {row.method} {row.variant && <i>{row.variant}</i>}
          </span>
          <button
            type="button"
            class="row-mark"
            tabIndex={-1}
            aria-pressed={isMarked}
            aria-label={say("compare_mark")}
            title={say(isMarked ? "compare_unmarkHint" : "compare_markHint")}
            onClick={(event) => {
              event.stopPropagation();
              store.compareFrom(row.id);
            }}
          >
            <Icon name="compare" />
          </button>
        </span>
        <span role="gridcell" class="col-rp" title={rpTitle(row)}>
          {row.isRpIdImplied ? <i>{row.rpId}</i> : row.rpId}
          {row.frame && <i class="frame"> {say("list_inFrame", { frame: row.frame })}</i>}
        </span>
        <span role="gridcell" class="outcome" title={row.outcome}>
          <Icon name={row.tone} />
          {row.outcome}
        </span>
        <span role="gridcell" class="counts">
          <FindingCounts errors={row.errors} warnings={row.warnings} infos={row.infos} hidden={row.hidden} />
        </span>
        <span role="gridcell" class="col-from" title={row.from}>
          {row.from}
        </span>
        <span role="gridcell" class="col-took num" title={row.took}>
          {row.tookShort || <Elapsed store={store} since={row.startedAt} />}
        </span>
        <span role="gridcell" class="col-time num">
          {row.time}
        </span>
      </div>
    );
  }
}

/** Counts on while the call waits; a recording of a call that never settled says nothing. */
function Elapsed({ store, since }: { store: Store; since: number }) {
  if (!store.log.value.capabilities.live) return null;
  return <>{describeDurationShort(Math.max(0, store.now.value - since))}</>;
}

function rpTitle(row: CallRow): string {
  const rp = row.isRpIdImplied && row.rpId ? say("list_implied", { rp: row.rpId }) : row.rpId;
  return row.frame ? say("list_rpInFrame", { rp, frame: row.frame }) : rp;
}
