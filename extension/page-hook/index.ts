import { connectPort } from "./connectPort.js";
import { installHook } from "./installHook.js";
import { Bytes } from "./natives.js";

// A copy of the bytes: what a view is a part of would go along with it.
installHook(window, connectPort(window), __KEYHOLE_VERSION__, (bytes) => new Bytes(bytes));
