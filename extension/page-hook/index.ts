import { connectPort } from "./connectPort.js";
import { installHook } from "./installHook.js";

installHook(window, connectPort(window), __KEYHOLE_VERSION__);
