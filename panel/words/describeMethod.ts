import { type Api, type Call, readSnapshot } from "../../src/index.js";
import { extentOf } from "./describeImported.js";

/** The method as a page writes it, without the object in front: "create", "getClientCapabilities". */
export function describeMethod(api: Api): string {
  return api.slice(api.lastIndexOf(".") + 1);
}

/** What makes this call differ from a plain one: its mediation, or a type other than a passkey. */
export function describeVariant(call: Call): string {
  const options = readSnapshot(call.arguments[0]);
  const mediation = options.member("mediation").text();
  const words: string[] = [];
  if (call.imported && extentOf(call) === "part") words.push(call.imported.as);
  if (mediation && mediation !== "optional") words.push(mediation);
  const isCredentialCall = call.api === "credentials.create" || call.api === "credentials.get";
  if (isCredentialCall && options.member("publicKey").isAbsent) {
    words.push(...OTHER_TYPES.filter((type) => !options.member(type).isAbsent));
  }
  return words.join(" ");
}

const OTHER_TYPES = ["password", "federated", "identity", "otp", "digital"];
