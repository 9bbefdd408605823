import {
  type AuthenticatorData,
  type Call,
  type Decoded,
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeClientData,
  describeCoseAlgorithm,
  type Reading,
  readSnapshot,
} from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { LongText } from "../ui/LongText.js";
import { CallTree } from "./CallTree.js";
import { readableText } from "./readableText.js";
import { decodedNode, problemNodes } from "./tree/decodedNode.js";
import { type Annotate, snapshotNode } from "./tree/snapshotNode.js";
import type { TreeNode } from "./tree/treeNode.js";

/** What came back: the value with its bytes decoded in place, or the error. */
export function ResponseTab({ store, call }: { store: Store; call: Call }) {
  const { outcome } = call;
  if (outcome.status === "pending") return <p class="quiet-note">Nothing has come back yet.</p>;
  if (outcome.status === "rejected") {
    const { name, message, isDOMException } = outcome.error;
    return (
      <section class="error-box" aria-label="Error">
        <h2>
          <LongText text={name || "(no name)"} limit={120} />
          <span class="tag">{isDOMException ? "DOMException" : "not a DOMException"}</span>
        </h2>
        <p class="error-message">
          {message ? <LongText text={message} limit={600} /> : <em>The browser gave no message.</em>}
        </p>
      </section>
    );
  }
  const provider = store.known.value.providerOf(call.id);
  const root = snapshotNode(
    "result",
    readSnapshot(outcome.value, "/outcome/value"),
    annotateResponse(provider),
  );
  return <CallTree store={store} call={call} label="Result" area="/outcome" roots={[root]} />;
}

function annotateResponse(provider: string | undefined): Annotate {
  return (reading) => {
    const name = reading.at.slice(reading.at.lastIndexOf("/") + 1);
    const bytes = reading.bytes();
    if (name === "publicKeyAlgorithm") {
      const algorithm = reading.number();
      return algorithm === undefined ? {} : { note: describeCoseAlgorithm(algorithm).replace(/ \(.*/, "") };
    }
    if (!bytes || !/\/response\/[^/]+$/.test(reading.at)) return {};
    switch (name) {
      case "clientDataJSON":
        return decodedBelow(reading, decodeClientData(bytes), () => ({}));
      case "authenticatorData":
        return decodedBelow(reading, decodeAuthenticatorData(bytes), annotateDecoded(provider));
      case "attestationObject":
        return decodedBelow(reading, decodeAttestationObject(bytes), annotateDecoded(provider));
      case "userHandle": {
        const text = readableText(bytes);
        return text ? { note: `reads “${text}”` } : {};
      }
      default:
        return {};
    }
  };
}

/** The members that the bytes hold, and what is wrong with them, as lines below the bytes. */
function decodedBelow(
  reading: Reading,
  decoded: Decoded<object>,
  notes: (path: string, value: unknown) => Partial<TreeNode>,
): Partial<TreeNode> {
  const { value, problems } = decoded;
  return {
    children: () => [
      ...problemNodes(problems, reading.at),
      ...Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => decodedNode(name, member, `${reading.at}#${name}`, notes)),
    ],
  };
}

function annotateDecoded(provider: string | undefined): (path: string, value: unknown) => Partial<TreeNode> {
  return (path, value) => {
    const name = path.slice(path.lastIndexOf(".") + 1);
    if (name === "flags" && isFlags(value)) {
      return {
        shown: { as: "flags", flags: value },
        note: `0x${value.byte.toString(16).padStart(2, "0")}`,
        isClosedAtFirst: true,
      };
    }
    if (name === "aaguid" && provider) return { note: provider };
    if (name === "labels") return { isClosedAtFirst: true };
    return {};
  };
}

function isFlags(value: unknown): value is AuthenticatorData["flags"] {
  return (
    typeof value === "object" && value !== null && typeof (value as { byte?: unknown }).byte === "number"
  );
}
