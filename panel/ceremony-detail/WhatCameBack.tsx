import {
  type Analysis,
  type AuthenticatorData,
  type Call,
  type CoseKey,
  readSnapshot,
} from "../../src/index.js";
import { Flags } from "../ui/Flags.js";
import { LongText } from "../ui/LongText.js";
import { say, sayCount } from "../words/say.js";
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
      <h3 id="what-came-back">{say("back_title")}</h3>
      <Facts
        facts={[
          [
            say("back_provider"),
            provider || attested ? (
              <>
                {provider ?? say("back_unknown")} {attested && <em>{attested.aaguid}</em>}
              </>
            ) : (
              ""
            ),
          ],
          [say("back_flags"), authenticatorData?.flags && <Flags flags={authenticatorData.flags} />],
          [
            say("back_credentialId"),
            id && (
              <>
                {<LongText text={id} limit={60} />} <em>{sizeOf(credential.member("rawId").byteLength())}</em>
              </>
            ),
          ],
          [
            say("back_userHandle"),
            userHandle.base64url() && (
              <>
                <LongText text={userHandle.base64url()!} limit={60} />{" "}
                <em>{sizeOf(userHandle.byteLength())}</em>
              </>
            ),
          ],
          [say("back_publicKey"), attested?.coseKey && describeKey(attested.coseKey)],
          [
            say("back_transports"),
            transports.length > 0 && transports.map((item) => item.text() ?? item.describe()).join(", "),
          ],
          [say("back_attachment"), credential.member("authenticatorAttachment").text()],
          [
            say("back_signCount"),
            authenticatorData?.signCount !== undefined && (
              <>
                {authenticatorData.signCount}{" "}
                {authenticatorData.signCount === 0 && <em>{say("back_doesNotCount")}</em>}
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
  const algorithm = key.algorithmName ?? say("back_algorithm", { number: `${key.algorithm}` });
  return key.curve ? `${algorithm}, ${key.curve}` : `${algorithm}, ${key.keyType}`;
}

const sizeOf = (bytes: number | undefined) => (bytes === undefined ? "" : sayCount("byteCount", bytes));
