/**
 * Ceremonies for `page.evaluate` and `frame.evaluate`: each function runs in the page, so it stands
 * for itself. They resolve with the credential's id, or reject as the ceremony did.
 */
export async function register(rpId?: string): Promise<string> {
  const credential = await navigator.credentials.create({
    publicKey: {
      rp: { name: "Test", ...(rpId && { id: rpId }) },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name: "ada", displayName: "Ada" },
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      // Both, or the browser warns.
      pubKeyCredParams: [
        { type: "public-key", alg: -7 },
        { type: "public-key", alg: -257 },
      ],
      authenticatorSelection: { residentKey: "required" },
    },
  });
  return credential!.id;
}

export async function signIn(): Promise<string> {
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const credential = await navigator.credentials.get({ publicKey: { challenge } });
  return credential!.id;
}
