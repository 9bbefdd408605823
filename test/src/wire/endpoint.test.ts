import { describe, expect, test } from "vitest";
import { isLoopback, parseEndpoint } from "../../../src/wire/endpoint.js";

describe("an address that a person types", () => {
  test.each([
    ["9222", { host: "localhost", port: 9222 }],
    ["localhost", { host: "localhost", port: 9221 }],
    [" LocalHost:9221 ", { host: "localhost", port: 9221 }],
    ["http://127.0.0.1:9222/json", { host: "127.0.0.1", port: 9222 }],
    ["http://[::1]:9222", { host: "[::1]", port: 9222 }],
    ["ws://localhost:9222/devtools/page/1", { host: "localhost", port: 9222, path: "/devtools/page/1" }],
    ["127.0.0.1:9333/socket/1/1/WebPage", { host: "127.0.0.1", port: 9333, path: "/socket/1/1/WebPage" }],
  ])("%s", (typed, endpoint) => expect(parseEndpoint(typed)).toEqual(endpoint));

  test.each([
    "",
    "https://localhost:9221",
    "wss://x/",
    "localhost:0",
    "localhost:99999",
    "a b",
    "file:///x",
    "http://user@host/",
  ])("%j is none", (typed) => expect(parseEndpoint(typed)).toBeUndefined());
});

test.each([
  ["localhost", true],
  ["app.localhost", true],
  ["127.8.9.1", true],
  ["[::1]", true],
  ["192.168.1.2", false],
  ["localhost.example.com", false],
  ["127.0.0.1.example.com", false],
  ["[::ffff:192.168.1.2]", false],
  ["0.0.0.0", false],
])("%s is this machine alone: %s", (host, expected) => expect(isLoopback({ host, port: 1 })).toBe(expected));
