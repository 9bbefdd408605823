import {
  base64URLStringToBuffer,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from "/simplewebauthn/index.js";
import { ask, settle } from "./relyingParty.js";

const SIGNAL_PATIENCE_MS = 1_000;

document.querySelector("#mistakes").append(...(await ask("mistakes")).map(card));

function card({ id, title, onTheIPhone, ruleId }) {
  const item = document.createElement("li");
  const box = document.createElement("div");
  const button = element("button", "Make this mistake");
  const verdicts = document.createElement("ul");
  item.id = id;
  verdicts.setAttribute("aria-live", "polite");
  button.setAttribute("aria-label", `Make this mistake: ${title}`);
  button.addEventListener("click", async () => {
    button.disabled = true;
    delete item.dataset.done;
    verdicts.replaceChildren();
    for (const verdict of await make(id)) verdicts.append(line(verdict));
    item.dataset.done = "";
    button.disabled = false;
  });
  box.append(
    element("strong", title),
    element("span", onTheIPhone),
    element("small", ruleId),
    verdicts,
    button,
  );
  item.append(box);
  return item;
}

/** Goes through the story, up to the first step that does not succeed. */
async function make(id) {
  const verdicts = [];
  const { steps } = await ask("mistakes/start", { id });
  for (let step = 0; step < steps; step++) {
    const verdict = await settle(async () => {
      const { kind, options, how } = await ask("mistakes/options");
      return ask("mistakes/verify", { response: await perform(kind, options, how) });
    });
    verdicts.push(verdict);
    if (verdict.outcome !== "accepted") break;
  }
  await tidyUp();
  return verdicts;
}

/** The server forgets the story's accounts; the authenticator may drop their passkeys. */
async function tidyUp() {
  const { rpId, credentialIds } = await ask("mistakes/end");
  if (typeof PublicKeyCredential.signalUnknownCredential !== "function") return;
  const signals = credentialIds.map((credentialId) =>
    PublicKeyCredential.signalUnknownCredential({ rpId, credentialId }),
  );
  // Safari 26.0 to 26.3 never settles these promises: nobody may wait for them without an end.
  await Promise.race([
    Promise.allSettled(signals),
    new Promise((resolve) => setTimeout(resolve, SIGNAL_PATIENCE_MS)),
  ]);
}

/** The library does it, but where it would repair the mistake. */
async function perform(kind, optionsJSON, { challengeAsText, giveUpAfterMs }) {
  if (challengeAsText) return createWithTextChallenge(optionsJSON);
  const timer = giveUpAfterMs && setTimeout(() => WebAuthnAbortService.cancelCeremony(), giveUpAfterMs);
  try {
    return await (kind === "registration"
      ? startRegistration({ optionsJSON })
      : startAuthentication({ optionsJSON }));
  } finally {
    clearTimeout(timer);
  }
}

async function createWithTextChallenge(options) {
  const user = { ...options.user, id: base64URLStringToBuffer(options.user.id) };
  const credential = await navigator.credentials.create({ publicKey: { ...options, user } });
  return credential.toJSON();
}

function line({ outcome, because }) {
  const item = element("li", `${outcome}: ${because}`);
  item.dataset.outcome = outcome;
  item.dataset.because = because;
  return item;
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
