{
  const toText = (bytes) =>
    btoa(
      String.fromCharCode(...new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength)),
    )
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replace(/=+$/, "");
  const copy = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return toText(value);
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member)]));
  };
  const copyCredential = (credential) =>
    credential && {
      id: credential.id,
      rawId: copy(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: Object.fromEntries(
        ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
          .filter((name) => credential.response[name])
          .map((name) => [name, copy(credential.response[name])]),
      ),
    };
  const tell = (message) => postMessage({ source: "stand-in-panel", message }, "*");
  let count = 0;
  for (const name of ["create", "get"]) {
    const native = navigator.credentials[name].bind(navigator.credentials);
    navigator.credentials[name] = async (options) => {
      const id = `${performance.timeOrigin}-${count++}`;
      tell({
        id,
        kind: "request",
        type: name,
        request: copy(options.publicKey),
        mediation: options.mediation,
      });
      try {
        const credential = await native(options);
        tell({ id, kind: "response", response: copyCredential(credential) });
        return credential;
      } catch (error) {
        tell({ id, kind: "error", error: { name: error.name, message: error.message, stack: error.stack } });
        throw error;
      }
    };
  }
}
