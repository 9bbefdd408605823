import { onPress, register } from "./relyingParty.js";

const name = document.querySelector("#name");

onPress(document.querySelector("button"), document.querySelector("output"), () => register(name.value));
