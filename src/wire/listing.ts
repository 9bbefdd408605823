import type { Values } from "../spec/sentence.js";
import type { ProblemForm } from "./problems.js";

/** What can be looked at, as a proxy or a browser tells it. */
export interface Listing {
  devices: WireDevice[];
  /** why there is nothing to choose, where that is so */
  problem?: WireProblem;
}

export interface WireDevice {
  /** "SIMULATOR" for those of a Mac, the address for the one at a proxy's port; empty where a browser was asked */
  id: string;
  name: string;
  /** as the device says: "18.6.2" */
  osVersion?: string;
  pages: WirePage[];
  problem?: WireProblem;
}

export interface WirePage {
  title: string;
  url: string;
  /** on the host that was asked, whatever the list says */
  socketUrl: string;
  protocol: "webkit" | "chromium";
  /** the device's name, where there is one */
  device?: string;
  /** another inspector is at it: to connect takes it away from there */
  isTaken: boolean;
}

/** What is wrong, and what to do about it. */
export interface WireProblem {
  code:
    | "bad-address"
    | "nothing-there"
    | "not-readable"
    | "not-a-list"
    | "no-device"
    | "device-silent"
    | "too-old"
    | "no-page"
    | "unreachable"
    | "origin-refused"
    | "taken"
    | "gone"
    | "cut"
    | "silent";
  /** its name in problems.ts; absent: it can be said in no other words than these */
  form?: ProblemForm;
  /** what stands in the places of its sentences */
  values?: Values;
  /** one sentence */
  what: string;
  /** steps, the likeliest first */
  remedies: string[];
}
