import { show, signIn } from "./relyingParty.js";

document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
show(document.querySelector("output"), await signIn({ fromAutofill: true }));
