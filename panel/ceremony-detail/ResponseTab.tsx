import {
  type AttestationObject,
  type AuthenticatorData,
  type Call,
  type Decoded,
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeClientData,
  decodeCoseKey,
  describeAaguid,
  describeCoseAlgorithm,
  describeExtensionOutputs,
  ERROR_NAMES,
  type Reading,
  readClientExtensionOutputs,
  readSnapshot,
  specificationUrl,
} from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { LongText } from "../ui/LongText.js";
import { sayErrorMeaning } from "../words/engineWords.js";
import { say } from "../words/say.js";
import { CallTree } from "./CallTree.js";
import { readableText } from "./readableText.js";
import { decodedNode, problemNodes } from "./tree/decodedNode.js";
import { type Annotate, snapshotNode } from "./tree/snapshotNode.js";
import type { TreeNode } from "./tree/treeNode.js";

/** What came back: the value with its bytes decoded in place, or the error. */
export function ResponseTab({ store, call }: { store: Store; call: Call }) {
  const { outcome } = call;
  if (outcome.status === "pending" && call.imported)
    return <p class="quiet-note">{say("response_notImported")}</p>;
  if (outcome.status === "pending") return <p class="quiet-note">{say("response_pending")}</p>;
  if (outcome.status === "rejected") {
    const { name, message, isDOMException } = outcome.error;
    const isCeremony = call.api === "credentials.create" || call.api === "credentials.get";
    const meaning = isCeremony ? ERROR_NAMES.get(name) : undefined;
    const anchor = call.api === "credentials.create" ? meaning?.create : meaning?.get;
    return (
      <section class="error-box" aria-label={say("response_error")}>
        <h3>
          <LongText text={name || say("response_noName")} limit={120} />
          <span class="tag">{isDOMException ? "DOMException" : say("response_notDomException")}</span>
        </h3>
        <p class="error-message">
          {message ? <LongText text={message} limit={600} /> : <em>{say("response_noMessage")}</em>}
        </p>
        {meaning && (
          <p class="quiet">
            {sayErrorMeaning(name)}{" "}
            {anchor && (
              <a href={specificationUrl(anchor)} target="_blank" rel="noopener noreferrer">
                WebAuthn Level 3
              </a>
            )}
          </p>
        )}
      </section>
    );
  }
  const result = readSnapshot(outcome.value, "/outcome/value");
  const root = snapshotNode("result", result, annotateOutputs(call, result));
  return <CallTree store={store} call={call} label={say("response_result")} area="/outcome" roots={[root]} />;
}

/** As {@link annotateResponse}, and what is odd in what the client says of each extension. */
function annotateOutputs({ api }: Call, result: Reading): Annotate {
  const kind = api === "credentials.create" ? "registration" : "authentication";
  const outputs = readClientExtensionOutputs(result.member("clientExtensionResults"), kind);
  const alarms = new Map(outputs.flatMap(({ problems }) => problems.map(({ at, message }) => [at, message])));
  return (reading) => {
    const alarm = alarms.get(reading.at);
    return { ...annotateResponse(reading), ...(alarm && { alarm }) };
  };
}

const annotateResponse: Annotate = (reading) => {
  const name = reading.at.slice(reading.at.lastIndexOf("/") + 1);
  const bytes = reading.bytes();
  if (name === "publicKeyAlgorithm") {
    const algorithm = reading.number();
    return algorithm === undefined ? {} : { note: describeCoseAlgorithm(algorithm).replace(/ \(.*/, "") };
  }
  if (!bytes || !/\/response\/[^/]+$/.test(reading.at)) return {};
  switch (name) {
    case "clientDataJSON":
      return decodedBelow(reading, decodeClientData(bytes));
    case "authenticatorData":
      return decodedBelow(reading, decodeAuthenticatorData(bytes));
    case "attestationObject":
      return decodedBelow(reading, withOneStatement(decodeAttestationObject(bytes)));
    case "coseKey":
      return decodedBelow(reading, decodeCoseKey(bytes));
    case "publicKey":
      return { pemLabel: "PUBLIC KEY" };
    case "certificate":
      return { pemLabel: "CERTIFICATE" };
    case "userHandle": {
      const text = readableText(bytes);
      return text ? { note: say("reads", { text }) } : {};
    }
    default:
      return {};
  }
};

/** The statement stands there once: taken apart, if its format is known, else as the CBOR has it. */
function withOneStatement(decoded: Decoded<AttestationObject>): Decoded<object> {
  const { statement, ...value } = decoded.value;
  const isKnown = statement && statement.format !== "unknown";
  return { ...decoded, value: isKnown ? { ...value, attestationStatement: statement } : value };
}

/** The members that the bytes hold, and what is wrong with them, as lines below the bytes. */
function decodedBelow(reading: Reading, decoded: Decoded<object>): Partial<TreeNode> {
  const { value, problems } = decoded;
  return {
    children: () => [
      ...problemNodes(problems, reading.at),
      ...Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => decodedNode(name, member, `${reading.at}#${name}`, annotateDecoded)),
    ],
  };
}

function annotateDecoded(path: string, value: unknown): Partial<TreeNode> {
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (name === "flags" && isFlags(value)) {
    const note = `0x${value.byte.toString(16).padStart(2, "0")}`;
    return { shown: { as: "flags", flags: value }, note, isClosedAtFirst: true };
  }
  if (name === "aaguid" && typeof value === "string") return { note: describeAaguid(value) };
  if (path.endsWith(`extensions.${name}`)) {
    const [output] = describeExtensionOutputs(new Map([[name, value]]));
    return output?.understood ? { note: output.words } : {};
  }
  if (/\.certificates\.\d+$/.test(path)) return { pemLabel: "CERTIFICATE" };
  if (name === "labels") return { isClosedAtFirst: true };
  return {};
}

function isFlags(value: unknown): value is AuthenticatorData["flags"] {
  return (
    typeof value === "object" && value !== null && typeof (value as { byte?: unknown }).byte === "number"
  );
}
