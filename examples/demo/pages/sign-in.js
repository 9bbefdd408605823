import { onPress, signIn } from "./relyingParty.js";

onPress(document.querySelector("button"), document.querySelector("output"), () => signIn());
