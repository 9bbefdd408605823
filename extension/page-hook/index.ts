import { connectPort } from "./connectPort.js";
import { installHook } from "./installHook.js";

installHook(window, connectPort(window), { version: __KEYHOLE_VERSION__ });
