import {
  type Analysis,
  type AuthenticatorData,
  type Call,
  type CoseKey,
  readSnapshot,
} from "../../src/index.js";
import { Flags } from "../ui/Flags.js";
import { LongText } from "../ui/LongText.js";
import { count } from "../words/count.js";
import { Facts } from "./Facts.js";

/** The facts of a passkey's answer that people look for first. */
export function WhatCameBack({
  call,
  ceremony,
  provider,
}: {
  call: Call;
  ceremony: Analysis["ceremonies"][number] | undefined;
  provider: string | undefined;
}) {
  if (call.outcome.status !== "fulfilled") return null;
  const credential = readSnapshot(call.outcome.value);
  const id = credential.member("rawId").base64url() ?? credential.member("id").text();
  const authenticatorData = authenticatorDataOf(ceremony);
  if (id === undefined && !authenticatorData) return null;

  const attested = authenticatorData?.attestedCredentialData;
  const userHandle = credential.member("response", "userHandle");
  const transports = credential.member("response", "transports").items();
  return (
    <section aria-labelledby="what-came-back">
      <h3 id="what-came-back">What came back</h3>
      <Facts
        facts={[
          [
            "Provider",
            provider || attested ? (
              <>
                {provider ?? "unknown"} {attested && <em>{attested.aaguid}</em>}
              </>
            ) : (
              ""
            ),
          ],
          ["Flags", authenticatorData?.flags && <Flags flags={authenticatorData.flags} />],
          [
            "Credential ID",
            id && (
              <>
                {<LongText text={id} limit={60} />} <em>{sizeOf(credential.member("rawId").byteLength())}</em>
              </>
            ),
          ],
          [
            "User handle",
            userHandle.base64url() && (
              <>
                <LongText text={userHandle.base64url()!} limit={60} />{" "}
                <em>{sizeOf(userHandle.byteLength())}</em>
              </>
            ),
          ],
          ["Public key", attested?.coseKey && describeKey(attested.coseKey)],
          [
            "Transports",
            transports.length > 0 && transports.map((item) => item.text() ?? item.describe()).join(", "),
          ],
          ["Attachment", credential.member("authenticatorAttachment").text()],
          [
            "Sign count",
            authenticatorData?.signCount !== undefined && (
              <>
                {authenticatorData.signCount}{" "}
                {authenticatorData.signCount === 0 && <em>does not count, as usual for synced passkeys</em>}
              </>
            ),
          ],
        ].map(([name, value]) => [name as string, value === false ? "" : value] as const)}
      />
    </section>
  );
}

/** Authenticator data, wherever it came from: an assertion carries it bare, a registration in its attestation object. */
export function authenticatorDataOf(
  ceremony: Analysis["ceremonies"][number] | undefined,
): Partial<AuthenticatorData> | undefined {
  return (
    ceremony?.decoded.authenticatorData?.value ?? ceremony?.decoded.attestationObject?.value.authenticatorData
  );
}

function describeKey(key: Partial<CoseKey>): string {
  const algorithm = key.algorithmName ?? `algorithm ${key.algorithm}`;
  return key.curve ? `${algorithm}, ${key.curve}` : `${algorithm}, ${key.keyType}`;
}

const sizeOf = (bytes: number | undefined) => (bytes === undefined ? "" : count(bytes, "byte"));
