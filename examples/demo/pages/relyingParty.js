import { startAuthentication, startRegistration } from "/simplewebauthn/index.js";

document.querySelector(`nav a[href="${location.pathname}"]`)?.setAttribute("aria-current", "page");

/** Asks the server; rejects with its own sentence when it refuses to answer. */
export async function ask(action, body = {}) {
  const response = await fetch(`/api/${action}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** Runs one ceremony from options to verdict. @returns {Promise<{ outcome: string, because: string }>} */
export async function register(name) {
  return settle(async () => {
    const optionsJSON = await ask("register/options", { name });
    return ask("verify", { response: await startRegistration({ optionsJSON }) });
  });
}

export async function signIn({ fromAutofill = false } = {}) {
  return settle(async () => {
    const optionsJSON = await ask("sign-in/options");
    return ask("verify", {
      response: await startAuthentication({ optionsJSON, useBrowserAutofill: fromAutofill }),
    });
  });
}

/** accepted or refused: the server's verdict; failed: the browser or the person ended it before. */
export async function settle(ceremony) {
  try {
    const { accepted, because } = await ceremony();
    return { outcome: accepted ? "accepted" : "refused", because };
  } catch (error) {
    if (error.name === "InvalidStateError")
      return { outcome: "failed", because: "This device has a passkey for the account already." };
    return { outcome: "failed", because: `${error.name}: ${error.message}` };
  }
}

export function show(output, { outcome, because }) {
  output.dataset.outcome = outcome;
  output.textContent = because;
}

/** Runs the action when the button is pressed, once at a time. */
export function onPress(button, output, action) {
  const press = async (event) => {
    event.preventDefault();
    button.disabled = true;
    delete output.dataset.outcome;
    output.textContent = "Waiting for the passkey …";
    show(output, await action());
    button.disabled = false;
  };
  const form = button.closest("form");
  if (form) form.addEventListener("submit", press);
  else button.addEventListener("click", press);
}
