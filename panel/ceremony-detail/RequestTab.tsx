import { type Call, describeCoseAlgorithm, type Reading, readSnapshot } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { describeDuration } from "../words/describeDuration.js";
import { describeMethod } from "../words/describeMethod.js";
import { say } from "../words/say.js";
import { CallTree } from "./CallTree.js";
import { readableText } from "./readableText.js";
import { type Annotate, snapshotNode } from "./tree/snapshotNode.js";
import type { TreeNode } from "./tree/treeNode.js";

/** The arguments as the page passed them: every member with its type, findings where they stand. */
export function RequestTab({ store, call }: { store: Store; call: Call }) {
  if (call.arguments.length === 0) {
    return <p class="quiet-note">{say("request_none", { method: describeMethod(call.api) })}</p>;
  }
  return (
    <CallTree
      store={store}
      call={call}
      label={say("request_arguments")}
      area="/arguments"
      roots={argumentNodes(call)}
    />
  );
}

function argumentNodes(call: Call): TreeNode[] {
  const name = call.api.startsWith("credentials.") ? "options" : "argument";
  return call.arguments.map((argument, index) =>
    snapshotNode(
      index === 0 ? name : say("request_argument", { number: index + 1 }),
      readSnapshot(argument, `/arguments/${index}`),
      annotateRequest(call),
    ),
  );
}

function annotateRequest(call: Call): Annotate {
  // The JSON forms of the options carry base64url strings by right.
  const isJson = call.api.endsWith("FromJSON") || call.api.includes(".signal");
  return (reading) => {
    if (!isJson && BYTES_BELONG.test(reading.at) && NOT_BYTES.has(reading.kind)) {
      return { alarm: say("request_notBytes", { kind: reading.kind }) };
    }
    const note = noteOn(reading);
    return note ? { note } : {};
  };
}

const NOT_BYTES = new Set<Reading["kind"]>(["string", "number", "list", "object", "null", "boolean"]);

/** The BufferSource members. @see https://www.w3.org/TR/webauthn-3/#idl-index */
const BYTES_BELONG =
  /\/publicKey\/(?:challenge|user\/id|(?:allow|exclude)Credentials\/\d+\/id|extensions\/(?:prf\/(?:eval|evalByCredential\/[^/]+)\/(?:first|second)|largeBlob\/write))$/;

function noteOn(reading: Reading): string | undefined {
  if (/\/publicKey\/pubKeyCredParams\/\d+(?:\/alg)?$/.test(reading.at)) {
    const algorithm = (reading.kind === "object" ? reading.member("alg") : reading).number();
    return algorithm === undefined ? undefined : describeCoseAlgorithm(algorithm).replace(/ \(.*/, "");
  }
  if (reading.at.endsWith("/publicKey/timeout")) {
    const timeout = reading.number();
    return timeout === undefined ? undefined : describeDuration(timeout);
  }
  const bytes = /\/(?:user\/id|challenge)$/.test(reading.at) ? reading.bytes() : undefined;
  const text = bytes && readableText(bytes);
  return text && say("reads", { text });
}
