import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Attested } from "../../../../src/verify/attestation/attestation.js";
import {
  judgeCertificate,
  judgeTrust,
  readCertificateChain,
} from "../../../../src/verify/attestation/certificateChain.js";
import { sentence } from "../../../../src/verify/said.js";
import {
  type CertificateParts,
  certificate,
  certificateAuthority,
  EXTENSIONS,
  type Issuer,
  leafParts,
} from "../../../support/certificate.js";
import { der } from "../../../support/der.js";

const NOW = Date.UTC(2026, 0, 1);
const ROOT = certificateAuthority("Root");
const MIDDLE = authority("Middle", ROOT);
const LEAF = leaf(MIDDLE);

/** An authority below another one; `change` is made before it is signed. */
function authority(
  name: string,
  by: Issuer,
  change: (parts: CertificateParts) => void = () => {},
): Issuer & { certificate: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const subject: CertificateParts["subject"] = [["CN", name]];
  const parts = leafParts(subject, publicKey, by);
  parts.extensions[0]!.value = der.sequence(der.boolean(true));
  change(parts);
  return { name: subject, privateKey, certificate: certificate(parts, by) };
}

function leaf(by: Issuer, change: (parts: CertificateParts) => void = () => {}): Uint8Array {
  const parts = leafParts([["CN", "Leaf"]], generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey, by);
  change(parts);
  return certificate(parts, by);
}

async function trust(chain: Uint8Array[], roots: Uint8Array[] = [], at = NOW) {
  return judgeTrust(await readCertificateChain(chain), { roots, at } as unknown as Attested);
}

const flipped = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, index) => (index === (at + bytes.length) % bytes.length ? byte ^ 1 : byte));

describe("a chain that leads to a trusted root", () => {
  test("through one between", async () => {
    expect(await trust([LEAF, MIDDLE.certificate], [ROOT.certificate])).toMatchObject({
      outcome: "pass",
      because: "The chain leads to a trusted root, “C=AA, O=Keyhole tests, CN=Root”.",
    });
  });
  test("with the root itself at its end, which is trusted as it stands", async () => {
    const chain = [LEAF, MIDDLE.certificate, ROOT.certificate];
    expect(await trust(chain, [certificateAuthority("Other").certificate, ROOT.certificate])).toMatchObject({
      outcome: "pass",
      because: "The chain ends with a trusted root, “C=AA, O=Keyhole tests, CN=Root”.",
    });
  });
  test("where the root that is given has issued itself nothing: a certificate between is trusted as an end", async () => {
    expect(await trust([LEAF, MIDDLE.certificate], [MIDDLE.certificate])).toMatchObject({
      outcome: "pass",
      because: expect.stringContaining("ends with a trusted root, “CN=Middle”") as string,
    });
  });
  test("the second of two roots of the same name", async () => {
    const namesake = certificateAuthority("Root").certificate;
    expect(await trust([LEAF, MIDDLE.certificate], [namesake, ROOT.certificate])).toMatchObject({
      outcome: "pass",
    });
  });
  test("on the first and on the last second that all of it is valid", async () => {
    const chain = [LEAF, MIDDLE.certificate];
    for (const at of [Date.UTC(2024, 0, 1), Date.UTC(2044, 0, 1)])
      expect(await trust(chain, [ROOT.certificate], at)).toMatchObject({ outcome: "pass" });
    for (const at of [Date.UTC(2024, 0, 1) - 1000, Date.UTC(2044, 0, 1) + 1000])
      expect(await trust(chain, [ROOT.certificate], at)).toMatchObject({
        outcome: "fail",
        because: expect.stringContaining("is valid from 2024") as string,
      });
  });
});

test("without a root nobody can tell, and it is said with what the chain ends", async () => {
  expect(await trust([LEAF, MIDDLE.certificate])).toMatchObject({
    outcome: "cannot-tell",
    because:
      "No root certificate was given to trust; the chain of 2 ends with “CN=Middle”, issued by “C=AA, O=Keyhole tests, CN=Root”.",
  });
});

describe("a chain that breaks, whatever is trusted", () => {
  const breaks = async (chain: Uint8Array[], because: string, at = NOW) => {
    for (const roots of [[], [ROOT.certificate]])
      expect(await trust(chain, roots, at)).toMatchObject({
        outcome: "fail",
        because: expect.stringContaining(because) as string,
      });
  };

  test("no certificate", () => breaks([], "no certificate that could lead to an authority"));
  test("one between is no authority: its basic constraints say so", () => {
    const middle = authority("Middle", ROOT, (parts) => {
      parts.extensions[0]!.value = der.sequence();
    });
    return breaks([leaf(middle), middle.certificate], "that one is no authority");
  });
  test("one between has no basic constraints", () => {
    const middle = authority("Middle", ROOT, (parts) => {
      parts.extensions = [];
    });
    return breaks([leaf(middle), middle.certificate], "that one is no authority");
  });
  test("one between has expired", () => {
    const middle = authority("Middle", ROOT, (parts) => {
      parts.notAfter = Date.UTC(2025, 0, 1);
    });
    return breaks([leaf(middle), middle.certificate], "“CN=Middle” is valid from");
  });
  test("one between is not valid yet", () => {
    const middle = authority("Middle", ROOT, (parts) => {
      parts.notBefore = Date.UTC(2030, 0, 1);
    });
    return breaks([leaf(middle), middle.certificate], "“CN=Middle” is valid from 2030");
  });
  test("the next one has another name than the issuer", () =>
    breaks([LEAF, authority("Stranger", ROOT).certificate], "it names “CN=Middle” as its issuer"));
  test("the next one has the name and another key", () =>
    breaks([LEAF, authority("Middle", ROOT).certificate], "its signature is wrong"));
  test("a byte of a signature is another", () =>
    breaks([flipped(LEAF, -1), MIDDLE.certificate], "its signature is wrong"));
  test("in the wrong order", () => breaks([MIDDLE.certificate, LEAF], "it names"));
  test("what follows is no certificate", () =>
    breaks([LEAF, Uint8Array.of(1, 2, 3)], "it names “CN=Middle”"));
  test("what comes first is no certificate", () =>
    breaks([Uint8Array.of(1, 2, 3), MIDDLE.certificate], "does not say in one way how it is signed"));
  test("more certificates than any real chain has", () =>
    breaks(Array<Uint8Array>(17).fill(ROOT.certificate), "The statement has 17 certificates."));
  test("the algorithm outside is another than the one that was signed", () => {
    const identifier = Buffer.from("2a8648ce3d040302", "hex");
    const at = Buffer.from(LEAF).lastIndexOf(identifier) + identifier.length - 1;
    return breaks([flipped(LEAF, at), MIDDLE.certificate], "does not say in one way how it is signed");
  });
  test("the signature leaves bits unused", () => {
    const identifier = Buffer.from("2a8648ce3d040302", "hex");
    const at = Buffer.from(LEAF).lastIndexOf(identifier) + identifier.length + 2;
    return breaks([flipped(LEAF, at), MIDDLE.certificate], "does not say in one way how it is signed");
  });
  test("when the ceremony was isn't known", () => breaks([LEAF], "the ceremony was at 1970", Number.NaN));
});

describe("a chain that leads to no root which is trusted", () => {
  const refused = { outcome: "fail", because: expect.stringContaining("of the 1 trusted roots") as string };
  test("one of another name", async () => {
    expect(
      await trust([LEAF, MIDDLE.certificate], [certificateAuthority("Other").certificate]),
    ).toMatchObject(refused);
  });
  test("one of the right name and another key", async () => {
    expect(await trust([LEAF, MIDDLE.certificate], [certificateAuthority("Root").certificate])).toMatchObject(
      refused,
    );
  });
  test("one of another name with the right key", async () => {
    const renamed = certificate(
      {
        ...leafParts([["CN", "Renamed"]], publicKeyOf(ROOT), ROOT),
        extensions: [{ oid: EXTENSIONS.basicConstraints, value: der.sequence(der.boolean(true)) }],
      },
      ROOT,
    );
    expect(await trust([LEAF, MIDDLE.certificate], [renamed])).toMatchObject(refused);
  });
  test("one that has expired, with the right name and key", async () => {
    const expired = certificate(
      {
        ...leafParts(ROOT.name, publicKeyOf(ROOT), ROOT),
        notAfter: Date.UTC(2025, 0, 1),
        extensions: [{ oid: EXTENSIONS.basicConstraints, value: der.sequence(der.boolean(true)) }],
      },
      ROOT,
    );
    expect(await trust([LEAF, MIDDLE.certificate], [expired])).toMatchObject(refused);
  });
  test("one that is no authority", async () => {
    const plain = certificate(leafParts(ROOT.name, publicKeyOf(ROOT), ROOT), ROOT);
    expect(await trust([LEAF, MIDDLE.certificate], [plain])).toMatchObject(refused);
  });
});

describe("signatures that the runtime can't check", () => {
  // A curve of which WebCrypto knows nothing.
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "secp256k1" });
  const name: CertificateParts["subject"] = [["CN", "Uncommon"]];
  const uncommon = {
    name,
    privateKey,
    certificate: certificate(
      {
        ...leafParts(name, publicKey, { name, privateKey }),
        extensions: [{ oid: EXTENSIONS.basicConstraints, value: der.sequence(der.boolean(true)) }],
      },
      { name, privateKey },
    ),
  };
  test("inside the chain: nobody can tell, and why", async () => {
    expect(await trust([leaf(uncommon), uncommon.certificate], [uncommon.certificate])).toMatchObject({
      outcome: "cannot-tell",
      because: expect.stringContaining("“CN=Leaf” is issued by “CN=Uncommon” can’t be checked") as string,
    });
  });
  test("by a root: nobody can tell, and why", async () => {
    expect(await trust([leaf(uncommon)], [uncommon.certificate])).toMatchObject({
      outcome: "cannot-tell",
      because: expect.stringContaining("can’t be checked") as string,
    });
  });
});

describe("the attestation certificate itself", () => {
  test("no certificate", async () => {
    expect(judgeCertificate(await readCertificateChain(), [])).toMatchObject({
      outcome: "fail",
      because: "The statement has no certificate.",
    });
  });
  test("it has something wrong in it", async () => {
    const chain = await readCertificateChain([Uint8Array.of(...LEAF, 0)]);
    expect(judgeCertificate(chain, [])).toMatchObject({
      outcome: "fail",
      because: expect.stringContaining("1 bytes follow the certificate") as string,
    });
  });
  test("something is wrong in the one that follows: no matter", async () => {
    const chain = await readCertificateChain([LEAF, Uint8Array.of(1)]);
    expect(judgeCertificate(chain, [[true, sentence("statement-ecdaa")]])).toMatchObject({ outcome: "pass" });
  });
  test("the first demand that is not met is told", async () => {
    const demands = [
      [true, sentence("certificate-no-organization")],
      [false, sentence("certificate-no-common-name")],
      [false, sentence("certificate-of-authority")],
    ] as const;
    expect(judgeCertificate(await readCertificateChain([LEAF]), demands)).toMatchObject({
      outcome: "fail",
      because: "The certificate names no common name (CN).",
    });
  });
});

function publicKeyOf({ privateKey }: Issuer) {
  return createPublicKey(privateKey);
}
