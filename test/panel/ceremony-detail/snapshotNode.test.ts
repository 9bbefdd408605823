import { describe, expect, test } from "vitest";
import { jsonOf, snapshotNode } from "../../../panel/ceremony-detail/tree/snapshotNode.js";
import type { TreeNode } from "../../../panel/ceremony-detail/tree/treeNode.js";
import { readSnapshot, type Snapshot } from "../../../src/index.js";

const nodeOf = (snapshot: Snapshot) => snapshotNode("x", readSnapshot(snapshot, "/arguments/0"));

test.each<[string, Snapshot, TreeNode["shown"]]>([
  [
    "bytes",
    { $: "bytes", type: "Uint8Array", base64url: "AQID" },
    { as: "bytes", bytes: Uint8Array.of(1, 2, 3), type: "Uint8Array" },
  ],
  ["a string that looks like bytes", "AQID", { as: "text", text: "AQID", of: "string" }],
  ["null", null, { as: "text", text: "null", of: "keyword" }],
  ["undefined", { $: "undefined" }, { as: "text", text: "undefined", of: "keyword" }],
  ["NaN", { $: "number", value: "NaN" }, { as: "text", text: "NaN", of: "number" }],
  [
    "a secret",
    { $: "masked", type: "ArrayBuffer", length: 32, fingerprint: "9f86d081" },
    { as: "gap", text: "ArrayBuffer, 32 bytes, masked, fingerprint 9f86d081" },
  ],
  [
    "a getter that threw",
    { $: "unreadable", error: "Error: no" },
    { as: "gap", text: "unreadable: Error: no" },
  ],
  ["a cycle", { $: "cycle" }, { as: "gap", text: "an object that contains itself" }],
  [
    "an AbortSignal",
    { $: "AbortSignal", aborted: true },
    { as: "text", text: "AbortSignal, aborted", of: "name" },
  ],
  ["an empty list", [], { as: "holder", text: "[0]", preview: "[]" }],
  ["an empty object", {}, { as: "holder", text: "{}", preview: "{}" }],
])("%s looks like what it is", (_, snapshot, shown) => expect(nodeOf(snapshot).shown).toEqual(shown));

describe("members", () => {
  test("stand below with the pointers that rules use, through the wrapping of a credential too", () => {
    const node = nodeOf({ $: "PublicKeyCredential", value: { response: { "a/b": 1 } } });
    expect(node.shown).toMatchObject({ text: "PublicKeyCredential {1}" });
    const [response] = node.children!();
    expect(response!.children!()[0]).toMatchObject({
      name: "a/b",
      pointer: "/arguments/0/value/response/a~1b",
    });
  });

  test("of a page's own called $ keep their name", () => {
    expect(nodeOf({ $$: "mine" }).children!()[0]).toMatchObject({ name: "$", shown: { text: "mine" } });
  });

  test("beyond a hundred are one line further", () => {
    const lines = nodeOf(Array.from({ length: 250 }, (_, index) => index)).children!();
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toMatchObject({ name: "150 more", isClosedAtFirst: true });
    const next = lines.at(-1)!.children!();
    expect(next[0]).toMatchObject({ name: "100", pointer: "/arguments/0/100" });
    expect(next).toHaveLength(101);
  });

  test("of a short entry are seen at a glance while it is closed", () => {
    const [entry] = snapshotNode("list", readSnapshot([{ type: "public-key", alg: -7 }], "/arguments/0/x"))
      .children!();
    expect(entry).toMatchObject({
      isClosedAtFirst: true,
      shown: { preview: '{ type: "public-key", alg: -7 }' },
    });
  });
});

test("JSON has bytes as base64url, leaves undefined out, and names what it can't hold", () => {
  expect(
    jsonOf({
      id: { $: "bytes", type: "ArrayBuffer", base64url: "AQID" },
      gone: { $: "undefined" },
      list: [{ $: "undefined" }, -7, "x"],
      secret: { $: "masked", type: "ArrayBuffer", length: 32, fingerprint: "9f86d081" },
      signal: { $: "AbortSignal", aborted: true },
    }),
  ).toEqual({
    id: "AQID",
    list: [null, -7, "x"],
    secret: "(ArrayBuffer, 32 bytes, masked)",
    signal: "(AbortSignal, aborted)",
  });
});
