import { fillPlaces, type Values } from "../spec/sentence.js";
import { describeEndpoint, type Endpoint, PROXY_PORT } from "./endpoint.js";
import type { WireProblem } from "./listing.js";
import { PROBLEMS, type ProblemForm } from "./problems.js";

/** Each problem, of what there is to say of it. */
export const diagnose = {
  badAddress: (typed: string) => problem("bad-address", { typed }),

  nothingThere: (endpoint: Endpoint) => {
    const address = describeEndpoint(endpoint);
    return endpoint.port === PROXY_PORT
      ? problem("nothing-there", { address }, "no-proxy")
      : problem("nothing-there", { address, port: String(endpoint.port) });
  },

  notReadable: (address: string) => problem("not-readable", { address }),

  notAList: (address: string) => problem("not-a-list", { address }),

  noDevice: () => problem("no-device"),

  deviceSilent: (device: string) => problem("device-silent", { device }),

  tooOld(device?: string, version?: string) {
    if (device === undefined) return problem("too-old");
    return version === undefined
      ? problem("too-old", { device }, "too-old-device")
      : problem("too-old", { device, version }, "too-old-version");
  },

  noPage: (device?: string) =>
    device ? problem("no-page", { device }, "no-page-on-device") : problem("no-page"),

  unreachable: (address: string) => problem("unreachable", { address }),

  originRefused: (origin: string) => problem("origin-refused", { origin }),

  taken: () => problem("taken"),

  gone: () => problem("gone"),

  cut: () => problem("cut"),

  silent: (device?: string) =>
    device === undefined ? problem("silent") : problem("silent", { device }, "silent-device"),
};

function problem(code: WireProblem["code"], values: Values = {}, form: ProblemForm = code): WireProblem {
  const { what, remedies } = PROBLEMS[form];
  return {
    code,
    form,
    values,
    what: fillPlaces(what, values),
    remedies: remedies.map((remedy) => fillPlaces(remedy, values)),
  };
}
