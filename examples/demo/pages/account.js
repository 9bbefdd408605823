import { ask, onPress, register } from "./relyingParty.js";

const output = document.querySelector("output");
let account;

await refresh();
onPress(document.querySelector("#add"), output, async () => {
  const verdict = await register(account.name);
  await refresh();
  return verdict;
});
onPress(document.querySelector("#sign-out"), output, async () => {
  await ask("sign-out");
  await refresh();
  return { outcome: "accepted", because: "Signed out." };
});

async function refresh() {
  account = await ask("whoami");
  document.querySelector("#who").textContent = account.signedIn
    ? `Signed in as ${account.name}.`
    : "Nobody is signed in.";
  document.querySelector(".buttons").hidden = !account.signedIn;
  document.querySelector("table").hidden = !account.signedIn;
  document.querySelector("tbody").replaceChildren(...(account.passkeys ?? []).map(row));
}

function row({ id, aaguid, transports, backedUp, signCount, lastUsedAt }) {
  const tr = document.createElement("tr");
  const lastUsed = lastUsedAt ? new Date(lastUsedAt).toLocaleTimeString() : "never";
  for (const text of [
    `${id.slice(0, 10)}…`,
    aaguid,
    transports.join(", ") || "not told",
    backedUp ? "yes" : "no",
    signCount,
    lastUsed,
  ]) {
    const td = document.createElement("td");
    td.textContent = text;
    tr.append(td);
  }
  return tr;
}
