import type { Call } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Tree } from "./tree/Tree.js";
import type { TreeNode } from "./tree/treeNode.js";

/** A tree of one call's members, with the findings about that area of the call on their fields. */
export function CallTree({
  store,
  call,
  label,
  area,
  roots,
}: {
  store: Store;
  call: Call;
  label: string;
  /** JSON pointer of the part of the call that is shown, e.g. "/arguments" */
  area: string;
  roots: readonly TreeNode[];
}) {
  const { copy } = useActions();
  const place = store.place.value;
  return (
    <Tree
      key={call.id}
      label={label}
      roots={roots}
      findings={store.known.value.findingsOf(call.id).filter(({ at }) => at.startsWith(area))}
      bytesFormat={store.preferences.current.value.bytesFormat}
      place={place?.callId === call.id && place.pointer.startsWith(area) ? place : undefined}
      onCopy={copy}
      onFinding={(finding) => store.showFinding(finding)}
    />
  );
}
